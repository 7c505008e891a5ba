"""Profiles: who asks for what, in which kinds, and what is above it."""

from __future__ import annotations

import pytest

from metiers_kg.overlap.profiles import ALL_KINDS, KINDS, Profiles, kinds_mask
from metiers_kg.overlap.relations import Pairs
from tests.overlap.examples import make_profiles

CIRCLE: Pairs = [("1", "2"), ("2", "3"), ("3", "1")]


@pytest.mark.parametrize(
    ("kinds", "mask"),
    [([], 0), (["optional"], 2), (["essential", "emerging"], 5), (KINDS, ALL_KINDS), (["emerging", "emerging"], 4)],
)
def test_a_mask_has_a_bit_for_each_kind(kinds: list[str], mask: int) -> None:
    """Essential, optional and emerging are bits 0, 1 and 2, each named once or more."""
    assert mask == kinds_mask(kinds)


def test_a_competence_asked_for_twice_is_one_entry() -> None:
    """What a job asks for in two kinds is one entry with both."""
    profiles = Profiles.of({"essential": [("a", "1"), ("a", "1")], "emerging": [("a", "1")]}, [])

    assert [0b101] == profiles.entry_kinds.tolist()


def test_entries_are_sorted() -> None:
    """Entries are sorted by job, then by competence, whatever the order in which they are told."""
    profiles = Profiles.of({"optional": [("b", "1")], "essential": [("b", "2"), ("a", "2"), ("b", "0")]}, [])

    assert [(0, 2), (1, 0), (1, 1), (1, 2)] == [
        *zip(profiles.entry_job.tolist(), profiles.entry_competence.tolist(), strict=True)
    ]


def test_a_job_may_ask_for_nothing() -> None:
    """A job is there though it asks for nothing."""
    profiles = make_profiles({"a": "", "b": "1"})

    assert (("a", "b"), {}) == (profiles.jobs, profiles.asked(0))


def test_there_may_be_no_jobs() -> None:
    """Nobody asks for anything: nothing is there, the hierarchy neither."""
    profiles = Profiles.of({}, CIRCLE)

    assert ((), (), []) == (profiles.jobs, profiles.competences, profiles.entry_job.tolist())


@pytest.mark.parametrize(
    ("mask", "expected"), [(ALL_KINDS, {0: 1, 1: 6}), (1, {0: 1}), (2, {1: 6}), (4, {1: 6}), (0, {})]
)
def test_asked_keeps_to_the_kinds(mask: int, expected: dict[int, int]) -> None:
    """Of the kinds that are asked about, each competence comes with all of its kinds."""
    profiles = Profiles.of({"essential": [("a", "1")], "optional": [("a", "2")], "emerging": [("a", "2")]}, [])

    assert expected == profiles.asked(0, mask)


def test_what_leads_up_from_nothing_is_left_out() -> None:
    """A link of the hierarchy is kept when it leads up from what is asked for."""
    profiles = make_profiles({"a": "1"}, [("1", "2"), ("2", "3"), ("4", "3"), ("1", "1")])

    assert ("1", "2", "3") == profiles.competences
    assert {0: (1,), 1: (2,)} == profiles.parents


@pytest.mark.parametrize(
    ("steps", "expected"),
    [(None, {0: 0, 1: 1, 2: 1, 3: 2}), (0, {0: 0}), (1, {0: 0, 1: 1, 2: 1}), (9, {0: 0, 1: 1, 2: 1, 3: 2})],
)
def test_upwards_counts_the_least_steps(steps: int | None, expected: dict[int, int]) -> None:
    """Of two ways up to the same concept, the shorter counts."""
    profiles = make_profiles({"a": "1"}, [("1", "2"), ("1", "3"), ("2", "3"), ("2", "4"), ("3", "4")])

    assert expected == profiles.upwards(0, steps)


def test_a_circle_does_no_harm() -> None:
    """In a circle, everything is above everything."""
    assert {0: 0, 1: 1, 2: 2} == make_profiles({"a": "1"}, CIRCLE).upwards(0)


def test_a_circle_above_does_no_harm() -> None:
    """A circle that begins above what is asked for is followed once."""
    profiles = make_profiles({"a": "1"}, [("1", "2"), ("2", "3"), ("3", "2")])

    assert {0: (1,), 1: (2,), 2: (1,)} == profiles.parents


def test_names_have_numbers() -> None:
    """A job and a competence are found by their IRIs."""
    profiles = make_profiles({"b": "2", "a": "1"})

    assert ({"a": 0, "b": 1}, {"1": 0, "2": 1}) == (profiles.job_numbers, profiles.competence_numbers)
