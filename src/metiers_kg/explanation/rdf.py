"""The RDF of an account: statements derived from statements by activities (https://www.w3.org/TR/prov-o/)."""

from __future__ import annotations

from collections.abc import Iterator

from metiers_kg.explanation.account import Account, Explanation, Node
from metiers_kg.explanation.address import explain_address
from metiers_kg.explanation.evidence import Evidence
from metiers_kg.explanation.wording import words_language
from metiers_kg.reasoner.datatypes import literal_parts
from metiers_kg.reasoner.derivations import ClosedGraph, Triple
from metiers_kg.store import BlankNode, Graph, Iri, Literal, Term
from metiers_kg.store import Triple as Edge
from metiers_kg.vocabulary import BASE, ONTOLOGY, PREFIXES, graph_iri

__all__ = ["to_graph"]

_RDF, _RDFS, _PROV, _DCTERMS = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "prov", "dcterms"))
_UNTOLD = {"fr": "suit, mais le graphe ne le dit pas", "en": "follows, though the graph leaves it out"}


def to_graph(account: Account, graph: ClosedGraph) -> Graph:
    """Return an account as RDF.

    Each triple of a tree is an ``rdf:Statement`` and ``prov:Entity``, named by a fragment of the account's address and
    numbered by explanation and place; *graph* tells what classes without a name consist of.
    """
    return Graph(_Writer(account, graph).edges())


class _Writer:
    def __init__(self, account: Account, graph: ClosedGraph) -> None:
        self._account = account
        self._graph = graph
        self._base = BASE + explain_address(account.triple).removeprefix("/")
        self._language = account.lang

    def edges(self) -> Iterator[Edge]:
        nodes: dict[str, None] = {}
        for number, explanation in enumerate(self._account.explanations, 1):
            yield from self._explanation(number, explanation)
            for node in explanation.tree:
                nodes.update((term, None) for term in (node.triple[0], node.triple[2]) if term.startswith("_:"))
        yield from self._unnamed(list(nodes))

    def _explanation(self, number: int, explanation: Explanation) -> Iterator[Edge]:
        places: dict[Triple, Iri] = {}
        for node in explanation.tree:
            places.setdefault(node.triple, Iri(f"{self._base}#{number}.{len(places) + 1}"))
        written: set[Triple] = set()
        for node in explanation.tree:
            if node.triple not in written:
                written.add(node.triple)
                yield from self._statement(node, places)

    def _statement(self, node: Node, places: dict[Triple, Iri]) -> Iterator[Edge]:
        subject = places[node.triple]
        s, p, o = node.triple
        yield _edge(subject, _RDF + "type", Iri(_RDF + "Statement"))
        yield _edge(subject, _RDF + "type", Iri(_PROV + "Entity"))
        yield _edge(subject, _RDF + "subject", _term(s))
        yield _edge(subject, _RDF + "predicate", _term(p))
        yield _edge(subject, _RDF + "object", _term(o))
        yield _edge(subject, _RDFS + "label", Literal(node.sentence, language=self._language))
        if node.graph and node.is_told:
            yield _edge(subject, _DCTERMS + "isPartOf", Iri(graph_iri(node.graph)))
        if not node.is_told:
            lang = words_language(self._language)
            yield _edge(subject, _RDFS + "comment", Literal(_UNTOLD[lang], language=lang))
        for taken in (*node.axioms, *node.premises):
            yield _edge(subject, _PROV + "wasDerivedFrom", places[taken.triple])
        if node.rule:
            yield from self._step(node, subject, places)
        if node.evidence:
            yield from self._evidence(node.evidence, subject)

    def _step(self, node: Node, subject: Iri, places: dict[Triple, Iri]) -> Iterator[Edge]:
        if node.rule is None:
            return
        step = Iri(subject.value + "-step")
        yield _edge(subject, _PROV + "wasGeneratedBy", step)
        yield _edge(step, _RDF + "type", Iri(_PROV + "Activity"))
        yield _edge(step, _DCTERMS + "identifier", Literal(node.rule.name))
        yield _edge(step, _DCTERMS + "conformsTo", Iri(node.rule.url))
        yield _edge(step, _RDFS + "label", Literal(node.rule.name))
        yield _edge(step, _RDFS + "comment", Literal(node.rule.words, language=words_language(self._language)))
        for taken in (*node.axioms, *node.premises):
            yield _edge(step, _PROV + "used", places[taken.triple])

    def _evidence(self, evidence: Evidence, subject: Iri) -> Iterator[Edge]:
        if evidence.kind != "thing":
            yield _edge(subject, _PROV + "wasDerivedFrom", _term(evidence.of.term))
        if evidence.stated_as:
            yield _edge(subject, ONTOLOGY + "statedAs", Literal(evidence.stated_as))
        if evidence.modality:
            yield _edge(subject, ONTOLOGY + "modality", Literal(evidence.modality))
        for passage in evidence.passages:
            there = Iri(passage.passage.iri)
            yield _edge(subject, _PROV + "wasDerivedFrom", there)
            yield _edge(there, _RDFS + "label", Literal(passage.passage.label))
            if passage.source:
                yield _edge(there, PREFIXES["oa"] + "hasSource", Iri(passage.source.iri))
            for segment in passage.segments:
                yield _edge(there, _RDFS + "comment", Literal(f"“{segment.quote}”"))

    def _unnamed(self, waiting: list[str]) -> Iterator[Edge]:
        """Yield what the classes and lists without a name consist of."""
        seen: set[str] = set()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            for p in _DEFINING:
                for s, _, o in self._graph.match(node, p, None):
                    yield Edge(BlankNode(s[2:]), Iri(p[1:-1]), _term(o))
                    if o.startswith("_:"):
                        waiting.append(o)


_DEFINING = tuple(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, names in {
        "owl": "allValuesFrom complementOf hasValue intersectionOf inverseOf maxCardinality maxQualifiedCardinality "
        "members onClass onProperty oneOf someValuesFrom unionOf",
        "rdf": "first rest",
    }.items()
    for name in names.split()
)
"""What tells a class or a list without a name."""


def _edge(subject: Iri, predicate: str, value: Term) -> Edge:
    return Edge(subject, Iri(predicate), value)


def _term(text: str) -> Term:
    if text.startswith("<"):
        return Iri(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    value, datatype, language = literal_parts(text)
    return Literal(value, language=language) if language else Literal(value, datatype=Iri(datatype))
