"""Likeness: what a job has in other words of what another asks for."""

from __future__ import annotations

import numpy as np
import pytest

from metiers_kg.overlap.incidence import Incidence
from metiers_kg.overlap.likeness import Likeness
from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.terms import Terms

PROFILES = Profiles.of({"essential": [("a", "1"), ("b", "2"), ("b", "3"), ("c", "4")]}, [])
LABELS = {"1": "wash cells", "2": "count cells", "3": "teach", "4": ""}


def likeness(idf: list[float]) -> Likeness:
    """The likeness of jobs whose competences weigh so much."""
    terms = Terms.of(PROFILES, {}, LABELS, np.ones(3, bool))
    return Likeness(Incidence.of(PROFILES), terms, np.array(idf))


def test_a_competence_is_held_as_far_as_labels_are_alike() -> None:
    """Of four labels two have "cells" (ln 2), one each "wash" and "count" (ln 4): their cosine is 1/5.

    One way that is all that is wanted; the other way it is of weight 3 beside 1 for teaching, which nothing is like.
    """
    assert likeness([1, 3, 1, 1]).both_ways(0)[1] == pytest.approx((3 / 5 / 4 + 1 / 5) / 2)


def test_what_a_job_asks_for_it_holds() -> None:
    """A job holds all of its own, of a competence without words too."""
    assert [1.0, 1.0, 1.0] == pytest.approx([likeness([1, 3, 1, 1]).both_ways(job)[job] for job in range(3)])


def test_without_words_in_common_nothing_is_held() -> None:
    """A competence without a label is like none but itself."""
    assert [0.0, 0.0] == likeness([1, 3, 1, 1]).both_ways(2)[:2].tolist()


def test_all_jobs_are_each_job() -> None:
    """What is made of all jobs at once is what is made of each."""
    one = likeness([1, 3, 1, 1])

    assert one.all_both_ways() == pytest.approx(np.array([one.both_ways(job) for job in range(3)]))


def test_what_weighs_nothing_is_not_held() -> None:
    """A job all of whose competences weigh nothing holds nothing, and no error comes of it."""
    assert not likeness([0, 0, 0, 0]).all_both_ways().any()
