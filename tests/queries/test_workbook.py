"""Tables as Excel workbooks, read back by another library."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from metiers_kg.queries import Table
from metiers_kg.queries.workbook import Told, write_workbook
from metiers_kg.store import Iri, Literal, Term

XSD = "http://www.w3.org/2001/XMLSchema#"
TOLD = Told(sheet="Rows", about="About", title="Jobs", facts=[("Query", "jobs")], columns=[("job", "Job (IRI)")])


def typed(text: str, name: str) -> Literal:
    """Return a literal of an XSD datatype."""
    return Literal(text, datatype=Iri(XSD + name))


def read(*rows: tuple[Term | None, ...], columns: tuple[str, ...] = ("x",)) -> Any:
    """Write rows, and read the workbook."""
    return openpyxl.load_workbook(io.BytesIO(write_workbook(Table(columns, list(rows)), TOLD)))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (typed("12", "integer"), 12),
        (typed("-2.50", "decimal"), -2.5),
        (typed("1.5e3", "double"), 1500),
        (typed("2013", "gYear"), 2013),
        (typed("true", "boolean"), True),
        (typed("2024-05-13", "date"), datetime(2024, 5, 13)),
        (typed("2024-05-13T10:20:30", "dateTime"), datetime(2024, 5, 13, 10, 20, 30)),
        (Literal("été", language="fr"), "été"),
        (Literal("12"), "12"),
        (typed("abc", "integer"), "abc"),
        (typed("INF", "double"), "INF"),
        (typed("2024-05-13T10:20:30Z", "dateTime"), "2024-05-13T10:20:30Z"),
        (typed("1789-07-14", "date"), "1789-07-14"),
        (typed("12345678901234567", "integer"), "12345678901234567"),
        (typed("0.1234567890123456789", "decimal"), "0.1234567890123456789"),
        (None, None),
    ],
)
def test_values(term: Term | None, expected: object) -> None:
    """Numbers, dates and truth values are Excel's own; what Excel would change stays a text."""
    assert expected == read((term,))["Rows"]["A2"].value


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://e.org")', "+1", "-1", "@SUM(A1)", "{=1}", "\t=1"])
def test_no_text_is_a_formula(text: str) -> None:
    """A text that begins as a formula does is a text."""
    cell = read((Literal(text),))["Rows"]["A2"]

    assert (text, "s") == (cell.value, cell.data_type)


def test_iris_are_links() -> None:
    """An IRI of the web is a link to itself; another is a text."""
    sheet = read((Iri("https://e.org/a#b"),), (Iri("urn:x:y"),))["Rows"]

    assert ("https://e.org/a", "b") == (sheet["A2"].hyperlink.target, sheet["A2"].hyperlink.location)
    assert (None, "urn:x:y") == (sheet["A3"].hyperlink, sheet["A3"].value)


def test_head_is_frozen() -> None:
    """The names of the columns stay in sight, in bold, with a filter, and the columns are wide enough to be read."""
    sheet = read((Literal("Bio-informaticien"), Literal("x" * 500)), columns=("job", "text"))["Rows"]

    assert ("A2", True, "A1:B2") == (sheet.freeze_panes, sheet["A1"].font.b, sheet.auto_filter.ref)
    assert 17 < sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width < 62


def test_second_sheet_tells_what_the_rows_are() -> None:
    """Title, facts and columns stand on a sheet of their own."""
    about = read()["About"]

    assert ["Jobs", None, "Query", None, "job"] == [cell.value for cell in about["A"]]
    assert ["jobs", "Job (IRI)"] == [cell.value for cell in about["B"] if cell.value]


def test_cut_cells_are_told() -> None:
    """A text longer than Excel's cells is cut, seen to be cut, and counted on the second sheet."""
    book = read((Literal("😀" * 20_000),))

    assert book["Rows"]["A2"].value.endswith(" […]")
    assert any(
        "32,767 characters" in str(cell.value) and str(cell.value).endswith(": 1") for cell in book["About"]["B"]
    )


def test_same_table_same_bytes() -> None:
    """Two workbooks of the same table are the same to the byte."""
    table = Table(("x",), [(Literal("a"),), (Iri("https://e.org/a"),)])

    assert write_workbook(table, TOLD) == write_workbook(table, TOLD)
