"""Ranking: the highest values of rows of scores, the same on every machine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.incidence import Floats, Integers

__all__ = ["DECIMALS", "rank_rows"]

DECIMALS = 6
"""Scores are compared to so many decimals: beyond them, sums of weights depend on the order of adding."""

_PLACES = 22
"""Bits that hold the place of a score in its row."""


def rank_rows(scores: Floats, most: int) -> tuple[Integers, Floats]:
    """Return for each row the columns of its *most* highest scores, the highest first, and these scores.

    Of scores that are equal to ``DECIMALS`` decimals, that of the lower column comes first. A column that is no answer
    has a negative score; it may come out, after all others.

    >>> columns, best = rank_rows(np.array([[0.2, 0.5, 0.5, 0.0]]), 3)
    >>> columns.tolist(), best.tolist()
    ([[1, 2, 0]], [[0.5, 0.5, 0.2]])
    """
    width = scores.shape[1]
    most = max(0, min(most, width))
    keys = _keys(scores)
    if 0 < most < width:
        keys = np.partition(keys, width - most, axis=1)
    keys = np.sort(keys[:, width - most :], axis=1)[:, ::-1]
    columns = ((1 << _PLACES) - 1 - (keys & ((1 << _PLACES) - 1))).astype(np.intp)
    return columns, np.take_along_axis(scores, columns, axis=1)


def _keys(scores: Floats) -> npt.NDArray[np.int64]:
    """Numbers in the order of the scores: the rounded score above, the place below, the first place highest."""
    keys: npt.NDArray[np.int64] = np.rint(scores * 10**DECIMALS).astype(np.int64)
    keys <<= _PLACES
    keys += (1 << _PLACES) - 1 - np.arange(scores.shape[1])
    return keys
