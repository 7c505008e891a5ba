"""Terms: sorts of competences, and what words of labels weigh."""

from __future__ import annotations

import math

import numpy as np
import pytest

from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.terms import Terms

PROFILES = Profiles.of({"essential": [("a", "1"), ("a", "2"), ("b", "2"), ("c", "3"), ("guest", "4")]}, [("1", "kind")])
LABELS = {"1": "wash cells", "2": "wash glass", "3": "be patient", "4": "wash robots", "kind": "laboratory"}
NATIVE = np.array([True, True, True, False])


def weight(terms: Terms, word: str) -> tuple[float, float]:
    """What a word weighs among labels, and among jobs."""
    place = terms.words.index(word)
    return float(terms.label_idf[place]), float(terms.job_idf[place])


def test_a_word_weighs_by_how_rare_it_is() -> None:
    """Of three competences and three jobs that are counted on, two have "wash" and one has "cells"."""
    terms = Terms.of(PROFILES, {}, LABELS, NATIVE)

    assert weight(terms, "wash") == pytest.approx((math.log(3 / 2), math.log(3 / 2)))
    assert weight(terms, "cell") == pytest.approx((math.log(3), math.log(3)))


def test_a_word_that_no_counted_job_has_weighs_as_one_that_a_single_one_has() -> None:
    """Words of this graph's own competences are weighed on the vocabulary."""
    assert weight(Terms.of(PROFILES, {}, LABELS, NATIVE), "robot") == pytest.approx((math.log(3), math.log(3)))


def test_words_of_attitudes_are_not_counted_among_jobs() -> None:
    """An attitude's words count where labels are compared, not where jobs are."""
    terms = Terms.of(PROFILES, {"3": "attitude"}, LABELS, NATIVE)

    assert weight(terms, "patient") == pytest.approx((math.log(3), math.log(3)))
    assert weight(terms, "wash")[1] == pytest.approx(math.log(3 / 2))


def test_what_nobody_asks_for_has_no_words() -> None:
    """The labels of what is only broader are not read."""
    assert "laborat" not in Terms.of(PROFILES, {}, LABELS, NATIVE).words


def test_weights_come_from_a_reference() -> None:
    """A word weighs what it does in the reference, and the most there where that does not have it."""
    reference = Terms.of(PROFILES, {}, LABELS, NATIVE)
    own = Terms.of(Profiles.of({"essential": [("x", "9")]}, []), {}, {"9": "wash pipettes"}, np.ones(1, bool))

    found = own.weighed_on(reference)

    assert weight(found, "wash") == weight(reference, "wash")
    assert weight(found, "pipette") == weight(reference, "cell")


def test_words_can_be_weighed_on_nothing() -> None:
    """A reference without labels gives no weight, and no error."""
    own = Terms.of(Profiles.of({"essential": [("x", "9")]}, []), {}, {"9": "wash"}, np.ones(1, bool))
    empty = Terms.of(Profiles.of({}, []), {}, {}, np.ones(0, bool))

    assert [0.0] == own.weighed_on(empty).job_idf.tolist()


def test_sorts_are_those_told() -> None:
    """A competence of which no sort is told is of the sort "other"."""
    terms = Terms.of(PROFILES, {"1": "skill", "2": "knowledge"}, {}, NATIVE)

    assert [True, False, False, False, False] == terms.is_sort("skill").tolist()
    assert [True, True, False, False, False] == terms.is_sort("skill", "knowledge").tolist()
    assert [False, False, True, True, True] == terms.is_sort("other").tolist()


def test_a_heading_is_one_where_something_stands_under_it() -> None:
    """What only a job that is not counted on asks for does not bring the first heading."""
    under, idle = (Terms.of(PROFILES, {name: "heading"}, {}, NATIVE) for name in ("kind", "4"))

    assert [True, False] == [terms.is_sort("heading").any() for terms in (under, idle)]
