"""Every check is seen to pass and to fire."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.build.locations import Locations
from metiers_kg.build.validation import run_checks
from metiers_kg.store import Store
from tests.conftest import PREFIXES, ROOT

CHECKS = sorted((ROOT / "queries" / "checks").glob("*.rq"))
EXAMPLES = Path(__file__).parent / "checks"


def _rules(example: Path, tmp_path: Path, check: Path) -> set[str]:
    folder = tmp_path / "checks"
    folder.mkdir()
    (folder / check.name).write_text(check.read_text(encoding="utf-8"), encoding="utf-8")
    text = example.read_text(encoding="utf-8")
    store = Store.memory(text, nquads=True) if example.suffix == ".nq" else Store.memory(PREFIXES + text)
    return {finding.rule for finding in run_checks(store, folder, Locations([]))}


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_passes_good_data(check: Path, tmp_path: Path) -> None:
    """A check finds nothing in data that keep its rule."""
    example = next(EXAMPLES.glob(f"{check.stem}/passes.*"))

    assert _rules(example, tmp_path, check) == set()


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_fires_on_bad_data(check: Path, tmp_path: Path) -> None:
    """A check finds data that break its rule."""
    example = next(EXAMPLES.glob(f"{check.stem}/fails.*"))

    assert _rules(example, tmp_path, check) == {f"check {check.stem}"}
