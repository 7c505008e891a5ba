"""Sheets of a workbook."""

from __future__ import annotations

import pytest

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import SourceFile, open_parts
from metiers_kg.sources.workbook import read_sheet
from tests.sources.conftest import MakeWorkbook, MakeZip


def _file(path: object) -> SourceFile:
    (part,) = open_parts([path])  # type: ignore[list-item]
    (file,) = part.files.values()
    return file


def test_whole_numbers_come_without_decimals(make_workbook: MakeWorkbook) -> None:
    """A code that the workbook has as a number is read as it is shown."""
    file = _file(make_workbook("a.xlsx", {"S": [["code", "other", "label"], [110, 1, " officers "], [2.5, 1, ""]]}))

    assert [(2, ("officers", "110")), (3, ("", "2.5"))] == list(read_sheet(file, "S", ("label", "code")))


def test_missing_sheet_and_column_are_told(make_workbook: MakeWorkbook) -> None:
    """What is missing is named beside what was found."""
    file = _file(make_workbook("a.xlsx", {"S": [["code"], [1]]}))

    with pytest.raises(InputError, match=r"a\.xlsx: expected a sheet 'T'; found 'S'"):
        list(read_sheet(file, "T", ("code",)))
    with pytest.raises(InputError, match=r"expected a column 'label'; found 'code'"):
        list(read_sheet(file, "S", ("label",)))


def test_what_is_no_workbook_is_told(make_zip: MakeZip) -> None:
    """A zip of another kind, or a text, is no workbook."""
    other = make_zip("a.xlsx", {"a.csv": "x"})
    with pytest.raises(InputError, match="not a readable workbook"):
        list(read_sheet(_file(other), "S", ()))
    other.write_text("x")
    with pytest.raises(InputError, match="not a readable workbook"):
        list(read_sheet(_file(other), "S", ()))


def test_bomb_in_a_workbook_is_refused(make_zip: MakeZip) -> None:
    """A workbook is a zip, and is measured before it is opened."""
    with pytest.raises(InputError, match="as a zip bomb has"):
        list(read_sheet(_file(make_zip("a.xlsx", {"xl/a.xml": bytes(4_000_000)})), "S", ()))
