"""Clusters: jobs that hang together, and by what."""

from __future__ import annotations

import pytest

from metiers_kg.overlap.clusters import Tie, find_clusters
from metiers_kg.overlap.measures import MEASURES
from metiers_kg.overlap.profiles import Profiles
from tests.overlap.examples import make_space, tell, three_jobs

JACCARD = MEASURES["jaccard"]
BIOLOGIST, CHEMIST, TRAINER = 0, 1, 2


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [(0.0, [(0, 1, 2)]), (0.25, [(0, 1, 2)]), (0.26, [(0, 1)]), (0.5, [(0, 1)]), (0.51, []), (1.0, [])],
)
def test_jobs_join_at_a_threshold(threshold: float, expected: list[tuple[int, ...]]) -> None:
    """Chemist and biologist are near by a half, the trainer to both by a quarter; alone is no cluster."""
    assert expected == [cluster.jobs for cluster in find_clusters(three_jobs(), JACCARD, threshold)]


def test_jobs_hang_together_by_way_of_others() -> None:
    """In a chain, the first and the last share nothing and are in one cluster; pairs are told with their scores."""
    (cluster,) = find_clusters(make_space({"a": "1", "b": "1 2", "c": "2", "d": "3"}), JACCARD, 0.5)

    assert ((0, 1, 2), ((0, 1, 0.5), (1, 2, 0.5))) == (cluster.jobs, cluster.pairs)


def test_what_holds_them_together() -> None:
    """What most jobs of a cluster ask for comes first, of these what fewest others do; of one job alone, nothing."""
    space = three_jobs()
    (cluster,) = find_clusters(space, JACCARD, 0.5)
    gmp, teamwork = (space.profiles.competence_numbers[name] for name in ("gmp", "teamwork"))

    assert (Tie(gmp, (BIOLOGIST, CHEMIST), 0), Tie(teamwork, (BIOLOGIST, CHEMIST), 1)) == cluster.ties


def test_ties_keep_to_the_kinds() -> None:
    """By what is essential, gmp alone holds chemist and biologist together."""
    space = three_jobs()
    (cluster,) = find_clusters(space, JACCARD, 0.3, mask=1)

    assert ["gmp"] == tell(space, [tie.competence for tie in cluster.ties])


def test_the_largest_come_first() -> None:
    """Clusters are in order of size, then of their first job."""
    space = make_space({"a": "1", "b": "1", "c": "2", "d": "2", "e": "3", "f": "3", "g": "3"})

    assert [(4, 5, 6), (0, 1), (2, 3)] == [cluster.jobs for cluster in find_clusters(space, JACCARD, 1.0)]


def test_the_nearest_pairs_come_first() -> None:
    """Pairs are in order of their scores, then of their jobs, each once."""
    (cluster,) = find_clusters(make_space({"a": "1", "b": "1 2", "c": "1 2", "d": "1"}), JACCARD, 0.5)

    assert [(0, 3), (1, 2), (0, 1), (0, 2), (1, 3), (2, 3)] == [(one, two) for one, two, _ in cluster.pairs]


def test_one_way_is_enough() -> None:
    """By coverage, a job that needs one thing is joined to one that has it; the higher of both ways is told."""
    (cluster,) = find_clusters(make_space({"a": "1", "b": "1 2 3 4"}), MEASURES["coverage"], 1.0)

    assert ((0, 1, 1.0),) == cluster.pairs


@pytest.mark.parametrize(("among", "expected"), [(None, [(0, 1, 2)]), ([0, 2], []), ([2, 1], [(1, 2)]), ([], [])])
def test_only_some_jobs_may_be_looked_at(among: list[int] | None, expected: list[tuple[int, ...]]) -> None:
    """Jobs that are not named join nothing, and hold nothing together."""
    space = make_space({"a": "1", "b": "1 2", "c": "2"})

    assert expected == [cluster.jobs for cluster in find_clusters(space, JACCARD, 0.5, among=among)]


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(
    "asked", [{}, {"a": "1"}, {"a": "", "b": ""}], ids=["no jobs", "one", "two that ask for nothing"]
)
def test_there_may_be_nothing_to_join(name: str, asked: dict[str, str]) -> None:
    """Without two jobs that share something there is no cluster, at whatever threshold."""
    assert [] == find_clusters(make_space(asked), MEASURES[name], 0.0)


def test_clusters_do_not_depend_on_what_is_said_twice() -> None:
    """A space is made of what is asked for, once; so are its clusters."""
    once = Profiles.of({"essential": [("a", "1")]}, [])
    twice = Profiles.of({"essential": [("a", "1"), ("a", "1")]}, [])

    assert once.entry_job.tolist() == twice.entry_job.tolist()
