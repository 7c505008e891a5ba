"""Graded coverage: what is missing counts in part where something of the same kind is there."""

from __future__ import annotations

import pytest

from metiers_kg.overlap import graded
from metiers_kg.overlap.graded import Levels, graded_sums
from metiers_kg.overlap.incidence import Incidence
from metiers_kg.overlap.measures import LAMBDA, MEASURES, STEPS
from metiers_kg.overlap.relations import Pairs
from metiers_kg.overlap.scoring import score_pair
from tests.overlap.examples import make_profiles, make_space

CHAIN: Pairs = [("1", "2"), ("2", "3"), ("3", "4")]


def graded_coverage(has: str, asks: str, hierarchy: Pairs) -> float | None:
    """The graded coverage of a job that asks for some things by one that has others."""
    return score_pair(make_space({"has": has, "seeks": asks}, hierarchy), MEASURES["graded-coverage"], 0, 1)


@pytest.mark.parametrize(("has", "expected"), [("1", 1), ("2", 0.5), ("3", 0.25), ("4", 0), ("5", 0)])
def test_each_step_up_halves(has: str, expected: float) -> None:
    """What is one step up earns a half, two a quarter, and three nothing."""
    assert expected == graded_coverage(has, "1", CHAIN)


@pytest.mark.parametrize("asks", ["2", "3", "4"])
def test_what_is_narrower_earns_all(asks: str) -> None:
    """Who has something narrower has what is broader, however far up."""
    assert 1.0 == graded_coverage("1", asks, CHAIN)


@pytest.mark.parametrize(
    ("hierarchy", "expected"),
    [
        ([("1", "k"), ("2", "k")], 0.5),
        ([("1", "k"), ("2", "x"), ("x", "y"), ("y", "k")], 0.5),
        ([("1", "x"), ("x", "k"), ("2", "k")], 0.25),
        ([("1", "x"), ("x", "y"), ("y", "k"), ("2", "k")], 0),
        ([("1", "j"), ("1", "x"), ("x", "k"), ("2", "j"), ("2", "k")], 0.5),
    ],
    ids=["siblings", "the origin's way is longer", "two steps", "three steps", "the nearer of two kinds"],
)
def test_steps_are_counted_from_what_is_asked_for(hierarchy: Pairs, expected: float) -> None:
    """The steps are those from what the destination asks for, by the shortest way, to what is above the origin's."""
    assert expected == graded_coverage("2", "1", hierarchy)


def test_the_share_is_of_all_that_is_asked_for() -> None:
    """One held, one by half, one by a quarter and one missing make 1.75 of 4."""
    hierarchy = [("2", "k"), ("0", "k"), ("3", "l"), ("l", "m"), ("0", "m")]

    assert 1.75 / 4 == graded_coverage("0 1", "1 2 3 4", hierarchy)


def test_a_circle_counts_the_least_steps() -> None:
    """In a circle each has all above it, and so everything that is narrower: it earns all."""
    assert 1.0 == graded_coverage("3", "1", [("1", "2"), ("2", "3"), ("3", "1")])


def test_sums_are_in_competences() -> None:
    """Of each destination, an origin earns at most as much as it asks for; itself, all of it."""
    profiles = make_profiles({"a": "1 2", "b": "", "c": "2 3"}, [("1", "k"), ("3", "k")])
    levels = Levels(profiles, Incidence.of(profiles, closed=True), Incidence.of(profiles))

    assert [[2, 0, 1.5], [0, 0, 0], [1.5, 0, 2]] == [row for _, sums in graded_sums(levels) for row in sums.tolist()]


def test_a_half_is_what_the_measure_says() -> None:
    """Whole numbers of the least share are what the measure's λ and number of steps make of 1."""
    assert LAMBDA**-STEPS == graded._WHOLE
