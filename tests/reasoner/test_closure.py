"""The closure of small graphs: what it tells, what it leaves out, and what contradicts itself."""

from __future__ import annotations

import pytest

from metiers_kg.reasoner import close
from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.contradictions import Contradiction
from tests.reasoner.triples import term, triples


def _inferred(text: str) -> list[str]:
    return close(triples(text)).inferred


def test_what_follows_is_told() -> None:
    """A symmetric property entails its triples the other way round."""
    assert triples("b near a") == _inferred("near rdf:type owl:SymmetricProperty ; a near b")


def test_what_is_asserted_is_not_inferred() -> None:
    """A triple that is asserted and follows too is not among the inferred ones."""
    assert [] == _inferred("near rdf:type owl:SymmetricProperty ; a near b ; b near a")


def test_nothing_follows_from_nothing() -> None:
    """What holds of any graph is no news."""
    assert ([], []) == (close([]).inferred, close([]).contradictions)


def test_reflexive_triples_are_left_out() -> None:
    """A triple from a thing to itself is kept apart."""
    closure = close(triples("p rdf:type owl:SymmetricProperty ; p rdf:type owl:TransitiveProperty ; a p b"))

    assert (triples("b p a"), triples("a p a ; b p b")) == (closure.inferred, closure.left_out)


def test_blank_nodes_are_left_out() -> None:
    """A triple with a blank node is kept apart."""
    closure = close(triples("C rdfs:subClassOf _:r ; _:r rdfs:subClassOf D ; a rdf:type C"))

    assert triples("a rdf:type _:r") == closure.left_out


def test_literal_subjects_are_not_told() -> None:
    """A triple with a literal as subject is no RDF."""
    closure = close(triples('p rdf:type owl:SymmetricProperty ; a p "x"'))

    assert ([], []) == (closure.inferred, closure.left_out)


def test_an_inverse_without_a_name() -> None:
    """A property expression serves to infer and is not told itself."""
    graph = "_:i owl:inverseOf p ; q owl:propertyChainAxiom (_:i r) ; a p b ; a r c"

    assert triples("b q c") == _inferred(graph)


def test_the_closure_of_the_closure_is_itself() -> None:
    """Nothing more follows from what was inferred."""
    lines = triples("A rdfs:subClassOf B ; B rdfs:subClassOf C ; p rdfs:domain A ; a p b")

    assert [] == close([*lines, *close(lines).inferred]).inferred


def test_its_size() -> None:
    """The closure counts what holds of any graph as well."""
    assert 2 == len(close(triples("p rdf:type owl:SymmetricProperty ; a p b"))) - len(close([])) - 1


@pytest.mark.parametrize(
    ("graph", "follows"),
    [
        ("isA rdfs:subPropertyOf rdf:type ; a isA C ; C rdfs:subClassOf D", "a rdf:type C ; a rdf:type D"),
        ("rdf:type rdfs:subPropertyOf isA ; a rdf:type C ; C rdfs:subClassOf D", "a isA C ; a isA D"),
        ("hasMember owl:inverseOf rdf:type ; C hasMember a ; b rdf:type C", "a rdf:type C ; C hasMember b"),
        ("rdf:type owl:sameAs isA ; a isA C ; b rdf:type D", "a rdf:type C ; b isA D"),
        ("rdf:type owl:propertyChainAxiom (rdf:type in) ; a rdf:type A ; A in B ; B in C", "a rdf:type C"),
        ("rdf:type rdf:type owl:TransitiveProperty ; a rdf:type B ; B rdf:type C", "a rdf:type C"),
        ("rdf:type rdf:type owl:FunctionalProperty ; a rdf:type B ; a rdf:type C", "B owl:sameAs C"),
        ("near rdfs:subPropertyOf owl:sameAs ; a near b ; b p c", "a p c"),
        ("owl:sameAs rdfs:subPropertyOf near ; a owl:sameAs b", "b near a"),
        ("narrower owl:inverseOf rdfs:subClassOf ; B narrower A ; a rdf:type A", "a rdf:type B"),
        ("alike rdfs:subPropertyOf owl:inverseOf ; p alike q ; a p b", "b q a"),
        ("hasMember owl:inverseOf rdf:type ; a p 1^^xsd:integer", "xsd:decimal hasMember 1^^xsd:integer"),
    ],
)
def test_axioms_about_the_words_of_the_language(graph: str, follows: str) -> None:
    """The rules hold for rdf:type, owl:sameAs and axioms as they do for any property."""
    assert set(triples(follows)) <= set(_inferred(graph))


