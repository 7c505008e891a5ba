"""`import` as its user types it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "sources"
ESCO = EXAMPLES / "esco" / "two-versions"
Run = subprocess.CompletedProcess[str]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a user whose imports and graph are in a folder of the test's."""
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("METIERS_KG")},
        "METIERS_KG_BUILD": str(tmp_path / "build"),
        "METIERS_KG_IMPORTS": str(tmp_path / "imports"),
        "COLUMNS": "120",
        "PYTHONUTF8": "1",
    }


def _run(environment: dict[str, str], *arguments: str) -> Run:
    return subprocess.run(
        [sys.executable, "-m", "metiers_kg", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=False,
    )


def test_import_tells_what_it_read_and_what_not(environment: dict[str, str], tmp_path: Path) -> None:
    """The report says what was read, dropped and not resolved, which versions met, and where the graph is."""
    run = _run(environment, "import", "esco", str(ESCO))

    assert 0 == run.returncode
    for expected in (
        "2 occupations",
        "occupations_en.csv",
        "version 1.0.3",
        "dropped: 1",
        "hoop-tester",
        "unresolved: 1",
    ):
        assert expected in run.stdout
    assert (tmp_path / "imports" / "esco" / "graph.nt").is_file()
    assert "metiers-kg build" in run.stderr


def test_report_is_kept_as_json(environment: dict[str, str], tmp_path: Path) -> None:
    """--report writes every remark with file, line, reason and value."""
    _run(environment, "import", "esco", str(ESCO), "--report", str(tmp_path / "report.json"))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))

    assert ("esco", "1.1.1") == (report["vocabulary"], report["version"])
    assert {"file", "line", "reason", "value"} == set(report["dropped"][0])
    assert 3 == report["counts"]["occupation-skill relations"]


@pytest.mark.parametrize("name", ["esco", "rome", "crosswalk"])
def test_wrong_file_is_exit_1(environment: dict[str, str], tmp_path: Path, name: str) -> None:
    """What is no release is an error of exit 1 without a traceback, and nothing is written."""
    (tmp_path / "holidays.zip").write_bytes(b"PK")
    run = _run(environment, "import", name, str(tmp_path / "holidays.zip"))

    assert (1, "") == (run.returncode, run.stdout)
    assert "holidays.zip" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "imports" / name).exists()


def test_no_path_is_usage(environment: dict[str, str]) -> None:
    """An import without a path, and one of an unknown vocabulary, are usage errors."""
    assert 2 == _run(environment, "import", "esco").returncode
    assert 2 == _run(environment, "import", "onet", "x.zip").returncode


def test_report_in_no_folder_is_told_before_the_work(environment: dict[str, str], tmp_path: Path) -> None:
    """A report that cannot be written is told before anything is read."""
    run = _run(environment, "import", "esco", str(ESCO), "--report", str(tmp_path / "none" / "report.json"))

    assert 1 == run.returncode
    assert "--report" in run.stderr
    assert not (tmp_path / "imports").exists()


def test_bar_runs_on_a_terminal_only(environment: dict[str, str]) -> None:
    """On a terminal a bar tells the progress, on standard error; in a pipe nothing does."""
    assert "━" not in _run(environment, "import", "esco", str(ESCO)).stderr
    main, terminal = pty.openpty()
    run = subprocess.run(
        [sys.executable, "-m", "metiers_kg", "import", "esco", str(ESCO)],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env={**environment, "TERM": "xterm"},
        timeout=60,
        check=False,
    )
    os.close(terminal)
    shown = os.read(main, 1 << 16).decode()
    os.close(main)

    assert 0 == run.returncode
    assert "import esco" in shown
    assert "━".encode() not in run.stdout
