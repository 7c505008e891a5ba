"""Incidence: jobs against competences as a sparse matrix, and its weighted product with another.

Every measure of overlap between sets is made of one sum per pair of jobs: that of the weights of what they share. It is
the product of two matrices of zeros and ones. A few competences are asked for by a large part of the jobs and make most
of the work: these columns are multiplied as dense matrices, which the processor is good at; the rest, of which most
pairs of jobs share nothing, is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from metiers_kg.overlap.profiles import ALL_KINDS, Profiles
from metiers_kg.overlap.ranges import Integers, spread

__all__ = ["Floats", "Incidence", "Integers", "WeightedProduct", "ancestry", "row_blocks", "spread"]

Floats = npt.NDArray[np.float64]

_DENSE_GAIN = 100
"""How many times as fast the product of a dense column is, for each cell, as counting: measured."""

_MARKED_CELLS = 1 << 23
"""How many cells are marked at a time where rows grow: eight megabytes."""

_BLOCK_CELLS = 1 << 18
"""About how many cells of a product are made at a time: two megabytes."""


@dataclass(frozen=True)
class Incidence:
    """A sparse matrix of zeros and ones: a row for each job, a column for each competence.

    Attributes:
        shape: The numbers of rows and columns.
        rows: The row of each entry; entries are sorted by row, then by column.
        columns: Its column.
    """

    shape: tuple[int, int]
    rows: Integers
    columns: Integers

    @classmethod
    def of(cls, profiles: Profiles, mask: int = ALL_KINDS, *, closed: bool = False) -> Incidence:
        """Return what jobs ask for in one of the kinds of *mask*; *closed* adds all that is broader.

        >>> profiles = Profiles.of({"essential": [("job/a", "skill/1")]}, [("skill/1", "skill/0")])
        >>> Incidence.of(profiles).columns.tolist(), Incidence.of(profiles, closed=True).columns.tolist()
        ([1], [0, 1])
        """
        kept = (profiles.entry_kinds & mask) != 0
        shape = (len(profiles.jobs), len(profiles.competences))
        own = cls(shape, profiles.entry_job[kept].astype(np.intp), profiles.entry_competence[kept].astype(np.intp))
        return own.closed(profiles) if closed else own

    def closed(self, profiles: Profiles, steps: int | None = None) -> Incidence:
        """Return the matrix with all that is broader than what is in it, or what is so by at most *steps*."""
        low, high = ancestry(profiles, steps)
        starts = np.searchsorted(low, np.arange(self.shape[1] + 1))
        rows, columns = [], []
        height = max(1, _MARKED_CELLS // max(1, self.shape[1]))
        for begin in range(0, self.shape[0], height):
            stop = min(begin + height, self.shape[0])
            entries = slice(self.row_starts[begin], self.row_starts[stop])
            places, owners = spread(starts[self.columns[entries]], starts[self.columns[entries] + 1])
            marked = np.zeros((stop - begin) * self.shape[1], bool)
            marked[(self.rows[entries][owners] - begin) * self.shape[1] + high[places]] = True
            found_rows, found_columns = np.divmod(np.flatnonzero(marked), max(1, self.shape[1]))
            rows.append(found_rows + begin)
            columns.append(found_columns)
        return Incidence(self.shape, _join(rows), _join(columns))

    @cached_property
    def row_starts(self) -> Integers:
        """Where the entries of each row begin, and at the end where they stop."""
        return np.searchsorted(self.rows, np.arange(self.shape[0] + 1))

    @cached_property
    def frequencies(self) -> Integers:
        """The number of rows that have each column."""
        return np.bincount(self.columns, minlength=self.shape[1])

    @cached_property
    def by_column(self) -> tuple[Integers, Integers]:
        """The rows of each column one after the other, and where those of each column begin."""
        order = np.argsort(self.columns, kind="stable")
        return self.rows[order], np.concatenate([[0], np.cumsum(self.frequencies)])

    def sums(self, weights: Floats) -> Floats:
        """Return the sum of the weights of each row's columns."""
        found: Floats = np.bincount(self.rows, weights=weights[self.columns], minlength=self.shape[0]).astype(float)
        return found

    def row(self, number: int) -> Integers:
        """Return the columns of a row."""
        return self.columns[self.row_starts[number] : self.row_starts[number + 1]]


