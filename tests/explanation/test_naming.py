"""What terms are called, and axioms in words."""

from __future__ import annotations

import pytest

from metiers_kg.explanation import Naming
from metiers_kg.queries import Names
from metiers_kg.reasoner.graphs import MemoryGraph
from metiers_kg.reasoner.terms import split
from metiers_kg.store import Store, StoredClosure, read_turtle

PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://w3id.org/metiers-kg/ontology#> .
:Job skos:prefLabel "Job"@en . :Person skos:prefLabel "Person"@en . :has skos:prefLabel "has"@en . :of skos:prefLabel "of"@en .
"""


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        (":has rdfs:domain :Job .", "what “has” is said of is a “Job”"),
        (":has rdfs:range :Job .", "the value of “has” is a “Job”"),
        (":Job rdfs:subClassOf :Person .", "“Job” is a kind of “Person”"),
        (":has owl:inverseOf :of .", "“has” is the inverse of “of”"),
        (":has a owl:SymmetricProperty .", "“has” holds both ways"),
        (":has owl:propertyChainAxiom ( :of :has ) .", "has: of, then has"),
        (":x a [ owl:onProperty :has ; owl:hasValue :Job ] .", "“mkg:x” has: “Job”"),
        (":x a [ owl:onProperty :has ; owl:someValuesFrom :Job ] .", "“mkg:x” has: at least one “Job”"),
        (":x a [ owl:onProperty :has ; owl:allValuesFrom :Job ] .", "“mkg:x” has: “Job” only"),
        (":x a [ owl:onProperty :has ; owl:maxCardinality 1 ] .", "“mkg:x” has: at most 1"),
        (
            ":x a [ owl:onProperty :has ; owl:maxQualifiedCardinality 1 ; owl:onClass :Job ] .",
            "“mkg:x” has: at most 1 “Job”",
        ),
        (":x a [ owl:unionOf ( :Job :Person ) ] .", "“mkg:x” is a “Job” or is a “Person”"),
        (":x a [ owl:oneOf ( :Job :Person ) ] .", "“mkg:x” is one of: Job, Person"),
        (":x a [ owl:complementOf :Job ] .", "“mkg:x” is not a “Job”"),
        (
            "[ owl:intersectionOf ( :Job [ owl:onProperty :has ; owl:hasValue :Job ] ) ] rdfs:subClassOf :Person .",
            "what is a “Job” and has: “Job” is a kind of “Person”",
        ),
        (":of rdfs:subPropertyOf [ owl:inverseOf :has ] .", "“of” implies inverse of “has”"),
        (":x skos:broader [] .", "“mkg:x” belongs under a thing without a name"),
        (':x skos:altLabel "a text"@en .', "“mkg:x” has the other name “a text”"),
    ],
)
def test_sentences(tmp_path_factory: pytest.TempPathFactory, turtle: str, words: str) -> None:
    """Axioms are told by what they say, facts by their labels, classes without a name by what makes a member."""
    path = tmp_path_factory.mktemp("naming") / "graph.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    triples = list(map(split, read_turtle(path)))
    naming = Naming(MemoryGraph(read_turtle(path), []), Names(Store.memory(PREFIXES + turtle)), "en")

    assert words in {naming.sentence(triple) for triple in triples}


def test_class_that_is_part_of_itself_has_words() -> None:
    """A class without a name that is defined by itself does not run in circles."""
    owl = "http://www.w3.org/2002/07/owl#"
    lines = [f"_:x <{owl}complementOf> _:x ."]

    assert "what is not a …" == Naming(MemoryGraph(lines, []), Names(Store.memory()), "en").name("_:x").label


def test_labels_are_in_the_language_asked_for(closure: StoredClosure, names: Names) -> None:
    """A label is in the reader's language where there is one, else in that of the words around, and tells its language."""
    chemistry = "<https://w3id.org/metiers-kg/competence/chimie>"

    assert [("Chimie", "fr"), ("Chemie", "de"), ("Chemistry", "en")] == [
        (named.label, named.lang)
        for lang in ("fr", "de", "nl")
        for named in [Naming(closure, names, lang).name(chemistry)]
    ]


def test_french_spaces_do_not_break(closure: StoredClosure, names: Names) -> None:
    """What French sets off by a space stays on one line with its mark."""
    sentence = Naming(closure, names, "fr").sentence(("<http://e.org/a>", "<http://e.org/b>", '"c"'))

    assert "«\u00a0http://e.org/a\u00a0» http://e.org/b «\u00a0c\u00a0»" == sentence
