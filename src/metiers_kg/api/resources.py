"""Gather what the graph says about one resource: what leaves it, what points to it, and the passages it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from metiers_kg.api.pages import Link, PassageExcerpt, Property, Reference, ResourceDescription, Segment, Value
from metiers_kg.explanation import explain_address
from metiers_kg.queries.replaced import find_successors
from metiers_kg.store import SUGGESTED_GRAPHS, BlankNode, Graph, Iri, Literal, Store, Term, Triple
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES, compact, graph_iri, kind_and_slug

__all__ = ["LINK_LIMIT", "PASSAGE_LIMIT", "Labels", "ResourceReader", "href"]

LINK_LIMIT = 2000
"""The most triples that point to a resource which its document gives."""

PASSAGE_LIMIT = 200
"""The most passages that the document of a resource gives."""

_TYPE = PREFIXES["rdf"] + "type"
_INFERRED = graph_iri("inferred")
_PREF_LABEL = PREFIXES["skos"] + "prefLabel"
_PLAIN = (PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString")

# A triple stands in one graph of the union, so that each query gives it once, with the graph that tells its origin.
_OUTGOING = "SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ {iri} ?p ?o }} BIND({iri} AS ?s) {filter} }} ORDER BY ?p ?o"
_INCOMING = (
    "SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p {iri} }} BIND({iri} AS ?o) {filter} }} ORDER BY ?p ?s LIMIT {limit}"
)
# What has no document of its own: blank nodes, and parts named by a fragment, such as the selectors of a passage.
_PARTS = """SELECT DISTINCT ?s ?p ?o ?g {{
  {iri} ?part ?s FILTER(isBlank(?s) || STRSTARTS(STR(?s), {fragment})) GRAPH ?g {{ ?s ?p ?o }} {filter} }}"""
_PASSAGES = """SELECT DISTINCT ?passage ?statement ?source ?section ?offset ?start ?end ?quote {{
  {{ SELECT DISTINCT ?passage ?statement {{
    {{ {iri} prov:wasDerivedFrom ?passage }}
    UNION {{ {iri} oa:hasSource ?any BIND({iri} AS ?passage) }}
    UNION {{ ?statement ?about {iri} ; mkg:statedAs ?how ; prov:wasDerivedFrom ?passage }}
  }} ORDER BY ?passage ?statement LIMIT {limit} }}
  OPTIONAL {{ ?passage oa:hasSource ?source }}
  OPTIONAL {{ ?passage mkg:inSection ?section }}
  OPTIONAL {{ ?passage oa:hasSelector ?selector . ?selector oa:exact ?quote
    OPTIONAL {{ ?selector oa:start ?offset }}
    OPTIONAL {{ ?selector mkg:startLine ?start }}
    OPTIONAL {{ ?selector mkg:endLine ?end }} }}
}} ORDER BY ?source ?passage ?offset ?quote ?statement"""
_TERMS = f"SELECT DISTINCT ?term {{ GRAPH <{graph_iri('ontology')}> {{ ?term a ?class FILTER(isIRI(?term)) }} }}"


class Labels(Protocol):
    """What gives a thing's label in a language."""

    def label(self, iri: str, lang: str) -> str:
        """Return the label of *iri*, in *lang* where there is one."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    """A triple as found, and the graph it stands in."""

    subject: Iri | BlankNode
    predicate: str
    object: Term
    graph: str

    @property
    def inferred(self) -> bool:
        """Whether it was inferred, suggested or measured."""
        return self.graph in SUGGESTED_GRAPHS

    @property
    def why(self) -> str:
        """The path of its explanation, where the reasoner inferred it; else ""."""
        triple = (str(self.subject), f"<{self.predicate}>", str(self.object))
        return explain_address(triple) if self.graph == _INFERRED else ""

    @property
    def triple(self) -> Triple:
        return Triple(self.subject, Iri(self.predicate), self.object)


class ResourceReader:
    """Reads descriptions of resources from the store, with labels in the language asked for."""

    def __init__(self, store: Store, labels: Labels) -> None:
        self._store = store
        self._labels = labels

    def describe(self, iri: str, lang: str, *, asserted: bool = False) -> ResourceDescription | None:
        """Return what is known of *iri*, or None where nothing is. *asserted* leaves out what was inferred."""
        outgoing = self._find(_OUTGOING, iri, asserted)
        incoming = self._find(_INCOMING, iri, asserted, limit=LINK_LIMIT + 1)
        if not outgoing and not incoming:
            return None
        return self._description(
            iri,
            lang,
            outgoing,
            incoming=self._links(incoming[:LINK_LIMIT], lang),
            passages=tuple(self._passages(iri, lang)),
            truncated=len(incoming) > LINK_LIMIT,
        )

    def graph(self, iri: str, *, asserted: bool = False) -> tuple[Graph, bool] | None:
        """Return the triples that leave *iri*, those of its parts, and those that point to it.

        None where there is none. The second value tells whether more points to it than is given.
        """
        outgoing = self._find(_OUTGOING, iri, asserted)
        incoming = self._find(_INCOMING, iri, asserted, limit=LINK_LIMIT + 1)
        if not outgoing and not incoming:
            return None
        parts = self._find(_PARTS, iri, asserted)
        found = (*outgoing, *parts, *incoming[:LINK_LIMIT])
        return Graph([f.triple for f in found]), len(incoming) > LINK_LIMIT

    def ontology(self) -> Graph:
        """Return all triples of the ontology."""
        answer = self._store.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph_iri('ontology')}> {{ ?s ?p ?o }} }}")
        if not isinstance(answer, Graph):
            raise TypeError("expected a CONSTRUCT query")
        return answer

    def terms(self, lang: str) -> tuple[ResourceDescription, ...]:
        """Return the classes and properties of the ontology as declared, sorted by IRI."""
        terms = sorted(term.value for (term,) in self._store.rows(_TERMS) if isinstance(term, Iri))
        return tuple(
            self._description(iri, lang, self._find(_OUTGOING, iri, asserted=True))
            for iri in terms
            if iri.startswith(ONTOLOGY)
        )

    def reference(self, iri: str, lang: str) -> Reference:
        """Return *iri* ready to be linked."""
        return Reference(iri, self._labels.label(iri, lang) or compact(iri), href(iri))

    def _find(self, query: str, iri: str, asserted: bool, limit: int = 0) -> list[_Found]:
        suggested = ", ".join(f"<{graph}>" for graph in SUGGESTED_GRAPHS)
        text = query.format(
            iri=Iri(iri),
            fragment=Literal(f"{iri}#"),
            filter=f"FILTER(?g NOT IN ({suggested}))" if asserted else "",
            limit=limit,
        )
        return [
            _Found(s, p.value, o, g.value if isinstance(g, Iri) else "")
            for s, p, o, g in self._store.rows(text)
            if isinstance(s, Iri | BlankNode) and isinstance(p, Iri) and o is not None
        ]

    def _description(
        self,
        iri: str,
        lang: str,
        outgoing: list[_Found],
        incoming: tuple[Property, ...] = (),
        passages: tuple[PassageExcerpt, ...] = (),
        truncated: bool = False,
    ) -> ResourceDescription:
        minted = kind_and_slug(iri)
        successors = find_successors(self._store, iri)
        types = [f.object.value for f in outgoing if f.predicate == _TYPE and isinstance(f.object, Iri)]
        return ResourceDescription(
            iri=iri,
            kind=minted[0] if minted else "",
            label=self.reference(iri, lang).label,
            labels={
                f.object.language or "": f.object.value
                for f in outgoing
                if f.predicate == _PREF_LABEL and isinstance(f.object, Literal)
            },
            types=tuple(self.reference(type_, lang) for type_ in dict.fromkeys(types)),
            outgoing=tuple(
                Property(self.reference(predicate, lang), values=tuple(self._value(f, lang) for f in group))
                for predicate, group in groupby(outgoing, key=lambda f: f.predicate)
            ),
            incoming=incoming,
            passages=passages,
            truncated=truncated,
            deprecated=successors is not None,
            successors=tuple(self.reference(successor, lang) for successor in successors or ()),
        )

    def successor_links(self, iri: str) -> str:
        """Return the links to what replaces a deprecated resource, as a header has them; "" where there are none.

        The relation is that of RFC 5829. The resource stays where it is: what it was, and why, is still worth reading,
        and a redirection would say that the two are one.
        """
        successors = find_successors(self._store, iri) or ()
        return ", ".join(f'<{href(successor)}>; rel="successor-version"' for successor in successors)

    def _links(self, incoming: Iterable[_Found], lang: str) -> tuple[Property, ...]:
        return tuple(
            Property(
                self.reference(predicate, lang),
                links=tuple(
                    Link(self.reference(f.subject.value, lang), f.inferred, f.why)
                    for f in group
                    if isinstance(f.subject, Iri)  # what a blank node says is part of the document of another
                ),
            )
            for predicate, group in groupby(incoming, key=lambda f: f.predicate)
        )

    def _value(self, found: _Found, lang: str) -> Value:
        match found.object:
            case Iri(value=iri):
                reference = self.reference(iri, lang)
                return Value(reference.label, reference, inferred=found.inferred, why=found.why)
            case Literal(value=text, language=language, datatype=datatype):
                type_ = "" if datatype.value in _PLAIN else compact(datatype.value)
                return Value(text, language=language or "", datatype=type_, inferred=found.inferred, why=found.why)
        return Value(str(found.object), inferred=found.inferred)

    def _passages(self, iri: str, lang: str) -> Iterator[PassageExcerpt]:
        rows = self._store.rows(_PASSAGES.format(iri=Iri(iri), limit=PASSAGE_LIMIT))
        for passage, group in groupby(rows, key=lambda row: row[0]):
            if not isinstance(passage, Iri):
                continue
            statements: dict[str, None] = {}
            segments: dict[Segment, None] = {}
            source = section = None
            for _, statement, of, within, _, start, end, quote in group:
                source, section = of, within
                if isinstance(statement, Iri):
                    statements[statement.value] = None
                if isinstance(quote, Literal):
                    segments[Segment(quote.value, _integer(start), _integer(end))] = None
            yield PassageExcerpt(
                passage=self.reference(passage.value, lang),
                source=self.reference(source.value, lang) if isinstance(source, Iri) else None,
                section=self.reference(section.value, lang) if isinstance(section, Iri) else None,
                segments=tuple(segments),
                supports=tuple(self.reference(statement, lang) for statement in statements),
            )


def href(iri: str) -> str:
    """Return where to read about *iri*: a path of this service for the project's own, else the IRI itself.

    >>> href("https://w3id.org/metiers-kg/job/bio-informaticien")
    '/job/bio-informaticien'
    >>> href("https://w3id.org/metiers-kg/ontology#Job")
    '/ontology#Job'
    """
    if iri.startswith(ONTOLOGY):
        return "/ontology#" + iri.removeprefix(ONTOLOGY)
    minted = kind_and_slug(iri)
    if minted is None:
        return iri
    _, hash_, fragment = iri.partition("#")
    return f"/{minted[0]}/{minted[1]}{hash_}{fragment}"


def _integer(term: Term | None) -> int | None:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else None
