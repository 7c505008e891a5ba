"""What is broader over several steps."""

from __future__ import annotations

import pytest

from metiers_kg.errors import InputError
from metiers_kg.sources.hierarchy import ancestors


def test_several_parents_are_all_followed() -> None:
    """A child of two parents has the ancestors of both, each once."""
    assert ["a", "b", "d"] == sorted(ancestors({"c": ["b", "d"], "b": ["a"], "d": ["a"]})["c"])


def test_depth_does_not_matter() -> None:
    """A chain of thousands of steps is no trouble."""
    chain = {str(n): [str(n + 1)] for n in range(3000)}

    assert 3000 == len(ancestors(chain)["0"])


@pytest.mark.parametrize("parents", [{"a": ["a"]}, {"a": ["b"], "b": ["c"], "c": ["a"]}])
def test_circle_is_told(parents: dict[str, list[str]]) -> None:
    """What is broader than itself is an error that shows the circle."""
    with pytest.raises(InputError, match=r"go in a circle: .*a -> "):
        ancestors(parents)