def _one_thread() -> AbstractContextManager[object]:
    """Keep the linear algebra to one thread: on blocks as small as ours, threads that wait for each other cost more.

    Beside other work on the machine they cost forty times as much: they wait in a loop.
    """
    limited: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def ancestry(profiles: Profiles, steps: int | None = None) -> tuple[Integers, Integers]:
    """Return each competence with itself and what is broader by at most *steps*: two columns, sorted.

    >>> profiles = Profiles.of({"essential": [("job/a", "skill/1")]}, [("skill/1", "skill/0")])
    >>> [column.tolist() for column in ancestry(profiles)]
    [[0, 1, 1], [0, 0, 1]]
    """
    levels = profiles.by_steps[: None if steps is None else steps + 1]
    width = max(len(profiles.competences), 1)
    cells = np.sort(_join([low * width + high for low, high in levels]))
    low, high = np.divmod(cells, width)
    return low, high


def _join(parts: list[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, np.intp), *parts])


def row_blocks(rows: Integers | int, width: int) -> Iterator[Integers]:
    """Yield *rows*, or the first so many, in blocks: as many rows of *width* as are best made at a time."""
    wanted = np.arange(rows) if isinstance(rows, int) else rows
    height = max(1, _BLOCK_CELLS // max(1, width))
    for begin in range(0, len(wanted), height):
        yield wanted[begin : begin + height]


class WeightedProduct:
    """What two matrices of the same columns share, row by row: the sum of the weights of the columns that both have.

    >>> profiles = Profiles.of({"essential": [("a", "1"), ("a", "2"), ("b", "2"), ("b", "3")]}, [])
    >>> matrix = Incidence.of(profiles)
    >>> [(rows.tolist(), sums.tolist()) for rows, sums in WeightedProduct(matrix, matrix, np.ones(3)).blocks()]
    [([0, 1], [[2.0, 1.0], [1.0, 2.0]])]
    """

    def __init__(self, left: Incidence, right: Incidence, weights: Floats) -> None:
        self._left, self._right, self._weights = left, right, weights
        self._is_plain = bool((weights == 1).all())
        work = left.frequencies * right.frequencies
        dense = np.flatnonzero(work * _DENSE_GAIN > left.shape[0] * right.shape[0])
        self._place = np.full(right.shape[1], -1)  # of each column among the dense ones
        self._place[dense] = np.arange(len(dense))
        places = self._place[right.columns]
        kept = places >= 0
        self._dense = np.zeros((len(dense), right.shape[0]))
        self._dense[places[kept], right.rows[kept]] = weights[right.columns[kept]]

    def blocks(self, rows: Integers | None = None) -> Iterator[tuple[Integers, Floats]]:
        """Yield, block by block, rows of the left matrix with their sums for every row of the right one.

        *rows* are those that are asked for; all by default.
        """
        for block in row_blocks(self._left.shape[0] if rows is None else rows, self._right.shape[0]):
            places, owners = spread(self._left.row_starts[block], self._left.row_starts[block + 1])
            columns = self._left.columns[places]
            is_dense = self._place[columns] >= 0
            sums = self._multiply(owners[is_dense], columns[is_dense], len(block))
            sums += self._count(owners[~is_dense], columns[~is_dense], len(block))
            yield block, sums

    def _multiply(self, owners: Integers, columns: Integers, height: int) -> Floats:
        left = np.zeros((height, len(self._dense)))
        left[owners, self._place[columns]] = 1.0
        with _one_thread():
            return left @ self._dense

    def _count(self, owners: Integers, columns: Integers, height: int) -> Floats:
        width = self._right.shape[0]
        postings, starts = self._right.by_column
        begins = starts[columns]
        lengths = starts[columns + 1] - begins
        cells = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
        cells += np.arange(len(cells))
        cells = postings[cells]
        cells += np.repeat(owners * width, lengths)
        weights = None if self._is_plain else np.repeat(self._weights[columns], lengths)
        counted = np.bincount(cells, weights=weights, minlength=height * width)
        return counted.astype(float, copy=False).reshape(height, width)
