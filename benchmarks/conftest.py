"""Fixtures of the benchmarks, and the table of ratios printed at their end."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.build.inputs import is_current
from metiers_kg.build.run import build_graph
from metiers_kg.project import Project

ROOT = Path(__file__).resolve().parents[1]
_LINES: list[str] = []


@pytest.fixture(scope="session")
def project() -> Project:
    """The project of this repository, built."""
    found = Project.find(ROOT)
    if not is_current(found):
        build_graph(found)
    return found


@pytest.fixture(scope="session")
def told() -> list[str]:
    """Lines to print once all benchmarks have run."""
    return _LINES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the benchmarks told."""
    if _LINES:
        terminalreporter.section("side by side")
        for line in _LINES:
            terminalreporter.write_line(line)
