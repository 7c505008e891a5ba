"""The OWL 2 RL closure as owlrl computes it: the reference that the project's own must equal.

owlrl applies the rules of OWL 2 RL/RDF (https://www.w3.org/TR/owl2-profiles/, section 4.3) to every triple again and
again until nothing new comes. Where it departs from the W3C's rules it is mended here, see `MendedSemantics`. It spends
most of its time on literals, though most literals can take part in no rule; those are kept out, see
`_without_inert_literals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import rdflib
from owlrl.OWLRL import OWLRL_Annotation_properties, OWLRL_Semantics
from owlrl.XsdDatatypes import OWL_Datatype_Subsumptions
from rdflib import OWL, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from metiers_kg.reasoner.contradictions import Contradiction
from metiers_kg.reasoner.datatypes import literal_parts

__all__ = ["MendedSemantics", "ReferenceClosure", "close_by_owlrl"]

_Triple = tuple[Node, Node, Node]

# The datatypes of table 8; owlrl adds xsd:date, xsd:time, rdf:HTML and rdf:langString.
_DATATYPES = {
    *(RDF.PlainLiteral, RDF.XMLLiteral, RDFS.Literal, XSD.string, XSD.boolean, XSD.anyURI, XSD.hexBinary),
    *(XSD.base64Binary, XSD.double, XSD.float, XSD.decimal, XSD.dateTime),
    *OWL_Datatype_Subsumptions,
}
_BROADER = {**OWL_Datatype_Subsumptions, XSD.NMTOKEN: [XSD.token, XSD.normalizedString, XSD.string]}
_TYPED = {*_DATATYPES, RDF.langString}  # what a text in a language is of, by RDF 1.1
_AXIOMATIC = [
    *((named, OWL.Class) for named in (OWL.Thing, OWL.Nothing)),
    *((named, OWL.AnnotationProperty) for named in OWLRL_Annotation_properties),
    *((named, RDFS.Datatype) for named in sorted(_DATATYPES)),
]

# A predicate that stands in none of these places, as subject or object, is named by no rule that reads its triples.
_AXIOM_PREDICATES = (
    RDFS.domain,
    RDFS.subPropertyOf,
    OWL.inverseOf,
    OWL.equivalentProperty,
    OWL.propertyDisjointWith,
    OWL.onProperty,
    OWL.assertionProperty,
    OWL.hasKey,
    OWL.members,
    OWL.sameAs,
    OWL.propertyChainAxiom,
    RDF.first,
)
# Where a graph has none of these, no two things are the same.
_MAKES_EQUAL = {
    *(OWL.sameAs, OWL.hasKey, OWL.maxCardinality, OWL.maxQualifiedCardinality),
    *(OWL.FunctionalProperty, OWL.InverseFunctionalProperty),
}


@dataclass(frozen=True, slots=True)
class ReferenceClosure:
    """What follows from a graph, as owlrl has it; the same lines as those of a `Closure`.

    Attributes:
        inferred: What follows and is told, as sorted N-Triples lines.
        left_out: What follows and is RDF but is not told: triples from a thing to itself (``owl:sameAs`` apart, which
            owlrl adds for every term), or with a blank node.
        contradictions: What owlrl says of each contradiction, with the rule "owlrl"; empty for a consistent graph.
    """

    inferred: Sequence[str]
    left_out: Sequence[str]
    contradictions: Sequence[Contradiction]


def close_by_owlrl(ntriples: Iterable[str]) -> ReferenceClosure:
    """Compute the OWL 2 RL closure of a graph given as canonical N-Triples lines.

    >>> rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    >>> close_by_owlrl([f"<fido> <{rdf}type> <Dog> .", f"<Dog> <{rdfs}subClassOf> <Animal> ."]).inferred
    ['<fido> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <Animal> .']
    """
    reader = _Reader()
    asserted = reader.graph(ntriples)
    graph = _without_inert_literals(asserted)
    semantics = MendedSemantics(graph, False, False)
    semantics.closure_of_rules()
    follows = [triple for triple in graph if triple not in asserted and triple not in _always() and _is_kept(triple)]
    return ReferenceClosure(
        sorted(reader.line(triple) for triple in follows if _is_told(triple)),
        sorted(reader.line(triple) for triple in follows if not _is_told(triple)),
        [Contradiction("owlrl", (), (), str(message)) for message in sorted(semantics.error_messages)],
    )


class MendedSemantics(OWLRL_Semantics):  # type: ignore[misc]  # owlrl has no types
    """owlrl's rules where they are the W3C's, and the W3C's where they are not.

    What owlrl departs in is listed, each with an example, in ``docs/reference/reasoning.md``.
    """

    def closure_of_rules(self) -> None:
        """Apply the rules until nothing new follows; contradictions are then in ``error_messages``."""
        self.closure()
        for node in list(self.graph.subjects(RDF.type, _ERROR)):
            self.graph.remove((node, None, None))

    def one_time_rules(self) -> None:
        """cls-thing, cls-nothing1, prp-ap, dt-type1 and dt-type2; dt-not-type for literals as they are written.

        Of prp-ap and dt-type1 only what can matter is added, since each triple more costs owlrl much.
        """
        named = {term for s, _, o in self.graph for term in (s, o)}
        every = named & {RDF.type, OWL.sameAs, OWL.AnnotationProperty, RDFS.Datatype}
        for s, o in _AXIOMATIC:
            if every or s in named or o == OWL.Class:
                self.store_triple((s, RDF.type, o))
        for literal in named:
            if isinstance(literal, Literal):
                own = RDF.langString if literal.language else literal.datatype
                for datatype in (own, *_BROADER.get(own, ())) if own in _TYPED else ():
                    self.store_triple((literal, RDF.type, datatype))
                if literal.ill_typed:
                    self.add_error(f"The literal {literal.n3()} is no value of its datatype")

    def _properties(self, triple: _Triple, cycle_num: int) -> None:
        """prp-key with all properties of the key, prp-adp with all members; the rest is owlrl's."""
        s, p, o = triple
        if p == OWL.hasKey:
            self._key(s, self._list(o))
        elif p == RDF.type and o == OWL.AllDisjointProperties:
            for one, other in self._pairs_of_members(s, OWL.members):
                for x, y in self.graph.subject_objects(one):
                    if (x, other, y) in self.graph:
                        self.add_error(f"Disjoint properties {one} and {other} both lead from {x} to {y}")
        else:
            super()._properties(triple, cycle_num)

    def _key(self, named: Node, properties: list[Node]) -> None:
        members = list(self.graph.subjects(RDF.type, named))
        values = {x: [set(self.graph.objects(x, p)) for p in properties] for x in members}
        for x, y in combinations(members, 2):
            if properties and all(one & other for one, other in zip(values[x], values[y], strict=True)):
                self.store_triple((x, OWL.sameAs, y))

    def _equality(self, triple: _Triple, cycle_num: int) -> None:
        """eq-diff2 and eq-diff3 with all members; the rest is owlrl's."""
        s, p, o = triple
        if p == RDF.type and o == OWL.AllDifferent:
            for predicate in (OWL.members, OWL.distinctMembers):
                for one, other in self._pairs_of_members(s, predicate):
                    if one == other or (one, OWL.sameAs, other) in self.graph:
                        self.add_error(f"All are different, and {one} is the same as {other}")
        super()._equality(triple, cycle_num)

    def _pairs_of_members(self, node: Node, predicate: Node) -> Iterator[tuple[Node, Node]]:
        for members in self.graph.objects(node, predicate):
            yield from combinations(self._list(members), 2)

    def _schema_vocabulary(self, triple: _Triple, cycle_num: int) -> None:
        """scm-op for object properties alone; scm-sco, scm-spo and their like for a thing and itself too."""
        s, p, o = triple
        if p == RDF.type and o == RDF.Property:
            return
        for narrower, same in ((RDFS.subClassOf, OWL.equivalentClass), (RDFS.subPropertyOf, OWL.equivalentProperty)):
            if p == narrower and (o, narrower, s) in self.graph:
                self.store_triple((s, narrower, s))
                self.store_triple((s, same, o))
            elif p == same and s == o:
                self.store_triple((s, narrower, s))
        super()._schema_vocabulary(triple, cycle_num)


