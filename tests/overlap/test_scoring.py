"""Scoring: each measure on three jobs, by hand, and the edges of worlds."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from metiers_kg.overlap.measures import MEASURES
from metiers_kg.overlap.scoring import NO_SCORE, Neighbour, find_neighbours, score_pair, score_rows
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.spaces import vocabulary_space
from metiers_kg.overlap.vocabularies import Asked, Study
from tests.overlap.examples import make_space, three_jobs

BIOLOGIST, CHEMIST, TRAINER = 0, 1, 2
L3, L15 = log(3), log(1.5)

# Chemist and biologist share gmp and teamwork of four; laboratory work and science too where what is broader counts.
BY_HAND = {
    "jaccard": 2 / 4,
    "idf-jaccard": L15 / (2 * L3 + L15),
    "cosine": L15**2 / (L3**2 + L15**2),
    "simgic": 3 * L15 / (2 * L3 + 3 * L15),
    "coverage": 1 / 2,
    "idf-coverage": L15 / (L3 + L15),
    "graded-coverage": (1 + 0.5) / 2,
}


@pytest.mark.parametrize(("name", "expected"), BY_HAND.items(), ids=BY_HAND)
def test_a_chemist_and_a_biologist(name: str, expected: float) -> None:
    """How near a chemist is to a biologist, by hand."""
    assert pytest.approx(expected) == score_pair(three_jobs(), MEASURES[name], CHEMIST, BIOLOGIST)


@pytest.mark.parametrize(
    ("name", "there", "back"), [("coverage", 1 / 2, 0), ("idf-coverage", 0, 0), ("graded-coverage", 1 / 2, 0)]
)
def test_coverage_depends_on_the_direction(name: str, there: float, back: float) -> None:
    """A chemist has teamwork, half of what a trainer needs, and the half that weighs nothing; a trainer has nothing."""
    space, measure = three_jobs(), MEASURES[name]

    assert (there, back) == (score_pair(space, measure, CHEMIST, TRAINER), score_pair(space, measure, TRAINER, CHEMIST))


@pytest.mark.parametrize(("mask", "expected"), [(1, 1 / 3), (2, 1), (3, 2 / 4), (7, 2 / 4)])
def test_a_symmetric_measure_looks_at_the_kinds_of_both(mask: int, expected: float) -> None:
    """Of what is essential, chemist and biologist share one of three; of what is optional, all."""
    assert expected == score_pair(three_jobs(), MEASURES["jaccard"], CHEMIST, BIOLOGIST, mask)


@pytest.mark.parametrize(("mask", "expected"), [(1, 1 / 2), (2, 1), (3, 2 / 3)])
def test_coverage_looks_at_the_kinds_of_the_destination(mask: int, expected: float) -> None:
    """The origin has whatever it asks for; of the destination the named kinds count."""
    assert expected == score_pair(three_jobs(), MEASURES["coverage"], CHEMIST, BIOLOGIST, mask)


@pytest.mark.parametrize("name", MEASURES)
def test_one_is_the_most(name: str) -> None:
    """The score of two jobs that ask for the same is at most 1, though rounding sums can give more."""
    score = score_pair(make_space({"a": "1 2 3", "b": "1 2 3", "c": "4"}), MEASURES[name], 0, 1)

    assert 0.0 < (score or 0.0) <= 1.0


@pytest.mark.parametrize("name", MEASURES)
def test_a_job_has_no_score_with_itself(name: str) -> None:
    """A job is not compared with itself."""
    assert [NO_SCORE] * 3 == [
        scores[job, job] for jobs, scores in score_rows(three_jobs(), MEASURES[name]) for job in jobs
    ]


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_asked_for_is_no_destination(name: str) -> None:
    """Two jobs that ask for nothing have no score, and nobody covers any of what such a job asks for."""
    space = make_space({"a": "", "b": "", "c": "1 2", "d": "1 3"})

    assert score_pair(space, MEASURES[name], 0, 1) is None
    assert (score_pair(space, MEASURES[name], 2, 0) or 0.0) == 0.0


@pytest.mark.parametrize("name", MEASURES)
def test_a_kind_that_nobody_asks_for_gives_no_scores(name: str) -> None:
    """Where no job has emerging competences, none is near another by these."""
    assert [[NO_SCORE] * 3] * 3 == [
        row for _, block in score_rows(three_jobs(), MEASURES[name], 0b100) for row in block.tolist()
    ]


@pytest.mark.parametrize("name", ["idf-jaccard", "cosine", "simgic", "idf-coverage"])
def test_without_weights_there_is_no_score(name: str) -> None:
    """What everybody asks for weighs nothing: weighted measures have no score, and no job a neighbour."""
    space = make_space({"a": "1 2", "b": "1 2", "c": "1 2"})

    assert score_pair(space, MEASURES[name], 0, 1) is None
    assert {0: [], 1: [], 2: []} == find_neighbours(space, MEASURES[name], 3)


@pytest.mark.parametrize("name", ["jaccard", "coverage", "graded-coverage"])
def test_without_weights_numbers_still_count(name: str) -> None:
    """Measures that count competences alike do so where all are common."""
    assert 1.0 == score_pair(make_space({"a": "1 2", "b": "1 2"}), MEASURES[name], 0, 1)


@pytest.mark.parametrize("asked", [{}, {"a": ""}, {"a": "1"}], ids=["no jobs", "one that asks for nothing", "one"])
@pytest.mark.parametrize("name", MEASURES)
def test_alone_there_are_no_neighbours(name: str, asked: dict[str, str]) -> None:
    """With one job or none there is nothing to be near to."""
    assert {number: [] for number in range(len(asked))} == find_neighbours(make_space(asked), MEASURES[name], 3)


@pytest.mark.parametrize(
    ("most", "expected"), [(0, []), (1, [BIOLOGIST]), (2, [BIOLOGIST, TRAINER]), (99, [BIOLOGIST, TRAINER])]
)
def test_the_nearest_come_first(most: int, expected: list[int]) -> None:
    """A chemist is nearest to a biologist, then to a trainer; more than there are cannot come."""
    assert expected == [one.job for one in find_neighbours(three_jobs(), MEASURES["jaccard"], most)[CHEMIST]]


def test_neighbours_share_something() -> None:
    """A job with which nothing is shared is no neighbour, though fewer come out than could."""
    assert {0: [Neighbour(1, 1.0)], 1: [Neighbour(0, 1.0)], 2: []} == find_neighbours(
        make_space({"a": "1", "b": "1", "c": "2"}), MEASURES["jaccard"], 2
    )


def test_equal_neighbours_are_in_order() -> None:
    """Of jobs that are as near, the lower number comes first."""
    space = make_space({"a": "1 2", "b": "1", "c": "2", "d": "1"})

    assert [1, 2, 3] == [one.job for one in find_neighbours(space, MEASURES["jaccard"], 3)[0]]


def test_rows_are_those_asked_for() -> None:
    """Neighbours are found for the jobs that are named, in their order; none for none."""
    space, measure = three_jobs(), MEASURES["jaccard"]

    assert [TRAINER, BIOLOGIST] == [*find_neighbours(space, measure, 1, rows=np.array([TRAINER, BIOLOGIST]))]
    assert {} == find_neighbours(space, measure, 1, rows=np.array([], np.intp))


def esco_with_a_study() -> Space:
    """Two occupations and two jobs of this graph, all of which ask for the same."""
    esco = Asked(
        {"essential": [("occupation/1", "skill"), ("occupation/2", "skill")]},
        [],
        frozenset({"occupation/1", "occupation/2"}),
    )
    own = Asked({"essential": [("job/1", "competence"), ("job/2", "competence")]}, [], frozenset({"job/1", "job/2"}))
    return vocabulary_space("esco", "1.1.1", esco, Study(own, {"competence": (("exactMatch", "skill"),)}))


@pytest.mark.parametrize(
    ("native_only", "expected"),
    [(False, ["job/2", "occupation/1", "occupation/2"]), (True, ["occupation/1", "occupation/2"])],
)
def test_neighbours_may_be_the_vocabularys_alone(native_only: bool, expected: list[str]) -> None:
    """A job of this graph has its neighbours among the occupations alone where that is asked for."""
    space = esco_with_a_study()
    found = find_neighbours(space, MEASURES["jaccard"], 9, native_only=native_only)[0]

    assert expected == [space.profiles.jobs[one.job] for one in found]


def test_like_words_alone_make_no_neighbour() -> None:
    """A job of which everything is missing is no neighbour, however like the words of the labels are."""
    space = make_space({"a": "analyse-de-sang eau", "b": "analyse-de-sol", "c": "eau"})
    found = find_neighbours(space, MEASURES["combined"], 5, rows=[0])[0]

    assert ["c"] == [space.profiles.jobs[near.job] for near in found]
