"""Vectors of jobs, sparse and of several parts, and the inner product of each with every other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from metiers_kg.overlap.incidence import Floats, Integers, row_blocks, spread

__all__ = ["Part", "Vectors"]

_DENSE_GAIN = 100
"""How many times as fast the product of a dense column is, for each cell, as counting."""


class Part(NamedTuple):
    """A vector for each job, as the cells that are not zero; each cell is there once.

    Attributes:
        rows: The jobs.
        columns: What is counted of them.
        values: What it counts for.
    """

    rows: Integers
    columns: Integers
    values: Floats


class Vectors:
    """A vector for each job, of parts of a length of their own: their product is a weighted sum of cosines.

    Columns that many jobs have are multiplied as dense matrices, as in ``WeightedProduct``.

    >>> part = Part(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([3.0, 4.0, 7.0]))
    >>> [products.round(3).tolist() for _, products in Vectors(2, [(2.0, part)]).blocks()]
    [[[2.0, 1.6], [1.6, 2.0]]]
    """

    def __init__(self, height: int, parts: Iterable[tuple[float, Part]]) -> None:
        """Make the vectors of *height* jobs.

        Args:
            height: The number of jobs.
            parts: The parts, each with its weight.
        """
        rows, columns, values, width = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)], [np.zeros(0)], 0
        for weight, (part_rows, part_columns, part_values) in parts:
            squares = np.bincount(part_rows, weights=part_values**2, minlength=height)
            lengths = np.sqrt(np.where(squares > 0, squares, 1.0))
            rows.append(part_rows)
            columns.append(part_columns + width)
            values.append(np.sqrt(weight) * part_values / lengths[part_rows])
            width += int(part_columns.max(initial=-1)) + 1
        self._height = height
        row, column, value = np.concatenate(rows), np.concatenate(columns), np.concatenate(values)
        frequencies = np.bincount(column, minlength=width)
        dense = np.flatnonzero(frequencies**2 * _DENSE_GAIN > height**2)
        place = np.full(width, -1)
        place[dense] = np.arange(len(dense))
        is_dense = place[column] >= 0
        self._dense = np.zeros((height, len(dense)))
        self._dense[row[is_dense], place[column[is_dense]]] = value[is_dense]
        row, column, value = row[~is_dense], column[~is_dense], value[~is_dense]
        by_row, by_column = np.lexsort((column, row)), np.lexsort((row, column))
        self._columns, self._values = column[by_row], value[by_row]
        self._row_starts = np.searchsorted(row[by_row], np.arange(height + 1))
        self._postings, self._posted = row[by_column], value[by_column]
        self._column_starts = np.searchsorted(column[by_column], np.arange(width + 1))

    def blocks(self, rows: Integers | None = None) -> Iterator[tuple[Integers, Floats]]:
        """Yield, block by block, jobs with the products of each with every job; *rows* are those asked for, or all."""
        for block in row_blocks(self._height if rows is None else rows, self._height):
            products = self._dense[block] @ self._dense.T
            places, owners = spread(self._row_starts[block], self._row_starts[block + 1])
            columns = self._columns[places]
            found, sources = spread(self._column_starts[columns], self._column_starts[columns + 1])
            cells = self._postings[found] + (owners * self._height)[sources]
            counted = np.bincount(
                cells, weights=self._values[places][sources] * self._posted[found], minlength=products.size
            )
            products += counted.reshape(products.shape)
            yield block, products
