"""What the reasoner concludes from the data, and what it must not; the same is asked of HermiT in test_hermit.py."""

from __future__ import annotations

import pytest
import yaml

from metiers_kg.store import Store, Truth
from tests.conftest import ROOT

PREFIXES = """
PREFIX job: <https://w3id.org/metiers-kg/job/> PREFIX competence: <https://w3id.org/metiers-kg/competence/>
PREFIX factor: <https://w3id.org/metiers-kg/factor/> PREFIX sub-sector: <https://w3id.org/metiers-kg/sub-sector/>
"""

EXPECTED = yaml.safe_load((ROOT / "tests" / "data" / "entailments.yaml").read_text(encoding="utf-8"))


def _holds(store: Store, pattern: str) -> bool:
    result = store.query(f"{PREFIXES} ASK {{ {pattern} }}")
    assert isinstance(result, Truth)
    return result.value


@pytest.mark.parametrize("pattern", [entry["triple"] for entry in EXPECTED["entailed"]])
def test_entailed(pattern: str, store: Store) -> None:
    """The graph holds the triple, and only because it was inferred."""
    asserted = store.query(f"{PREFIXES} ASK {{ {pattern} }}", asserted=True)
    assert isinstance(asserted, Truth)

    assert (_holds(store, pattern), asserted.value) == (True, False)


@pytest.mark.parametrize("pattern", [entry["triple"] for entry in EXPECTED["not-entailed"] + EXPECTED["impossible"]])
def test_not_entailed(pattern: str, store: Store) -> None:
    """Nothing in the graph matches what the texts do not say."""
    assert not _holds(store, pattern)


@pytest.mark.parametrize(
    "entry", [entry for entries in EXPECTED.values() for entry in entries], ids=lambda e: e["triple"]
)
def test_every_one_has_its_reason(entry: dict[str, str]) -> None:
    """Each triple has a sentence that says why it holds, or why it must not."""
    assert entry["why"].endswith(".")


def test_what_has_no_major_effect_affects_nothing(store: Store) -> None:
    """A factor's lack of effect on a target is no effect on it."""
    assert not _holds(store, "?impact mkg:hasNoMajorEffectOn ?target ; mkg:hasTarget ?target")
