"""The lists behind many scores at once."""

from __future__ import annotations

import numpy as np
import pytest

from metiers_kg.overlap import ways
from metiers_kg.overlap.comparison import compare
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.ways import find_ways
from tests.overlap.examples import make_space

JOBS = {"a": "stats chimie", "b": "biostats chimie droit", "c": "droit", "d": ""}
HIERARCHY = [("biostats", "stats"), ("stats", "science"), ("chimie", "science")]


@pytest.fixture
def space() -> Space:
    """Four jobs, of which one asks for nothing."""
    return make_space(JOBS, HIERARCHY)


def test_lists_of_one_way(space: Space) -> None:
    """From a to b chemistry is shared, law missing, and biostatistics shared in part, one step up, through statistics."""
    found = find_ways(space, np.array([0]), np.array([1]))
    names = [*space.profiles.competences, "nothing"]

    assert {"chimie": ("chimie", -1), "droit": ("nothing", -2), "biostats": ("stats", 1)} == {
        names[c]: (names[through], steps)
        for c, through, steps in zip(found.competence, found.through, found.steps, strict=True)
    }


def test_lists_say_what_a_comparison_does(space: Space) -> None:
    """For every pair the lists are those of `compare`, whatever the kinds."""
    pairs = [(one, two) for one in range(4) for two in range(4)]
    found = find_ways(space, *np.array(pairs).T)

    told = []
    for place in range(len(pairs)):
        where = found.of(place)
        told.append(sorted(zip(found.competence[where].tolist(), found.steps[where].tolist(), strict=True)))
    expected = []
    for one, two in pairs:
        both = compare(space, one, two)
        listed = [(held.competence, -1) for held in both.shared] + [(held.competence, -2) for held in both.missing]
        expected.append(sorted(listed + [(part.held.competence, part.steps) for part in both.partly]))
    assert expected == told


def test_lists_are_the_same_in_blocks(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at one origin at a time gives the same, in the order of the pairs."""
    pairs = np.array([(2, 1), (0, 1), (2, 0), (1, 0)]).T
    whole = find_ways(space, *pairs)
    monkeypatch.setattr(ways, "_CELLS", 1)

    parts = find_ways(space, *pairs)
    assert [whole.pair.tolist(), whole.competence.tolist(), whole.steps.tolist()] == [
        parts.pair.tolist(),
        parts.competence.tolist(),
        parts.steps.tolist(),
    ]


def test_no_pairs_have_no_lists(space: Space) -> None:
    """Without pairs there is nothing to list."""
    nothing = np.zeros(0, np.intp)

    assert [] == find_ways(space, nothing, nothing).competence.tolist()
