"""Vectors: weighted sums of cosines, however they are computed."""

from __future__ import annotations

import numpy as np
import pytest

from metiers_kg.overlap import vectors
from metiers_kg.overlap.vectors import Part, Vectors


def part(*vectors_: dict[int, float]) -> Part:
    """A part, told by the cells of each job."""
    cells = [(row, column, value) for row, own in enumerate(vectors_) for column, value in own.items()]
    rows, columns, values = (np.array(every) for every in zip(*cells, strict=True))
    return Part(rows, columns, values.astype(float))


PARTS = [(2.0, part({0: 3, 1: 4}, {1: 7}, {})), (0.5, part({}, {0: 1, 2: 1}, {2: 5}))]


@pytest.mark.parametrize("gain", [0, 10**9], ids=["counted", "dense"])
def test_products_are_weighted_cosines(gain: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two jobs have 2 · 4/5 in the first part, two others 1/2 · 1/√2 in the second."""
    monkeypatch.setattr(vectors, "_DENSE_GAIN", gain)
    found = np.vstack([products for _, products in Vectors(3, PARTS).blocks()])

    half = 0.5 / np.sqrt(2)
    assert found == pytest.approx(np.array([[2.0, 1.6, 0.0], [1.6, 2.5, half], [0.0, half, 0.5]]))


def test_some_jobs_can_be_asked_for() -> None:
    """The products of some jobs are those rows of all."""
    (block, products), *others = Vectors(3, PARTS).blocks(np.array([2, 0]))

    assert ([2, 0], []) == (block.tolist(), others)
    assert products[:, 0].tolist() == pytest.approx([0.0, 2.0])


def test_no_parts_give_no_products() -> None:
    """Jobs of which nothing is told have nothing in common."""
    assert [[[0.0, 0.0], [0.0, 0.0]]] == [products.tolist() for _, products in Vectors(2, []).blocks()]
