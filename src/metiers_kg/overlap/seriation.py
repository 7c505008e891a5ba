"""Seriation: an order in which what is alike stands together, so that a table of all pairs shows its groups.

Things are joined two by two, the most alike first (average linkage); of the orders that this tree allows, that one is
taken in which neighbours are most alike all together (Bar-Joseph, Gifford and Jaakkola 2001, *Fast optimal leaf
ordering for hierarchical clustering*).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metiers_kg.overlap.incidence import Floats, Integers
from metiers_kg.overlap.ranking import DECIMALS

__all__ = ["order_alike"]


@dataclass(frozen=True, slots=True)
class _Branch:
    """A part of the tree.

    Attributes:
        leaves: Its things.
        costs: How unlike neighbours are all together in the best order that begins with one leaf (row) and ends with
            another (column); infinite where the tree allows none.
        left: Its first half; None for a single thing.
        right: Its second half.
    """

    leaves: Integers
    costs: Floats
    left: _Branch | None = None
    right: _Branch | None = None


def order_alike(likeness: Floats) -> list[int]:
    """Return the places of things in an order in which what is alike stands together.

    *likeness* is a square of numbers, the higher the more alike; where the two ways differ, their mean counts, and the
    diagonal does not. The time grows with the cube of the number of things: 50 take a few milliseconds.

    >>> order_alike(np.array([[1, 0, 0.9, 0], [0, 1, 0, 0.8], [0.9, 0, 1, 0.1], [0, 0.8, 0.1, 1]]))
    [0, 2, 3, 1]
    """
    count = len(likeness)
    if count < 2:
        return list(range(count))
    # Rounded, so that sums in another order on another machine do not change the tree.
    unlike = -np.round((likeness + likeness.T) / 2, DECIMALS)
    unlike -= unlike.min()
    tree = _join(unlike)
    first, last = divmod(int(np.argmin(tree.costs)), count)
    found = [int(tree.leaves[place]) for place in _unfold(tree, first, last, unlike)]
    return found if found[0] < found[-1] else found[::-1]


def _join(unlike: Floats) -> _Branch:
    """Return the tree of what is joined, the nearest first, by the mean over all pairs (average linkage)."""
    branches = [_Branch(np.array([leaf]), np.zeros((1, 1))) for leaf in range(len(unlike))]
    between = unlike.copy()
    np.fill_diagonal(between, np.inf)
    while len(branches) > 1:
        one, two = sorted(divmod(int(np.argmin(between)), len(branches)))
        left, right = branches[one], branches[two]
        sizes = len(left.leaves), len(right.leaves)
        merged = (between[one] * sizes[0] + between[two] * sizes[1]) / sum(sizes)
        between[one], between[:, one] = merged, merged
        between[one, one] = np.inf
        between = np.delete(np.delete(between, two, 0), two, 1)
        branches[one] = _merge(left, right, unlike)
        del branches[two]
    return branches[0]


def _merge(left: _Branch, right: _Branch, unlike: Floats) -> _Branch:
    steps = unlike[np.ix_(left.leaves, right.leaves)]
    costs = _least_sums(_least_sums(left.costs, steps), right.costs)
    height, width = costs.shape
    whole = np.full((height + width, height + width), np.inf)
    whole[:height, height:] = costs
    whole[height:, :height] = costs.T  # backwards it is as good
    return _Branch(np.concatenate([left.leaves, right.leaves]), whole, left, right)


def _least_sums(one: Floats, two: Floats) -> Floats:
    """Return for each row of *one* and column of *two* the least sum over what lies between."""
    found = np.full((one.shape[0], two.shape[1]), np.inf)
    for between in range(one.shape[1]):
        np.minimum(found, one[:, between, np.newaxis] + two[between], out=found)
    return found


def _unfold(branch: _Branch, first: int, last: int, unlike: Floats) -> list[int]:
    """Return the best order of a branch's leaves, as places in it, from *first* to *last*."""
    left, right = branch.left, branch.right
    if left is None or right is None:
        return [first]
    height = len(left.leaves)
    if first >= height:
        return _unfold(branch, last, first, unlike)[::-1]
    last -= height
    steps = unlike[np.ix_(left.leaves, right.leaves)]
    sums = left.costs[first][:, np.newaxis] + steps + right.costs[:, last]
    end, begin = divmod(int(np.argmin(sums)), len(right.leaves))
    before, after = _unfold(left, first, end, unlike), _unfold(right, begin, last, unlike)
    return [*before, *(place + height for place in after)]