def test_irreflexive_type() -> None:
    """A class that is a member of itself contradicts an irreflexive rdf:type."""
    closure = close(triples("rdf:type rdf:type owl:IrreflexiveProperty ; C rdf:type C"))

    assert ["prp-irp"] == [found.rule for found in closure.contradictions]


@pytest.mark.parametrize(
    "lists",
    [
        "C owl:unionOf _:l ; _:l rdf:first A ; _:l rdf:rest _:l ; a rdf:type A",
        "C owl:unionOf _:l ; _:l rdf:first A ; a rdf:type A",
        "C owl:unionOf _:l ; a rdf:type A",
        "C owl:unionOf rdf:nil ; a rdf:type A",
    ],
    ids=["goes in circles", "has no end", "is none", "is empty"],
)
def test_a_list_that_is_broken(lists: str) -> None:
    """A list that goes in circles, has no end or is empty says nothing."""
    assert [] == _inferred(lists)


def test_a_contradiction_tells_its_triples() -> None:
    """A thing in two disjoint classes: the rule, the axiom and the facts."""
    closure = close(triples("Cat owl:disjointWith Dog ; felix rdf:type Cat ; felix rdf:type Dog"))
    cat, dog, felix, is_a = (term(name) for name in ("Cat", "Dog", "felix", "rdf:type"))

    assert [
        Contradiction("cax-dw", ((cat, term("owl:disjointWith"), dog),), ((felix, is_a, cat), (felix, is_a, dog)))
    ] == closure.contradictions


def test_a_contradiction_of_what_is_inferred() -> None:
    """Inferred triples contradict each other as asserted ones do."""
    closure = close(triples("Cat owl:disjointWith Dog ; Pug rdfs:subClassOf Dog ; a rdf:type Pug ; a rdf:type Cat"))

    assert ["cax-dw"] == [found.rule for found in closure.contradictions]


def test_a_contradiction_names_its_resources() -> None:
    """The IRIs of a contradiction: those of its facts, then those of its axioms, each once."""
    [found] = close(triples("p rdf:type owl:IrreflexiveProperty ; a p a")).contradictions

    assert ["http://e.org/a", "http://e.org/p", term("owl:IrreflexiveProperty")[1:-1]] == found.resources


def test_what_differs_from_itself_is_told_once() -> None:
    """A thing said to differ from itself is one contradiction, whether or not it has another name."""
    closure = close(triples("a owl:differentFrom a ; a owl:sameAs b"))

    assert 1 == sum(found.facts[0][0] == found.facts[0][2] == term("a") for found in closure.contradictions)


@pytest.mark.parametrize(
    ("literal", "rules"),
    [
        ("no^^xsd:integer", ["dt-not-type"]),
        ("256^^xsd:unsignedByte", ["dt-not-type"]),
        ("٣^^xsd:integer", ["dt-not-type"]),
        ("2024-02-30T00:00:00^^xsd:dateTime", ["dt-not-type"]),
        ("2023-04-31T00:00:00Z^^xsd:dateTimeStamp", ["dt-not-type"]),
        ("255^^xsd:unsignedByte", []),
        ("2024-02-29T00:00:00^^xsd:dateTime", []),
        ("2023-08-31T24:00:00.0+02:00^^xsd:dateTime", []),
        ("-0044-03-15T12:00:00^^xsd:dateTime", []),
        ("no^^xsd:date", []),
    ],
)
def test_a_literal_that_is_no_value_of_its_datatype(literal: str, rules: list[str]) -> None:
    """A literal that its datatype has no value for is a contradiction; xsd:date is no datatype of OWL 2 RL."""
    assert rules == [found.rule for found in close(triples(f"a p {literal}")).contradictions]


def test_a_closure_goes_on_from_what_was_kept() -> None:
    """A closure made from the terms and the columns of another is that other."""
    lines = triples("rdf:type rdfs:subPropertyOf isA ; a rdf:type C ; C rdfs:subClassOf _:r ; p rdfs:domain C ; b p c")
    made = Closure(lines)
    restored = Closure.restored(made.terms.terms()[1:], dict(made.columns), dict(made.asserted))
    restored.become([*lines, *triples("d p e")])

    assert Closure([*lines, *triples("d p e")]).inferred == restored.inferred
