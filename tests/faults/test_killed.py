"""Builds and imports that are killed at any instant."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import pytest

from metiers_kg.build.inputs import is_current
from metiers_kg.build.run import build_graph
from metiers_kg.build.vocabularies import check_imports
from metiers_kg.project import Project
from metiers_kg.store import Store
from metiers_kg.store.checksums import find_damage
from tests.faults.conftest import ESCO, environment, say

BUILD = ("build", "--keep", "1")
IMPORT = ("import", "esco", str(ESCO))


def start(project: Project, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the command, in a group of its own that dies with it."""
    command = [sys.executable, "-m", "metiers_kg", "--root", str(project.root), *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())


def duration(project: Project, arguments: Sequence[str]) -> float:
    """Return the seconds that the command takes when it is left alone."""
    began = time.monotonic()
    with start(project, arguments) as process:
        assert process.wait(timeout=240) == 0
    return time.monotonic() - began


def kill_after(project: Project, arguments: Sequence[str], seconds: float) -> float | None:
    """Start the command and kill it after so many seconds; return how long it took where it ended before."""
    began = time.monotonic()
    with start(project, arguments) as process:
        try:
            assert process.wait(timeout=seconds) == 0
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return None
    return time.monotonic() - began


def names(project: Project) -> set[str]:
    """Return the names of the one job, as who asks the built graph sees them; the folder is whole."""
    assert find_damage(project.build) == []
    store = Store.open(project.build / "store")
    return {row[0].value for row in store.rows("SELECT ?n { ?j a mkg:Job ; skos:altLabel ?n }") if row[0]}  # type: ignore[union-attr]


def leftovers(project: Project) -> list[str]:
    """Return what stands beside build and imports that is neither."""
    return [path.name for folder in (project.root, project.imports) for path in folder.glob(".*")]


def kill_builds(project: Project, times: int, seed: int) -> dict[str, float]:
    """Kill so many builds at random instants: what is there is one of two whole releases, and the next build cleans up.

    Builds that end before their instant do not count; how long they took is how late the next instants may be, since
    the machine may be busier at one time than at another.
    """
    instants = random.Random(seed)  # noqa: S311  an instant, no secret
    say(project, "0")
    seconds = duration(project, BUILD)
    killed, ended, done, old = 0, 0, 0, {"0"}
    while killed < times:
        turn = str(killed + ended + 1)
        say(project, turn)
        took = kill_after(project, BUILD, instants.uniform(0.1, 1) * seconds)
        seconds, killed, ended = took or seconds, killed + (took is None), ended + (took is not None)
        now = names(project)
        assert now == {turn} if took else now in (old, {turn})
        done += took is None and now == {turn}
        old = now
        if (killed + ended) % 10 == 0:
            build_graph(project)
            old = names(project)
            assert (old, leftovers(project)) == ({turn}, [])
    build_graph(project)
    assert (names(project), leftovers(project), is_current(project)) == ({turn}, [], True)
    return {"killed": killed, "killed after the exchange": done, "ended before": ended}


def kill_imports(project: Project, times: int, seed: int) -> dict[str, float]:
    """Kill so many imports at random instants; graph and imports are whole at any time, and the next import ends well."""
    instants = random.Random(seed)  # noqa: S311  an instant, no secret
    seconds = duration(project, IMPORT)
    killed, ended = 0, 0
    while killed < times:
        shutil.rmtree(project.imports, ignore_errors=True)
        build_graph(project)
        before = names(project)
        took = kill_after(project, IMPORT, instants.uniform(0.1, 1) * seconds)
        seconds, killed, ended = took or seconds, killed + (took is None), ended + (took is not None)
        assert names(project) == before
        check_imports(project)
    assert duration(project, IMPORT) > 0
    build_graph(project)
    assert (leftovers(project), is_current(project)) == ([], True)
    return {"killed": killed, "ended before": ended}


def test_killed_builds(own: Project) -> None:
    """A build that is killed leaves a whole graph: the previous one or its own; the next build removes what is left."""
    assert kill_builds(own, 5, seed=1)["killed"] == 5


def test_killed_imports(own: Project) -> None:
    """An import that is killed leaves graph and imports whole, and the next one ends well."""
    assert kill_imports(own, 2, seed=1)["killed"] == 2


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_builds_killed_fifty_times(own: Project, record: Callable[..., None]) -> None:
    """Killed fifty times at random instants, builds leave a whole graph each time."""
    record(**kill_builds(own, 50, seed=2))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_imports_killed_fifty_times(own: Project, record: Callable[..., None]) -> None:
    """Killed fifty times at random instants, imports leave graph and imports whole each time."""
    record(**kill_imports(own, 50, seed=2))
