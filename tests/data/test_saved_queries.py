"""Every saved query on the graph of this repository."""

from __future__ import annotations

import pytest

from metiers_kg.errors import MissingVocabularyError
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, answer, find_missing
from metiers_kg.store import Graph, Rows, Store
from tests.conftest import ROOT

CATALOGUE = Catalogue.read(ROOT / "queries")


@pytest.fixture(scope="module")
def merged(project: Project) -> Store:
    """The merged set of triples in one graph, as any SPARQL 1.1 tool would load it."""
    return Store.memory((project.build / "metiers.nt").read_bytes())


ALONE = [name for name, query in CATALOGUE.items() if not query.requires]
"""The queries that need no imported vocabulary; the others are asked in test_vocabularies.py."""


@pytest.mark.parametrize("name", ALONE)
def test_query_keeps_what_it_promises(name: str, store: Store, names: Names) -> None:
    """With its example values a query gives at least the rows and exactly the columns that its header expects."""
    query = CATALOGUE[name]
    result = answer(store, names, query, query.example_values)
    if result.graph is not None:
        assert list(result.graph)
        return
    assert result.table is not None

    assert (query.columns, True) == (result.columns, len(result.table.rows) >= int(query.expect.get("min-rows", 0)))


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in ALONE])
def test_query_tells_what_it_lacks(name: str, store: Store, names: Names) -> None:
    """A query that needs a vocabulary which is not imported says so and gives no table; nothing else is wrong with it."""
    query = CATALOGUE[name]
    if not find_missing(store, query):
        pytest.skip("the vocabularies are imported")

    with pytest.raises(MissingVocabularyError, match="metiers-kg import"):
        answer(store, names, query, query.example_values)


_SLOW = {"competence-gap"}
"""Without its two jobs it compares all with all, which takes engines a minute."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in _SLOW else []) for name in CATALOGUE]
)
def test_file_runs_unchanged_elsewhere(name: str, merged: Store) -> None:
    """The file is SPARQL 1.1 that runs as it stands, on the merged triples in one graph."""
    result = merged.query(CATALOGUE[name].text)
    if isinstance(result, Graph):
        assert list(result)
        return

    assert isinstance(result, Rows)
    assert result.columns == CATALOGUE[name].columns
    assert list(result) is not None


@pytest.mark.parametrize("name", [name for name in ALONE if not any(p.required for p in CATALOGUE[name].parameters)])
def test_left_out_parameters_mean_all(name: str, store: Store, names: Names) -> None:
    """A query whose parameters may all be left out gives, without any, what its file gives as it stands."""
    result = answer(store, names, CATALOGUE[name], {})
    assert result.table is not None

    assert len(list(store.rows(CATALOGUE[name].text))) == len(result.table.rows)


@pytest.mark.parametrize("name", [name for name in ALONE if CATALOGUE[name].form == "select"])
def test_rows_have_no_tie(name: str, store: Store, names: Names) -> None:
    """Two runs give the same rows in the same order, each row once."""
    query = CATALOGUE[name]
    runs = [answer(store, names, query, query.example_values).table for _ in range(2)]
    assert runs[0] is not None
    assert runs[1] is not None

    assert runs[0].rows == runs[1].rows
    assert len(set(runs[0].rows)) == len(runs[0].rows)
