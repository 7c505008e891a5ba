"""State: spaces written beside the graph and read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from metiers_kg.overlap import state
from metiers_kg.overlap.measures import MEASURES
from metiers_kg.overlap.scoring import find_neighbours
from metiers_kg.overlap.space import Space, Translation
from metiers_kg.overlap.spaces import vocabulary_space
from metiers_kg.overlap.state import load_spaces, save_spaces
from metiers_kg.overlap.vocabularies import Asked, Study
from tests.overlap.examples import make_space, three_jobs


def loaded(space: Space, path: Path) -> Space:
    """A space written and read again."""
    save_spaces({space.name: space}, path)
    return (load_spaces(path) or {})[space.name]


def test_a_space_comes_back(tmp_path: Path) -> None:
    """A space that is read again gives the same neighbours by every measure."""
    before, after = three_jobs(), loaded(three_jobs(), tmp_path / "overlap.npz")

    for measure in MEASURES.values():
        assert find_neighbours(before, measure, 2) == find_neighbours(after, measure, 2)


def test_what_is_told_of_a_space_comes_back(tmp_path: Path) -> None:
    """Names, version, reference, native jobs and translations are kept."""
    esco = Asked({"essential": [("métier", "s/é")]}, [], frozenset({"métier"}))
    own = Study(
        Asked({"essential": [("j", "c/1"), ("j", "c/2")]}, [], frozenset("j")),
        {"c/1": (("exactMatch", "s/é"),), "c/2": (("closeMatch", "s/é"),)},
    )
    space = vocabulary_space("esco", "1.1.1", esco, own)
    found = loaded(space, tmp_path / "overlap.npz")

    assert ("esco", "1.1.1", space.weights.reference) == (found.name, found.version, found.weights.reference)
    assert (("j", "métier"), ("s/é",), [False, True]) == (
        found.profiles.jobs,
        found.profiles.competences,
        found.is_native.tolist(),
    )
    assert {"s/é": (Translation("c/1", "exactMatch"), Translation("c/2", "closeMatch"))} == found.translations


@pytest.mark.parametrize("asked", [{}, {"a": ""}, {"a": "1"}], ids=["no jobs", "nothing asked for", "one job"])
def test_a_small_space_comes_back(asked: dict[str, str], tmp_path: Path) -> None:
    """Where there is nothing, nothing comes back, not one job without a name."""
    found = loaded(make_space(asked), tmp_path / "overlap.npz")

    assert (tuple(asked), "1" if "1" in asked.values() else "") == (
        found.profiles.jobs,
        "".join(found.profiles.competences),
    )
    assert bool is found.is_native.dtype.type or np.bool_ is found.is_native.dtype.type


def test_several_spaces_are_kept_apart(tmp_path: Path) -> None:
    """Each space comes back under its name."""
    path = tmp_path / "overlap.npz"
    save_spaces({"one": make_space({"a": "1"}), "two": make_space({"b": "2"})}, path)

    assert {"one": ("a",), "two": ("b",)} == {
        name: space.profiles.jobs for name, space in (load_spaces(path) or {}).items()
    }


def test_no_spaces_can_be_kept(tmp_path: Path) -> None:
    """A file of no spaces is one, not the lack of one."""
    path = tmp_path / "overlap.npz"
    save_spaces({}, path)

    assert {} == load_spaces(path)


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    """Where there is no file there are no spaces."""
    assert load_spaces(tmp_path / "overlap.npz") is None


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_file_cut_short_is_none(share: float, tmp_path: Path) -> None:
    """A file that was not written to its end is as none."""
    path = tmp_path / "overlap.npz"
    save_spaces({"study": three_jobs()}, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])

    assert load_spaces(path) is None


def test_another_kind_of_file_is_none(tmp_path: Path) -> None:
    """A file with something else in it is as none."""
    path = tmp_path / "overlap.npz"
    path.write_text("spaces", encoding="utf-8")
    found = [load_spaces(path)]
    with path.open("wb") as file:
        np.savez(file, other=np.zeros(3))

    assert [None, None] == [*found, load_spaces(path)]


def test_another_layout_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of an older layout is as none, so that it is made anew."""
    path = tmp_path / "overlap.npz"
    save_spaces({"study": three_jobs()}, path)
    monkeypatch.setattr(state, "FORMAT", state.FORMAT + 1)

    assert load_spaces(path) is None


def test_the_same_spaces_make_the_same_file(tmp_path: Path) -> None:
    """Written twice, a space gives the same bytes."""
    one, two = tmp_path / "one.npz", tmp_path / "two.npz"
    save_spaces({"study": three_jobs()}, one)
    save_spaces({"study": three_jobs()}, two)

    assert one.read_bytes() == two.read_bytes()
