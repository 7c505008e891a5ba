"""Two that write at once."""

from __future__ import annotations

import subprocess
import sys

from metiers_kg.build.inputs import is_current
from metiers_kg.project import Project
from metiers_kg.store.checksums import find_damage
from tests.faults.conftest import ESCO, environment, say


def start(project: Project, *arguments: str) -> subprocess.Popen[str]:
    """Start the command and go on."""
    command = [sys.executable, "-m", "metiers_kg", "--root", str(project.root), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())


def test_builds_take_turns(own: Project) -> None:
    """Of two builds at once one waits, says so, and finds nothing left to do; both end well, and the graph is whole."""
    say(own, "Chimiste de laboratoire")
    both = [start(own, "build"), start(own, "build")]
    told = [process.communicate(timeout=240) for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert sorted("nothing has changed" in out for out, _ in told) == [False, True]
    assert any("another process writes it; waiting" in error for _, error in told)
    assert (find_damage(own.build), is_current(own)) == ([], True)


def test_an_import_and_a_build_take_turns(own: Project) -> None:
    """An import and a build at once both end well, and the graph has what was imported."""
    say(own, "Chimiste de laboratoire")
    both = [start(own, "import", "esco", str(ESCO)), start(own, "build", "--force")]
    told = [process.communicate(timeout=240) for process in both]

    assert [process.returncode for process in both] == [0, 0], told
    assert find_damage(own.build) == []
    assert "esco" in (own.build / "manifest.json").read_text(encoding="utf-8")
    assert [path.name for path in own.root.glob(".*")] == []
