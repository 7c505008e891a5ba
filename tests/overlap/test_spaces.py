"""Spaces: this graph's jobs told in a vocabulary's terms, by each relation, and what competences weigh there.

The vocabulary has three occupations: one asks for hplc and teamwork, one for teamwork, one for gmp. hplc is analysis,
which is laboratory work; gmp is quality.
"""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from metiers_kg.overlap.measures import MEASURES
from metiers_kg.overlap.relations import Pairs
from metiers_kg.overlap.scoring import score_pair
from metiers_kg.overlap.space import Space, Translation
from metiers_kg.overlap.spaces import study_space, vocabulary_space
from metiers_kg.overlap.vocabularies import Asked, Study
from metiers_kg.overlap.weights import Reference

L3, L15 = log(3), log(1.5)

ESCO = Asked(
    {
        "essential": [
            ("o/analyst", "s/hplc"),
            ("o/analyst", "s/teamwork"),
            ("o/clerk", "s/teamwork"),
            ("o/controller", "s/gmp"),
        ],
        "optional": [],
    },
    [("s/hplc", "s/analysis"), ("s/analysis", "s/laboratory"), ("s/gmp", "s/quality")],
    frozenset({"o/analyst", "o/clerk", "o/controller"}),
)
MEAN = (5 * L3 + L15) / 6
"""What a competence weighs that the vocabulary does not have: five of its concepts weigh ln 3, teamwork ln 1.5."""


def study(links: dict[str, Pairs], hierarchy: Pairs = (), asked: str = "c/own") -> Study:
    """A study of one job that asks for one competence."""
    return Study(
        Asked({"essential": [("j", asked)]}, hierarchy, frozenset("j")), {c: tuple(found) for c, found in links.items()}
    )


def told(space: Space, competence: str = "c/own") -> list[str]:
    """What is next above a competence."""
    numbers = space.profiles.competence_numbers
    return [space.profiles.competences[high] for high in space.profiles.parents.get(numbers[competence], ())]


def asked(space: Space) -> list[str]:
    """What the job of the study asks for."""
    return [space.profiles.competences[c] for c in space.profiles.asked(space.profiles.job_numbers["j"])]


def score(space: Space, name: str, destination: str = "o/analyst") -> float | None:
    """The score from the job of the study to an occupation."""
    numbers = space.profiles.job_numbers
    return score_pair(space, MEASURES[name], numbers["j"], numbers[destination])


@pytest.mark.parametrize("relation", ["exactMatch", "closeMatch"])
def test_what_is_the_same_becomes_the_concept(relation: str) -> None:
    """An exact or a close link makes the competence the concept, and says so."""
    space = vocabulary_space("esco", "1", ESCO, study({"c/own": [(relation, "s/hplc")]}))

    assert ["s/hplc"] == asked(space)
    assert "c/own" not in space.profiles.competences
    assert {"s/hplc": (Translation("c/own", relation),)} == space.translations
    assert 1 / 2 == score(space, "jaccard")


def test_the_first_of_several_is_taken() -> None:
    """Of several links that say the same, the first is the closest and surest: it alone counts."""
    links: Pairs = [("exactMatch", "s/gmp"), ("exactMatch", "s/hplc"), ("closeMatch", "s/teamwork")]

    assert ["s/gmp"] == asked(vocabulary_space("esco", "1", ESCO, study({"c/own": links})))


def test_two_competences_can_be_one_concept() -> None:
    """Two competences that are the same concept are asked for once, in the kinds of both."""
    own = Asked({"essential": [("j", "c/1")], "emerging": [("j", "c/2")]}, [], frozenset("j"))
    links = {"c/1": (("exactMatch", "s/hplc"),), "c/2": (("closeMatch", "s/hplc"),)}
    space = vocabulary_space("esco", "1", ESCO, Study(own, links))
    profiles = space.profiles

    assert {profiles.competence_numbers["s/hplc"]: 0b101} == profiles.asked(profiles.job_numbers["j"])
    assert (Translation("c/1", "exactMatch"), Translation("c/2", "closeMatch")) == space.translations["s/hplc"]


def test_a_broader_concept_stands_above() -> None:
    """A competence with broad links alone stays itself, under every such concept."""
    links: Pairs = [("broadMatch", "s/analysis"), ("broadMatch", "s/quality"), ("narrowMatch", "s/teamwork")]
    space = vocabulary_space("esco", "1", ESCO, study({"c/own": links}))

    assert (["c/own"], ["s/analysis", "s/quality"]) == (asked(space), told(space))
    assert {"s/analysis", "s/quality"} == space.translations.keys()


