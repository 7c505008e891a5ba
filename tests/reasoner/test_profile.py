"""Each construct of OWL 2 in a place where OWL 2 RL has it, and in one where it has not."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from metiers_kg.reasoner.profile import Outside, outside_profile
from metiers_kg.store import read_turtle
from tests.conftest import ROOT

PREFIXES = """
@prefix e: <http://e.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e:p a owl:ObjectProperty . e:q a owl:ObjectProperty . e:d a owl:DatatypeProperty . e:note a owl:AnnotationProperty .
"""


class Case(NamedTuple):
    """A construct, an ontology that OWL 2 RL has it in, and one about ``e:A`` or ``e:p`` in which it is outside."""

    construct: str
    kept: str
    broken: str


def some(filler: str, on: str = "e:p") -> str:
    """The class of what has a value of the class *filler*."""
    return f"[ a owl:Restriction ; owl:onProperty {on} ; owl:someValuesFrom {filler} ]"


def every(filler: str, on: str = "e:p") -> str:
    """The class of what has all its values in *filler*."""
    return f"[ a owl:Restriction ; owl:onProperty {on} ; owl:allValuesFrom {filler} ]"


def at_most(number: str, on: str = "e:p") -> str:
    """The class of what has no more than *number* values."""
    return f'[ a owl:Restriction ; owl:onProperty {on} ; owl:maxCardinality "{number}"^^xsd:nonNegativeInteger ]'


def counting(which: str, of: str, on: str = "e:p", number: int = 1) -> str:
    """The class of what has a counted number of values."""
    return f'[ a owl:Restriction ; owl:onProperty {on} ; owl:{which} "{number}"^^xsd:nonNegativeInteger {of} ]'


def is_a(expression: str) -> str:
    """An axiom with the expression as a superclass."""
    return f"e:A rdfs:subClassOf {expression} ."


def from_a(expression: str) -> str:
    """An axiom with the expression as a subclass."""
    return f"{expression} rdfs:subClassOf e:A ."


def same_as(expression: str) -> str:
    """An axiom with the expression as an equivalent class."""
    return f"e:A owl:equivalentClass {expression} ."


UNION = "[ a owl:Class ; owl:unionOf ( e:B e:C ) ]"
ONE_OF = "[ a owl:Class ; owl:oneOf ( e:x e:y ) ]"
NOT_B = "[ a owl:Class ; owl:complementOf e:B ]"
VALUE = "[ a owl:Restriction ; owl:onProperty e:p ; owl:hasValue e:x ]"
SELF = "[ a owl:Restriction ; owl:onProperty e:p ; owl:hasSelf true ]"
FACET = "[ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 1 ] ) ]"
NOT_AN_INTEGER = "[ a rdfs:Datatype ; owl:datatypeComplementOf xsd:integer ]"
BOTH = "[ a owl:Class ; owl:intersectionOf ( {0} {1} ) ]"

PLACES = [
    Case("ObjectUnionOf", from_a(UNION), is_a(UNION)),
    Case("ObjectUnionOf", from_a(UNION), same_as(UNION)),
    Case("ObjectUnionOf", from_a(some(UNION)), "e:A owl:unionOf ( e:B e:C ) ."),
    Case("ObjectUnionOf", from_a(some(UNION)), f"e:p rdfs:domain {UNION} ."),
    Case("ObjectUnionOf", f"{UNION} owl:disjointWith e:A .", f"e:p rdfs:range {UNION} ."),
    Case("ObjectUnionOf", is_a(f"[ a owl:Class ; owl:complementOf {UNION} ]"), f"e:A a {UNION} ."),
    Case("ObjectUnionOf", f"{UNION} owl:hasKey ( e:p ) .", is_a(every(UNION))),
    Case("ObjectSomeValuesFrom", from_a(some("e:B")), is_a(some("e:B"))),
    Case("ObjectSomeValuesFrom", from_a(BOTH.format("e:B", some("e:C"))), is_a(BOTH.format("e:B", some("e:C")))),
    Case("ObjectSomeValuesFrom", is_a(VALUE), same_as(BOTH.format("e:B", some("e:C")))),
    Case("DataSomeValuesFrom", from_a(some("xsd:integer", on="e:d")), is_a(some("xsd:integer", on="e:d"))),
    Case("DataSomeValuesFrom", from_a(some("rdfs:Literal", on="e:new")), is_a(some("rdfs:Literal", on="e:new"))),
    Case("ObjectOneOf", from_a(ONE_OF), is_a(ONE_OF)),
    Case("ObjectAllValuesFrom", is_a(every("e:B")), from_a(every("e:B"))),
    Case("ObjectAllValuesFrom", f"e:p rdfs:range {every('e:B')} .", same_as(every("e:B"))),
    Case("ObjectAllValuesFrom", f"e:x a {every('e:B')} .", f"[] a owl:AllDisjointClasses ; owl:members ( e:A {every('e:B')} ) ."),
    Case("DataAllValuesFrom", is_a(every("xsd:integer", on="e:d")), from_a(every("xsd:integer", on="e:d"))),
    Case("ObjectComplementOf", is_a(NOT_B), from_a(NOT_B)),
    Case("ObjectComplementOf", f"e:p rdfs:domain {NOT_B} .", is_a(f"[ a owl:Class ; owl:complementOf {NOT_B} ]")),
    Case("ObjectMaxCardinality", is_a(at_most("1")), from_a(at_most("1"))),
    Case("ObjectMaxCardinality", is_a(at_most("0")), is_a(at_most("2"))),
    Case("ObjectMaxCardinality", is_a(counting("maxQualifiedCardinality", "; owl:onClass e:B")), is_a(counting("maxQualifiedCardinality", "; owl:onClass e:B", number=3))),
    Case("ObjectMaxCardinality", is_a(counting("maxQualifiedCardinality", "; owl:onClass owl:Thing")), is_a(counting("maxQualifiedCardinality", ""))),
    Case("ObjectComplementOf", is_a(counting("maxQualifiedCardinality", f"; owl:onClass {UNION}")), is_a(counting("maxQualifiedCardinality", f"; owl:onClass {NOT_B}"))),
    Case("DataMaxCardinality", is_a(at_most("1", on="e:d")), from_a(at_most("1", on="e:d"))),
    Case("DataMaxCardinality", is_a(at_most("1", on="e:d")), is_a(counting("maxQualifiedCardinality", "; owl:onDataRange xsd:string", on="e:d"))),
    Case("owl:Thing", from_a(some("owl:Thing")), "owl:Thing rdfs:subClassOf e:A ."),
    Case("owl:Thing", from_a(some("owl:Thing")), is_a(every("owl:Thing"))),
    Case("owl:Thing", is_a("owl:Nothing"), is_a("owl:Thing")),
    Case("owl:Thing", "e:x a e:B .", "e:A a owl:Thing ."),
]  # fmt: skip

NOWHERE = [
    Case("ObjectExactCardinality", is_a(at_most("1")), is_a(counting("cardinality", ""))),
    Case("ObjectExactCardinality", is_a(at_most("1")), is_a(counting("qualifiedCardinality", "; owl:onClass e:B"))),
    Case("DataExactCardinality", is_a(at_most("1", on="e:d")), is_a(counting("cardinality", "", on="e:d"))),
    Case("ObjectMinCardinality", from_a(some("owl:Thing")), from_a(counting("minCardinality", ""))),
    Case("ObjectMinCardinality", from_a(some("e:B")), from_a(counting("minQualifiedCardinality", f"; owl:onClass {UNION}"))),
    Case("DataMinCardinality", from_a(some("rdfs:Literal", on="e:d")), from_a(counting("minQualifiedCardinality", "; owl:onDataRange xsd:string", on="e:d"))),
    Case("ObjectHasSelf", from_a(VALUE), from_a(SELF)),
    Case("ObjectHasSelf", same_as(VALUE), is_a(SELF)),
    Case("DisjointUnion", "[] a owl:AllDisjointClasses ; owl:members ( e:B e:C ) .", f"e:A owl:disjointUnionOf ( e:B {some('e:C')} ) ."),
    Case("ReflexiveObjectProperty", "e:p a owl:IrreflexiveProperty .", "e:p a owl:ReflexiveProperty ."),
    Case("Import", "e:A a owl:Class .", "e:A owl:imports <http://e.org/other> ."),
]  # fmt: skip

DATA = [
    Case("Datatype", "e:d rdfs:range xsd:dateTime .", "e:d rdfs:range xsd:date ."),
    Case("Datatype", "e:d rdfs:range xsd:decimal .", "e:d rdfs:range owl:real ."),
    Case("Datatype", "e:d rdfs:range xsd:decimal .", "e:d rdfs:range owl:rational ."),
    Case("Datatype", "e:d rdfs:range rdf:PlainLiteral .", "e:d rdfs:range rdf:langString ."),
    Case("Datatype", "e:d rdfs:range e:T . e:T a rdfs:Datatype ; owl:equivalentClass xsd:integer .", "e:d rdfs:range e:T . e:T a rdfs:Datatype ."),
    Case("Datatype", "e:d rdfs:range e:T . e:T a rdfs:Datatype ; owl:equivalentClass xsd:integer .", "e:A a rdfs:Datatype ; owl:equivalentClass xsd:gYear ."),
    Case("Datatype", 'e:x e:d "2026"^^xsd:integer .', 'e:A e:d "2026"^^xsd:gYear .'),
    Case("Datatype", 'e:A e:note "2026-01-01"^^xsd:date .', 'e:A owl:equivalentClass [ a owl:Restriction ; owl:onProperty e:d ; owl:hasValue "2026"^^xsd:gYear ] .'),
    Case("DataIntersectionOf", "e:d rdfs:range [ a rdfs:Datatype ; owl:intersectionOf ( xsd:string xsd:token ) ] .", "e:d rdfs:range [ a rdfs:Datatype ; owl:intersectionOf ( xsd:string ) ] ."),
    Case("DataUnionOf", "e:d rdfs:range xsd:decimal .", "e:d rdfs:range [ a rdfs:Datatype ; owl:unionOf ( xsd:string xsd:integer ) ] ."),
    Case("DataOneOf", "e:d rdfs:range xsd:string .", 'e:d rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "a" "b" ) ] .'),
    Case("DataOneOf", from_a(ONE_OF), 'e:A owl:oneOf ( "a" e:x ) .'),
    Case("DataComplementOf", "e:d rdfs:range xsd:string .", f"e:d rdfs:range {NOT_AN_INTEGER} ."),
    Case("DatatypeRestriction", is_a(every("xsd:integer", on="e:d")), is_a(every(FACET, on="e:d"))),
    Case("DataSomeValuesFrom", from_a(some("xsd:integer", on="e:d")), from_a("[ a owl:Restriction ; owl:onProperties ( e:d ) ; owl:someValuesFrom xsd:integer ]")),
    Case("ClassExpression", "e:p rdfs:range e:B .", "e:p rdfs:range xsd:string ."),
    Case("ClassExpression", from_a(some("e:B")), is_a("xsd:string")),
    Case("DataRange", from_a(some("xsd:string", on="e:d")), from_a(some('"a"', on="e:d"))),
]  # fmt: skip

PROPERTIES = [
    Case("owl:topObjectProperty", "e:p rdfs:subPropertyOf e:q .", "e:p rdfs:subPropertyOf owl:topObjectProperty ."),
    Case("owl:bottomDataProperty", "e:d rdfs:subPropertyOf e:f .", "e:p owl:propertyDisjointWith owl:bottomDataProperty ."),
    Case("ObjectPropertyExpression", "e:p rdfs:subPropertyOf [ owl:inverseOf e:q ] .", 'e:p rdfs:subPropertyOf "q" .'),
    Case("ObjectPropertyExpression", from_a(some("e:B", on="[ owl:inverseOf e:p ]")), from_a(some("e:B", on="[ a owl:ObjectProperty ]"))),
    Case("ObjectPropertyExpression", "e:p owl:propertyChainAxiom ( e:q [ owl:inverseOf e:p ] ) .", 'e:p owl:propertyChainAxiom ( e:q "p" ) .'),
    Case("ObjectPropertyChain", "e:p owl:propertyChainAxiom ( e:p e:q ) .", "e:p owl:propertyChainAxiom ( e:q e:d ) ."),
    Case("ObjectPropertyChain", "e:p owl:propertyChainAxiom ( e:p e:q e:p ) .", "e:p owl:propertyChainAxiom ( e:q ) ."),
    Case("InverseObjectProperties", "e:p owl:inverseOf e:q .", "e:p owl:inverseOf e:d ."),
    Case("TransitiveObjectProperty", "e:p a owl:TransitiveProperty , owl:SymmetricProperty , owl:AsymmetricProperty .", "e:d a owl:TransitiveProperty ."),
    Case("InverseFunctionalObjectProperty", "e:p a owl:InverseFunctionalProperty . e:d a owl:FunctionalProperty .", "e:d a owl:InverseFunctionalProperty ."),
    Case("HasKey", "e:A owl:hasKey ( e:p e:d ) .", "e:A owl:hasKey () ."),
    Case("Declaration", "e:A a owl:Class .", "e:p a owl:DatatypeProperty ."),
    Case("Declaration", "e:A a owl:Class , owl:NamedIndividual .", "e:A a owl:Class , rdfs:Datatype ."),
]  # fmt: skip

FORM = [
    Case("unknown term", "e:A rdfs:subClassOf e:B .", "e:A rdfs:subclassOf e:B ."),
    Case("unknown term", "e:p a owl:FunctionalProperty .", "e:p a owl:FunctionalObjectProperty ."),
    Case("unknown term", "e:x rdf:_1 e:y .", "e:A rdf:_0 e:y ."),
    Case("Restriction", from_a(some("e:B")), from_a("[ a owl:Restriction ; owl:someValuesFrom e:B ]")),
    Case("Restriction", from_a(some("e:B")), from_a("[ a owl:Restriction ; owl:onProperty e:p , e:q ; owl:someValuesFrom e:B ]")),
    Case("Restriction", from_a(some("e:B")), from_a("[ a owl:Restriction ; owl:onProperty e:p ]")),
    Case("ClassExpression", is_a("e:B"), is_a("[ a owl:Class ]")),
    Case("ClassExpression", is_a("e:B"), is_a('"B"')),
    Case("ClassExpression", from_a(UNION), from_a("[ a owl:Class ; owl:unionOf ( e:B e:C ) ; owl:oneOf ( e:x ) ]")),
    Case("ClassExpression", from_a(UNION), "[] a owl:Class ; owl:unionOf ( e:A e:B ) ."),
    Case("ObjectIntersectionOf", from_a(BOTH.format("e:B", "e:C")), from_a("[ a owl:Class ; owl:intersectionOf ( e:B ) ]")),
    Case("ObjectIntersectionOf", same_as(BOTH.format("e:B", VALUE)), "e:A owl:intersectionOf [ rdf:first e:B ; rdf:rest e:C ] ."),
    Case("ObjectUnionOf", from_a(UNION), from_a("[ a owl:Class ; owl:unionOf _:cell ]") + " _:cell rdf:first e:B ; rdf:rest _:cell ."),
    Case("ObjectOneOf", from_a(ONE_OF), from_a("[ a owl:Class ; owl:oneOf () ]")),
    Case("DisjointClasses", "[] a owl:AllDisjointClasses ; owl:members ( e:A e:B ) .", "[] a owl:AllDisjointClasses ; owl:members ( e:A ) ."),
    Case("DisjointClasses", "[] a owl:AllDisjointClasses ; owl:members ( e:A e:B ) .", "e:A a owl:AllDisjointClasses ."),
    Case("DisjointObjectProperties", "[] a owl:AllDisjointProperties ; owl:members ( e:p e:q ) .", "[] a owl:AllDisjointProperties ; owl:members ( e:p ) ."),
    Case("DifferentIndividuals", "[] a owl:AllDifferent ; owl:distinctMembers ( e:x e:y ) .", "[] a owl:AllDifferent ; owl:distinctMembers ( e:A ) ."),
    Case("Axiom", "[] a owl:AllDifferent ; owl:members ( e:x e:y ) .", "[] owl:members ( e:A e:B ) ."),
    Case("NegativePropertyAssertion", "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual e:x ; owl:assertionProperty e:d ; owl:targetValue 1 .", "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual e:A ; owl:assertionProperty e:p ."),
    Case("Axiom", 'e:A rdfs:subClassOf e:B . [] a owl:Axiom ; owl:annotatedSource e:A ; owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget e:B ; e:note "why" .', "[] a owl:Axiom ; owl:annotatedSource e:A ; owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget e:B ."),
]  # fmt: skip

CASES = PLACES + NOWHERE + DATA + PROPERTIES + FORM


def _outside(turtle: str, folder: Path) -> list[Outside]:
    file = folder / "ontology.ttl"
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    return outside_profile(read_turtle(file))


@pytest.mark.parametrize("kept", sorted({case.kept for case in CASES}))
def test_what_the_profile_has_is_not_reported(kept: str, tmp_path: Path) -> None:
    """Nothing is said of a construct that stands where OWL 2 RL has it."""
    assert [] == _outside(kept, tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.construct} {case.broken}")
def test_what_the_profile_does_not_have_is_reported(case: Case, tmp_path: Path) -> None:
    """A construct outside OWL 2 RL is named, with the class or property that it is said of."""
    found = _outside(case.broken, tmp_path)

    assert case.construct in {outside.construct for outside in found}
    assert {outside.resource for outside in found} <= {f"http://e.org/{name}" for name in ("A", "p", "d")}


def test_a_report_says_what_was_found_and_what_would_be_right(tmp_path: Path) -> None:
    """A curator reads which class it is, what stands where, and how to put it otherwise."""
    assert [
        Outside(
            resource="http://e.org/A",
            construct="ObjectUnionOf",
            message="has owl:unionOf in a superclass, where OWL 2 RL does not have it",
            remedy="use it in a subclass only",
        )
    ] == _outside(is_a(UNION), tmp_path)


def test_reports_do_not_depend_on_the_order_of_the_triples(tmp_path: Path) -> None:
    """The same ontology gives the same reports in the same order."""
    file = tmp_path / "ontology.ttl"
    file.write_text(PREFIXES + "".join(case.broken for case in CASES if "_:cell" not in case.broken), encoding="utf-8")
    lines = read_turtle(file)

    assert outside_profile(lines) == outside_profile(reversed(lines))


def test_a_class_made_of_itself_ends(tmp_path: Path) -> None:
    """A class expression that contains itself is gone through once."""
    assert [] == _outside("_:c owl:intersectionOf ( e:B _:c ) ; rdfs:subClassOf e:A .", tmp_path)


def test_the_ontology_of_the_project_lies_in_the_profile() -> None:
    """All that metiers.ttl states is in OWL 2 RL: the rules read it all."""
    assert [] == outside_profile(read_turtle(ROOT / "ontology" / "metiers.ttl"))
