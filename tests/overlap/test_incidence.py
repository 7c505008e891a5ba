"""Incidence: the matrix of jobs and competences, what is above, and products."""

from __future__ import annotations

import numpy as np
import pytest

from metiers_kg.overlap import incidence
from metiers_kg.overlap.incidence import Incidence, WeightedProduct, ancestry, row_blocks
from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.ranges import spread
from tests.overlap.examples import ASKED, HIERARCHY, make_profiles

CIRCLE = [("1", "2"), ("2", "3"), ("3", "1")]


def rows_of(matrix: Incidence) -> list[list[int]]:
    """The columns of each row."""
    return [matrix.row(number).tolist() for number in range(matrix.shape[0])]


def product_of(left: Incidence, right: Incidence, weights: list[float]) -> list[list[float]]:
    """The whole product."""
    blocks = WeightedProduct(left, right, np.array(weights)).blocks()
    return [row for _, sums in blocks for row in sums.tolist()]


def test_kinds_are_kept_to() -> None:
    """A matrix of some kinds has what jobs ask for in these."""
    profiles = Profiles.of(ASKED, [])

    assert [[1, 2], [0, 2], [3, 4]] == rows_of(Incidence.of(profiles, 1))
    assert [[4], [4], []] == rows_of(Incidence.of(profiles, 2))
    assert [[], [], []] == rows_of(Incidence.of(profiles, 4))


def test_what_is_broader_is_added() -> None:
    """Closed, a chemist has laboratory work and science too."""
    profiles = Profiles.of(ASKED, HIERARCHY)
    found = Incidence.of(profiles, 1, closed=True).row(profiles.job_numbers["chemist"])

    assert ["analysis", "gmp", "laboratory", "science"] == [profiles.competences[number] for number in found]


@pytest.mark.parametrize(("steps", "expected"), [(0, [0]), (1, [0, 1]), (2, [0, 1, 2]), (None, [0, 1, 2])])
def test_what_is_broader_is_added_by_steps(steps: int | None, expected: list[int]) -> None:
    """A matrix is closed by as many steps up as are asked for; a circle does no harm."""
    profiles = make_profiles({"a": "1"}, CIRCLE)

    assert [expected] == rows_of(Incidence.of(profiles).closed(profiles, steps))


def test_rows_are_marked_by_blocks_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row by row, the closed matrix is the same as at once."""
    profiles = Profiles.of(ASKED, HIERARCHY)
    expected = rows_of(Incidence.of(profiles, closed=True))
    monkeypatch.setattr(incidence, "_MARKED_CELLS", 1)

    assert expected == rows_of(Incidence.of(profiles, closed=True))


def test_ancestry_of_a_circle_is_complete() -> None:
    """In a circle of three, each has all three above it, itself included."""
    low, high = ancestry(make_profiles({"a": "1"}, CIRCLE))

    assert ([0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 1, 2] * 3) == (low.tolist(), high.tolist())


def test_frequencies_and_sums() -> None:
    """A column has as many rows as ask for it, those nobody asks for none; a row sums the weights of its columns."""
    matrix = Incidence.of(make_profiles({"a": "1 2", "b": "2", "c": ""}, [("2", "3")]))

    assert [1, 2, 0] == matrix.frequencies.tolist()
    assert [11.0, 10.0, 0.0] == matrix.sums(np.array([1.0, 10.0, 100.0])).tolist()


def test_a_column_has_its_rows() -> None:
    """By column, the rows that have it, one column after the other."""
    rows, starts = Incidence.of(make_profiles({"a": "1 2", "b": "2"})).by_column

    assert ([0, 0, 1], [0, 1, 3]) == (rows.tolist(), starts.tolist())


def test_an_empty_matrix_is_one() -> None:
    """Without jobs or competences there is nothing, and nothing goes wrong."""
    profiles = Profiles.of({}, [])
    matrix = Incidence.of(profiles, closed=True)

    assert ((0, 0), [], []) == (matrix.shape, matrix.frequencies.tolist(), product_of(matrix, matrix, []))


@pytest.mark.parametrize("dense_gain", [0, 100, 10**9])
@pytest.mark.parametrize("cells", [1, 1 << 18])
def test_a_product_sums_what_is_shared(dense_gain: int, cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pair has the sum of the weights of what both have, dense or counted, row by row or at once."""
    monkeypatch.setattr(incidence, "_DENSE_GAIN", dense_gain)
    monkeypatch.setattr(incidence, "_BLOCK_CELLS", cells)
    matrix = Incidence.of(make_profiles({"a": "1 2 3", "b": "2 3", "c": "4", "d": ""}))

    assert [[111, 110, 0, 0], [110, 110, 0, 0], [0, 0, 1000, 0], [0, 0, 0, 0]] == product_of(
        matrix, matrix, [1, 10, 100, 1000]
    )


def test_a_product_may_be_of_two_matrices() -> None:
    """Rows are of the left matrix, columns of the right one."""
    profiles = Profiles.of({"essential": [("a", "1"), ("b", "1")], "optional": [("a", "2"), ("b", "2")]}, [])
    everything, essential = Incidence.of(profiles), Incidence.of(profiles, 1)

    assert [[1, 1], [1, 1]] == product_of(everything, essential, [1, 10])


def test_single_rows_are_given_in_order() -> None:
    """Rows come in the order in which they are asked for."""
    matrix = Incidence.of(make_profiles({"a": "1", "b": "1 2", "c": "2"}))
    (rows, sums), *others = WeightedProduct(matrix, matrix, np.ones(2)).blocks(np.array([2, 0]))

    assert ([2, 0], [[0, 1, 1], [1, 1, 0]], []) == (rows.tolist(), sums.tolist(), others)


def test_blocks_cover_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven rows of three columns make blocks of two where six cells are made at a time; a row that is too wide is one."""
    monkeypatch.setattr(incidence, "_BLOCK_CELLS", 6)

    assert [[0, 1], [2, 3], [4, 5], [6]] == [block.tolist() for block in row_blocks(7, 3)]
    assert [[5], [1]] == [block.tolist() for block in row_blocks(np.array([5, 1]), 7)]
    assert [] == list(row_blocks(0, 0))


def test_ranges_are_spread() -> None:
    """An empty range has no numbers, wherever it stands; no ranges have none."""
    numbers, owners = spread(np.array([5, 3, 9, 1]), np.array([5, 5, 9, 2]))

    assert ([3, 4, 1], [1, 1, 3]) == (numbers.tolist(), owners.tolist())
    assert [[], []] == [found.tolist() for found in spread(np.zeros(0, np.intp), np.zeros(0, np.intp))]
