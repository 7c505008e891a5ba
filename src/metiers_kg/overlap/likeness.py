"""Likeness: how much of what a job asks for another has in other words, by the words of the labels.

A competence that a job does not ask for is held in part where one that it asks for has a label of like words: the
cosine of the two labels, a word weighing more the fewer labels have it.
"""

from __future__ import annotations

import numpy as np

from metiers_kg.overlap.incidence import Floats, Incidence, Integers, spread
from metiers_kg.overlap.terms import Terms

__all__ = ["Likeness"]

_CELLS = 1 << 21
"""About how many pairs of competences are looked at at a time where all jobs are: 16 megabytes."""


class Likeness:
    """What jobs hold of what others ask for: Σ idf(b) · max over a of cos(a, b) / Σ idf(b), over b asked for.

    Attributes:
        asks: What each job asks for.
    """

    def __init__(self, asks: Incidence, terms: Terms, idf: Floats) -> None:
        self.asks = asks
        self._used = np.flatnonzero(asks.frequencies)
        self._places = np.searchsorted(self._used, asks.columns)  # of each entry, its competence among those used
        self._idf = idf[self._used]
        self._entry_idf = self._idf[self._places]
        totals = asks.sums(idf)
        self._totals = np.where(totals > 0, totals, 1.0)
        self._askers, starts = asks.by_column
        self._asker_starts = np.append(starts[self._used], len(self._askers))
        owners, words = terms.words_of(self._used)
        weights = terms.label_idf[words]
        lengths = np.sqrt(np.bincount(owners, weights=weights**2, minlength=len(self._used)))
        self._words, self._weights = words, weights / np.where(lengths > 0, lengths, 1.0)[owners]
        self._starts = np.searchsorted(owners, np.arange(len(self._used) + 1))
        order = np.argsort(words, kind="stable")
        self._having, self._posted = owners[order], self._weights[order]
        self._word_starts = np.searchsorted(words[order], np.arange(len(terms.words) + 1))

    def both_ways(self, job: int) -> Floats:
        """Return the mean of what a job holds of each other and what that holds of it."""
        own = self._places[self.asks.row_starts[job] : self.asks.row_starts[job + 1]]
        ones, others, likes = self._likes(own)
        holds = np.zeros(len(self._used))
        np.maximum.at(holds, others, likes)
        holds[own] = 1.0
        held = holds[self._places] * self._entry_idf
        there = np.bincount(self.asks.rows, weights=held, minlength=self.asks.shape[0]) / self._totals
        back = self._idf[own] @ self._holders(own, ones, others, likes) / self._totals[job]
        mean: Floats = (there + back) / 2
        return mean

    def all_both_ways(self) -> Floats:
        """Return the same for all jobs: a row for each."""
        height = self.asks.shape[0]
        found = np.zeros((height, height))
        step = max(1, _CELLS // max(1, len(self._used)))
        for begin in range(0, len(self._used), step):
            block = np.arange(begin, min(begin + step, len(self._used)))
            for place, row in zip(block.tolist(), self._holders(block, *self._likes(block)), strict=True):
                askers = self._askers[self._asker_starts[place] : self._asker_starts[place + 1]]
                found[askers] += row * self._idf[place]
        found /= self._totals[:, np.newaxis]
        found += found.T.copy()
        found /= 2
        return found

    def _likes(self, places: Integers) -> tuple[Integers, Integers, Floats]:
        """Return how like competences are to others that share a word with them; a pair may come several times.

        That is for each pair the place of the one in *places*, the other, and their likeness.
        """
        entries, owners = spread(self._starts[places], self._starts[places + 1])
        words = self._words[entries]
        found, sources = spread(self._word_starts[words], self._word_starts[words + 1])
        ones, others = owners[sources], self._having[found]
        cells = ones * len(self._used) + others
        products = self._weights[entries][sources] * self._posted[found]
        likes = np.bincount(cells, weights=products, minlength=0)[cells]
        return ones, others, likes

    def _holders(self, places: Integers, ones: Integers, others: Integers, likes: Floats) -> Floats:
        """Return what every job, a column, holds of some competences, a row each."""
        height = self.asks.shape[0]
        found, sources = spread(self._asker_starts[others], self._asker_starts[others + 1])
        held = np.zeros((len(places), height))
        np.maximum.at(held.reshape(-1), self._askers[found] + (ones * height)[sources], likes[sources])
        found, owners = spread(self._asker_starts[places], self._asker_starts[places + 1])
        held[owners, self._askers[found]] = 1.0
        return held
