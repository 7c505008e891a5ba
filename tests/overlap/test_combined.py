"""The combined measure, by hand.

Three jobs, no headings; what each asks for, of what sort, under which label, and idf = ln(3 / df):

============  =========  ================  =====================  =======
competence    sort       label             asked for by           idf
============  =========  ================  =====================  =======
analysis      skill      analyse cells     chemist                ln 3
cell-culture  skill      culture cells     biologist              ln 3
gmp           knowledge  good practice     biologist, chemist     ln 1.5
teaching      skill      teach             trainer                ln 3
============  =========  ================  =====================  =======

Analysis and cell culture are laboratory work.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from metiers_kg.overlap import combined
from metiers_kg.overlap.combined import PARTS, make_parts, standardise
from metiers_kg.overlap.measures import MEASURES
from metiers_kg.overlap.profiles import ALL_KINDS
from metiers_kg.overlap.scoring import NO_SCORE, score_pair, score_rows
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.spaces import study_space, vocabulary_space
from metiers_kg.overlap.vocabularies import Asked, Study
from tests.overlap.examples import three_jobs

COMBINED = MEASURES["combined"]
ASKED = Asked(
    {
        "essential": [("biologist", "cell-culture"), ("chemist", "analysis"), ("trainer", "teaching")],
        "optional": [("biologist", "gmp"), ("chemist", "gmp")],
    },
    [("analysis", "laboratory"), ("cell-culture", "laboratory")],
    frozenset({"biologist", "chemist", "trainer"}),
    {"analysis": "skill", "cell-culture": "skill", "gmp": "knowledge", "teaching": "skill"},
    {"fr": {"analysis": "analyse cells", "cell-culture": "culture cells", "gmp": "good practice", "teaching": "teach"}},
)


def space_of(asked: Asked) -> Space:
    """The space of jobs by themselves."""
    return study_space(Study(asked, {}))


def score(space: Space, one: str, two: str, mask: int | None = None) -> float | None:
    """The combined score of two jobs, by name."""
    numbers = space.profiles.job_numbers
    return score_pair(space, COMBINED, numbers[one], numbers[two], mask)


def with_more(kind: str, competence: str, sort: str, *jobs: str, label: str = "") -> Asked:
    """The three jobs, some of which ask for one thing more."""
    pairs = [*ASKED.by_kind[kind], *((job, competence) for job in jobs)]
    labels = {"fr": {**ASKED.labels["fr"], competence: label}}
    return replace(
        ASKED, by_kind={**ASKED.by_kind, kind: pairs}, sorts={**ASKED.sorts, competence: sort}, labels=labels
    )


def test_two_jobs_by_hand() -> None:
    """Biologist and chemist share no skill, all knowledge, all headings, and some words.

    Words: good, practice and cells (ln 1.5 each) of these and culture or analyse (ln 3). Likeness: the two labels with
    "cells" (ln 2) and a word of their own (ln 4) are 1/5 alike, so that each holds good practice and a fifth of the rest.
    """
    rare, common = math.log(3), math.log(1.5)
    words = 3 * common**2 / (3 * common**2 + rare**2)
    held = (common + rare / 5) / (common + rare)

    assert score(space_of(ASKED), "biologist", "chemist") == pytest.approx((2 * held + 0 + 1 + 1 / 2 + words) / 5.5)


def test_jobs_without_anything_in_common_score_nothing() -> None:
    """Neither competence, heading nor word: 0, which is a score."""
    assert score(space_of(ASKED), "biologist", "trainer") == 0


def test_a_job_that_asks_for_nothing_has_no_score() -> None:
    """There is nothing to compare with a job that asks for nothing in the kinds that count."""
    space = space_of(ASKED)

    assert score(space, "biologist", "trainer", 0b010) is None
    assert score(space, "trainer", "biologist", 0b010) is None


def test_kinds_are_those_of_both_jobs() -> None:
    """Of what is optional, biologist and chemist ask for the same, in all views but headings, where there is nothing."""
    assert score(space_of(ASKED), "biologist", "chemist", 0b010) == pytest.approx((2 + 0 + 1 + 0 + 1) / 5.5)


def test_twins_score_all_that_there_is() -> None:
    """Jobs that ask for the same are 1 apart from views that both have nothing in: here knowledge."""
    twins = Asked(
        {"essential": [("a", "1"), ("b", "1"), ("c", "2")]}, [("1", "k")], frozenset("abc"), {}, {"fr": {"1": "wash"}}
    )

    assert score(space_of(twins), "a", "b") == pytest.approx(4.5 / 5.5)


def test_attitudes_count_in_likeness_alone() -> None:
    """An attitude that two jobs share is no skill, knowledge, heading or word in common."""
    space = space_of(with_more("optional", "patience", "attitude", "biologist", "trainer", label="patience"))
    common, rare = math.log(1.5), math.log(3)
    there, back = common / (common + rare), common / (2 * common + rare)

    assert score(space, "biologist", "trainer") == pytest.approx((there + back) / 5.5)


def test_a_skill_stands_under_its_heading() -> None:
    """Where a vocabulary has headings, what counts is that of a skill, and a heading itself; of knowledge none."""
    asked = Asked(
        {"essential": [("a", "skill"), ("a", "fact"), ("b", "heading"), ("c", "other")]},
        [("skill", "heading"), ("fact", "heading"), ("heading", "field")],
        frozenset("abc"),
        {"skill": "skill", "heading": "heading", "fact": "knowledge"},
    )
    space = space_of(asked)
    part = make_parts(space.profiles, space.incidence(ALL_KINDS), space.terms, space.weights)["M"]

    assert [(0, "heading"), (1, "heading")] == [
        (row, space.profiles.competences[column]) for row, column in zip(part.rows, part.columns, strict=True)
    ]
    assert part.values.tolist() == pytest.approx([math.log(2) * math.log(1.5)] * 2)


def test_several_under_a_heading_count_for_more() -> None:
    """Two skills of laboratory work count ln 3 times its weight, not ln 2."""
    asked = with_more("essential", "cell-culture", "skill", "chemist", label="culture cells")
    space = space_of(asked)
    part = make_parts(space.profiles, space.incidence(ALL_KINDS), space.terms, space.weights)["M"]

    assert part.values.tolist() == pytest.approx([math.log(2) * math.log(1.5), math.log(3) * math.log(1.5)])


@pytest.mark.parametrize("at_once", [1, 10**9], ids=["row by row", "at once"])
def test_one_row_is_that_of_all(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scores of one job are those that it has among all, whichever way they are made."""
    space = space_of(ASKED)
    every = np.vstack([scores for _, scores in score_rows(space, COMBINED)])
    monkeypatch.setattr(combined, "_ALL_AT_ONCE", at_once)

    for row in range(3):
        (block, scores), *_ = score_rows(space, COMBINED, rows=np.array([row]))
        assert [row] == block.tolist()
        assert scores[0] == pytest.approx(every[row], abs=1e-12)


