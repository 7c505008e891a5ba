"""Measures: what there is, and what each looks at."""

from __future__ import annotations

import pytest

from metiers_kg.overlap.measures import LAMBDA, MEASURES, STEPS, Measure
from metiers_kg.overlap.profiles import ALL_KINDS


def test_the_measures_that_others_name_are_there() -> None:
    """Names of measures stand in commands, addresses and the graph: none goes away."""
    expected = {"jaccard", "idf-jaccard", "cosine", "simgic", "coverage", "idf-coverage", "graded-coverage", "combined"}

    assert set() == expected - set(MEASURES)


@pytest.mark.parametrize(("name", "measure"), MEASURES.items(), ids=MEASURES)
def test_a_measure_says_what_it_is(name: str, measure: Measure) -> None:
    """A measure is found by its name, and has a formula and a source."""
    assert (name, True, True) == (measure.name, bool(measure.formula), bool(measure.source))


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_a_measure_looks_at_all_kinds_or_at_what_is_essential(measure: Measure) -> None:
    """Unless told, a symmetric measure looks at all kinds, another at what is essential for the destination."""
    assert (ALL_KINDS if measure.is_symmetric else 1) == measure.default_mask()


def test_coverages_are_not_symmetric() -> None:
    """The three coverages, and no other measure, differ by direction."""
    assert ["coverage", "idf-coverage", "graded-coverage"] == [
        name for name, measure in MEASURES.items() if not measure.is_symmetric
    ]


def test_a_step_is_a_half_and_there_are_two() -> None:
    """Graded coverage is told in quarters, which whole numbers hold."""
    assert (0.5, 2) == (LAMBDA, STEPS)
