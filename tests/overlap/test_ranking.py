"""Ranking: the highest first, and of equal ones the lower number."""

from __future__ import annotations

import numpy as np
import pytest

from metiers_kg.overlap.ranking import rank_rows


@pytest.mark.parametrize(
    ("most", "expected"), [(0, []), (1, [1]), (2, [1, 3]), (3, [1, 3, 0]), (4, [1, 3, 0, 2]), (9, [1, 3, 0, 2])]
)
def test_the_highest_come_first(most: int, expected: list[int]) -> None:
    """As many columns as are asked for come out, or all there are, the highest first."""
    columns, _ = rank_rows(np.array([[0.2, 0.9, 0.1, 0.5]]), most)

    assert [expected] == columns.tolist()


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_equal_scores_are_in_order_of_columns(most: int) -> None:
    """Of equal scores the lower columns are kept, in their order."""
    columns, _ = rank_rows(np.full((1, 4), 0.5), most)

    assert [list(range(most))] == columns.tolist()


@pytest.mark.parametrize(("above", "expected"), [(4e-7, [0, 1]), (6e-7, [1, 0])])
def test_scores_are_equal_to_six_decimals(above: float, expected: list[int]) -> None:
    """What differs beyond the sixth decimal is equal; the scores come out as they were."""
    scores = np.array([[0.5, 0.5 + above]])
    columns, best = rank_rows(scores, 2)

    assert [expected] == columns.tolist()
    assert scores[0, expected].tolist() == best[0].tolist()


def test_what_is_no_answer_comes_last() -> None:
    """A negative score comes out after zero."""
    columns, best = rank_rows(np.array([[-1.0, 0.0, -1.0, 1.0]]), 4)

    assert ([[3, 1, 0, 2]], [[1.0, 0.0, -1.0, -1.0]]) == (columns.tolist(), best.tolist())


def test_rows_are_ranked_apart() -> None:
    """Each row has its own order."""
    columns, _ = rank_rows(np.array([[0.1, 0.2], [0.2, 0.1]]), 1)

    assert [[1], [0]] == columns.tolist()


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (2, 0)])
def test_nothing_can_be_ranked(shape: tuple[int, int]) -> None:
    """Without rows or columns nothing comes out."""
    columns, best = rank_rows(np.zeros(shape), 2)

    assert 0 == columns.size == best.size
