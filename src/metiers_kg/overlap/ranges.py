"""Ranges of numbers, many at once."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Integers", "distinct", "spread"]

Integers: TypeAlias = npt.NDArray[np.intp]


def spread(starts: Integers, stops: Integers) -> tuple[Integers, Integers]:
    """Return the numbers of all ranges from *starts* to *stops* one after the other, and which range each is of.

    >>> numbers, owners = spread(np.array([3, 7]), np.array([5, 8]))
    >>> numbers.tolist(), owners.tolist()
    ([3, 4, 7], [0, 0, 1])
    """
    lengths = stops - starts
    numbers = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    numbers += np.arange(len(numbers))
    return numbers, np.repeat(np.arange(len(starts)), lengths)


def distinct(numbers: Integers) -> Integers:
    """Return numbers sorted, each once: as ``numpy.unique``, which hashes them first, and several times as fast.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    found = np.sort(numbers)
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found
