"""Each way in which a deprecation can be half done is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.build.locations import Locations
from metiers_kg.build.validation import run_checks
from metiers_kg.store import Store
from tests.conftest import PREFIXES, ROOT

NAMES = ("deprecated-things-say-what-replaces-them", "nothing-uses-what-is-deprecated")


def _messages(turtle: str, folder: Path) -> list[str]:
    for name in NAMES:
        (folder / f"{name}.rq").write_bytes((ROOT / "queries" / "checks" / f"{name}.rq").read_bytes())
    return [finding.message for finding in run_checks(Store.memory(PREFIXES + turtle), folder, Locations([]))]


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        ("job:a owl:deprecated true .", "names neither what replaces it"),
        ("job:a owl:deprecated true ; dcterms:isReplacedBy job:b .", "which nothing describes"),
        (
            "job:a owl:deprecated true ; dcterms:isReplacedBy job:b . job:b a skos:Concept ; owl:deprecated true ; skos:historyNote 'x' .",
            "which is deprecated too",
        ),
        ("job:a dcterms:isReplacedBy job:b . job:b a mkg:Job .", "and not deprecated"),
        ("job:a a mkg:Job ; owl:deprecated true ; skos:historyNote 'x' .", "is counted as"),
        ("job:a owl:deprecated true ; skos:historyNote 'x' . job:b skos:related job:a .", "refers to"),
        ("mkg:p owl:deprecated true ; skos:historyNote 'x' . job:b mkg:p 'x' .", "is told by the property"),
        ("mkg:C owl:deprecated true ; skos:historyNote 'x' . job:b a mkg:C .", "refers to"),
    ],
)
def test_half_a_deprecation_is_told(turtle: str, told: str, tmp_path: Path) -> None:
    """A deprecation without a successor, with a wrong one, or of what is still used, is found, and nothing else is."""
    messages = _messages(turtle, tmp_path)

    assert [True] == [told in message for message in messages]
