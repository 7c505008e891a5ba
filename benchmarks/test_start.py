"""From the command to the first answer over HTTP, beside the start of Python and the opening of the store alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median
from urllib.request import urlopen

from pytest_benchmark.fixture import BenchmarkFixture

from metiers_kg.project import Project

ROUNDS = 5


def _first_answer() -> float:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "metiers_kg", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1]
    with urlopen(f"{address}/queries/job-competences/results.json?job=bio-informaticien") as answer:  # noqa: S310  ours
        assert answer.status == 200
        assert answer.read()
    seconds = time.perf_counter() - began
    process.terminate()
    process.wait()
    process.stdout.close()
    return seconds


def test_start_to_first_answer(benchmark: BenchmarkFixture, project: Project, told: list[str]) -> None:
    _first_answer()
    measured: list[float] = []
    benchmark.pedantic(lambda: measured.append(_first_answer()), rounds=ROUNDS)
    seconds = median(measured)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    bare = time.perf_counter() - began
    began = time.perf_counter()
    path = str(project.build / "store")
    script = f"from pathlib import Path; from metiers_kg.store import Store; Store.open(Path({path!r}))"
    subprocess.run([sys.executable, "-c", script], check=True)
    opened = time.perf_counter() - began
    spread = f"of {ROUNDS}: {min(measured):.2f} to {max(measured):.2f}"
    told.append(
        f"serve to first answer: {seconds:.2f} s ({spread}); Python alone {bare:.2f} s, store opened {opened:.2f} s"
    )
