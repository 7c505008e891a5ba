"""Seriation: what is alike stands together."""

from __future__ import annotations

from itertools import pairwise, permutations

import numpy as np
import pytest

from metiers_kg.overlap.seriation import order_alike


def _sum(likeness: np.ndarray, order: list[int]) -> float:
    return float(sum(likeness[one, two] for one, two in pairwise(order)))


def _blocks(groups: list[list[int]]) -> np.ndarray:
    found = np.full((sum(map(len, groups)),) * 2, 0.1)
    for group in groups:
        found[np.ix_(group, group)] = 0.9
    return found


def test_groups_stand_together() -> None:
    """Things of one group, scattered in the table, come one after the other."""
    groups = [[0, 3, 6], [1, 4, 7], [2, 5]]
    order = order_alike(_blocks(groups))
    runs = [sorted(order.index(job) for job in group) for group in groups]

    assert all(run == list(range(run[0], run[0] + len(run))) for run in runs)


def test_a_chain_is_found() -> None:
    """Things each alike to the next alone are put in the order of the chain."""
    chain = [3, 0, 4, 1, 2]
    likeness = np.zeros((5, 5))
    for one, two in pairwise(chain):
        likeness[one, two] = likeness[two, one] = 0.5

    assert order_alike(likeness) in (chain, chain[::-1])


@pytest.mark.parametrize("seed", range(5))
def test_it_is_nearly_the_best_order_of_all(seed: int) -> None:
    """Of six things, the order is a permutation whose neighbours are within a fifth as alike as in the best of all."""
    likeness = np.random.default_rng(seed).random((6, 6))
    likeness = (likeness + likeness.T) / 2
    best = max(_sum(likeness, list(order)) for order in permutations(range(6)))
    order = order_alike(likeness)

    assert sorted(order) == list(range(6))
    assert _sum(likeness, order) > 0.8 * best


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_things_need_no_order(count: int) -> None:
    """Nothing, one thing and two stay as they are."""
    assert list(range(count)) == order_alike(np.ones((count, count)))


def test_both_ways_count() -> None:
    """Where the one way differs from the other their mean decides."""
    likeness = np.zeros((3, 3))
    likeness[0, 2], likeness[2, 0], likeness[0, 1], likeness[1, 0] = 1.0, 0.0, 0.4, 0.4

    assert order_alike(likeness) in ([1, 0, 2], [2, 0, 1])
