"""Scoring: the values of a measure for pairs of jobs of a space, all of them or those from some jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from metiers_kg.overlap.graded import graded_sums
from metiers_kg.overlap.incidence import Floats, Integers
from metiers_kg.overlap.measures import Measure
from metiers_kg.overlap.profiles import ALL_KINDS
from metiers_kg.overlap.ranking import rank_rows
from metiers_kg.overlap.space import Space

__all__ = ["NO_SCORE", "Neighbour", "find_neighbours", "score_pair", "score_rows"]

NO_SCORE = -1.0
"""Stands for a pair that has no score: a job with itself, or jobs of which the formula divides by nothing."""


class Neighbour(NamedTuple):
    """A job near another.

    Attributes:
        job: Its number.
        score: How near, from 0 to 1.
    """

    job: int
    score: float


def score_rows(
    space: Space, measure: Measure, mask: int | None = None, rows: Integers | None = None
) -> Iterator[tuple[Integers, Floats]]:
    """Yield, block by block, jobs with their scores to every job of the space, from 0 to 1, or ``NO_SCORE``.

    Args:
        space: The jobs.
        measure: The measure.
        mask: The kinds of competences it looks at: of both jobs where it is symmetric; else of the destination, the
            origin having whatever it asks for. The measure's own by default.
        rows: The origins; all by default.
    """
    mask = measure.default_mask() if mask is None else mask
    for block, scores in _FORMS[measure.form](space, measure, mask, rows):
        scores[np.arange(len(block)), block] = NO_SCORE
        yield block, scores


def find_neighbours(
    space: Space,
    measure: Measure,
    most: int,
    *,
    mask: int | None = None,
    rows: Sequence[int] | Integers | None = None,
    native_only: bool = False,
) -> dict[int, list[Neighbour]]:
    """Return for each job the *most* nearest ones, the nearest first; those that share nothing are left out.

    *native_only* looks for them among the jobs of the vocabulary alone.
    """
    found: dict[int, list[Neighbour]] = {}
    for block, scores in score_rows(space, measure, mask, None if rows is None else np.asarray(rows)):
        if native_only:
            scores[:, ~space.is_native] = NO_SCORE
        if measure.form == "combined":
            _leave_out_strangers(space, measure.default_mask() if mask is None else mask, block, scores)
        columns, best = rank_rows(scores, most)
        counts = np.count_nonzero(best > 0, axis=1)  # they come first
        for row, jobs, values, count in zip(block.tolist(), columns, best, counts.tolist(), strict=True):
            near = zip(jobs[:count].tolist(), values[:count].tolist(), strict=True)
            found[row] = list(map(Neighbour._make, near))
    return found


def _leave_out_strangers(space: Space, mask: int, block: Integers, scores: Floats) -> None:
    """Leave out the jobs that like words alone bring near: what they ask for is all missing."""
    credits = np.concatenate([credit for _, credit in graded_sums(space.levels(mask), block)])
    scores[credits == 0] = NO_SCORE


def score_pair(space: Space, measure: Measure, origin: int, destination: int, mask: int | None = None) -> float | None:
    """Return the score of one pair, or None where it has none."""
    for _, scores in score_rows(space, measure, mask, np.array([origin])):
        value = float(scores[0, destination])
        return None if value < 0 else value
    return None


def _jaccard(space: Space, measure: Measure, mask: int, rows: Integers | None) -> Iterator[tuple[Integers, Floats]]:
    sizes = space.sizes(mask, measure.is_closed, measure.weight)
    for block, shared in space.product(mask, mask, measure.is_closed, measure.weight).blocks(rows):
        yield block, _divide(shared, sizes[block][:, np.newaxis] + sizes - shared)


def _cosine(space: Space, measure: Measure, mask: int, rows: Integers | None) -> Iterator[tuple[Integers, Floats]]:
    lengths = np.sqrt(space.sizes(mask, measure.is_closed, measure.weight))
    for block, shared in space.product(mask, mask, measure.is_closed, measure.weight).blocks(rows):
        yield block, _divide(shared, lengths[block][:, np.newaxis] * lengths)


def _coverage(space: Space, measure: Measure, mask: int, rows: Integers | None) -> Iterator[tuple[Integers, Floats]]:
    sizes = space.sizes(mask, measure.is_closed, measure.weight)
    for block, shared in space.product(ALL_KINDS, mask, measure.is_closed, measure.weight).blocks(rows):
        yield block, _divide(shared, np.broadcast_to(sizes, shared.shape))


def _graded(space: Space, measure: Measure, mask: int, rows: Integers | None) -> Iterator[tuple[Integers, Floats]]:
    sizes = np.diff(space.incidence(mask).row_starts).astype(float)
    for block, credit in graded_sums(space.levels(mask), rows):
        yield block, _divide(credit, np.broadcast_to(sizes, credit.shape))


def _combined(space: Space, _: Measure, mask: int, rows: Integers | None) -> Iterator[tuple[Integers, Floats]]:
    combination = space.combination(mask)
    for block, values in combination.blocks(rows):
        values[:, ~combination.asking] = NO_SCORE
        values[~combination.asking[block]] = NO_SCORE
        yield block, values


_Form: TypeAlias = Callable[[Space, Measure, int, Integers | None], Iterator[tuple[Integers, Floats]]]

_FORMS: Mapping[str, _Form] = {
    "jaccard": _jaccard,
    "cosine": _cosine,
    "coverage": _coverage,
    "graded": _graded,
    "combined": _combined,
}


def _divide(above: Floats, below: Floats) -> Floats:
    """Divide in place; what is divided by nothing has no score, and 1 is 1 though sums in another order may be more."""
    np.divide(above, below, out=above, where=below > 0)
    np.minimum(above, 1.0, out=above)
    above[below <= 0] = NO_SCORE
    return above
