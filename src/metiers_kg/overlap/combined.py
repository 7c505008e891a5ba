"""The combined measure: five views of what two jobs have in common, added up.

O = 2 H + S + K + ½ M + W, and its value is O / 5.5. S and K are cosines over skills and over knowledge; M is that over
the headings that skills stand under, n of them counting ln(1 + n); W is that over the words of the labels, counted the
same way; attitudes count in none of these. H is what each job holds of the other, in its words or in like ones, both
ways. How the weights of the five were chosen is told in ``docs/explanation/overlap.md``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.incidence import Floats, Incidence, Integers, spread
from metiers_kg.overlap.likeness import Likeness
from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.terms import Terms
from metiers_kg.overlap.vectors import Part, Vectors
from metiers_kg.overlap.weights import Weights

__all__ = ["PARTS", "Combination", "make_parts", "standardise"]

PARTS = {"H": 2.0, "S": 1.0, "K": 1.0, "M": 0.5, "W": 1.0}
"""What each view counts for."""

_WHOLE = sum(PARTS.values())

_ALL_AT_ONCE = 8
"""Where more than one job in so many is asked for, all are made together: that is faster."""


class Combination:
    """What the combined measure of some jobs is made of."""

    def __init__(self, profiles: Profiles, asks: Incidence, terms: Terms, weights: Weights) -> None:
        """Make it of what the jobs ask for (*asks*), in the kinds that count."""
        self._height = asks.shape[0]
        parts = make_parts(profiles, asks, terms, weights)
        self._vectors = Vectors(self._height, [(PARTS[name], part) for name, part in parts.items()])
        self._likeness = Likeness(asks, terms, weights.idf)
        self.asking: npt.NDArray[np.bool_] = np.diff(asks.row_starts) > 0

    def blocks(self, rows: Integers | None = None) -> Iterator[tuple[Integers, Floats]]:
        """Yield, block by block, jobs with their values to every job; *rows* are those asked for, or all."""
        every = rows is None or len(rows) * _ALL_AT_ONCE > self._height
        likeness = self._likeness.all_both_ways() if every else None
        for block, values in self._vectors.blocks(rows):
            held = (
                likeness[block] if likeness is not None else [self._likeness.both_ways(job) for job in block.tolist()]
            )
            values += np.multiply(held, PARTS["H"])
            values /= _WHOLE
            yield block, values


def standardise(scores: Floats) -> Floats:
    """Return how many standard deviations each score of a row is above the mean of that row; NaN for no score.

    It compares what is near to one job with what is near to another: the values of a job that asks for much that is
    common are all higher. It does not change the order within a row.

    >>> standardise(np.array([[-1.0, 0.2, 0.4]])).round(6).tolist()
    [[nan, -1.0, 1.0]]
    """
    told = np.where(scores >= 0, scores, np.nan)
    count = np.maximum(np.sum(scores >= 0, axis=1, keepdims=True), 1)
    mean = np.nansum(told, axis=1, keepdims=True) / count
    deviation = np.sqrt(np.nansum((told - mean) ** 2, axis=1, keepdims=True) / count)
    found: Floats = (told - mean) / np.where(deviation > 0, deviation, 1.0)
    return found


def make_parts(profiles: Profiles, asks: Incidence, terms: Terms, weights: Weights) -> dict[str, Part]:
    """Return the views that are cosines, by name: skills, knowledge, headings, words."""
    is_knowledge, is_told = terms.is_sort("knowledge"), ~terms.is_sort("attitude")
    found = {}
    for name, wanted in (("S", is_told & ~is_knowledge), ("K", is_knowledge)):
        kept = wanted[asks.columns]
        found[name] = Part(asks.rows[kept], asks.columns[kept], weights.idf[asks.columns[kept]])
    kept = is_told[asks.columns]
    rows, columns = asks.rows[kept], asks.columns[kept]
    starts, headings = _headings(profiles, terms)
    places, owners = spread(starts[columns], starts[columns + 1])
    found["M"] = _count(rows[owners], headings[places], weights.ic)
    owners, numbers = terms.words_of(columns)
    found["W"] = _count(rows[owners], numbers, terms.job_idf)
    return found


def _count(rows: Integers, columns: Integers, weights: Floats) -> Part:
    """Return each cell once with ln(1 + n) times the weight of its column, n being how often it is named."""
    width = max(len(weights), 1)
    cells, counts = np.unique(rows * width + columns, return_counts=True)
    found_rows, found_columns = np.divmod(cells, width)
    return Part(found_rows, found_columns, np.log1p(counts) * weights[found_columns])


def _headings(profiles: Profiles, terms: Terms) -> tuple[Integers, Integers]:
    """Return what each competence stands under: where that begins in a list, and the list.

    In a vocabulary with headings that is a skill's own heading, and a heading itself; elsewhere what is next broader.
    """
    is_heading = terms.is_sort("heading")
    low, high = profiles.narrower.astype(np.intp), profiles.broader.astype(np.intp)
    if is_heading.any():
        kept = is_heading[high] & ~is_heading[low] & ~terms.is_sort("knowledge")[low]
        itself = np.flatnonzero(is_heading)
        low, high = np.concatenate([low[kept], itself]), np.concatenate([high[kept], itself])
    order = np.lexsort((high, low))
    return np.searchsorted(low[order], np.arange(len(profiles.competences) + 1)), high[order]
