"""How well scores tell what is so: figures of rankings, over all pairs and per origin, with their intervals.

Where scores are equal, a figure is its expected value over every order of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import lgamma
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "DRAWS",
    "LOOKED_AT",
    "Figures",
    "Judged",
    "PerOrigin",
    "auc_of_pairs",
    "half",
    "judge_each",
    "random_half",
    "splits",
]

LOOKED_AT = 10
"""The first so many of a ranking are looked at."""

DRAWS = 40
"""How many times the origins are drawn anew for an interval."""

_Floats = npt.NDArray[np.float64]
_Rows = npt.NDArray[np.intp]
_Facts = npt.NDArray[np.bool_]


class Figures(NamedTuple):
    """How well some scores tell what is so.

    Attributes:
        auc: The chance that a pair that is so has a higher score than one that is not.
        ap: Average precision over all pairs.
        recall: The share of what is so of an origin among its first ten, in the mean.
        hit: The share of origins with something that is so among their first ten.
    """

    auc: float
    ap: float
    recall: float
    hit: float

    def __str__(self) -> str:
        return "  ".join(f"{value:.4f}".removeprefix("0") for value in self)


@dataclass(frozen=True)
class PerOrigin:
    """Figures of each origin, NaN where nothing is so.

    Attributes:
        recall: The share of what is so among the first ten.
        hit: The chance that something that is so is among them.
        precision: Average precision.
    """

    recall: _Floats
    hit: _Floats
    precision: _Floats


class Judged:
    """The scores of all ordered pairs of some things, judged by what is so.

    Attributes:
        each: Of each origin, its recall, hit and average precision; NaN where nothing is so.
    """

    def __init__(self, scores: npt.NDArray[np.floating], facts: _Facts) -> None:
        """Take *scores*, the diagonal of which does not count, and *facts* of the same pairs."""
        self._scores, self._facts = scores.astype(np.float32), facts
        self.each = judge_each(scores, facts)

    def figures(self, rows: _Rows | None = None) -> Figures:
        """Return the figures of some origins, or of all."""
        chosen = np.arange(len(self._facts)) if rows is None else rows
        return _Pooled(self, chosen).figures(np.ones(len(chosen)))

    def interval(self, rows: _Rows | None = None, draws: int = DRAWS) -> tuple[Figures, Figures]:
        """Return the lower and upper ends of the 95 % intervals, by drawing origins with replacement."""
        chosen = np.arange(len(self._facts)) if rows is None else rows
        pooled, random = _Pooled(self, chosen), np.random.default_rng(0)
        drawn = [
            pooled.figures(
                np.bincount(random.integers(0, len(chosen), len(chosen)), minlength=len(chosen)).astype(np.float64)
            )
            for _ in range(draws)
        ]
        low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
        return Figures(*low), Figures(*high)


class _Pooled:
    """All pairs of some origins in the order of their scores, to be counted with weights of the origins."""

    def __init__(self, judged: Judged, rows: _Rows) -> None:
        width = judged._facts.shape[1]
        others = np.ones((len(rows), width), bool)
        others[np.arange(len(rows)), rows] = False
        scores, facts = judged._scores[rows][others], judged._facts[rows][others]
        order = np.argsort(-scores, kind="stable")
        scores, facts = scores[order], facts[order]
        self._origin = np.repeat(np.arange(len(rows), dtype=np.int32), width - 1)[order]
        self._of_facts = self._origin[facts]
        last = np.append(np.flatnonzero(scores[1:] != scores[:-1]), len(scores) - 1)  # of each run of equal scores
        run = np.searchsorted(last, np.flatnonzero(facts))
        runs, self._first = np.unique(run, return_index=True)
        self._ends = last[runs]
        self._begins = np.where(runs > 0, last[runs - 1], -1)
        self._each = [values[rows] for values in (judged.each.recall, judged.each.hit)]

    def figures(self, weights: _Floats) -> Figures:
        """Return the figures where each origin counts as often as its weight says."""
        seen = np.concatenate([[0.0], np.cumsum(weights[self._origin])])
        true = np.add.reduceat(weights[self._of_facts], self._first)
        upto, total = np.cumsum(true), true.sum()
        ends, begins = seen[self._ends + 1], seen[self._begins + 1]
        ap = float((true * upto / np.maximum(ends, 1e-9)).sum() / total)
        false = seen[-1] - total
        lower = false - (ends - upto) + (ends - begins - true) / 2
        auc = float((true * lower).sum() / (total * false))
        means = []
        for values in self._each:
            told = ~np.isnan(values)
            means.append(float((values[told] * weights[told]).sum() / weights[told].sum()))
        return Figures(auc, ap, *means)


def judge_each(scores: npt.NDArray[np.floating], facts: _Facts) -> PerOrigin:
    """Return the figures of each origin; the diagonal does not count."""
    found = np.full((3, len(facts)), np.nan)
    for row in np.flatnonzero(facts.any(axis=1)).tolist():
        others = np.arange(facts.shape[1]) != row
        found[:, row] = _judge_row(scores[row, others].astype(np.float64), facts[row, others])
    return PerOrigin(*found)


def _judge_row(scores: _Floats, facts: _Facts) -> tuple[float, float, float]:
    total = int(facts.sum())
    least = np.partition(scores, len(scores) - LOOKED_AT)[len(scores) - LOOKED_AT]
    above, level = scores > least, scores == least
    places = LOOKED_AT - int(above.sum())
    sure, maybe, many = int(facts[above].sum()), int(facts[level].sum()), int(level.sum())
    recall = (sure + places * maybe / many) / total
    hit = 1.0 if sure else 1.0 - np.exp(_log_choose(many - maybe, places) - _log_choose(many, places))
    own = scores[facts]
    order = np.sort(scores)
    reached = len(scores) - np.searchsorted(order, own, "left")
    right = total - np.searchsorted(np.sort(own), own, "left")
    return recall, float(hit), float((right / reached).mean())


def auc_of_pairs(scores: npt.NDArray[np.floating], facts: _Facts) -> float:
    """Return the chance that an unordered pair that is so has a higher score than one that is not."""
    upper = np.triu_indices(len(facts), 1)
    found, is_so = scores[upper], facts[upper]
    order = np.argsort(found, kind="stable")
    found, is_so = found[order], is_so[order]
    starts = np.append(0, np.flatnonzero(found[1:] != found[:-1]) + 1)
    true = np.add.reduceat(is_so.astype(np.float64), starts)
    false = np.diff(np.append(starts, len(found))) - true
    below = np.cumsum(false) - false
    return float((true * (below + false / 2)).sum() / (true.sum() * false.sum()))


def _log_choose(many: int, places: int) -> float:
    if not 0 <= places <= many:
        return -np.inf
    return lgamma(many + 1) - lgamma(places + 1) - lgamma(many - places + 1)


def half(number: int, even: bool) -> _Rows:
    """Return the places of even or of odd number among so many."""
    return np.arange(0 if even else 1, number, 2)


def random_half(number: int, seed: int) -> tuple[_Rows, _Rows]:
    """Return two random halves of so many places: to choose on, and to report on."""
    order = np.random.default_rng(seed).permutation(number)
    return np.sort(order[: number // 2]), np.sort(order[number // 2 :])


def splits(number: int, seeds: int) -> Iterator[tuple[str, _Rows, _Rows]]:
    """Yield halves to choose on and to report on, each split both ways: even and odd, and so many random ones."""
    pairs = [("even", (half(number, True), half(number, False)))]
    pairs += [(str(seed), random_half(number, seed)) for seed in range(seeds)]
    for name, (one, two) in pairs:
        yield name, one, two
        yield f"{name}, other way", two, one
