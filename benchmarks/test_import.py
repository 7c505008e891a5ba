"""ESCO and ROME from their zips to a queryable store, beside the engine's bulk load of the same triples from N-Triples.

Needs the releases: METIERS_KG_VOCABULARIES names the folder that holds them. Each side runs in a process of its own, so
that its peak of memory is its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from metiers_kg.project import Project
from metiers_kg.store import Store

MOST_SECONDS, MOST_MIB, MOST_TIMES = 15.0, 700, 3.0
ROUNDS = 3

_PEAK = """
    import json, resource
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([used.ru_maxrss // 1024, used.ru_utime + used.ru_stime]))
"""
_IMPORT = f"""
import sys
from metiers_kg.cli import main
try:
    main(["import", *sys.argv[1:]])
finally:
{_PEAK}
"""
_BULK_LOAD = f"""
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=pyoxigraph.RdfFormat.N_TRIPLES)
store.flush()
if True:
{_PEAK}
"""


@pytest.fixture(scope="module")
def vocabularies() -> Path:
    """The folder of the releases."""
    named = os.environ.get("METIERS_KG_VOCABULARIES")
    if not named:
        pytest.skip("needs the ESCO and ROME releases: set METIERS_KG_VOCABULARIES to the folder that holds them")
    return Path(named)


@dataclass(frozen=True, order=True)
class _Run:
    """The seconds that a process took, those of its processors, and the MiB of its peak."""

    seconds: float
    cpu_seconds: float
    mib: int

    def __str__(self) -> str:
        return f"{self.seconds:5.1f} s ({self.cpu_seconds:4.1f} s of CPU), peak {self.mib} MiB"


def _run(script: str, environment: dict[str, str], *arguments: str) -> _Run:
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    seconds = time.perf_counter() - began
    mib, cpu_seconds = json.loads(run.stdout.splitlines()[-1])
    return _Run(seconds, cpu_seconds, mib)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("name", "pattern"), [("esco", "esco/*v1.1.1*.zip"), ("rome", "rome/*")])
def test_import(
    name: str,
    pattern: str,
    benchmark: BenchmarkFixture,
    project: Project,
    vocabularies: Path,
    tmp_path: Path,
    told: list[str],
) -> None:
    release = [str(path) for path in sorted(vocabularies.glob(pattern))]
    environment = {
        **os.environ,
        "METIERS_KG_BUILD": str(tmp_path / "build"),
        "METIERS_KG_IMPORTS": str(tmp_path / "imports"),
    }
    measured: list[_Run] = []
    peers: list[_Run] = []

    def set_up() -> None:
        for folder in ("build", "imports", "peer"):
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
        shutil.copytree(project.build, tmp_path / "build")

    def bring_in() -> None:
        measured.append(_run(_IMPORT, environment, name, *release))

    for _ in range(ROUNDS):  # side by side, so that both meet the same machine
        set_up()
        bring_in()
        graph = tmp_path / "imports" / name / "graph.nt"
        peers.append(_run(_BULK_LOAD, environment, str(tmp_path / "peer"), str(graph)))
    benchmark.pedantic(bring_in, setup=set_up, rounds=1)
    with graph.open("rb") as file:
        triples = sum(1 for _ in file)
    assert Store.open(tmp_path / "build" / "store").graphs()[f"https://w3id.org/metiers-kg/graph/{name}"] == triples
    ours, peer = min(measured), min(peers)
    told.append(
        f"import {name:5} {ours}, {triples / ours.seconds:8,.0f} triples/s   bulk load {peer}   "
        f"x{ours.seconds / peer.seconds:.2f} (CPU x{ours.cpu_seconds / peer.cpu_seconds:.2f})"
    )
    assert ours.seconds / peer.seconds <= MOST_TIMES
    assert ours.mib < MOST_MIB
    assert ours.seconds < MOST_SECONDS
