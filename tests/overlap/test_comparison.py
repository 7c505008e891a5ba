"""Two jobs side by side: each competence in one list."""

from __future__ import annotations

from math import log

import pytest

from metiers_kg.overlap.comparison import Comparison, compare
from metiers_kg.overlap.relations import Pairs
from metiers_kg.overlap.space import Space
from tests.overlap.examples import make_space, tell, three_jobs

BIOLOGIST, CHEMIST, TRAINER = 0, 1, 2


def lists(space: Space, found: Comparison) -> dict[str, list[str]]:
    """The lists of a comparison, by names."""
    return {
        "shared": tell(space, [one.competence for one in found.shared]),
        "partly": tell(space, [one.held.competence for one in found.partly]),
        "missing": tell(space, [one.competence for one in found.missing]),
        "beyond": tell(space, [one.competence for one in found.beyond]),
    }


def test_a_chemist_becomes_a_biologist() -> None:
    """They share gmp and teamwork, the rarer first; cell culture is partly there; analysis is beyond."""
    space = three_jobs()

    assert {
        "shared": ["gmp", "teamwork"],
        "partly": ["cell-culture"],
        "missing": [],
        "beyond": ["analysis"],
    } == lists(space, compare(space, CHEMIST, BIOLOGIST))


def test_a_chemist_becomes_a_trainer() -> None:
    """Teaching is missing: nothing of pedagogy is there."""
    space = three_jobs()

    assert {
        "shared": ["teamwork"],
        "partly": [],
        "missing": ["teaching"],
        "beyond": ["analysis", "gmp"],
    } == lists(space, compare(space, CHEMIST, TRAINER))


def test_what_is_held_says_how() -> None:
    """Teamwork is optional for a chemist, essential for a trainer, and tells nothing of either."""
    (teamwork,) = compare(three_jobs(), CHEMIST, TRAINER).shared

    assert (0b010, 0b001, 0.0) == (teamwork.kinds, teamwork.other_kinds, teamwork.idf)


def test_what_is_partly_held_says_through_what() -> None:
    """Cell culture is a step under laboratory work, of which a chemist has analysis: half of it counts."""
    space = three_jobs()
    (found,) = compare(space, CHEMIST, BIOLOGIST).partly

    assert (["laboratory"], ["analysis"]) == (tell(space, [found.through]), tell(space, found.by))
    assert (1, 0.5) == (found.steps, found.credit)
    assert (0, 0b001, pytest.approx(log(3))) == (found.held.kinds, found.held.other_kinds, found.held.idf)


def test_what_is_narrower_is_there_in_full() -> None:
    """Who has something narrower has the competence itself, by no step."""
    space = make_space({"a": "1", "b": "2"}, [("1", "2")])
    (found,) = compare(space, 0, 1).partly

    assert (["2"], 0, ["1"], 1.0) == (tell(space, [found.through]), found.steps, tell(space, found.by), found.credit)


@pytest.mark.parametrize(
    ("has", "hierarchy", "expected"),
    [
        ("2", [("1", "x"), ("x", "k"), ("2", "k")], ("k", 2, 0.25)),
        ("2", [("1", "j"), ("1", "k"), ("2", "k"), ("2", "j")], ("j", 1, 0.5)),
        ("2", [("1", "2"), ("2", "k")], ("2", 1, 0.5)),
        ("2", [("1", "x"), ("x", "y"), ("y", "2")], None),
        ("3", [("1", "2"), ("2", "3"), ("3", "1")], ("1", 0, 1.0)),
    ],
    ids=["two steps", "of two as near, the first", "what is broader is there", "three steps", "a circle"],
)
def test_the_nearest_concept_is_told(has: str, hierarchy: Pairs, expected: tuple[str, int, float] | None) -> None:
    """What is partly held is so through the nearest concept, at most two steps up."""
    space = make_space({"a": has, "b": "1"}, hierarchy)
    found = compare(space, 0, 1)
    told = [(space.profiles.competences[one.through], one.steps, one.credit) for one in found.partly]

    assert ([expected] if expected else []) == told
    assert (0 if expected else 1) == len(found.missing)


def test_what_the_origin_has_of_it_is_nearest_first() -> None:
    """Of what the origin has of the broader kind, what is fewest steps under it comes first."""
    space = make_space({"a": "2 3 4", "b": "1"}, [("1", "k"), ("2", "x"), ("x", "k"), ("3", "k"), ("4", "k")])
    (found,) = compare(space, 0, 1).partly

    assert ["3", "4", "2"] == tell(space, found.by)


def test_what_is_partly_held_is_nearest_first_then_rarest() -> None:
    """Fewer steps come first, and of as many the rarer competence."""
    space = make_space(
        {"a": "0", "b": "1 2 3", "c": "1"}, [("0", "k"), ("k", "t"), ("1", "k"), ("2", "k"), ("3", "x"), ("x", "t")]
    )

    assert ["2", "1", "3"] == tell(space, [one.held.competence for one in compare(space, 0, 1).partly])


@pytest.mark.parametrize(
    ("mask", "other_mask", "shared", "missing"),
    [(1, 1, ["gmp"], []), (7, 2, ["teamwork"], []), (1, 2, [], ["teamwork"]), (7, 4, [], [])],
)
def test_kinds_are_those_of_each(mask: int, other_mask: int, shared: list[str], missing: list[str]) -> None:
    """Of each job, what it asks for in the named kinds counts."""
    space = three_jobs()
    found = lists(space, compare(space, CHEMIST, BIOLOGIST, mask=mask, other_mask=other_mask))

    assert (shared, missing) == (found["shared"], found["missing"])


@pytest.mark.parametrize(("origin", "destination", "filled"), [(0, 1, "missing"), (1, 0, "beyond")])
def test_a_job_may_ask_for_nothing(origin: int, destination: int, filled: str) -> None:
    """To a job from one that asks for nothing all is missing; the other way, all is beyond."""
    space = make_space({"a": "", "b": "1"})
    found = lists(space, compare(space, origin, destination))

    assert {"shared": [], "partly": [], "missing": [], "beyond": [], filled: ["1"]} == found


def test_a_job_is_all_that_it_is() -> None:
    """A job compared with itself shares all."""
    space = three_jobs()

    assert {"shared": ["analysis", "gmp", "teamwork"], "partly": [], "missing": [], "beyond": []} == lists(
        space, compare(space, CHEMIST, CHEMIST)
    )
