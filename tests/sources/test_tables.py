"""Tables, their columns addressed by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import SourceFile
from metiers_kg.sources.tables import read_rows


@pytest.fixture
def table(tmp_path: Path) -> SourceFile:
    """A file for the test to fill."""
    return SourceFile(tmp_path / "table.csv", "", 0)


def _rows(table: SourceFile, content: bytes, columns: Sequence[str] = ("a", "b"), **options: object) -> list[object]:
    table.path.write_bytes(content)
    return [
        (line, *values)
        for line, values in read_rows(SourceFile(table.path, "", len(content)), columns, **options)  # type: ignore[arg-type]
    ]


def test_columns_go_by_name(table: SourceFile) -> None:
    """The order of columns, and columns more, do not matter."""
    assert [(2, "1", "2")] == _rows(table, b"b,x,a\n2,9,1\n")


def test_missing_optional_column_is_empty(table: SourceFile) -> None:
    """An optional column that the file does not have gives empty values."""
    assert [(2, "1", "")] == _rows(table, b"a\n1\n", ("a",), optional=("c",))


def test_line_is_where_the_record_starts(table: SourceFile) -> None:
    """Line ends in fields, empty lines and both kinds of line ends are counted."""
    assert [(2, "1", "x\ny"), (5, "2", "z")] == _rows(table, b'a,b\r\n1,"x\ny"\r\n\r\n2,z\r\n')


def test_byte_order_mark_is_no_part_of_a_column(table: SourceFile) -> None:
    """A file that a spreadsheet saved again is read."""
    assert [(2, "1", "2")] == _rows(table, b"\xef\xbb\xbfa,b\n1,2\n")


def test_ragged_rows_end_in_empty_values(table: SourceFile) -> None:
    """Where it is allowed, columns left out at the end of a row are empty."""
    assert [(2, "1", "")] == _rows(table, b"a,b\n1\n", ragged=True)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,c\n1,2\n", r"table\.csv, line 1: expected a column 'b'; found 'a', 'c'"),
        (b"a;b\n1;2\n", r"line 1: expected a column 'a'; found 'a;b'"),
        (b"", r"table\.csv: empty; expected a table with the column 'a'"),
        (b"a,b\n1,2\n1\n", r"line 3: found 1 fields, expected the 2 of the header"),
        (b"a,b\n1,2,3\n", r"line 2: found 3 fields, expected the 2 of the header"),
        (b'a,b\n1,"never closed\n', r"line 2: not a CSV record"),
        (b'a,b\n1,"x"y\n', r"line 2: not a CSV record"),
        (b"a,b\n1,2\n1,\xe9t\xe9\n", r"line 3: expected UTF-8 text; found the byte 0xE9"),
        ("a,b\n1,2\n".encode("utf-16"), r"line 1: expected UTF-8 text"),
    ],
)
def test_fault_is_told_with_file_and_line(table: SourceFile, content: bytes, expected: str) -> None:
    """A fault of a table is told with file, line, what was expected and what was found."""
    with pytest.raises(InputError, match=expected):
        _rows(table, content)
