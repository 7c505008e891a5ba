"""Triples as they are read, and the sorted lines they make."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

__all__ = ["Triples"]


class Triples:
    """A growing set of triples, given as terms in canonical N-Triples.

    >>> triples = Triples()
    >>> triples.add("<b:b>", "<p:p>", '"2"')
    >>> triples.add("<a:a>", "<p:p>", '"1"')
    >>> triples.add("<b:b>", "<p:p>", '"2"')
    >>> triples.take_lines()
    ['<a:a> <p:p> "1" .', '<b:b> <p:p> "2" .']
    """

    def __init__(self) -> None:
        # Tables are mostly in order, so the lines of one predicate are nearly sorted: sorting them all takes a fifth.
        self._by_predicate: dict[str, list[str]] = defaultdict(list)

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Add a triple."""
        self._by_predicate[predicate].append(f"{subject} {predicate} {value} .")

    def take_lines(self) -> list[str]:
        """Return the lines, sorted, each once, and forget them here."""
        lines = [line for group in self._by_predicate.values() for line in group]
        self._by_predicate.clear()
        lines.sort()
        return [line for line, _ in groupby(lines)]
