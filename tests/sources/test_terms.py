"""The terms of the imported graphs: each one that stands there is declared, named and defined."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, URIRef

from metiers_kg.vocabulary import ONTOLOGY, PREFIXES

HERE = Path(__file__).parent
ONTOLOGIES = HERE.parents[1] / "ontology"


@pytest.fixture(scope="module")
def terms() -> Graph:
    """The terms of the vocabularies."""
    return Graph().parse(ONTOLOGIES / "vocabularies.ttl")


def test_every_term_has_a_name_and_a_definition(terms: Graph) -> None:
    """Each term has one label and one definition in French and in English."""
    for term in set(terms.subjects()):
        for predicate in (SKOS.prefLabel, SKOS.definition):
            languages = sorted(str(text.language) for text in terms.objects(term, predicate))  # type: ignore[attr-defined]
            assert ["en", "fr"] == languages, f"{term} {predicate}"


def test_terms_of_the_examples_are_those_declared(terms: Graph) -> None:
    """What the importers write of ours and of ESCO's model is declared, and what is declared is written."""
    declared = {str(term) for term in (*terms.subjects(), *Graph().parse(ONTOLOGIES / "metiers.ttl").subjects())}
    used: set[str] = set()
    for path in HERE.glob("*/*/expected.ttl"):
        graph = Graph().parse(path)
        used |= {str(predicate) for predicate in graph.predicates()}
        used |= {str(class_) for class_ in graph.objects(None, RDF.type) if isinstance(class_, URIRef)}
    ours = {term for term in used if term.startswith((ONTOLOGY, PREFIXES["esco"]))}

    assert set() == ours - declared
    # NACE codes come with ESCO v1.2.1.
    assert {PREFIXES["esco"] + "hasNACECode"} == {str(term) for term in terms.subjects()} - used
