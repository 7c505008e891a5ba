"""From the command to the first answer over HTTP, beside the start of Python and the opening of the store alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

import httpx
from pytest_benchmark.fixture import BenchmarkFixture

from metiers_kg.project import Project

ROUNDS = 5


def _first_answer() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "metiers_kg", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1]
    answer = httpx.get(f"{address}/queries/job-competences/results.json?job=bio-informaticien")
    process.terminate()
    process.wait()
    process.stdout.close()
    assert answer.status_code == 200
    assert answer.json()


def test_start_to_first_answer(benchmark: BenchmarkFixture, project: Project, told: list[str]) -> None:
    benchmark.pedantic(_first_answer, rounds=ROUNDS, warmup_rounds=1)
    seconds = median(benchmark.stats.stats.data)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    bare = time.perf_counter() - began
    began = time.perf_counter()
    path = str(project.build / "store")
    script = f"from pathlib import Path; from metiers_kg.store import Store; Store.open(Path({path!r}))"
    subprocess.run([sys.executable, "-c", script], check=True)
    opened = time.perf_counter() - began
    told.append(
        f"serve to first answer (stopping included): {seconds:.2f} s; Python alone {bare:.2f} s, "
        f"store opened {opened:.2f} s; x{seconds / opened:.1f}"
    )