def test_a_broader_concept_counts_in_part() -> None:
    """Under analysis, it is a step from hplc: half of one of two; in what is broader, analysis and laboratory work."""
    space = vocabulary_space("esco", "1", ESCO, study({"c/own": [("broadMatch", "s/analysis")]}))

    assert (0.0, 0.5 / 2) == (score(space, "jaccard"), score(space, "graded-coverage"))
    assert pytest.approx(2 * L3 / (3 * L3 + L15 + MEAN)) == score(space, "simgic")


def test_a_narrower_concept_stands_beside() -> None:
    """A competence with narrow links alone stays itself, under what is above the concept, not above or below it."""
    space = vocabulary_space("esco", "1", ESCO, study({"c/own": [("narrowMatch", "s/hplc")]}))

    assert (["c/own"], ["s/analysis"]) == (asked(space), told(space))
    assert {"s/hplc": (Translation("c/own", "narrowMatch"),)} == space.translations
    assert (0.0, 0.5 / 2) == (score(space, "jaccard"), score(space, "graded-coverage"))


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"c/kind": [("exactMatch", "s/analysis")]}, ["s/analysis"]),
        ({"c/kind": [("broadMatch", "s/analysis")]}, ["c/kind"]),
        ({}, ["c/kind"]),
    ],
    ids=["the same", "broader", "none"],
)
def test_without_a_link_it_stands_under_its_own_broader(links: dict[str, Pairs], expected: list[str]) -> None:
    """A competence without a link stands under what its own broader competence is in the vocabulary."""
    space = vocabulary_space("esco", "1", ESCO, study(links, [("c/own", "c/kind")]))

    assert (["c/own"], expected) == (asked(space), told(space))


def test_without_links_all_the_way_up() -> None:
    """The first broader competence that has a link is where the vocabulary begins, further ones do not count."""
    hierarchy: Pairs = [("c/own", "c/1"), ("c/1", "c/2"), ("c/2", "c/3")]
    space = vocabulary_space("esco", "1", ESCO, study({"c/2": [("broadMatch", "s/analysis")]}, hierarchy))

    assert [["c/1"], ["c/2"], ["s/analysis"]] == [told(space, c) for c in ("c/own", "c/1", "c/2")]
    assert "c/3" not in space.profiles.competences


def test_an_own_hierarchy_may_go_in_a_circle() -> None:
    """Competences that are each other's broader ones do no harm."""
    space = vocabulary_space("esco", "1", ESCO, study({}, [("c/own", "c/1"), ("c/1", "c/own")]))

    assert [["c/1"], ["c/own"]] == [told(space), told(space, "c/1")]


def test_a_link_to_what_the_vocabulary_lacks_is_none() -> None:
    """A link to a concept that is not there, of another vocabulary say, is as no link."""
    links: Pairs = [("exactMatch", "r/100"), ("broadMatch", "s/analysis")]
    space = vocabulary_space("esco", "1", ESCO, study({"c/own": links}))

    assert (["c/own"], ["s/analysis"]) == (asked(space), told(space))


def test_weights_are_counted_on_the_vocabulary() -> None:
    """Three occupations are the reference; the job that is added changes no weight, and is told apart."""
    alone = vocabulary_space("esco", "1.1.1", ESCO)
    space = vocabulary_space("esco", "1.1.1", ESCO, study({"c/own": [("exactMatch", "s/teamwork")]}))

    assert Reference("esco", "1.1.1", jobs=3, unknown=0) == space.weights.reference
    assert alone.weights.idf.tolist() == space.weights.idf.tolist()
    assert pytest.approx({"s/hplc": L3, "s/teamwork": L15, "s/analysis": L3}) == {
        c: space.weights.idf[space.profiles.competence_numbers[c]] for c in ("s/hplc", "s/teamwork", "s/analysis")
    }
    assert [False, True, True, True] == space.is_native.tolist()


def test_what_the_vocabulary_lacks_weighs_the_mean() -> None:
    """A competence that stays itself weighs as much as the mean of the others, and is counted as unknown."""
    space = vocabulary_space("esco", "1", ESCO, study({}))
    number = space.profiles.competence_numbers["c/own"]

    assert pytest.approx((MEAN, MEAN)) == (space.weights.idf[number], space.weights.ic[number])
    assert 1 == space.weights.reference.unknown


def test_an_occupation_that_asks_for_nothing_is_not_counted() -> None:
    """N is the number of jobs that ask for anything; one that does not is there all the same."""
    esco = Asked({"essential": [("o/1", "s"), ("o/2", "t")]}, [], frozenset({"o/1", "o/2", "o/3"}))
    space = vocabulary_space("esco", "1", esco)

    assert (2, 3, [True, True, False]) == (
        space.weights.reference.jobs,
        len(space.profiles.jobs),
        space.asking.tolist(),
    )
    assert pytest.approx([log(2), log(2)]) == space.weights.idf.tolist()


