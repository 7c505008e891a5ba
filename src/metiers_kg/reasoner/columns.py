"""Columns: the members of a class or the pairs of a property as sorted arrays of integers, and joins over them.

A member is a term's number; a pair is packed into one integer, subject before object, so that a sorted column serves as
the index by subject. The index by object is made when first asked for and then kept up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["NONE", "Column", "Ints", "contains", "difference", "distinct", "merge", "pack", "swap", "unpack"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_HALF = 32
_MASK = np.int64((1 << _HALF) - 1)
_DENSE = 8
"""Numbers up to this many times their count are looked up in a table; others, and pairs, are searched for."""

NONE: Ints = np.empty(0, dtype=np.int64)
NONE.flags.writeable = False
"""The empty column."""


def pack(s: Ints, o: Ints) -> Ints:
    """Return pairs as single integers.

    >>> unpack(pack(np.array([7]), np.array([9])))
    (array([7]), array([9]))
    """
    return (s << _HALF) | o


def unpack(pairs: Ints) -> tuple[Ints, Ints]:
    """Return the subjects and the objects of packed pairs."""
    return pairs >> _HALF, pairs & _MASK


def swap(pairs: Ints) -> Ints:
    """Return packed pairs with subject and object exchanged, not sorted."""
    return ((pairs & _MASK) << _HALF) | (pairs >> _HALF)


def distinct(values: Ints) -> Ints:
    """Return the values sorted, each once.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    if len(values) < 2 or (values[1:] > values[:-1]).all():
        return values
    if (top := int(values.max())) < _DENSE * len(values):
        return np.flatnonzero(_flags(values, top))
    ordered = np.sort(values)
    first = np.empty(len(ordered), dtype=np.bool_)
    first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered if first.all() else ordered[first]


def contains(column: Ints, values: Ints) -> Flags:
    """Return for each value whether it is in a sorted column.

    >>> contains(np.array([1, 3]), np.array([3, 4])).tolist()
    [True, False]
    """
    if not len(column):
        return np.zeros(len(values), dtype=np.bool_)
    if (top := int(column[-1])) < _DENSE * len(values):
        return _flags(column, top + 1)[np.minimum(values, top + 1)]
    at = np.searchsorted(column, values)
    at[at == len(column)] = 0
    found: Flags = column[at] == values
    return found


def _flags(numbers: Ints, top: int) -> Flags:
    """Return for each number up to *top* whether it is among *numbers*."""
    flags = np.zeros(top + 1, dtype=np.bool_)
    flags[numbers] = True
    return flags


def difference(values: Ints, column: Ints) -> Ints:
    """Return the sorted values that are not in a sorted column."""
    if not len(column) or not len(values):
        return values
    if np.array_equal(values, column):
        return NONE
    return values[~contains(column, values)]


def merge(one: Ints, other: Ints) -> Ints:
    """Return two sorted columns without common values as one."""
    if not len(one):
        return other
    if not len(other):
        return one
    both = np.concatenate((one, other))
    both.sort(kind="stable")  # timsort: linear on two runs
    return both


class Column:
    """A sorted column that grows, with its index by object.

    >>> column = Column(pack(np.array([1, 1, 2]), np.array([5, 6, 5])))
    >>> subject, rows = column.objects(np.array([1]))
    >>> subject.tolist(), rows.tolist()
    ([0, 0], [5, 6])
    """

    __slots__ = ("_backward", "forward")

    def __init__(self, values: Ints = NONE) -> None:
        self.forward = values
        self._backward: Ints | None = None

    def __len__(self) -> int:
        return len(self.forward)

    @property
    def backward(self) -> Ints:
        """The pairs with the object first, sorted."""
        if self._backward is None:
            self._backward = np.sort(swap(self.forward))
        return self._backward

    def add(self, fresh: Ints) -> None:
        """Take sorted values that are not in it yet."""
        self.forward = merge(self.forward, fresh)
        if self._backward is not None:
            self._backward = merge(self._backward, np.sort(swap(fresh)))

    def remove(self, gone: Ints) -> None:
        """Take out sorted values."""
        self.forward = difference(self.forward, gone)
        self._backward = None

    def objects(self, subjects: Ints) -> tuple[Ints, Ints]:
        """Return, for subjects, the row of *subjects* and the object of each pair that starts with it."""
        return _expand(self.forward, subjects)

    def subjects(self, objects: Ints) -> tuple[Ints, Ints]:
        """Return, for objects, the row of *objects* and the subject of each pair that ends with it."""
        return _expand(self.backward, objects)


def _expand(pairs: Ints, keys: Ints) -> tuple[Ints, Ints]:
    low, high = _ranges(pairs, keys)
    counts = high - low
    total = int(counts.sum())
    rows = np.repeat(np.arange(len(keys)), counts)
    ends = np.cumsum(counts)
    at = np.arange(total) + np.repeat(low - (ends - counts), counts)
    return rows, pairs[at] & _MASK


def _ranges(pairs: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """Return for each key where the pairs that start with it begin and end."""
    top = int(pairs[-1] >> _HALF) if len(pairs) else 0
    if top >= _DENSE * len(keys):
        return np.searchsorted(pairs, keys << _HALF), np.searchsorted(pairs, (keys + 1) << _HALF)
    ends = np.cumsum(np.bincount(pairs >> _HALF, minlength=top + 2))  # the last is of keys beyond the top: nothing
    key = np.minimum(keys, top + 1)
    return ends[key - 1], ends[key]
