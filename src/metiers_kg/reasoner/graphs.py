"""A closed graph in memory, for explanations where there is no store: at build time, and in tests."""

from __future__ import annotations

from collections.abc import Iterable

from metiers_kg.reasoner.terms import Triple, split

__all__ = ["MemoryGraph"]


class MemoryGraph:
    """Triples and what follows from them, given as N-Triples lines.

    >>> graph = MemoryGraph(["<a> <near> <b> ."], ["<b> <near> <a> ."])
    >>> graph.is_asserted(("<b>", "<near>", "<a>")), graph.holds(("<b>", "<near>", "<a>"))
    (False, True)
    >>> list(graph.match(None, "<near>", "<b>"))
    [('<a>', '<near>', '<b>')]
    """

    def __init__(self, asserted: Iterable[str], inferred: Iterable[str]) -> None:
        self._asserted = frozenset(map(split, asserted))
        self._all = self._asserted | set(map(split, inferred))
        self._by_predicate: dict[str, list[Triple]] = {}
        self._by_subject: dict[tuple[str, str], list[Triple]] = {}
        self._by_object: dict[tuple[str, str], list[Triple]] = {}
        for triple in sorted(self._all, key=lambda triple: (triple not in self._asserted, triple)):
            s, p, o = triple
            self._by_predicate.setdefault(p, []).append(triple)
            self._by_subject.setdefault((s, p), []).append(triple)
            self._by_object.setdefault((p, o), []).append(triple)

    def is_asserted(self, triple: Triple) -> bool:
        """Return True for a triple that does not follow only."""
        return triple in self._asserted

    def holds(self, triple: Triple) -> bool:
        """Return True for a triple of the graph."""
        return triple in self._all

    def match(self, s: str | None, p: str, o: str | None) -> Iterable[Triple]:
        """Return the triples with these parts, those asserted first; None stands for any."""
        if s is not None and o is not None:
            return [(s, p, o)] if (s, p, o) in self._all else []
        if s is not None:
            return self._by_subject.get((s, p), ())
        if o is not None:
            return self._by_object.get((p, o), ())
        return self._by_predicate.get(p, ())
