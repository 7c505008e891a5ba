"""All pairs of jobs at once: whose, in which order, and how near."""

from __future__ import annotations

import pytest

from metiers_kg.comparing import JobComparer
from metiers_kg.errors import MissingVocabularyError, ParameterError, UnknownResourceError


def _labels(told: list[dict[str, str]]) -> list[str]:
    return [one["label"] for one in told]


def test_each_value_is_that_of_the_pair(comparer: JobComparer) -> None:
    """A row is from its job to that of the column; a job with itself has no value."""
    told = comparer.matrix(measure="coverage")
    place = _labels(told["jobs"]).index
    pair = comparer.compare("Aaa", "Bbb")["values"]["coverage"]

    assert (pair["value"], pair["back"], None) == (
        told["values"][place("Aaa")][place("Bbb")],
        told["values"][place("Bbb")][place("Aaa")],
        told["values"][place("Aaa")][place("Aaa")],
    )


def test_all_jobs_without_a_sub_sector(comparer: JobComparer) -> None:
    """Without a sub-sector all jobs of which a competence is known are there; the others are named."""
    told = comparer.matrix()

    assert (["Aaa", "Bbb", "Ccc"], ["Ddd"], None) == (
        sorted(_labels(told["jobs"])),
        _labels(told["unknown"]),
        told["subSector"],
    )


def test_a_sub_sector_has_its_jobs_and_those_of_narrower_ones(comparer: JobComparer) -> None:
    """The jobs are those that the table has in the sub-sector or in one below."""
    wide, narrow = (comparer.matrix(sub_sector=name) for name in ("Secteur", "Plus étroit"))

    assert (["Bbb", "Ccc"], ["Bbb"]) == (sorted(_labels(wide["jobs"])), _labels(narrow["jobs"]))
    assert [[None]] == narrow["values"]


def test_what_is_alike_stands_together(comparer: JobComparer) -> None:
    """The two nearest jobs are neighbours in the order."""
    told = comparer.matrix(measure="idf-jaccard")
    best = told["pairs"][0]
    order = _labels(told["jobs"])

    assert 1 == abs(order.index(best["job"]["label"]) - order.index(best["other"]["label"]))


def test_nearest_pairs_come_once_where_both_ways_are_the_same(comparer: JobComparer) -> None:
    """A symmetric measure tells a pair once, another one each way; never more than asked for."""
    once, both = (comparer.matrix(measure=name)["pairs"] for name in ("jaccard", "coverage"))
    scores = [pair["score"] for pair in both]

    assert (2, 3, 1) == (
        len([p for p in once if "Bbb" in (p["job"]["label"], p["other"]["label"])]),
        len([p for p in both if "Ccc" in (p["job"]["label"], p["other"]["label"])]),
        len(comparer.matrix(measure="jaccard", most=1)["pairs"]),
    )
    assert sorted(scores, reverse=True) == scores


def test_in_the_terms_of_esco(beside_esco: JobComparer) -> None:
    """The jobs stay those of this graph, told in what ESCO calls their competences."""
    told = beside_esco.matrix(within="esco")

    assert ["Aaa", "Bbb", "Ccc"] == sorted(_labels(told["jobs"]))
    assert "esco" == told["about"]["in"]


def test_near_pairs_are_those_at_least_as_near(comparer: JobComparer) -> None:
    """Pairs below the threshold are left out, the nearest come first."""
    found = comparer.near_pairs("jaccard", 0.3)

    assert [("b", "c")] == [(one[-1], two[-1]) for one, two, score in found if score >= 0.5]
    assert all(score >= 0.3 for _, _, score in found)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"measure": "jacard"}, ParameterError),
        ({"most": 0}, ParameterError),
        ({"sub_sector": "Secteurr"}, UnknownResourceError),
        ({"within": "rome"}, MissingVocabularyError),
    ],
)
def test_wrong_options_are_told(comparer: JobComparer, options: dict[str, object], error: type[Exception]) -> None:
    """A measure, number, sub-sector or vocabulary that there is not is refused."""
    with pytest.raises(error):
        comparer.matrix(**options)  # type: ignore[arg-type]
