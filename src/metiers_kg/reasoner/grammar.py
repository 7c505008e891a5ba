"""The grammar of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL, section 4.2) as tables, over RDF terms.

Terms are written as in N-Triples. Constructs have their names of the W3C's structural specification.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from metiers_kg.vocabulary import PREFIXES

__all__ = [
    "CLASS_AXIOMS",
    "CLASS_EXPRESSIONS",
    "DATA_RANGES",
    "EXTREME_PROPERTIES",
    "FILLERS",
    "KINDS",
    "LISTS",
    "MEMBER_AXIOMS",
    "NOWHERE",
    "OBJECT_ONLY",
    "PROPERTY_AXIOMS",
    "RESTRICTIONS",
    "WITH_THING",
    "ClassExpression",
    "Nowhere",
    "is_reserved",
    "is_unknown",
    "owl",
    "rdf",
    "rdfs",
]


def owl(name: str) -> str:
    """Return a term of the namespace of OWL.

    >>> owl("Thing")
    '<http://www.w3.org/2002/07/owl#Thing>'
    """
    return f"<{PREFIXES['owl']}{name}>"


def rdfs(name: str) -> str:
    """Return a term of RDF Schema."""
    return f"<{PREFIXES['rdfs']}{name}>"


def rdf(name: str) -> str:
    """Return a term of RDF."""
    return f"<{PREFIXES['rdf']}{name}>"


def _owl(names: str) -> frozenset[str]:
    return frozenset(map(owl, names.split()))


_OWL = """
    AllDifferent AllDisjointClasses AllDisjointProperties Annotation AnnotationProperty AsymmetricProperty Axiom Class
    DataRange DatatypeProperty DeprecatedClass DeprecatedProperty FunctionalProperty InverseFunctionalProperty
    IrreflexiveProperty NamedIndividual NegativePropertyAssertion Nothing ObjectProperty Ontology OntologyProperty
    ReflexiveProperty Restriction SymmetricProperty Thing TransitiveProperty allValuesFrom annotatedProperty
    annotatedSource annotatedTarget assertionProperty backwardCompatibleWith bottomDataProperty bottomObjectProperty
    cardinality complementOf datatypeComplementOf deprecated differentFrom disjointUnionOf disjointWith distinctMembers
    equivalentClass equivalentProperty hasKey hasSelf hasValue imports incompatibleWith intersectionOf inverseOf
    maxCardinality maxQualifiedCardinality members minCardinality minQualifiedCardinality onClass onDataRange onDatatype
    onProperties onProperty oneOf priorVersion propertyChainAxiom propertyDisjointWith qualifiedCardinality rational
    real sameAs someValuesFrom sourceIndividual targetIndividual targetValue topDataProperty topObjectProperty unionOf
    versionIRI versionInfo withRestrictions
"""
_RDFS = """
    Class Container ContainerMembershipProperty Datatype Literal Resource comment domain isDefinedBy label member range
    seeAlso subClassOf subPropertyOf
"""
_RDF = """
    Alt Bag CompoundLiteral HTML JSON List PlainLiteral Property Seq Statement XMLLiteral direction dirLangString first
    langRange langString language nil object predicate rest subject type value