def test_it_is_the_same_both_ways() -> None:
    """From one job to another the score is that from the other to the one."""
    space = space_of(ASKED)

    assert score(space, "chemist", "biologist") == pytest.approx(score(space, "biologist", "chemist"), abs=1e-12)


def test_without_labels_and_sorts_there_are_scores_too() -> None:
    """A world of which neither labels nor sorts are told is compared by what is shared: all of it skills."""
    found = score(three_jobs(), "biologist", "chemist")

    assert found is not None
    assert 0 < found < 1


def test_a_guest_is_compared_by_its_own_words() -> None:
    """A competence of this graph without a link is like those of the vocabulary whose labels, in its language, are."""
    esco = Asked(
        {"essential": [("o", "s"), ("p", "t")]}, [], frozenset("op"), {}, {"en": {"s": "wash cells", "t": "teach"}}
    )
    own = Asked({"essential": [("j", "c")]}, [], frozenset("j"), {}, {"fr": {"c": "laver"}, "en": {"c": "wash cells"}})
    space = vocabulary_space("esco", "1", esco, Study(own, {}))

    assert score(space, "j", "p") == 0
    assert score(space, "j", "o") == pytest.approx((2 + 1) / 5.5)


def test_our_jobs_read_labels_in_the_language_of_the_reference() -> None:
    """Weighed on ESCO, words are English ones and weigh what they do there."""
    esco = Asked({"essential": [("o", "s"), ("p", "t")]}, [], frozenset("op"), {}, {"en": {"s": "wash", "t": "teach"}})
    own = Study(
        Asked({"essential": [("j", "c")]}, [], frozenset("j"), {}, {"fr": {"c": "laver"}, "en": {"c": "wash"}}), {}
    )
    space = study_space(own, vocabulary_space("esco", "1", esco, own))

    assert (("wash",), [math.log(2)]) == (space.terms.words, space.terms.job_idf.tolist())


def test_weights_add_up_to_what_it_is_divided_by() -> None:
    """The formula of the measure names the weights that are used."""
    assert {"H": 2.0, "S": 1.0, "K": 1.0, "M": 0.5, "W": 1.0} == PARTS
    assert COMBINED.formula.startswith("(2H + S + K + ½M + W) / 5.5")


def test_standardised_scores_are_deviations_from_the_mean() -> None:
    """Of .2, .4 and .6 the mean is .4 and the deviation √(.08 / 3); what is no score stays none."""
    found = standardise(np.array([[NO_SCORE, 0.2, 0.4, 0.6]]))

    step = 0.2 / math.sqrt(0.08 / 3)
    assert found[0, 1:].tolist() == pytest.approx([-step, 0, step])
    assert np.isnan(found[0, 0])


@pytest.mark.parametrize("scores", [[], [NO_SCORE], [NO_SCORE, 0.5]])
def test_standardising_needs_no_difference(scores: list[float]) -> None:
    """A row without scores, or of one score, gives no error: what is told is the mean itself."""
    found = standardise(np.array([scores]))

    assert [0.0] * sum(score >= 0 for score in scores) == found[~np.isnan(found)].tolist()
