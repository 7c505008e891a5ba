from __future__ import annotations

from metiers_kg.build.gates.reference import render
from metiers_kg.project import Project
from tests.conftest import ROOT


def test_page_is_that_of_the_gates() -> None:
    """docs/reference/gates.md has every gate, check and shape as they are now."""
    page = (ROOT / "docs" / "reference" / "gates.md").read_text(encoding="utf-8")

    assert render(Project.find(ROOT)) == page, (
        "run: python -m metiers_kg.build.gates.reference > docs/reference/gates.md"
    )