def test_a_vocabulary_may_be_empty() -> None:
    """Without jobs, there is a space with nothing in it; this graph's own jobs can be in it, all weights 1."""
    empty = Asked({}, [], frozenset())

    assert 0 == len(vocabulary_space("esco", "1", empty).profiles.jobs)
    assert ([1.0], [False]) == (
        (space := vocabulary_space("esco", "1", empty, study({}))).weights.idf.tolist(),
        space.is_native.tolist(),
    )


def test_a_study_may_be_weighed_on_itself() -> None:
    """Without a vocabulary, this graph's own jobs are the reference."""
    own = Asked({"essential": [("j/1", "c/1"), ("j/2", "c/2"), ("j/3", "c/2")]}, [], frozenset({"j/1", "j/2", "j/3"}))
    space = study_space(Study(own, {}))

    assert ("study", Reference("study", "", 3, 0)) == (space.name, space.weights.reference)
    assert pytest.approx([L3, L15]) == space.weights.idf.tolist()
    assert space.is_native.all()


def borrowed(links: dict[str, Pairs], hierarchy: Pairs = ()) -> Space:
    """The space of the study alone, weighed on the vocabulary."""
    own = study(links, hierarchy)
    return study_space(own, vocabulary_space("esco", "1.1.1", ESCO, own))


@pytest.mark.parametrize("relation", ["exactMatch", "closeMatch", "broadMatch", "narrowMatch"])
def test_a_linked_competence_weighs_as_the_concept(relation: str) -> None:
    """In this graph's own terms, a competence weighs what the concept does that it is linked to."""
    space = borrowed({"c/own": [(relation, "s/teamwork")]})

    assert (["c/own"], Reference("esco", "1.1.1", 3, 0)) == (asked(space), space.weights.reference)
    assert pytest.approx([L15]) == space.weights.idf.tolist()


def test_without_a_link_it_weighs_as_what_is_above() -> None:
    """A competence without a link weighs what the heaviest of its own broader ones does."""
    space = borrowed(
        {"c/1": [("exactMatch", "s/teamwork")], "c/2": [("exactMatch", "s/gmp")]}, [("c/own", "c/1"), ("c/1", "c/2")]
    )

    assert pytest.approx([L15, L3, L3]) == space.weights.idf.tolist()


def test_without_anything_it_weighs_the_mean() -> None:
    """A competence of which nothing is known weighs the mean of the others, and 1 where there are none."""
    own = Asked({"essential": [("j", "c/1"), ("j", "c/2"), ("j", "c/3")]}, [], frozenset("j"))
    links = {"c/1": (("exactMatch", "s/gmp"),), "c/2": (("exactMatch", "s/teamwork"),)}
    linked, unlinked = (
        study_space(found, vocabulary_space("esco", "1", ESCO, found)) for found in (Study(own, links), Study(own, {}))
    )

    assert (pytest.approx((L3 + L15) / 2), 1) == (linked.weights.idf[2], linked.weights.reference.unknown)
    assert ([1.0, 1.0, 1.0], 3) == (unlinked.weights.ic.tolist(), unlinked.weights.reference.unknown)


def test_kinds_that_a_vocabulary_lacks_are_kept() -> None:
    """What this graph calls emerging is so in a vocabulary that has no such kind."""
    own = Asked({"emerging": [("j", "c")]}, [], frozenset("j"))
    space = vocabulary_space("esco", "1", ESCO, Study(own, {"c": (("exactMatch", "s/gmp"),)}))

    assert [0b100] == list(space.profiles.asked(space.profiles.job_numbers["j"]).values())


def test_what_is_made_is_kept() -> None:
    """A matrix, its sizes, products and levels are made once and given again."""
    space = vocabulary_space("esco", "1", ESCO)

    assert space.incidence(1) is space.incidence(1)
    assert space.sizes(1, False, "idf") is space.sizes(1, False, "idf")
    assert space.product(7, 1, True, "ic") is space.product(7, 1, True, "ic")
    assert space.levels(1) is space.levels(1)


def test_what_competences_count_for() -> None:
    """One each, their idf, its square, or their information content."""
    counts = vocabulary_space("esco", "1", ESCO).counts

    assert {"one", "idf", "idf²", "ic"} == counts.keys()
    assert (1.0, True) == (counts["one"].max(), np.allclose(counts["idf"] ** 2, counts["idf²"]))
