"""Weights: how much a competence tells of a job, by how rarely the jobs of a reference ask for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metiers_kg.overlap.incidence import Floats, Incidence

__all__ = ["Reference", "Weights", "inverse_frequency"]


@dataclass(frozen=True)
class Reference:
    """What weights were counted on.

    Attributes:
        vocabulary: ``esco`` or ``rome``, or ``study`` for this graph's own jobs where neither is imported.
        version: Its release, or "".
        jobs: N, the number of its jobs that ask for anything.
        unknown: How many competences it does not have: each counts for as much as the mean of the others.
    """

    vocabulary: str
    version: str = ""
    jobs: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Weights:
    """What each competence counts for.

    Attributes:
        idf: ln(N / df), df being the number of jobs of the reference that ask for it.
        ic: ln(N / df), where df also counts the jobs that ask for something narrower: its information content.
        reference: What they were counted on.
    """

    idf: Floats
    ic: Floats
    reference: Reference


def inverse_frequency(matrix: Incidence, jobs: int) -> Floats:
    """Return ln(N / df) of each column, N being *jobs*, and 0 for one that nobody has.

    >>> from metiers_kg.overlap.profiles import Profiles
    >>> profiles = Profiles.of({"essential": [("a", "1"), ("a", "2"), ("b", "2")]}, [])
    >>> inverse_frequency(Incidence.of(profiles), 2).round(3).tolist()
    [0.693, 0.0]
    """
    frequencies = matrix.frequencies
    return np.where(frequencies > 0, np.log(max(jobs, 1) / np.maximum(frequencies, 1)), 0.0)