"""
_VOCABULARY = _owl(_OWL) | set(map(rdfs, _RDFS.split())) | set(map(rdf, _RDF.split()))
_RESERVED = tuple(f"<{PREFIXES[prefix]}" for prefix in ("owl", "rdfs", "rdf"))
_CONTAINER_MEMBER = re.compile(re.escape(f"<{PREFIXES['rdf']}") + r"_[1-9]\d*>")


def is_reserved(term: str) -> bool:
    """Tell whether a term lies in the namespace of OWL, RDF Schema or RDF."""
    return term.startswith(_RESERVED)


def is_unknown(term: str) -> bool:
    """Tell whether a term lies in one of these namespaces and they do not have it.

    >>> is_unknown(owl("someValueFrom")), is_unknown(owl("someValuesFrom")), is_unknown("<http://e.org/a>")
    (True, False, False)
    """
    return is_reserved(term) and term not in _VOCABULARY and not _CONTAINER_MEMBER.fullmatch(term)


class Nowhere(NamedTuple):
    """What no place of OWL 2 RL takes; its construct begins with Object or Data where *of_values* is true."""

    construct: str
    remedy: str
    of_values: bool = False


_AT_MOST = "use owl:maxCardinality 0 or 1 in a superclass, or a SHACL shape that counts"
_AT_LEAST = "use owl:someValuesFrom in a subclass, or a SHACL shape that counts"
NOWHERE: dict[str, Nowhere] = {
    owl("ReflexiveProperty"): Nowhere("ReflexiveObjectProperty", "leave it out, or state the triples that are meant"),
    owl("cardinality"): Nowhere("ExactCardinality", _AT_MOST, of_values=True),
    owl("datatypeComplementOf"): Nowhere("DataComplementOf", "name a datatype; let a SHACL shape exclude values"),
    owl("disjointUnionOf"): Nowhere(
        "DisjointUnion", "make each class a subclass of this one, and all of them an owl:AllDisjointClasses"
    ),
    owl("hasSelf"): Nowhere("ObjectHasSelf", "leave it out; no rule tells what is related to itself"),
    owl("minCardinality"): Nowhere("MinCardinality", _AT_LEAST, of_values=True),
    owl("minQualifiedCardinality"): Nowhere("MinCardinality", _AT_LEAST, of_values=True),
    owl("qualifiedCardinality"): Nowhere("ExactCardinality", _AT_MOST, of_values=True),
    owl("withRestrictions"): Nowhere("DatatypeRestriction", "name the datatype alone; let a SHACL shape limit values"),
}
"""Predicates, and classes of properties, that stand nowhere."""

EXTREME_PROPERTIES = _owl("topObjectProperty bottomObjectProperty topDataProperty bottomDataProperty")
"""Properties that the profile does not support."""

KINDS = {
    "a subclass": "sub",
    "a disjoint class": "sub",
    "a class with a key": "sub",
    "a class in a complement": "sub",
    "the class of some value": "sub",
    "a counted class": "sub",
    "a superclass": "super",
    "a domain": "super",
    "a range": "super",
    "the type of a thing": "super",
    "the class of all values": "super",
    "an equivalent class": "equiv",
}
"""The places of class expressions, and the kind that each takes: subClassExpression, superClassExpression, …"""

WITH_THING = frozenset({"the class of some value", "a counted class"})
"""The places that take owl:Thing."""


class ClassExpression(NamedTuple):
    """A class expression: its construct, without Object or Data where it is of values, and the kinds it may be of."""

    construct: str
    kinds: frozenset[str]
    of_values: bool = False


_SUB, _SUPER, _ANY = frozenset({"sub"}), frozenset({"super"}), frozenset({"sub", "super", "equiv"})
CLASS_EXPRESSIONS: dict[str, ClassExpression] = {
    owl("allValuesFrom"): ClassExpression("AllValuesFrom", _SUPER, of_values=True),
    owl("complementOf"): ClassExpression("ObjectComplementOf", _SUPER),
    owl("hasValue"): ClassExpression("HasValue", _ANY, of_values=True),
    owl("intersectionOf"): ClassExpression("ObjectIntersectionOf", _ANY),
    owl("maxCardinality"): ClassExpression("MaxCardinality", _SUPER, of_values=True),
    owl("maxQualifiedCardinality"): ClassExpression("MaxCardinality", _SUPER, of_values=True),
    owl("oneOf"): ClassExpression("ObjectOneOf", _SUB),
    owl("someValuesFrom"): ClassExpression("SomeValuesFrom", _SUB, of_values=True),
    owl("unionOf"): ClassExpression("ObjectUnionOf", _SUB),
}
"""Class expressions by the predicate that makes them."""

FILLERS = {owl("someValuesFrom"): "the class of some value", owl("allValuesFrom"): "the class of all values"}
"""The places of the classes in restrictions."""

RESTRICTIONS = frozenset(p for p, made in CLASS_EXPRESSIONS.items() if made.of_values) | _owl(
    "cardinality hasSelf minCardinality minQualifiedCardinality qualifiedCardinality"
)
"""The predicates that make a restriction of a property."""

DATA_RANGES: dict[str, str] = {
    owl("datatypeComplementOf"): "DataComplementOf",
    owl("intersectionOf"): "DataIntersectionOf",
    owl("oneOf"): "DataOneOf",
    owl("unionOf"): "DataUnionOf",
    owl("withRestrictions"): "DatatypeRestriction",
}
"""Data ranges by the predicate that makes them; of these the profile has intersections alone."""

CLASS_AXIOMS: dict[str, tuple[str, str]] = {
    owl("disjointWith"): ("a disjoint class", "a disjoint class"),
    owl("equivalentClass"): ("an equivalent class", "an equivalent class"),
    owl("hasKey"): ("a class with a key", ""),
    rdf("type"): ("", "the type of a thing"),
    rdfs("domain"): ("", "a domain"),
    rdfs("range"): ("", "a range"),
    rdfs("subClassOf"): ("a subclass", "a superclass"),
}
"""The places of the class expressions that are subject and object of an axiom."""

PROPERTY_AXIOMS: dict[str, tuple[bool, bool]] = {
    owl("assertionProperty"): (False, True),
    owl("equivalentProperty"): (True, True),
    owl("inverseOf"): (True, True),
    owl("onProperty"): (False, True),
    owl("propertyChainAxiom"): (True, False),
    owl("propertyDisjointWith"): (True, True),
    rdfs("domain"): (True, False),
    rdfs("range"): (True, False),
    rdfs("subPropertyOf"): (True, True),
}
"""Whether subject and object are properties."""

OBJECT_ONLY: dict[str, str] = {
    owl("AsymmetricProperty"): "AsymmetricObjectProperty",
    owl("InverseFunctionalProperty"): "InverseFunctionalObjectProperty",
    owl("IrreflexiveProperty"): "IrreflexiveObjectProperty",
    owl("SymmetricProperty"): "SymmetricObjectProperty",
    owl("TransitiveProperty"): "TransitiveObjectProperty",
    owl("inverseOf"): "InverseObjectProperties",
    owl("propertyChainAxiom"): "ObjectPropertyChain",
}
"""What is said of object properties only: classes of properties, and predicates."""

LISTS: dict[str, tuple[str, int]] = {
    owl("distinctMembers"): ("DifferentIndividuals", 2),
    owl("hasKey"): ("HasKey", 1),
    owl("intersectionOf"): ("ObjectIntersectionOf", 2),
    owl("members"): ("", 2),
    owl("oneOf"): ("ObjectOneOf", 1),
    owl("propertyChainAxiom"): ("ObjectPropertyChain", 2),
    owl("unionOf"): ("ObjectUnionOf", 2),
}
"""The predicates whose object is a list: the construct, and how many members it has at least."""

MEMBER_AXIOMS: dict[str, str] = {
    owl("AllDifferent"): "DifferentIndividuals",
    owl("AllDisjointClasses"): "DisjointClasses",
    owl("AllDisjointProperties"): "DisjointObjectProperties",
}
"""The classes of the axioms that owl:members belongs to."""
