"""The closure as a store holds it: what was asserted, what was inferred, and what the build keeps aside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from metiers_kg.store.dataset import Store
from metiers_kg.vocabulary import graph_iri

__all__ = ["StoredClosure"]

Triple = tuple[str, str, str]
Subject = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal

_NAMES = ("ontology", "data", "links", "inferred")
*_ASSERTED, _INFERRED = (NamedNode(graph_iri(name)) for name in _NAMES)


class StoredClosure:
    """The triples that the closure is of and those that follow, with their terms in N-Triples form.

    Blank nodes get new names whenever a store is loaded, so those triples of the store are passed over that have one:
    the build keeps them, with what it does not tell, in a file of its own.

    >>> closure = StoredClosure(Store.memory("<https://e.org/a> <https://e.org/near> <https://e.org/b> ."))
    >>> list(closure.match(None, "<https://e.org/near>", None))
    [('<https://e.org/a>', '<https://e.org/near>', '<https://e.org/b>')]
    """

    def __init__(self, store: Store, unstated: Path | None = None) -> None:
        """Take a store, and the N-Quads file ``unstated.nq`` that the build wrote beside it."""
        self._engine = store.engine
        self._is_asserted_in_store = lru_cache(maxsize=65536)(self._look_up_asserted)
        self._asserted: set[Triple] = set()
        self._aside: set[Triple] = set()
        self._found_by: dict[tuple[str | None, str, str | None], list[Triple]] = {}
        if unstated is not None and unstated.is_file():
            for quad in pyoxigraph.parse(path=str(unstated), format=RdfFormat.N_QUADS):
                triple = (str(quad.subject), str(quad.predicate), str(quad.object))
                (self._aside if quad.graph_name == _INFERRED else self._asserted).add(triple)
                s, p, o = triple
                for parts in ((s, p, o), (s, p, None), (None, p, o), (None, p, None)):
                    self._found_by.setdefault(parts, []).append(triple)

    def is_asserted(self, triple: Triple) -> bool:
        """Return True for a triple of the ontology, the data or the links."""
        return triple in self._asserted or self._is_asserted_in_store(triple)

    def holds(self, triple: Triple) -> bool:
        """Return True for a triple that is asserted or follows."""
        return triple in self._aside or self.is_asserted(triple) or self._in_store(triple, _INFERRED)

    def is_told(self, triple: Triple) -> bool:
        """Return False for a triple that the graph leaves out, though it follows."""
        return triple not in self._aside

    def graph_of(self, triple: Triple) -> str:
        """Return the name of the graph that tells a triple: ontology, data, links or inferred; "" for none."""
        if triple in self._asserted:
            return "ontology"  # the data have no blank node
        graphs = zip(_NAMES, (*_ASSERTED, _INFERRED), strict=True)
        return next((name for name, graph in graphs if self._in_store(triple, graph)), "")

    def match(self, s: str | None, p: str, o: str | None) -> Iterator[Triple]:
        """Yield the triples with these parts, those asserted first; None stands for any."""
        aside = self._found_by.get((s, p, o), ())
        yield from (triple for triple in aside if triple in self._asserted)
        if not _is_node(s) or not _is_name(p) or (o is not None and o.startswith("_:")):
            yield from (triple for triple in aside if triple not in self._asserted)
            return
        subject, predicate, thing = s and _term(s), _term(p), o and _term(o)
        for graph in (*_ASSERTED, _INFERRED):
            for quad in self._engine.quads_for_pattern(subject, predicate, thing, graph):  # type: ignore[arg-type]  # as checked
                if type(quad.subject) is NamedNode and type(quad.object) is not BlankNode:
                    yield s or str(quad.subject), p, o or str(quad.object)
        yield from (triple for triple in aside if triple not in self._asserted)

    def _look_up_asserted(self, triple: Triple) -> bool:
        return any(self._in_store(triple, graph) for graph in _ASSERTED)

    def _in_store(self, triple: Triple, graph: NamedNode) -> bool:
        s, p, o = triple
        if not s.startswith("<") or not _is_name(p) or o.startswith("_:"):
            return False
        return pyoxigraph.Quad(_term(s), _term(p), _term(o), graph) in self._engine  # type: ignore[arg-type]  # as checked


def _is_node(text: str | None) -> bool:
    return text is None or text.startswith("<")


def _is_name(text: str) -> bool:
    return text.startswith("<")


@lru_cache(maxsize=65536)
def _term(text: str) -> Term:
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    quad = next(iter(pyoxigraph.parse(f"<a:a> <a:a> {text} .", format=RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, Literal)  # noqa: S101  # other terms have been told apart by their callers
    return quad.object
