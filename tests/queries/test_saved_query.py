from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from metiers_kg.errors import QueryFileError
from metiers_kg.queries import SavedQuery

HEADER = "#+ summary: S\n#+ title: {fr: T, en: T}\n#+ description: {fr: D, en: D}\n"


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """A saved query knows its name, form, columns and the checksum of its file."""
    path = tmp_path / "all-things.rq"
    path.write_text(HEADER + "SELECT ?s (STR(?o) AS ?text) { ?s ?p ?o } ORDER BY ?s\n")
    query = SavedQuery.read(path)
    assert (query.name, query.form, query.columns) == ("all-things", "select", ("s", "text"))
    assert query.version == hashlib.sha256(path.read_bytes()).hexdigest()


def test_files_of_other_systems_are_read(tmp_path: Path) -> None:
    """Lines may end in CRLF."""
    path = tmp_path / "ask.rq"
    path.write_bytes((HEADER + "# é\nASK { ?s ?p ?o }\n").replace("\n", "\r\n").encode())
    assert SavedQuery.read(path).title == {"fr": "T", "en": "T"}


def test_every_fault_names_the_file(tmp_path: Path) -> None:
    """All faults of header and query are told, each with file and line."""
    path = tmp_path / "jobs.rq"
    path.write_text("#+ summary: S\n#+ title: T\n#+ description: {fr: D, en: D}\nSELECT *\n{ ?s ?p ?o }\n")
    with pytest.raises(QueryFileError) as caught:
        SavedQuery.read(path)
    assert [
        f"{path}:2: expected 'title' with a text in fr and one in en; found 'T'",
        f"{path}:4: found SELECT *; expected the columns by name",
        f"{path}: found no ORDER BY; expected rows in a stable order",
    ] == str(caught.value).splitlines()


def test_a_text_that_is_no_query_is_a_fault() -> None:
    """The place of a syntax error counts the header's lines."""
    with pytest.raises(QueryFileError, match=r"jobs.rq: not a SPARQL query: line 4, column 13: found '\?'"):
        SavedQuery.parse("jobs", HEADER + "SELECT ?s { ? }")


def test_bytes_that_are_no_text_are_a_fault(tmp_path: Path) -> None:
    """A file in another encoding than UTF-8 is refused."""
    path = tmp_path / "latin.rq"
    path.write_bytes("# é".encode("latin-1"))
    with pytest.raises(QueryFileError, match="expected a file in UTF-8"):
        SavedQuery.read(path)


def test_two_readings_are_equal(saved: Callable[..., SavedQuery]) -> None:
    """Queries are compared by what their files say."""
    assert saved("ASK { ?s ?p ?o }") == saved("ASK { ?s ?p ?o }")
