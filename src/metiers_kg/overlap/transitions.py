"""Transitions: which jobs are within reach of another, what opens most of them, and what is commonly missing.

Reach is coverage: the share of what a destination asks for that the origin has. It tells what is missing on the way; it
does not tell whether people go that way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metiers_kg.overlap.incidence import Floats
from metiers_kg.overlap.measures import MEASURES, Measure
from metiers_kg.overlap.profiles import ALL_KINDS
from metiers_kg.overlap.ranking import DECIMALS
from metiers_kg.overlap.scoring import NO_SCORE, Neighbour, score_rows
from metiers_kg.overlap.space import Space

__all__ = [
    "COVERAGES",
    "Opening",
    "Recurring",
    "Training",
    "find_feeders",
    "find_openings",
    "find_reachable",
    "find_recurring",
    "plan_training",
]

COVERAGES: tuple[str, ...] = tuple(name for name, measure in MEASURES.items() if measure.form == "coverage")
"""The measures that add up over competences, so that one more can be weighed."""

_EXACT_AT_MOST = 16
"""The most competences of which all choices are looked at; beyond, the list grows by the one that helps most."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A competence that, once learnt, brings jobs within reach.

    Attributes:
        competence: Its number.
        opened: The jobs, with what their coverage then is; the highest first.
    """

    competence: int
    opened: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """What the feeders of a job have to learn, one list for all of them.

    Attributes:
        feeders: The jobs it is for, with their coverage now.
        competences: The list, what helps most first.
        reached: The coverage of each feeder once it is learnt.
        is_shortest: Whether no shorter list would do; else it was made step by step.
    """

    feeders: tuple[Neighbour, ...]
    competences: tuple[int, ...]
    reached: tuple[float, ...]
    is_shortest: bool


@dataclass(frozen=True, slots=True)
class Recurring:
    """A competence that is missing on several ways.

    Attributes:
        competence: Its number.
        transitions: How many of the ways it is missing on.
        prevalence: Their share of all ways.
    """

    competence: int
    transitions: int
    prevalence: float


def find_reachable(
    space: Space,
    origin: int,
    threshold: float,
    *,
    measure: Measure = MEASURES["idf-coverage"],
    mask: int | None = None,
    least: int = 1,
    native_only: bool = False,
) -> list[Neighbour]:
    """Return the jobs of which *origin* covers at least *threshold*, the best covered first.

    *least* is how many competences a job must ask for: of one that asks for a single one, 1 is easily reached.
    """
    scores = _from(space, origin, measure, mask, least, native_only=native_only)
    return _ranked(scores, threshold)


def find_openings(
    space: Space,
    origin: int,
    threshold: float,
    *,
    measure: Measure = MEASURES["idf-coverage"],
    mask: int | None = None,
    least: int = 1,
    native_only: bool = False,
) -> list[Opening]:
    """Return the competences that *origin* lacks and that bring jobs within reach, those that open most first.

    Only measures in ``COVERAGES`` are added to, competence by competence.
    """
    mask = measure.default_mask() if mask is None else mask
    scores = _from(space, origin, measure, mask, least, native_only=native_only)
    asks = space.incidence(mask)
    sizes, counts = space.sizes(mask, False, measure.weight), space.counts[measure.weight]
    has = np.zeros(asks.shape[1], bool)
    has[space.incidence(ALL_KINDS).row(origin)] = True
    kept = ~has[asks.columns] & (scores[asks.rows] >= 0) & (_rounded(scores)[asks.rows] < round(threshold, DECIMALS))
    rows, columns = asks.rows[kept], asks.columns[kept]
    then = np.minimum(scores[rows] + counts[columns] / sizes[rows], 1.0)
    opens = _rounded(then) >= round(threshold, DECIMALS)
    found: dict[int, list[Neighbour]] = {}
    for job, competence, score in zip(rows[opens].tolist(), columns[opens].tolist(), then[opens].tolist(), strict=True):
        found.setdefault(competence, []).append(Neighbour(job, score))
    openings = [
        Opening(competence, tuple(sorted(jobs, key=lambda job: (-round(job.score, DECIMALS), job.job))))
        for competence, jobs in found.items()
    ]
    return sorted(openings, key=lambda one: (-len(one.opened), -space.weights.idf[one.competence], one.competence))


def find_feeders(
    space: Space,
    destination: int,
    most: int,
    *,
    measure: Measure = MEASURES["idf-coverage"],
    mask: int | None = None,
    among: Sequence[int] | None = None,
) -> list[Neighbour]:
    """Return the *most* jobs that cover most of what *destination* asks for, among some jobs or all."""
    mask = measure.default_mask() if mask is None else mask
    candidates = np.flatnonzero(space.asking) if among is None else np.array(sorted(among), np.intp)
    scores = np.full(len(space.profiles.jobs), NO_SCORE)
    for block, values in score_rows(space, measure, mask, candidates):
        scores[block] = values[:, destination]
    return [found for found in _ranked(scores, 0.0) if found.score > 0][:most]


def plan_training(
    space: Space,
    destination: int,
    feeders: Sequence[Neighbour],
    threshold: float,
    *,
    measure: Measure = MEASURES["idf-coverage"],
    mask: int | None = None,
) -> Training:
    """Return the shortest list of competences with which every feeder covers *threshold* of *destination*.

    Of lists that are as short, the one that brings the feeders furthest. Where the feeders lack more than 16
    competences in all, the list grows step by step by what helps most, and may be longer than need be.
    """
    mask = measure.default_mask() if mask is None else mask
    counts = space.counts[measure.weight]
    asked = sorted(space.profiles.asked(destination, mask))
    total = float(counts[asked].sum()) or 1.0
    has = [space.profiles.asked(feeder.job) for feeder in feeders]
    lacks = np.array([[c not in own for c in asked] for own in has], bool).reshape(len(feeders), len(asked))
    gains = lacks * counts[asked] / total
    needs = np.array([threshold - feeder.score for feeder in feeders])
    useful = [place for place in range(len(asked)) if lacks[:, place].any()]
    is_shortest = len(useful) <= _EXACT_AT_MOST
    chosen = _shortest(gains, needs, useful) if is_shortest else _greedy(gains, needs, useful)
    chosen.sort(key=lambda place: (-gains[:, place].sum(), place))
    reached = tuple(
        min(feeder.score + float(gain), 1.0) for feeder, gain in zip(feeders, gains[:, chosen].sum(axis=1), strict=True)
    )
    return Training(tuple(feeders), tuple(asked[place] for place in chosen), reached, is_shortest)


def find_recurring(space: Space, transitions: Sequence[tuple[int, int]], *, mask: int = ALL_KINDS) -> list[Recurring]:
    """Return what is missing on some ways from one job to another, what is missing most often first.

    *mask* tells the kinds of the destinations' competences that count.
    """
    missing: Counter[int] = Counter()
    asked = {job: space.profiles.asked(job) for way in transitions for job in way}
    for origin, destination in transitions:
        wanted = (c for c, kinds in asked[destination].items() if kinds & mask)
        missing.update(c for c in wanted if c not in asked[origin])
    found = [Recurring(c, number, number / len(transitions)) for c, number in missing.items()]
    return sorted(found, key=lambda one: (-one.transitions, -space.weights.idf[one.competence], one.competence))


def _from(space: Space, origin: int, measure: Measure, mask: int | None, least: int, *, native_only: bool) -> Floats:
    """Return the scores from one job to all, or all native ones, that ask for at least *least* competences."""
    mask = measure.default_mask() if mask is None else mask
    scores: Floats = next(values for _, values in score_rows(space, measure, mask, np.array([origin])))[0]
    scores[np.diff(space.incidence(mask).row_starts) < least] = NO_SCORE
    if native_only:
        scores[~space.is_native] = NO_SCORE
    return scores


def _rounded(scores: Floats) -> Floats:
    return scores.round(DECIMALS)


def _ranked(scores: Floats, threshold: float) -> list[Neighbour]:
    rounded = _rounded(scores)
    found = np.flatnonzero((scores >= 0) & (rounded >= round(threshold, DECIMALS)))
    order = sorted(found.tolist(), key=lambda job: (-rounded[job], job))
    return [Neighbour(job, float(scores[job])) for job in order]


def _greedy(gains: Floats, needs: Floats, useful: Sequence[int]) -> list[int]:
    """Choose what helps most until every need is met, or nothing is left."""
    chosen: list[int] = []
    left, open_ = list(useful), needs.copy()
    while left and (open_ > _NEARLY).any():
        best = max(left, key=lambda place: (np.minimum(gains[:, place], np.maximum(open_, 0)).sum(), -place))
        chosen.append(best)
        left.remove(best)
        open_ = open_ - gains[:, best]
    return chosen


def _shortest(gains: Floats, needs: Floats, useful: Sequence[int]) -> list[int]:
    """Choose the fewest that meet every need, and of as many those that gain most; all where they cannot be met.

    Depth first; a branch is left once the best that it could still gain does not meet a need.
    """
    order = sorted(useful, key=lambda place: (-gains[:, place].sum(), place))
    sorted_gains = -np.sort(-gains[:, order], axis=1)
    for size in range(len(order) + 1):
        bound = sorted_gains[:, :size].sum(axis=1)
        if (bound + _NEARLY >= needs).all():
            found = _choose(gains, needs, order, size)
            if found is not None:
                return found
    return order


def _choose(gains: Floats, needs: Floats, order: Sequence[int], size: int) -> list[int] | None:
    """Return *size* of the places in *order* that meet every need and gain most together, or None."""
    best: tuple[float, list[int]] | None = None

    def extend(start: int, chosen: list[int], open_: Floats) -> None:
        nonlocal best
        if len(chosen) == size:
            gain = float(gains[:, chosen].sum())
            if (open_ <= _NEARLY).all() and (best is None or gain > best[0] + _NEARLY):
                best = gain, list(chosen)
            return
        left = size - len(chosen)
        for place in range(start, len(order) - left + 1):
            rest = gains[:, order[place:]]
            if (np.sort(rest, axis=1)[:, -left:].sum(axis=1) + _NEARLY < open_).any():
                return
            extend(place + 1, [*chosen, order[place]], open_ - gains[:, order[place]])

    extend(0, [], needs)
    return best[1] if best else None


_NEARLY = 0.5 * 10.0**-DECIMALS
"""How much may be left of a need that is met: scores are compared to so many decimals."""
