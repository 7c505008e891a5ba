"""Transitions: who is within reach of whom, and what has to be learnt."""

from __future__ import annotations

from math import log

import pytest

from metiers_kg.overlap import transitions
from metiers_kg.overlap.measures import MEASURES, Measure
from metiers_kg.overlap.scoring import Neighbour, score_pair
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.spaces import vocabulary_space
from metiers_kg.overlap.transitions import (
    COVERAGES,
    find_feeders,
    find_openings,
    find_reachable,
    find_recurring,
    plan_training,
)
from metiers_kg.overlap.vocabularies import Asked, Study
from tests.overlap.examples import make_space, tell, three_jobs

BIOLOGIST, CHEMIST, TRAINER = 0, 1, 2
L3, L15 = log(3), log(1.5)
COVERAGE, IDF_COVERAGE = MEASURES["coverage"], MEASURES["idf-coverage"]


def esco_with_a_study() -> Space:
    """An occupation and a job of this graph that ask for the same, and another job."""
    esco = Asked({"essential": [("occupation", "1"), ("occupation", "2")]}, [], frozenset({"occupation"}))
    own = Asked({"essential": [("job/a", "1"), ("job/b", "1"), ("job/b", "2")]}, [], frozenset({"job/a", "job/b"}))
    return vocabulary_space("esco", "1", esco, Study(own, {c: (("exactMatch", c),) for c in "12"}))


def test_coverages_add_up() -> None:
    """The measures that are sums over the destination's competences are the plain and the weighted coverage."""
    assert ("coverage", "idf-coverage") == COVERAGES


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (0.0, [(BIOLOGIST, 0.5), (TRAINER, 0.5)]),
        (0.5, [(BIOLOGIST, 0.5), (TRAINER, 0.5)]),
        (0.51, []),
        (1.0, []),
    ],
)
def test_a_chemist_reaches(threshold: float, expected: list[tuple[int, float]]) -> None:
    """A chemist has half of what a biologist, and half of what a trainer needs; a threshold that is met is met."""
    assert expected == find_reachable(three_jobs(), CHEMIST, threshold, measure=COVERAGE)


def test_by_weight_a_chemist_is_nearer_to_a_biologist() -> None:
    """Weighed, a chemist has ln 1.5 of ln 4.5 of a biologist, and of a trainer what weighs nothing."""
    assert [(BIOLOGIST, pytest.approx(L15 / (L3 + L15))), (TRAINER, 0.0)] == find_reachable(three_jobs(), CHEMIST, 0.0)


def test_a_threshold_is_met_to_six_decimals() -> None:
    """A third is at least 0.333333, and not 0.333334."""
    space = make_space({"a": "1", "b": "1 2 3"})

    assert [1, 0] == [len(find_reachable(space, 0, limit, measure=COVERAGE)) for limit in (0.333333, 0.333334)]


@pytest.mark.parametrize(("least", "expected"), [(0, [1, 2]), (1, [1, 2]), (2, [2]), (3, [])])
def test_jobs_that_ask_for_little_may_be_left_out(least: int, expected: list[int]) -> None:
    """A job must ask for as many competences as is said to be within reach."""
    space = make_space({"a": "1 2", "b": "1", "c": "1 2", "d": ""})

    assert expected == [job for job, _ in find_reachable(space, 0, 0.5, measure=COVERAGE, least=least)]


def test_a_job_that_asks_for_nothing_is_out_of_reach() -> None:
    """Of nothing nobody covers any part, at whatever threshold."""
    assert [] == find_reachable(make_space({"a": "1", "b": ""}), 0, 0.0)


@pytest.mark.parametrize(("native_only", "expected"), [(False, ["job/b", "occupation"]), (True, ["occupation"])])
def test_what_is_reached_may_be_the_vocabularys_alone(native_only: bool, expected: list[str]) -> None:
    """Only occupations are reached, or opened, where that is asked for."""
    space = esco_with_a_study()
    reached = find_reachable(space, 0, 0.5, measure=COVERAGE, native_only=native_only)
    (opening,) = find_openings(space, 0, 1.0, measure=COVERAGE, native_only=native_only)

    assert [expected, expected] == [[space.profiles.jobs[job] for job, _ in jobs] for jobs in (reached, opening.opened)]


