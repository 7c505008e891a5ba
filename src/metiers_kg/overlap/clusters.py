"""Clusters: jobs that hang together by pairs that are near enough, and the competences that hold them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metiers_kg.overlap.measures import Measure
from metiers_kg.overlap.ranking import DECIMALS
from metiers_kg.overlap.scoring import score_rows
from metiers_kg.overlap.space import Space

__all__ = ["Cluster", "Tie", "find_clusters"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A competence that several jobs of a cluster ask for.

    Attributes:
        competence: Its number.
        jobs: Those of the cluster that ask for it.
        elsewhere: How many jobs outside of it do.
    """

    competence: int
    jobs: tuple[int, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Jobs of which each is near enough to another.

    Attributes:
        jobs: Their numbers.
        pairs: The pairs that are near enough, with their scores, the nearest first.
        ties: What at least two of them ask for: what most do first, and of these what fewest others ask for.
    """

    jobs: tuple[int, ...]
    pairs: tuple[tuple[int, int, float], ...]
    ties: tuple[Tie, ...]


def find_clusters(
    space: Space, measure: Measure, threshold: float, *, mask: int | None = None, among: Sequence[int] | None = None
) -> list[Cluster]:
    """Return the clusters of jobs at a threshold, the largest first; a job that is near to none is in no cluster.

    A measure that is not symmetric joins two jobs where either way is near enough. *among* names the jobs to look at;
    all by default.
    """
    rows = np.flatnonzero(space.asking) if among is None else np.array(sorted(among), np.intp)
    wanted = np.zeros(len(space.profiles.jobs), bool)
    wanted[rows] = True
    pairs: dict[tuple[int, int], float] = {}
    for block, scores in score_rows(space, measure, mask, rows):
        near = (np.round(scores, DECIMALS) >= round(threshold, DECIMALS)) & (scores > 0) & wanted
        for place, job in zip(*(found.tolist() for found in np.nonzero(near)), strict=True):
            key = (min(int(block[place]), job), max(int(block[place]), job))
            pairs[key] = max(pairs.get(key, 0.0), float(scores[place, job]))
    groups = _join(pairs)
    found = [_describe(space, group, pairs, mask if mask is not None else measure.default_mask()) for group in groups]
    return sorted(found, key=lambda cluster: (-len(cluster.jobs), cluster.jobs))


def _join(pairs: dict[tuple[int, int], float]) -> list[list[int]]:
    """Return the groups of what is joined, directly or by way of others (union-find)."""
    above: dict[int, int] = {}

    def top(job: int) -> int:
        while above.setdefault(job, job) != job:
            above[job] = above[above[job]]
            job = above[job]
        return job

    for one, two in pairs:
        above[top(one)] = top(two)
    groups: dict[int, list[int]] = {}
    for job in sorted(above):
        groups.setdefault(top(job), []).append(job)
    return list(groups.values())


def _describe(space: Space, jobs: list[int], pairs: dict[tuple[int, int], float], mask: int) -> Cluster:
    inside = set(jobs)
    matrix = space.incidence(mask)
    asked: dict[int, list[int]] = {}
    for job in jobs:
        for competence in matrix.row(job).tolist():
            asked.setdefault(competence, []).append(job)
    ties = [
        Tie(competence, tuple(askers), int(matrix.frequencies[competence]) - len(askers))
        for competence, askers in asked.items()
        if len(askers) > 1
    ]
    ties.sort(key=lambda tie: (-len(tie.jobs), tie.elsewhere, tie.competence))
    joined = [(one, two, score) for (one, two), score in pairs.items() if one in inside]
    joined.sort(key=lambda pair: (-round(pair[2], DECIMALS), pair[0], pair[1]))
    return Cluster(tuple(jobs), tuple(joined), tuple(ties))
