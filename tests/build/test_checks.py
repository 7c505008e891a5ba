"""Every check is seen to pass and to fire."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.build.assembly import nquads
from metiers_kg.build.gates.catalogue import CHECK_FOLDERS
from metiers_kg.build.locations import Locations
from metiers_kg.build.validation import read_header, run_checks
from metiers_kg.errors import QueryFileError
from metiers_kg.store import Store, read_turtle
from tests.conftest import PREFIXES, ROOT

FOLDER = ROOT / "queries" / "checks"
CHECKS = sorted(FOLDER.rglob("*.rq"))
EXAMPLES = Path(__file__).parent / "checks"


def _store(example: Path, tmp_path: Path, graph: str) -> Store:
    text = example.read_text(encoding="utf-8")
    if example.suffix == ".nq":
        return Store.memory(text, nquads=True)
    file = tmp_path / "example.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return Store.memory("\n".join(nquads({graph: read_turtle(file)})), nquads=True)


def _rules(example: Path, tmp_path: Path, check: Path) -> set[str]:
    folder = tmp_path / "checks"
    folder.mkdir()
    (folder / check.name).write_text(check.read_text(encoding="utf-8"), encoding="utf-8")
    store = _store(example, tmp_path, "ontology" if check.parent.name == "ontology" else "data")
    return {finding.rule for finding in run_checks(store, folder, Locations([]))}


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_passes_good_data(check: Path, tmp_path: Path) -> None:
    """A check finds nothing in data that keep its rule."""
    example = next(EXAMPLES.glob(f"{check.stem}/passes.*"))

    assert _rules(example, tmp_path, check) == set()


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_fires_on_bad_data(check: Path, tmp_path: Path) -> None:
    """A check finds data that break its rule, in each of the ways that there are."""
    for number, example in enumerate(sorted(EXAMPLES.glob(f"{check.stem}/fails*"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert _rules(example, folder, check) == {f"check {check.stem}"}, example.name
    assert list(EXAMPLES.glob(f"{check.stem}/fails.*"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_says_what_it_asks_and_what_to_do(check: Path) -> None:
    """A check's header has a summary and a remedy, and a reason where it says what the texts do not say."""
    header = read_header(check.read_text(encoding="utf-8"), check.name)
    needed = {"summary", "remedy"} | ({"reason"} if check.parent.name == "silence" else set())

    assert needed <= set(header) <= {"summary", "remedy", "reason", "severity"}


def test_every_folder_of_checks_is_a_gate() -> None:
    """No folder of checks is left out of the gates."""
    assert {path.parent.name for path in CHECKS} == set(CHECK_FOLDERS)


def test_names_of_checks_are_their_own() -> None:
    """No two checks have one name, whatever their folders."""
    assert len({path.stem for path in CHECKS}) == len(CHECKS)


def test_header_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    """A check whose header cannot be read is named, and not run without it."""
    (tmp_path / "broken.rq").write_text("#+ summary: one: two\nSELECT ?focus ?message { }", encoding="utf-8")

    with pytest.raises(QueryFileError, match=r"broken\.rq: the header is not YAML"):
        list(run_checks(Store.memory(), tmp_path, Locations([])))
