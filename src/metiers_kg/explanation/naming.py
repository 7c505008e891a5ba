"""Naming: what a term of a triple is called, a class without a name by what defines it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from metiers_kg.explanation.wording import say, words_language
from metiers_kg.reasoner.datatypes import literal_parts
from metiers_kg.reasoner.derivations import ClosedGraph, Triple
from metiers_kg.vocabulary import PREFIXES, compact

__all__ = ["Labels", "Named", "Naming", "TripleNames"]

_RDF, _OWL = PREFIXES["rdf"], PREFIXES["owl"]
_TYPE, _CHAIN = f"<{_RDF}type>", f"<{_OWL}propertyChainAxiom>"
_OF_MEMBERS = frozenset(
    f"owl:{name}"
    for name in (
        *("allValuesFrom", "hasValue", "intersectionOf", "maxCardinality", "maxQualifiedCardinality", "onClass"),
        *("onProperty", "oneOf", "someValuesFrom", "unionOf"),
    )
)
"""The predicates that tell what the members of a class have."""

_DEEPEST = 6
"""Classes within classes are told to this depth."""


class Labels(Protocol):
    """What gives a thing's label."""

    def find_label(self, iri: str, lang: str = "fr") -> tuple[str, str] | None:
        """Return the label of *iri* and the language it is in, or None where it has none."""
        ...

    def label(self, iri: str, lang: str = "fr") -> str:
        """Return the label of *iri*, or its short name."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """A term and what it is called.

    Attributes:
        term: The term in N-Triples form.
        label: Its label, its text where it is a literal, or words for what defines it where it has no name.
        lang: The language of the label, "" where it is not known.
    """

    term: str
    label: str
    lang: str = ""

    @property
    def iri(self) -> str:
        """The IRI, or "" for a literal or a thing without a name."""
        return self.term[1:-1] if self.term.startswith("<") else ""


TripleNames = tuple[Named, Named, Named]


class Naming:
    """Names the terms of a graph in the reader's language.

    >>> from metiers_kg.reasoner.graphs import MemoryGraph
    >>> owl = "http://www.w3.org/2002/07/owl#"
    >>> graph = MemoryGraph([f"_:x <{owl}onProperty> <{owl}sameAs> .", f'_:x <{owl}hasValue> "1" .'], [])
    >>> class Nobody:
    ...     def find_label(self, iri, lang="fr"): return None
    ...     def label(self, iri, lang="fr"): return iri
    >>> Naming(graph, Nobody(), "en").name("_:x").label
    'what is the same as: “1”'
    """

    def __init__(self, graph: ClosedGraph, labels: Labels, lang: str) -> None:
        self._graph = graph
        self._labels = labels
        self.lang = lang
        self._known: dict[str, Named] = {}

    def triple(self, triple: Triple) -> TripleNames:
        """Return the names of the three terms of a triple; a chain of properties is told as one."""
        s, p, o = triple
        if p == _CHAIN:
            return self.name(s), self.name(p), Named(o, self._join("chain", self._labels_of(o)), self.lang)
        return self.name(s), self.name(p), self.name(o)

    def sentence(self, triple: Triple) -> str:
        """Return a triple in words: an axiom by what it says, any other by the labels of its terms."""
        s, p, o = triple
        if p == _TYPE and o.startswith("_:"):
            return self._chrome("is", s=self.quoted(s), **{"is": self.member_of(o)})
        said = self.axiom(triple)
        return said or self._chrome("sentence", s=self.quoted(s), p=self.name(p).label, o=self.quoted(o))

    def axiom(self, triple: Triple) -> str:
        """Return what an axiom says, or "" for a triple that is none."""
        s, p, o = triple
        predicate = compact(p[1:-1])
        if predicate == "rdf:type":
            return say("declarations", compact(o[1:-1]), self.lang, s=self.quoted(s)) or ""
        bare = self.triple(triple)
        member = self.member_of(s, by_name=False) if predicate in _OF_MEMBERS else ""
        values = {"s": self.quoted(s), "o": self.quoted(o), "S": bare[0].label, "O": bare[2].label, "is": member}
        return say("axioms", predicate, self.lang, **values) or ""

    def name(self, term: str) -> Named:
        """Return the name of one term."""
        if term not in self._known:
            self._known[term] = self._name(term)
        return self._known[term]

    def quoted(self, term: str) -> str:
        """Return the name of one term between quotation marks; what has no name is told without them."""
        label = self.name(term).label
        return label if term.startswith("_:") else self._chrome("quote", text=label)

    def member_of(self, term: str, depth: int = 0, *, by_name: bool = True) -> str:
        """Return what makes a thing a member of a class, "" where nothing tells; *by_name* takes its name for it."""
        if by_name and not term.startswith("_:"):
            return self._say("is", o=self.quoted(term))
        if depth > _DEEPEST:
            return "…"
        found = self._restriction(term)
        if found:
            return found
        for name, key in (("intersectionOf", "and"), ("unionOf", "or")):
            head = self._object(term, name)
            if head is not None:
                return self._join(key, (self.member_of(member, depth + 1) for member in self._members(head)))
        head = self._object(term, "oneOf")
        if head is not None:
            return self._say("one-of", o=self._join("list", self._labels_of(head)))
        other = self._object(term, "complementOf")
        return self._say("not", o=self.quoted(other)) if other is not None else ""

    def _restriction(self, term: str) -> str:
        property_ = self._object(term, "onProperty")
        if property_ is None:
            return ""
        p = self.name(property_).label
        for name, key in (("hasValue", "value"), ("someValuesFrom", "some"), ("allValuesFrom", "all")):
            found = self._object(term, name)
            if found is not None:
                return self._say(key, p=p, o=self.quoted(found))
        for name, key in (("maxQualifiedCardinality", "max-of"), ("maxCardinality", "max")):
            number = self._object(term, name)
            if number is not None:
                within = self._object(term, "onClass")
                c = self.quoted(within) if within is not None else ""
                return self._say(key, p=p, o=literal_parts(number)[0], c=c)
        return ""

    def _name(self, term: str) -> Named:
        if term.startswith('"'):
            text, _, lang = literal_parts(term)
            return Named(term, text, lang)
        if not term.startswith("<"):
            return Named(term, self._unnamed(term), self.lang)
        iri = term[1:-1]
        words = say("terms", compact(iri), self.lang)
        found = self._label(iri)
        if found is not None and (found[1] == self.lang or words is None):
            return Named(term, *found)
        return Named(term, words, self.lang) if words else Named(term, self._labels.label(iri, self.lang))

    def _label(self, iri: str) -> tuple[str, str] | None:
        """Return a label in the reader's language, or else in that of the words around it, or in any."""
        found = self._labels.find_label(iri, self.lang)
        if found is None or found[1] in (self.lang, words_language(self.lang)):
            return found
        other = self._labels.find_label(iri, words_language(self.lang))
        return other if other is not None and other[1] == words_language(self.lang) else found

    def _unnamed(self, node: str) -> str:
        """Return words for a class, a property or a list without a name."""
        self._known[node] = Named(node, "…", self.lang)  # should it be part of itself
        member = self.member_of(node)
        if member:
            return self._say("what", **{"is": member})
        inverse = self._object(node, "inverseOf")
        if inverse is not None:
            return self._say("inverse", o=self.quoted(inverse))
        members = self._object(node, "members") or node
        return self._join("list", self._labels_of(members)) or self._say("unnamed")

    def _object(self, node: str, name: str) -> str | None:
        found = (o for _, _, o in self._graph.match(node, f"<{_OWL}{name}>", None))
        return next(found, None)

    def _join(self, key: str, labels: Iterable[str]) -> str:
        return self._say(key).join(labels)

    def _labels_of(self, head: str) -> list[str]:
        return [self.name(member).label for member in self._members(head)]

    def _members(self, head: str) -> Iterator[str]:
        seen: set[str] = set()
        while head not in seen:
            seen.add(head)
            first = next(iter(self._graph.match(head, f"<{_RDF}first>", None)), None)
            rest = next(iter(self._graph.match(head, f"<{_RDF}rest>", None)), None)
            if first is None or rest is None:
                return
            yield first[2]
            head = rest[2]

    def _say(self, key: str, **values: str) -> str:
        return say("expressions", key, self.lang, **values) or ""

    def _chrome(self, key: str, **values: str) -> str:
        return say("chrome", key, self.lang, **values) or ""
