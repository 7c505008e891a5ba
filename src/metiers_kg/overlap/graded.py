"""Graded coverage: what a job lacks counts in part where it has something of the same broader kind.

A competence that the destination asks for earns the origin λ^d, d being the steps from it up to the nearest concept
that the origin has or that is broader than something it has. With λ = 1/2 that is a whole number of quarters, and sums
of small whole numbers are what a processor does fastest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.incidence import Floats, Incidence, Integers, row_blocks, spread
from metiers_kg.overlap.measures import STEPS
from metiers_kg.overlap.profiles import Profiles

__all__ = ["Levels", "exactly", "graded_sums"]

_WHOLE = 2**STEPS
"""What a competence earns that the origin has, in units of the least share: λ = 1/2."""

Credits = npt.NDArray[np.uint8]
Sums = npt.NDArray[Any]


class Levels:
    """What graded coverage of some destinations is made of.

    Attributes:
        closed: What each origin has, with all that is broader.
        asks: What each destination asks for.
        columns: The competences that some destination asks for.
        above: For each number of steps, what is exactly so far above each of them.
        places: The places in ``columns`` of what each destination asks for.
    """

    def __init__(self, profiles: Profiles, closed: Incidence, asks: Incidence) -> None:
        self.closed, self.asks = closed, asks
        self.columns = np.flatnonzero(asks.frequencies)
        self.above = [_Lists.of(*exactly(profiles, steps), self.columns) for steps in range(STEPS + 1)]
        places = np.searchsorted(self.columns, asks.columns)
        self.places = _Lists(places, asks.row_starts)

    def credits(self, rows: Integers) -> Credits:
        """Return what each of ``columns`` earns some origins: a row for each competence, a column for each origin."""
        places, owners = spread(self.closed.row_starts[rows], self.closed.row_starts[rows + 1])
        has = np.zeros((self.closed.shape[1], len(rows)), np.uint8)
        has[self.closed.columns[places], owners] = _WHOLE
        found = np.zeros((len(self.columns), len(rows)), np.uint8)
        for steps, lists in enumerate(self.above):
            found = np.maximum(found, lists.reduce(np.maximum, has) >> steps)
        return found


class _Lists:
    """Lists of numbers of rows, to reduce a matrix by: the first of each at once, then the second of each, and so on.

    ``ufunc.reduceat`` does the same one list at a time, ten times as slowly.
    """

    def __init__(self, numbers: Integers, starts: Integers) -> None:
        lengths = np.diff(starts)
        self._order = np.argsort(-lengths, kind="stable")
        begins, lengths = starts[:-1][self._order], lengths[self._order]
        self._layers = [
            numbers[begins[: int(np.count_nonzero(lengths > place))] + place] for place in range(lengths.max(initial=0))
        ]

    @classmethod
    def of(cls, owners: Integers, numbers: Integers, wanted: Integers) -> _Lists:
        """Return the lists of some owners, of two columns sorted by owner."""
        begins, ends = np.searchsorted(owners, wanted), np.searchsorted(owners, wanted, "right")
        places, _ = spread(begins, ends)
        return cls(numbers[places], np.concatenate([[0], np.cumsum(ends - begins)]))

    def reduce(self, ufunc: np.ufunc, matrix: Credits, kind: type[np.unsignedinteger[Any]] = np.uint8) -> Sums:
        """Return for each list the rows that it names, taken together, as *kind*; zeros for an empty one."""
        found = np.zeros((len(self._order), matrix.shape[1]), kind)
        for layer in self._layers:
            ufunc(found[: len(layer)], matrix[layer], out=found[: len(layer)])
        result = np.empty_like(found)
        result[self._order] = found
        return result


def graded_sums(levels: Levels, rows: Integers | None = None) -> Iterator[tuple[Integers, Floats]]:
    """Yield, block by block, origins with what each earns of every destination: at most its number of competences."""
    height = levels.asks.shape[0]
    for block in row_blocks(height if rows is None else rows, height):
        yield block, levels.places.reduce(np.add, levels.credits(block), np.uint16).T / _WHOLE


def exactly(profiles: Profiles, steps: int) -> tuple[Integers, Integers]:
    """Return each competence with what is exactly so many steps above it: two columns, sorted."""
    nothing = np.zeros(0, np.intp)
    return profiles.by_steps[steps] if steps < len(profiles.by_steps) else (nothing, nothing)