def test_one_competence_opens_a_job() -> None:
    """With cell culture, a chemist is a biologist; with teaching, a trainer; of as many jobs, the lower number."""
    space = three_jobs()
    found = find_openings(space, CHEMIST, 1.0)

    assert ["cell-culture", "teaching"] == tell(space, [one.competence for one in found])
    assert [[(BIOLOGIST, pytest.approx(1.0))], [(TRAINER, pytest.approx(1.0))]] == [list(one.opened) for one in found]


def test_what_opens_most_comes_first() -> None:
    """A competence that opens two jobs comes before one that opens one, however rare."""
    space = make_space({"a": "0", "b": "0 2", "c": "0 2", "d": "0 1"})
    found = find_openings(space, 0, 1.0, measure=COVERAGE)

    assert [("2", [1, 2]), ("1", [3])] == [
        (space.profiles.competences[one.competence], [job for job, _ in one.opened]) for one in found
    ]


def test_what_is_within_reach_is_not_opened() -> None:
    """A job that is reached already needs no competence more."""
    assert [] == find_openings(three_jobs(), CHEMIST, 0.5, measure=COVERAGE)


def test_two_missing_are_too_many() -> None:
    """A competence opens a job alone or not at all."""
    assert [] == find_openings(make_space({"a": "1", "b": "1 2 3"}), 0, 1.0, measure=COVERAGE)


def test_whoever_has_nothing_can_begin() -> None:
    """To a job that asks for nothing, a competence opens those that need no other."""
    space = make_space({"a": "", "b": "1", "c": "1 2"})

    assert [(0, [(1, 1.0)])] == [
        (one.competence, list(one.opened)) for one in find_openings(space, 0, 1.0, measure=COVERAGE)
    ]


@pytest.mark.parametrize("measure", [COVERAGE, IDF_COVERAGE], ids=COVERAGES)
@pytest.mark.parametrize("asked", [{"a": ""}, {"a": "1"}, {"a": "", "b": ""}], ids=["nothing", "one", "two of nothing"])
def test_alone_nothing_is_reached(measure: Measure, asked: dict[str, str]) -> None:
    """Where there is no other job, or none that asks for anything, nothing is reached, opened or fed."""
    space = make_space(asked)

    assert [[]] * 3 == [
        find_reachable(space, 0, 0.0, measure=measure),
        find_openings(space, 0, 0.0, measure=measure),
        find_feeders(space, 0, 3, measure=measure),
    ]


def test_without_weights_nothing_is_reached() -> None:
    """What everybody asks for weighs nothing, and nothing is covered by weight."""
    space = make_space({"a": "1", "b": "1"})

    assert ([], []) == (find_reachable(space, 0, 0.0), find_openings(space, 0, 0.0))


def test_feeders_cover_most() -> None:
    """Those who feed a job best come first; who has nothing of it does not, nor the job itself."""
    space = make_space({"a": "1", "b": "1 2", "c": "1 2 3", "d": "4"})

    assert [(1, pytest.approx(2 / 3)), (0, pytest.approx(1 / 3))] == find_feeders(space, 2, 9, measure=COVERAGE)


@pytest.mark.parametrize(
    ("most", "among", "expected"), [(1, None, [1]), (0, None, []), (9, [0], [0]), (9, [2, 0, 0], [0]), (9, [], [])]
)
def test_feeders_are_so_many_and_of_those(most: int, among: list[int] | None, expected: list[int]) -> None:
    """At most so many come out, of those that are named."""
    space = make_space({"a": "1", "b": "1 2", "c": "1 2 3"})

    assert expected == [job for job, _ in find_feeders(space, 2, most, measure=COVERAGE, among=among)]


def training_space() -> Space:
    """Two feeders of a job that asks for four: one has the first, the other the second."""
    return make_space({"a": "1", "b": "2", "c": "1 2 3 4"})


@pytest.mark.parametrize(
    ("threshold", "expected", "reached"),
    [
        (0.0, [], (0.25, 0.25)),
        (0.25, [], (0.25, 0.25)),
        (0.5, ["3"], (0.5, 0.5)),
        (0.75, ["3", "4"], (0.75, 0.75)),
        (1.0, ["3", "4", "1", "2"], (1.0, 1.0)),
    ],
)
def test_the_shortest_list_for_all(threshold: float, expected: list[str], reached: tuple[float, ...]) -> None:
    """What both lack helps both: it comes first, and what one of them lacks only where it must be."""
    space = training_space()
    found = plan_training(space, 2, [Neighbour(0, 0.25), Neighbour(1, 0.25)], threshold, measure=COVERAGE)

    assert (expected, reached, True) == (tell(space, found.competences), found.reached, found.is_shortest)


