"""A small world whose numbers a reader can check: three jobs, five competences.

What each job asks for (E essential, O optional), how many jobs ask for it (df), and idf = ln(3 / df):

================  =========  =======  =======  ==  ============
competence        biologist  chemist  trainer  df  idf
================  =========  =======  =======  ==  ============
analysis          .          E        .        1   ln 3 = 1.099
cell-culture      E          .        .        1   ln 3
gmp               E          E        .        2   ln 1.5 = .405
teaching          .          .        E        1   ln 3
teamwork          O          O        E        3   0
================  =========  =======  =======  ==  ============

Analysis and cell culture are laboratory work, which is science; teaching is pedagogy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.relations import Pairs
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.spaces import study_space
from metiers_kg.overlap.vocabularies import Asked, Study

__all__ = ["ASKED", "HIERARCHY", "make_profiles", "make_space", "tell", "three_jobs"]

ASKED: Mapping[str, Pairs] = {
    "essential": [
        ("biologist", "cell-culture"),
        ("biologist", "gmp"),
        ("chemist", "analysis"),
        ("chemist", "gmp"),
        ("trainer", "teaching"),
        ("trainer", "teamwork"),
    ],
    "optional": [("biologist", "teamwork"), ("chemist", "teamwork")],
}

HIERARCHY: Pairs = [
    ("analysis", "laboratory"),
    ("cell-culture", "laboratory"),
    ("laboratory", "science"),
    ("teaching", "pedagogy"),
]


def make_profiles(asked: Mapping[str, str], hierarchy: Pairs = ()) -> Profiles:
    """The profiles of jobs by what they ask for, essentials all, told as words."""
    return Profiles.of({"essential": _pairs(asked)}, hierarchy, asked)


def make_space(asked: Mapping[str, str], hierarchy: Pairs = ()) -> Space:
    """The space of such jobs, weighed on themselves."""
    return study_space(Study(Asked({"essential": _pairs(asked)}, hierarchy, frozenset(asked)), {}))


def _pairs(asked: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(job, competence) for job, words in asked.items() for competence in words.split()]


def three_jobs() -> Space:
    """The space of the three jobs."""
    return study_space(Study(Asked(ASKED, HIERARCHY, frozenset({"biologist", "chemist", "trainer"})), {}))


def tell(space: Space, competences: Sequence[int]) -> list[str]:
    """The names of competences."""
    return [space.profiles.competences[number] for number in competences]
