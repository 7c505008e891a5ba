"""Profiles: which jobs ask for which competences, and how (essential, optional, emerging), as columns of integers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.ranges import Integers, distinct, spread
from metiers_kg.overlap.relations import Pairs

__all__ = ["ALL_KINDS", "KINDS", "Profiles", "kinds_mask"]

KINDS: tuple[str, ...] = ("essential", "optional", "emerging")
"""How a job asks for a competence; bit 0, 1, 2 of a mask."""

ALL_KINDS = 0b111
"""The mask of all kinds."""

Columns = npt.NDArray[np.int32]


def kinds_mask(kinds: Iterable[str]) -> int:
    """Return the mask of some of ``KINDS``.

    >>> kinds_mask(["essential", "emerging"])
    5
    """
    return sum(1 << KINDS.index(kind) for kind in set(kinds))


@dataclass(frozen=True)
class Profiles:
    """Jobs with the competences they ask for, and the hierarchy of these.

    Jobs and competences are numbered by the order of their IRIs. An entry is a job with a competence, once; entries are
    sorted by job, then by competence.

    Attributes:
        jobs: The IRIs of the jobs, sorted.
        competences: The IRIs of the competences and of what is broader than they, sorted.
        entry_job: The job of each entry.
        entry_competence: The competence of each entry.
        entry_kinds: The mask of how the job asks for it.
        narrower: The narrower competence of each link of the hierarchy.
        broader: The broader competence of the link.

    >>> profiles = Profiles.of(
    ...     {"essential": [("job/a", "skill/1"), ("job/b", "skill/1")], "optional": [("job/b", "skill/2")]},
    ...     [("skill/1", "skill/0")],
    ... )
    >>> profiles.jobs, profiles.competences
    (('job/a', 'job/b'), ('skill/0', 'skill/1', 'skill/2'))
    >>> profiles.entry_job.tolist(), profiles.entry_competence.tolist(), profiles.entry_kinds.tolist()
    ([0, 1, 1], [1, 1, 2], [1, 1, 2])
    """

    jobs: tuple[str, ...]
    competences: tuple[str, ...]
    entry_job: Columns
    entry_competence: Columns
    entry_kinds: npt.NDArray[np.uint8]
    narrower: Columns
    broader: Columns
    _upwards: dict[tuple[int, int | None], dict[int, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, asked: Mapping[str, Pairs], hierarchy: Pairs, jobs: Collection[str] = ()) -> Profiles:
        """Return the profiles of pairs of IRIs.

        Args:
            asked: By kind, the jobs with what they ask for.
            hierarchy: Competences with what is broader; links that lead up from no competence asked for are left out.
            jobs: Jobs that are to be there though they may ask for nothing.
        """
        masks: dict[tuple[str, str], int] = {}
        for kind, pairs in asked.items():
            bit = kinds_mask([kind])
            for pair in pairs:
                masks[pair] = masks.get(pair, 0) | bit
        links = _reachable({competence for _, competence in masks}, hierarchy)
        job_names = tuple(sorted({job for job, _ in masks} | set(jobs)))
        competence_names = tuple(sorted({c for _, c in masks} | {end for link in links for end in link}))
        job_number = {job: n for n, job in enumerate(job_names)}
        number = {competence: n for n, competence in enumerate(competence_names)}
        entries = sorted(masks)
        return cls(
            job_names,
            competence_names,
            np.array([job_number[job] for job, _ in entries], np.int32),
            np.array([number[competence] for _, competence in entries], np.int32),
            np.array([masks[entry] for entry in entries], np.uint8),
            np.array([number[low] for low, _ in links], np.int32),
            np.array([number[high] for _, high in links], np.int32),
        )

    @cached_property
    def job_numbers(self) -> dict[str, int]:
        """The number of each job, by IRI."""
        return {job: number for number, job in enumerate(self.jobs)}

    @cached_property
    def competence_numbers(self) -> dict[str, int]:
        """The number of each competence, by IRI."""
        return {competence: number for number, competence in enumerate(self.competences)}

    @cached_property
    def by_steps(self) -> tuple[tuple[Integers, Integers], ...]:
        """For each number of steps, from none on: competences, and what is exactly so many steps above them, sorted.

        The number of steps is the least; a circle in the hierarchy does no harm.
        """
        width = len(self.competences)
        order = np.lexsort((self.broader, self.narrower))
        parents = self.broader[order].astype(np.intp)
        starts = np.searchsorted(self.narrower[order], np.arange(width + 1))
        known = fresh = np.arange(width) * (width + 1)
        levels = []
        while fresh.size:
            low, high = np.divmod(fresh, width)
            levels.append((low, high))
            places, owners = spread(starts[high], starts[high + 1])
            found = distinct(low[owners] * width + parents[places])
            places = np.minimum(np.searchsorted(known, found), len(known) - 1)
            fresh = found[known[places] != found]
            known = np.sort(np.concatenate([known, fresh]))
        return tuple(levels)

    def asked(self, job: int, mask: int = ALL_KINDS) -> dict[int, int]:
        """Return the competences that a job asks for in one of the kinds of *mask*, each with its own mask."""
        start, stop = np.searchsorted(self.entry_job, [job, job + 1])
        found = zip(self.entry_competence[start:stop].tolist(), self.entry_kinds[start:stop].tolist(), strict=True)
        return {competence: kinds for competence, kinds in found if kinds & mask}

    @cached_property
    def parents(self) -> dict[int, tuple[int, ...]]:
        """The next broader competences of each competence that has any."""
        found: dict[int, list[int]] = {}
        for low, high in zip(self.narrower.tolist(), self.broader.tolist(), strict=True):
            found.setdefault(low, []).append(high)
        return {low: tuple(sorted(highs)) for low, highs in found.items()}

    def upwards(self, competence: int, steps: int | None = None) -> dict[int, int]:
        """Return what is broader than a competence, itself included, with the least number of steps up to it.

        *steps* is the most of them; without it all the way up. A circle in the hierarchy does no harm.
        """
        key = (competence, steps)
        if key not in self._upwards:
            self._upwards[key] = self._climb(competence, steps)
        return self._upwards[key]

    def _climb(self, competence: int, steps: int | None) -> dict[int, int]:
        found = {competence: 0}
        level = [competence]
        step = 0
        while level and (steps is None or step < steps):
            step += 1
            level = [high for low in level for high in self.parents.get(low, ()) if high not in found]
            found |= dict.fromkeys(level, step)
        return found


def _reachable(asked: set[str], hierarchy: Pairs) -> list[tuple[str, str]]:
    """Return the links of the hierarchy that lead up from what is asked for, sorted, each once."""
    above: dict[str, set[str]] = {}
    for low, high in hierarchy:
        if low != high:
            above.setdefault(low, set()).add(high)
    links = set()
    seen, waiting = set(asked), list(asked)
    while waiting:
        low = waiting.pop()
        for high in above.get(low, ()):
            links.add((low, high))
            if high not in seen:
                seen.add(high)
                waiting.append(high)
    return sorted(links)