def test_step_by_step_can_be_longer() -> None:
    """What helps most at first can be left out: together, the two others do."""
    # By weight 4, 3 and 3 of ten: a lacks all; b lacks the two lighter ones and needs both.
    space = make_space({"a": "0", "b": "0 1", "c": "0 1 2 3"})
    feeders = [Neighbour(0, 1 / 4), Neighbour(1, 2 / 4)]
    shortest = plan_training(space, 2, feeders, 3 / 4, measure=COVERAGE)

    assert (["2", "3"], (3 / 4, 1.0)) == (tell(space, shortest.competences), shortest.reached)


def test_beyond_sixteen_the_list_grows_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job with seventeen competences, all of them lacking, is planned step by step, and says so."""
    space = make_space({"a": "00", "b": " ".join(f"{number:02}" for number in range(18))})
    feeders = [Neighbour(0, 1 / 18)]
    found = plan_training(space, 1, feeders, 0.5, measure=COVERAGE)

    assert (8, pytest.approx((0.5,)), False) == (len(found.competences), found.reached, found.is_shortest)
    monkeypatch.setattr(transitions, "_EXACT_AT_MOST", 17)
    assert plan_training(space, 1, feeders, 0.5, measure=COVERAGE).is_shortest


def test_what_is_planned_is_reached() -> None:
    """A plan ends where the job is within reach, as whoever looks for reachable jobs has it: to six decimals."""
    space = make_space({"a": "1", "b": "1 2 3"})

    assert 1 == len(plan_training(space, 1, [Neighbour(0, 1 / 3)], 0.333334, measure=COVERAGE).competences)
    assert 0 == len(plan_training(space, 1, [Neighbour(0, 1 / 3)], 0.333333, measure=COVERAGE).competences)


def test_nobody_needs_no_training() -> None:
    """Without feeders the list is empty."""
    found = plan_training(training_space(), 2, [], 0.5)

    assert ((), (), (), True) == (found.feeders, found.competences, found.reached, found.is_shortest)


def test_a_job_that_asks_for_nothing_needs_no_training() -> None:
    """For a job that asks for nothing there is nothing to learn."""
    found = plan_training(make_space({"a": "1", "b": ""}), 1, [Neighbour(0, 0.0)], 0.5)

    assert ((), (0.0,)) == (found.competences, found.reached)


@pytest.mark.parametrize("mask", [1, 2, 3])
def test_a_plan_keeps_to_the_kinds(mask: int) -> None:
    """What is learnt is of the kinds that are asked for, and what is reached is what coverage of these then is."""
    asked = {"essential": [("a", "0"), ("b", "0"), ("b", "1")], "optional": [("b", "2"), ("a", "3"), ("b", "3")]}
    space = vocabulary_space("esco", "1", Asked(asked, [], frozenset("ab")))
    score = score_pair(space, COVERAGE, 0, 1, mask) or 0.0
    found = plan_training(space, 1, [Neighbour(0, score)], 1.0, measure=COVERAGE, mask=mask)

    assert {1: ["1"], 2: ["2"], 3: ["1", "2"]}[mask] == tell(space, found.competences)
    assert pytest.approx((1.0,)) == found.reached


def test_what_recurs_as_missing() -> None:
    """Gmp is missing on the way from a trainer to each of the two others, everything else on one way."""
    space = three_jobs()
    found = find_recurring(space, [(TRAINER, CHEMIST), (TRAINER, BIOLOGIST), (CHEMIST, BIOLOGIST)], mask=1)

    assert [("cell-culture", 2), ("gmp", 2), ("analysis", 1)] == [
        (space.profiles.competences[one.competence], one.transitions) for one in found
    ]
    assert [2 / 3, 2 / 3, 1 / 3] == [one.prevalence for one in found]


@pytest.mark.parametrize("ways", [[], [(CHEMIST, CHEMIST)]], ids=["no way", "from a job to itself"])
def test_nothing_recurs_on_no_way(ways: list[tuple[int, int]]) -> None:
    """Without ways, or where nothing is missing, nothing recurs."""
    assert [] == find_recurring(three_jobs(), ways)
