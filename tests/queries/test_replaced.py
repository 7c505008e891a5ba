"""A name of what is deprecated leads to what replaces it."""

from __future__ import annotations

import pytest

from metiers_kg.errors import UnknownResourceError
from metiers_kg.queries import Names
from metiers_kg.store import Store
from tests.conftest import PREFIXES

JOB = "https://w3id.org/metiers-kg/ontology#Job"
GRAPH = (
    PREFIXES
    + """
job:new a mkg:Job ; skos:prefLabel "Nouveau métier"@fr .
job:old a skos:Concept ; skos:prefLabel "Vieux métier"@fr ; owl:deprecated true ; dcterms:isReplacedBy job:new .
job:gone a skos:Concept ; skos:prefLabel "Métier disparu"@fr ; owl:deprecated true ; skos:historyNote "…"@fr .
"""
)


@pytest.fixture(scope="module")
def names() -> Names:
    """Names of a job, one that it replaces, and one that nothing replaces."""
    return Names(Store.memory(GRAPH))


@pytest.mark.parametrize("text", ["Vieux métier", "old", "job/old", "https://w3id.org/metiers-kg/job/old"])
def test_successor_is_named(names: Names, text: str) -> None:
    """Label, slug and IRI of a deprecated job say which job to ask for."""
    with pytest.raises(UnknownResourceError, match=r"job/old is deprecated, and “Nouveau métier” \(job/new\)") as found:
        names.resolve(text, JOB)

    assert ("job/new",) == found.value.suggestions


def test_lack_of_a_successor_is_told(names: Names) -> None:
    """A deprecated job that nothing replaces is told to be so."""
    with pytest.raises(UnknownResourceError, match="job/gone is deprecated, and nothing replaces it"):
        names.resolve("Métier disparu", JOB)


def test_name_that_is_taken_over_is_the_new_ones() -> None:
    """A label that the successor has too is the successor's."""
    both = GRAPH.replace("Vieux métier", "Nouveau métier")

    assert Names(Store.memory(both)).resolve("Nouveau métier", JOB).endswith("/job/new")


def test_deprecated_resource_can_still_be_looked_up(names: Names) -> None:
    """Where no class is asked for, what is deprecated is found: its history can be read."""
    assert names.resolve("Vieux métier").endswith("/job/old")