_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")


@cache
def _always() -> frozenset[_Triple]:
    """Return what holds of any graph: the closure of nothing."""
    graph = rdflib.Graph()
    for s, o in _AXIOMATIC:
        graph.add((s, RDF.type, o))
    MendedSemantics(graph, False, False).closure_of_rules()
    return frozenset(graph)


class _Reader:
    """Reads canonical N-Triples for rdflib, and writes each term as it was read.

    rdflib's own reader writes literals anew ("01" as "1"), renames blank nodes, and does not know that a text without a
    language is an xsd:string (RDF 1.1, section 3.3).
    """

    def __init__(self) -> None:
        self._texts: dict[Node, str] = {}

    def graph(self, ntriples: Iterable[str]) -> rdflib.Graph:
        graph = rdflib.Graph()
        for line in ntriples:
            s, p, o = line[:-2].split(" ", 2)
            graph.add((self._term(s), self._term(p), self._term(o)))
        return graph

    def _term(self, text: str) -> Node:
        if text.startswith("<"):
            return URIRef(text[1:-1])
        if text.startswith("_:"):
            return BNode(text[2:])
        value, datatype, language = literal_parts(text)
        literal = Literal(
            value, normalize=False, lang=language or None, datatype=None if language else URIRef(datatype)
        )
        self._texts[literal] = text
        return literal

    def line(self, triple: _Triple) -> str:
        return " ".join(self._text(term) for term in triple) + " ."

    def _text(self, term: Node) -> str:
        if isinstance(term, Literal):
            return self._texts[term]
        return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"


