"""The dictionary: each term of a graph as a number, and N-Triples lines as columns of numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np

from metiers_kg.reasoner.columns import Ints

__all__ = ["Dictionary"]


class Dictionary:
    """Terms in N-Triples form, numbered from 1 in the order in which they come.

    >>> terms = Dictionary()
    >>> terms.number("<a>"), terms.number("<b>"), terms.number("<a>"), terms.term(2)
    (1, 2, 1, '<b>')
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        """Number the given terms from 1, which must all differ."""
        self._numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
        for term in terms:
            self._numbers[term]  # which gives it its number
        self._terms: list[str] = [""]

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, term: str) -> int:
        """Return the number of a term, a new one where it has none."""
        return self._numbers[term]

    def known(self, term: str) -> int | None:
        """Return the number of a term, or None where it has none."""
        return self._numbers.get(term)

    def term(self, number: int) -> str:
        """Return the term of a number."""
        return self.terms()[number]

    def terms(self) -> Sequence[str]:
        """Return all terms, each at the index of its number; index 0 is empty."""
        if len(self._terms) <= len(self._numbers):  # numbers are given in the order of the dictionary
            known = len(self._terms) - 1
            self._terms += list(self._numbers)[known:]
        return self._terms

    def columns(self, lines: Iterable[str]) -> tuple[Ints, Ints, Ints]:
        """Return subjects, predicates and objects of canonical N-Triples lines (one space between terms)."""
        numbers = self._numbers
        flat = [numbers[term] for line in lines for term in line[:-2].split(" ", 2)]
        table = np.array(flat, dtype=np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]
