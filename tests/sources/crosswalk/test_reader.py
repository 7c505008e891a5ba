"""The official tables from ROME to ESCO and to ISCO-08."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.errors import InputError
from metiers_kg.sources.crosswalk import read
from tests.sources.conftest import HERE, MakeWorkbook, MakeZip

TABLE = HERE / "crosswalk" / "rome-to-esco" / "mapping.csv"
SHEET = "ROME to ISCO-08"
ROME = "https://w3id.org/metiers-kg/rome/"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def test_relation_is_read_from_rome_to_esco() -> None:
    """skos:broadMatch says that the ESCO occupation, first in the row, is broader than the appellation."""
    lines = read([TABLE]).lines

    assert f"<{ROME}90002> <{SKOS}broadMatch> <http://data.europa.eu/esco/occupation/kite-tester> ." in lines


def test_isco_codes_get_their_zeros_back(make_workbook: MakeWorkbook) -> None:
    """The workbook has codes as numbers; 110 is the unit group 0110."""
    book = make_workbook(
        "isco.xlsx", {SHEET: [["Code ROME", "Code ISCO08"], ["Z1101", 110.0], ["", ""], ["Z1102", 8341]]}
    )
    imported = read([book, TABLE])

    assert f"<{ROME}Z1101> <{SKOS}mappingRelation> <http://data.europa.eu/esco/isco/C0110> ." in imported.lines
    assert (2, 2) == (imported.report.counts["rows ROME to ISCO-08"], imported.report.counts["rows ROME to ESCO"])


def test_what_the_imported_releases_lack_is_told() -> None:
    """A row whose ends the imported releases do not have is kept, and told with its line."""
    imported = read([TABLE], known=lambda iri: not iri.endswith("90002"))

    assert [(10, f"{ROME}90002")] == [(remark.line, remark.value) for remark in imported.report.unresolved]
    assert any(f"<{ROME}90002>" in line for line in imported.lines)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("classification 1 ID,", "id,", r"mapping\.csv: no row that begins with 'classification 1 ID'"),
        ("mapping relation", "relation", r"line 8: expected a column 'mapping relation'"),
        ("Name,ESCO", "Name,O*NET", r"expected a table of ESCO and ROME; found 'O\*NET' and 'ROME'"),
        ("skos:broadMatch", "narrower", r"line 10: expected one of skos:exactMatch, .* found 'narrower'"),
        (",90002,", ",Z1101,", r"line 10: expected an OGR code as classification 2 ID; found 'Z1101'"),
        ("http://data.europa.eu/esco/", "", r"line 9: expected an IRI .* found 'occupation/kite-tester'"),
        (",skos:broadMatch", "", r"line 10: found 4 fields, expected the 5 of the header"),
        ("-TCP-", '"', r"line \d+: not a CSV record|found"),
    ],
)
def test_fault_is_told(make_zip: MakeZip, old: str, new: str, expected: str) -> None:
    """A fault in the table is told with file, line, what was expected and what was found."""
    text = TABLE.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new)
    if old == "-TCP-":
        changed = text.replace("Testeur / Testeuse de cerfs-volants de", '"Testeur / Testeuse de cerfs-volants de')

    with pytest.raises(InputError, match=expected):
        read([make_zip("table.zip", {"mapping.csv": changed})])


def test_pair_twice_is_dropped(make_zip: MakeZip) -> None:
    """A pair that stands in the table twice comes in once."""
    text = TABLE.read_text(encoding="utf-8")
    imported = read([make_zip("table.zip", {"mapping.csv": text + text.splitlines()[-1] + "\n"})])

    assert [11] == [remark.line for remark in imported.report.dropped]


def test_codes_that_are_none_are_refused(make_workbook: MakeWorkbook) -> None:
    """The workbook's codes are checked with their rows."""
    book = make_workbook("isco.xlsx", {SHEET: [["Code ROME", "Code ISCO08"], ["Z1101", "many"]]})

    with pytest.raises(InputError, match=r"row 2: expected a ROME code and an ISCO-08 code.*'many'"):
        read([book])


def test_something_else_is_refused(tmp_path: Path, make_zip: MakeZip) -> None:
    """A release without an official table, and a table given twice, are errors."""
    with pytest.raises(InputError, match=r"no official table .*notes\.txt.*expected the mapping table"):
        read([make_zip("a.zip", {"notes.txt": "x"})])
    with pytest.raises(InputError, match="a second table ROME to ESCO"):
        read([TABLE, make_zip("b.zip", {"mapping.csv": "x"})])
