"""All pairs at once: how near each of some jobs of this graph is to each other, in an order that shows groups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from metiers_kg.comparing.asking import Lens
from metiers_kg.overlap.ranking import DECIMALS
from metiers_kg.overlap.scoring import NO_SCORE, score_rows
from metiers_kg.overlap.seriation import order_alike
from metiers_kg.vocabulary import kind_and_slug

__all__ = ["Matrix", "Scores"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """How near some jobs are to each other.

    Attributes:
        jobs: Their numbers in the space, alike ones together.
        values: A row for each, from it to each, from 0 to 1; negative where there is no score.
    """

    jobs: tuple[int, ...]
    values: npt.NDArray[np.float64]

    def nearest(self, most: int, *, symmetric: bool) -> list[tuple[int, int, float]]:
        """Return the places of the *most* nearest pairs with their scores, once where both ways are the same."""
        values = np.triu(self.values, 1) if symmetric else np.where(self.values > 0, self.values, 0.0)
        rows, columns = np.nonzero(values > 0)
        scores = values[rows, columns]
        order = np.lexsort((columns, rows, -np.round(scores, DECIMALS)))[:most]
        return [(int(rows[n]), int(columns[n]), float(scores[n])) for n in order]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores between the jobs of this graph, kept by how they were measured.

    In the terms of ROME they take most of a second, and all sub-sectors are parts of the same table.
    """

    _kept: dict[tuple[str, str, int], tuple[tuple[int, ...], npt.NDArray[np.float64]]] = field(default_factory=dict)
    _orders: dict[tuple[str, str, int, tuple[int, ...]], list[int]] = field(default_factory=dict)

    def matrix(self, lens: Lens, among: Collection[str]) -> Matrix:
        """Return the scores between those jobs of this graph in *among* of which a competence of the kinds is known."""
        own, scores = self.all_pairs(lens)
        profiles = lens.space.profiles
        places = tuple(
            place for place, job in enumerate(own) if profiles.jobs[job] in among and profiles.asked(job, lens.mask)
        )
        key = (*_key(lens), places)
        if key not in self._orders:
            part = scores[np.ix_(places, places)]
            self._orders[key] = order_alike(np.maximum(part, 0.0))
        ordered = [places[place] for place in self._orders[key]]
        return Matrix(
            tuple(own[place] for place in ordered),
            scores[np.ix_(ordered, ordered)] if ordered else np.zeros((0, 0)),
        )

    def near(self, lens: Lens, threshold: float) -> list[tuple[int, int, float]]:
        """Return the pairs of this graph's jobs that are near enough either way, the nearest first."""
        own, scores = self.all_pairs(lens)
        best = np.triu(np.maximum(scores, scores.T), 1)
        rows, columns = np.nonzero((np.round(best, DECIMALS) >= round(threshold, DECIMALS)) & (best > 0))
        order = np.lexsort((columns, rows, -np.round(best[rows, columns], DECIMALS)))
        return [(own[rows[n]], own[columns[n]], float(best[rows[n], columns[n]])) for n in order]

    def all_pairs(self, lens: Lens) -> tuple[tuple[int, ...], npt.NDArray[np.float64]]:
        """Return the numbers of this graph's jobs in a space, and their scores: a row for each, from it to each."""
        key = _key(lens)
        if key not in self._kept:
            own = tuple(
                n for n, iri in enumerate(lens.space.profiles.jobs) if (kind_and_slug(iri) or "")[:1] == ("job",)
            )
            found: Any = np.full((len(own), len(own)), NO_SCORE)
            place = {job: n for n, job in enumerate(own)}
            for block, values in score_rows(lens.space, lens.measure, lens.mask, np.array(own, np.intp)):
                found[[place[int(job)] for job in block]] = values[:, own]
            self._kept[key] = own, found
        return self._kept[key]


def _key(lens: Lens) -> tuple[str, str, int]:
    return lens.space.name, lens.measure.name, lens.mask