def _without_inert_literals(graph: rdflib.Graph) -> rdflib.Graph:
    """Return *graph* less the literals that no rule can use, one of each predicate and datatype kept.

    Whatever follows from a literal whose predicate no axiom names (other than a label, a declaration, a range) is a
    triple about the literal itself, which the closure leaves out, or about its datatype, for which one literal does.
    Where things can be the same, all are kept.
    """
    if any(o in _MAKES_EQUAL or p in _MAKES_EQUAL for _, p, o in graph):
        return rdflib.Graph() + graph
    used = set(_predicates_with_axioms(graph))
    kept = rdflib.Graph()
    seen: set[tuple[Node, Node | None]] = set()
    for s, p, o in graph:
        if isinstance(o, Literal) and p not in used and not o.ill_typed:
            if (p, o.datatype) in seen:
                continue
            seen.add((p, o.datatype))
        kept.add((s, p, o))
    return kept


def _predicates_with_axioms(graph: rdflib.Graph) -> Iterable[Node]:
    for predicate in _AXIOM_PREDICATES:
        for s, o in graph.subject_objects(predicate):
            yield s
            yield o
    for s, o in graph.subject_objects(RDF.type):
        if o in {
            OWL.FunctionalProperty,
            OWL.InverseFunctionalProperty,
            OWL.SymmetricProperty,
            OWL.AsymmetricProperty,
            OWL.IrreflexiveProperty,
            OWL.TransitiveProperty,
        }:
            yield s
    yield from (RDF.type, OWL.hasValue, OWL.maxCardinality, OWL.maxQualifiedCardinality, OWL.targetValue, RDF.first)


def _is_kept(triple: _Triple) -> bool:
    """False for what RDF has not, literals as subjects and blank nodes as predicates, and for eq-ref."""
    s, p, o = triple
    return not isinstance(s, Literal) and isinstance(p, URIRef) and (p != OWL.sameAs or s != o)


def _is_told(triple: _Triple) -> bool:
    s, _, o = triple
    return isinstance(s, URIRef) and not isinstance(o, BNode) and s != o
