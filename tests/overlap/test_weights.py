"""Weights: rare competences tell more of a job."""

from __future__ import annotations

import math

import pytest

from metiers_kg.overlap.incidence import Incidence
from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.weights import inverse_frequency
from tests.overlap.examples import ASKED, make_profiles, three_jobs


def test_idf_is_the_logarithm_of_the_inverse_share() -> None:
    """Of three jobs, one that asks for it gives ln 3, two ln 1.5, all three 0."""
    found = inverse_frequency(Incidence.of(Profiles.of(ASKED, [])), 3)

    assert pytest.approx([math.log(3), math.log(3), math.log(1.5), math.log(3), 0]) == found.tolist()


def test_what_nobody_has_weighs_nothing() -> None:
    """A column without rows has 0, and so has every one where there are no jobs."""
    matrix = Incidence.of(make_profiles({"a": "1"}, [("1", "2")]))

    assert [0.0, 0.0] == inverse_frequency(matrix, 1).tolist()
    assert [] == inverse_frequency(Incidence.of(Profiles.of({}, [])), 0).tolist()


def test_information_content_counts_what_is_narrower() -> None:
    """Two of three jobs ask for something of laboratory work: its IC is ln 1.5, that of analysis stays ln 3."""
    space = three_jobs()
    ic = dict(zip(space.profiles.competences, space.weights.ic.tolist(), strict=True))

    assert pytest.approx((math.log(1.5), math.log(1.5), math.log(3))) == (
        ic["laboratory"],
        ic["science"],
        ic["analysis"],
    )


def test_what_is_asked_for_by_way_of_something_narrower_weighs_as_much() -> None:
    """A concept that nobody asks for as such has as its idf its IC."""
    space = three_jobs()
    number = space.profiles.competence_numbers["laboratory"]

    assert space.weights.ic[number] == space.weights.idf[number]
