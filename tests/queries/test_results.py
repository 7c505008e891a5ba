from __future__ import annotations

import csv
import json
from xml.etree import ElementTree

import pytest

from metiers_kg.queries import TABLE_FORMATS, Names, Table
from metiers_kg.store import ROW_FORMATS, Iri, Literal, Rows, Store

XSD = "http://www.w3.org/2001/XMLSchema#"
JOB = Iri("https://w3id.org/metiers-kg/job/bio-informaticien")

TERMS = """
@prefix e: <https://e.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:a e:p e:b, "plain", "l’été, \\"dit-on\\""@fr, "two\\nlines\\tand tab \\\\", 3, -2.5, 1.0e3, true, "x<y&z"^^e:t,
    "2025-01-01"^^xsd:date, "", "é😀", "0.30"^^xsd:decimal, "abc"^^xsd:integer .
"""
QUERY = "SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY STR(?o)"


def rows() -> Rows:
    """Terms of every kind, with an empty column."""
    answer = Store.memory(TERMS).query(QUERY)
    assert isinstance(answer, Rows)
    return answer


def table() -> Table:
    """The same as a table."""
    found = rows()
    return Table(found.columns, list(found))


@pytest.mark.parametrize("format", ["srj", "csv", "tsv"])
def test_formats_are_the_engines(format: str) -> None:
    """JSON, CSV and TSV are what the engine writes, to the byte."""
    assert rows().write(ROW_FORMATS[format]) == table().write(format)


def test_xml_is_the_engines() -> None:
    """XML says what the engine's says."""
    expected, actual = (ElementTree.tostring(ElementTree.fromstring(xml)) for xml in _xmls())  # noqa: S314  # our own
    assert expected == actual


def _xmls() -> tuple[bytes, bytes]:
    return rows().write(ROW_FORMATS["srx"]), table().write("srx")


def test_xml_keeps_carriage_returns_and_drops_what_xml_cannot_say() -> None:
    """A carriage return survives a reading; a control character does not break one."""
    document = ElementTree.fromstring(Table(("x",), [(Literal("a\r\n\x00b"),)]).write("srx"))  # noqa: S314  # our own
    assert ["a\r\n\ufffdb"] == [node.text for node in document.iter("{http://www.w3.org/2005/sparql-results#}literal")]


def test_csv_is_read_back() -> None:
    """Commas, quotes and line ends survive."""
    text = table().write("csv").decode()
    assert "\r\n" in text
    assert [str(getattr(row[1], "value", "")) for row in table().rows] == [
        line[1] for line in csv.reader(text.splitlines(keepends=True))
    ][1:]


def test_flat_json_has_native_values() -> None:
    """Numbers and truth values are JSON's; what is no number of its type stays a text; an empty cell is null."""
    records = json.loads(table().write("json"))
    assert {record["none"] for record in records} == {None}
    found = [record["o"] for record in records]
    assert ["-2.5", "0.3", "1000.0", "3", "True"] == sorted(
        repr(value) for value in found if not isinstance(value, str)
    )
    assert {"abc", "2025-01-01", "https://e.org/b"} < {value for value in found if isinstance(value, str)}


def test_flat_json_has_labels_beside_iris(names: Names) -> None:
    """A column of IRIs gets its labels, in the language asked for, unless the query has them."""
    records = Table(("job", "n"), [(JOB, None), (None, None)]).records(names, "en")
    assert [
        {"job": JOB.value, "jobLabel": "Bioinformatician", "n": None},
        {"job": None, "jobLabel": None, "n": None},
    ] == records
    labelled = Table(("job", "jobLabel"), [(JOB, Literal("B"))]).records(names, "en")
    assert [{"job": JOB.value, "jobLabel": "B"}] == labelled


def test_text_shows_labels_in_the_place_of_iris() -> None:
    """A label column replaces the column of its IRIs; the last line counts the rows."""
    shown = Table(("job", "jobLabel", "n"), [(JOB, Literal("Bio", language="fr"), Literal(3))]).write("text", width=40)
    lines = shown.decode().splitlines()
    assert [["job", "n"], ["Bio", "3"], ["1", "row"]] == [line.split() for line in lines if "─" not in line]


def test_text_labels_other_iris(names: Names) -> None:
    """An IRI without a label column shows its label, or its short form where no names are at hand."""
    column = Table(("job",), [(JOB,)])
    assert "Bioinformatician" in column.write("text", names=names, lang="en", width=80).decode()
    assert "job/bio-informaticien" in column.write("text", width=80).decode()


def test_text_wraps_and_loses_nothing() -> None:
    """A long cell takes several lines."""
    long = " ".join(f"mot{number}" for number in range(40))
    shown = Table(("a", "b"), [(Literal(long), Literal("x"))]).write("text", width=40).decode()
    assert max(map(len, shown.splitlines())) <= 40
    assert [word for word in shown.split() if word.startswith("mot")] == long.split()


def test_text_obeys_no_markup_and_no_control() -> None:
    """Brackets are shown as they stand; escape sequences of a terminal are not."""
    shown = Table(("a",), [(Literal("[red]x[/red] \x1b[31m"),)]).write("text", width=60).decode()
    assert "[red]x[/red] \ufffd[31m" in shown


@pytest.mark.parametrize(("count", "footer"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_text_counts_rows(count: int, footer: str) -> None:
    """The last line tells the number of rows."""
    assert footer == Table(("a",), [(Literal("x"),)] * count).write("text", width=60).decode().splitlines()[-1]


def test_unknown_formats_are_refused() -> None:
    """A format that does not exist is a fault of the caller."""
    with pytest.raises(ValueError, match="no table format 'xls'; expected one of srj, srx, csv, tsv, json, text"):
        table().write("xls")


@pytest.mark.parametrize("format", TABLE_FORMATS)
def test_empty_tables_are_written(format: str) -> None:
    """A table without rows has its columns in every format."""
    assert Table(("a",), []).write(format, width=40) != b""


def test_flat_json_is_what_the_records_are(names: Names) -> None:
    """Flat JSON is written without making the records, and says what they say."""
    for given in (None, names):
        written = table().write("json", names=given, lang="en")
        assert written == json.dumps(table().records(given, "en"), ensure_ascii=False, separators=(",", ":")).encode()
