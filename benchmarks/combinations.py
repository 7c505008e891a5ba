"""Choosing the weights of the combined measure on some fiches, to be reported on others."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import numpy.typing as npt

from benchmarks.mobilities import Scores
from benchmarks.rankings import PerOrigin
from metiers_kg.overlap.combined import PARTS, make_parts, standardise
from metiers_kg.overlap.likeness import Likeness
from metiers_kg.overlap.profiles import ALL_KINDS
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.vectors import Vectors

__all__ = ["GRID", "Choice", "add_up", "choose", "comparable", "make_views"]

Choice = tuple[tuple[str, float], ...]
"""What each view counts for."""

GRID: tuple[Choice, ...] = tuple(
    tuple({"H": h, "S": sk, "K": sk, "M": m, "W": w}.items())
    for h, sk, m, w in product((0.0, 2.0), (0.0, 0.5, 1.0), (0.0, 0.5, 1.0), (0.0, 1.0, 2.0))
    if h or sk or m or w
)
"""The weights that are looked at: skills and knowledge count alike."""


def make_views(space: Space) -> dict[str, Scores]:
    """Return the five views of all pairs of jobs, by name, the diagonal 0."""
    asks, height = space.incidence(ALL_KINDS), len(space.profiles.jobs)
    found = {"H": Likeness(asks, space.terms, space.weights.idf).all_both_ways().astype(np.float32)}
    for name, part in make_parts(space.profiles, asks, space.terms, space.weights).items():
        found[name] = np.vstack([p for _, p in Vectors(height, [(1.0, part)]).blocks()]).astype(np.float32)
    for view in found.values():
        np.fill_diagonal(view, 0.0)
    return {name: found[name] for name in PARTS}


def add_up(views: Mapping[str, Scores], choice: Choice) -> Scores:
    """Return the sum of views."""
    return sum((np.float32(weight) * views[name] for name, weight in choice), start=np.zeros_like(views["H"]))


def comparable(scores: Scores) -> Scores:
    """Return scores that can be compared between origins: standard deviations above the mean of the origin."""
    told = scores.astype(np.float64)
    np.fill_diagonal(told, -1.0)
    return np.nan_to_num(standardise(told)).astype(np.float32)


def choose(judged: Mapping[Choice, PerOrigin], rows: npt.NDArray[np.intp]) -> Choice:
    """Return the weights with the highest sum of mean average precision and recall over some origins."""
    return max(
        judged,
        key=lambda choice: float(np.nanmean(judged[choice].precision[rows]) + np.nanmean(judged[choice].recall[rows])),
    )
