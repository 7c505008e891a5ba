"""FROM and FROM NAMED."""

from __future__ import annotations

import pytest

from metiers_kg.store import Rows, Store
from metiers_kg.store.dataset_clause import has_dataset_clause

STORE = Store.memory(
    "<https://e.org/a> <https://e.org/p> <https://e.org/b> <https://e.org/one> .\n"
    "<https://e.org/b> <https://e.org/p> <https://e.org/c> <https://e.org/two> .\n"
    "<https://e.org/c> <https://e.org/p> <https://e.org/a> <https://w3id.org/metiers-kg/graph/inferred> .",
    nquads=True,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK FROM <https://e.org/g> { ?s ?p ?o }", True),
        ("ask from named ex:g { ?s ?p ?o }", True),
        ("SELECT*FROM<https://e.org/g>{?s ?p ?o}", True),
        ("SELECT ?from { ?from ex:from from:x , _:from }", False),
        ("ASK { ?s ?p 'from <a>' , \"FROM\" , '''it's\nFROM''' }", False),
        ("ASK { <https://e.org/FROM> ?p ?o } # FROM <https://e.org/g>", False),
        ("# it's a comment\nASK FROM <https://e.org/g> { ?s ?p ?o } # 'tis", True),
        ("ASK { ?s ?p ?o FILTER(?o < 3 && ?from > 2) }", False),
    ],
)
def test_where_it_stands(text: str, expected: bool) -> None:
    """The clause is told from the same word elsewhere."""
    assert has_dataset_clause(text) is expected


@pytest.mark.parametrize(
    ("clause", "pattern", "options", "expected"),
    [
        ("", "?s ?p ?o", {}, 3),
        ("", "?s ?p ?o", {"asserted": True}, 2),
        ("FROM <https://e.org/one>", "?s ?p ?o", {}, 1),
        ("FROM <https://e.org/one> FROM <https://e.org/two>", "?s ?p ?o", {}, 2),
        ("FROM <https://e.org/one>", "GRAPH ?g { ?s ?p ?o }", {}, 0),
        ("FROM NAMED <https://e.org/one>", "GRAPH ?g { ?s ?p ?o }", {}, 1),
        ("FROM NAMED <https://e.org/one>", "?s ?p ?o", {}, 0),
        ("FROM <https://e.org/none>", "?s ?p ?o", {}, 0),
        ("FROM <https://e.org/one>", "?s ?p ?o", {"default_graphs": ["https://e.org/two", "https://e.org/one"]}, 2),
    ],
)
def test_what_a_query_sees(clause: str, pattern: str, options: dict[str, object], expected: int) -> None:
    """A query sees the graphs it names and no others, unless the protocol names some; else it sees all."""
    found = STORE.query(f"SELECT (COUNT(*) AS ?n) {clause} {{ {pattern} }}", **options)  # type: ignore[arg-type]

    assert isinstance(found, Rows)
    ((count,),) = found
    assert str(count) == f'"{expected}"^^<http://www.w3.org/2001/XMLSchema#integer>'
