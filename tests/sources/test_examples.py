"""Every example folder is read as its expected.ttl says."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from metiers_kg.store import read_turtle

EXAMPLES = sorted(path.parent for path in Path(__file__).parent.glob("*/*/expected.ttl"))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_example_gives_what_is_expected(folder: Path) -> None:
    """The reader gives the triples of expected.ttl, sorted and spelled as the engine spells them."""
    reader = importlib.import_module(f"metiers_kg.sources.{folder.parent.name}")

    assert read_turtle(folder / "expected.ttl") == list(reader.read([folder]).lines)
