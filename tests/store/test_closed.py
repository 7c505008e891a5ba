"""The closure as a store holds it, with what the graph leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.store import Store, StoredClosure
from metiers_kg.vocabulary import graph_iri

A, B, P, TYPE = "<http://e.org/a>", "<http://e.org/b>", "<http://e.org/p>", "<http://e.org/type>"
LINES = {
    "data": [f"{A} {P} {B}", f'{A} {P} "x"@fr'],
    "ontology": [f"{B} {P} {B}", f"_:c0 {P} {A}"],
    "inferred": [f"{B} {P} {A}"],
    "candidates": [f"{B} {TYPE} {A}"],
}
ASIDE = {"ontology": [f"_:c0 {P} {A}"], "inferred": [f"{A} {P} {A}", f"{A} {TYPE} _:c0"]}


def _quads(lines: dict[str, list[str]]) -> str:
    return "\n".join(f"{line} <{graph_iri(graph)}> ." for graph, found in lines.items() for line in found)


@pytest.fixture
def closure(tmp_path: Path) -> StoredClosure:
    """A closure of a handful of triples, two of them aside."""
    (tmp_path / "unstated.nq").write_text(_quads(ASIDE), encoding="utf-8")
    return StoredClosure(Store.memory(_quads(LINES), nquads=True), tmp_path / "unstated.nq")


def test_asserted_and_told(closure: StoredClosure) -> None:
    """What is aside holds and is not told; what is suggested does not hold."""
    triples = [(A, P, B), (B, P, A), (A, P, A), (A, TYPE, "_:c0"), ("_:c0", P, A), (B, TYPE, A)]

    assert [True, False, False, False, True, False] == [closure.is_asserted(triple) for triple in triples]
    assert [True, True, True, True, True, False] == [closure.holds(triple) for triple in triples]
    assert [True, True, False, False, True, True] == [closure.is_told(triple) for triple in triples]


def test_graphs(closure: StoredClosure) -> None:
    """A triple is told by one graph; what is aside by none, but for the ontology's own blank nodes."""
    triples = [(A, P, B), (B, P, B), (B, P, A), (A, P, A), ("_:c0", P, A), (B, TYPE, A)]

    assert ["data", "ontology", "inferred", "", "ontology", ""] == [closure.graph_of(triple) for triple in triples]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((A, P, None), [(A, P, '"x"@fr'), (A, P, A), (A, P, B)]),
        ((None, P, A), [("_:c0", P, A), (A, P, A), (B, P, A)]),
        ((A, P, '"x"@fr'), [(A, P, '"x"@fr')]),
        ((A, TYPE, None), [(A, TYPE, "_:c0")]),
        ((None, TYPE, "_:c0"), [(A, TYPE, "_:c0")]),
        (("_:c0", P, None), [("_:c0", P, A)]),
        ((B, TYPE, None), []),
    ],
)
def test_match(
    closure: StoredClosure, parts: tuple[str | None, str, str | None], found: list[tuple[str, str, str]]
) -> None:
    """Triples are found by any of their parts, those aside as well, each once."""
    assert sorted(found) == sorted(closure.match(*parts))


def test_asserted_triples_come_first(closure: StoredClosure) -> None:
    """Where a triple is asserted, no inferred one comes before it."""
    found = [closure.is_asserted(triple) for triple in closure.match(None, P, None)]

    assert sorted(found, reverse=True) == found
