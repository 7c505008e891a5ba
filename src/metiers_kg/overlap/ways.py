"""Ways from job to job: of each destination's competences, which are shared, shared in part, or missing; many at once.

``compare`` tells the same of one pair and in more words; here a thousand pairs take as long as a few there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.incidence import Incidence, Integers, spread
from metiers_kg.overlap.measures import STEPS
from metiers_kg.overlap.profiles import ALL_KINDS
from metiers_kg.overlap.space import Space

__all__ = ["Ways", "find_ways"]

_CELLS = 1 << 24
"""How many cells of what origins have are marked at a time: sixteen megabytes."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The competences of the destinations of some pairs, one after the other.

    Attributes:
        pair: The place of the pair that each belongs to; pairs in order, competences of a pair by number.
        competence: The competence.
        through: The competence itself where it is shared, the nearest broader concept that the origin has something of
            where it is in part, or -1 where it is missing.
        steps: -1 where it is shared, else the steps up to *through*, or -2 where it is missing.
    """

    pair: Integers
    competence: Integers
    through: Integers
    steps: Integers

    def of(self, pair: int) -> slice:
        """Return where the competences of one pair are."""
        start, stop = np.searchsorted(self.pair, [pair, pair + 1])
        return slice(int(start), int(stop))


def find_ways(
    space: Space, origins: Integers, destinations: Integers, *, mask: int = ALL_KINDS, other_mask: int = ALL_KINDS
) -> Ways:
    """Return what is shared, shared in part and missing on the way from each origin to its destination.

    The origins have what they ask for in the kinds of *mask*; the destinations ask for those of *other_mask*.
    """
    has, closed = space.incidence(mask), space.incidence(mask, closed=True)
    asks = space.incidence(other_mask)
    height = max(1, _CELLS // max(1, has.shape[1]))
    order = np.argsort(origins, kind="stable")  # the pairs of one origin are looked at together
    parts = [_look(space, has, closed, asks, origins, destinations, block) for block in _blocks(origins, order, height)]
    nothing = np.zeros(0, np.intp)
    pair, competence, through, steps = (np.concatenate(column) for column in zip((nothing,) * 4, *parts, strict=True))
    order = np.lexsort((competence, pair))
    return Ways(pair[order], competence[order], through[order], steps[order])


def _blocks(origins: Integers, order: Integers, height: int) -> list[Integers]:
    """Return the places of the pairs, in blocks of at most so many different origins."""
    _, number = np.unique(origins[order], return_inverse=True)
    return np.split(order, np.flatnonzero(np.diff(number // height)) + 1) if len(order) else []


def _look(
    space: Space,
    has: Incidence,
    closed: Incidence,
    asks: Incidence,
    origins: Integers,
    destinations: Integers,
    block: Integers,
) -> tuple[Integers, Integers, Integers, Integers]:
    jobs, rows = np.unique(origins[block], return_inverse=True)
    owned, owned_above = _mark(has, jobs), _mark(closed, jobs)
    ends = destinations[block]
    places, owners = spread(asks.row_starts[ends], asks.row_starts[ends + 1])
    competence, row = asks.columns[places], rows[owners]
    is_shared = owned[row, competence]
    through = np.where(is_shared, competence, -1)
    steps = np.where(is_shared, -1, -2)
    open_ = np.flatnonzero(~is_shared)
    for step in range(STEPS + 1):
        high, starts = space.above(step)
        found, sources = spread(starts[competence[open_]], starts[competence[open_] + 1])
        hit = owned_above[row[open_][sources], high[found]]
        first, at = np.unique(sources[hit], return_index=True)
        through[open_[first]] = high[found[hit][at]]
        steps[open_[first]] = step
        open_ = np.delete(open_, first)
    return block[owners], competence, through, steps


def _mark(matrix: Incidence, rows: Integers) -> npt.NDArray[np.bool_]:
    places, owners = spread(matrix.row_starts[rows], matrix.row_starts[rows + 1])
    marked = np.zeros((len(rows), matrix.shape[1]), bool)
    marked[owners, matrix.columns[places]] = True
    return marked
