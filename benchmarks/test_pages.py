"""The pages: what the server takes for each type, and what a browser waits for and loads before one can be read.

Limits stand beside what is measured: 50 ms of server time at the 95th percentile, 1 s to the first contentful paint,
300 kB before the heavy views. METIERS_KG_BENCH_ESCO names a build folder with ESCO and ROME to measure instead.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from metiers_kg.project import Project

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 20
LIMITS = {"server": 50.0, "paint": 1000.0, "weight": 300.0}

JOBS = ("bio-informaticien", "cadre-technique-controle-qualite", "datamanager", "delegue-medical", "laborantin")
PAGES = {
    "home": ["/"],
    "search": ["/search?q=statis", "/search?q=bio", "/search?q=infirm"],
    "catalogue": ["/queries"],
    "form": ["/queries/competence-gap", "/queries/jobs-requiring-competence"],
    "rows": [f"/queries/job-competences/results?job={job}" for job in JOBS],
    "graph": [f"/queries/job-neighbourhood/results?job={job}" for job in JOBS],
    "flow": ["/queries/factors-to-competences/results?limit=1000"],
    "job": [f"/job/{job}" for job in JOBS],
    "competence": ["/competence/rigueur", "/competence/statistiques", "/competence/biologie"],
    "sub-sector": ["/sub-sector/industrie-chimique", "/sub-sector/biotechnologies"],
    "source": ["/source/biopharma-2024"],
    "nearest": [f"/overlap?job={job}" for job in JOBS],
    "comparison": ["/overlap?job=datamanager&other=biostatisticien"],
    "heat map": ["/overlap/matrix"],
    "network": [f"/network?job={job}" for job in JOBS],
    "editor": ["/sparql"],
    "ontology": ["/ontology"],
}
"""Addresses of each type of page."""


@contextmanager
def served(build: Path) -> Iterator[tuple[str, int]]:
    """Serve a build folder with one process; give host and port."""
    command = [sys.executable, "-m", "metiers_kg", "serve", "--port", "0", "--processes", "1"]
    environment = {**os.environ, "METIERS_KG_BUILD": str(build)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        found = next(m for line in server.stdout if (m := re.search(r"http://([\d.]+):(\d+)", line)))
        try:
            yield found[1], int(found[2])
        finally:
            server.terminate()


def ask(connection: HTTPConnection, path: str) -> float:
    """Return how long an answer took, in milliseconds; nothing is kept of the one before."""
    began = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "text/html", "Accept-Language": "fr"})
    answer = connection.getresponse()
    body = answer.read()
    assert (answer.status, body[:15]) == (200, b"<!doctype html>"), path
    return (time.perf_counter() - began) * 1000


@pytest.fixture(scope="module")
def address(project: Project) -> Iterator[tuple[str, int]]:
    named = os.environ.get("METIERS_KG_BENCH_ESCO")
    with served(Path(named) if named else project.build) as found:
        yield found


def test_server_time(address: tuple[str, int], told: list[str]) -> None:
    with closing(HTTPConnection(*address)) as connection:
        measure(connection, told)


def measure(connection: HTTPConnection, told: list[str]) -> None:
    """Ask each type of page many times, and tell how long it took."""
    told.append(f"{'server time, ms':12} {'first':>8} {'p50':>8} {'p95':>8} {'x limit':>8}")
    for name, paths in PAGES.items():
        first = max(ask(connection, path) for path in paths)
        times = [ask(connection, path) for _ in range(ROUNDS) for path in paths]
        p95 = statistics.quantiles(times, n=20)[-1]
        told.append(f"{name:15} {first:8.0f} {statistics.median(times):8.1f} {p95:8.1f} {p95 / LIMITS['server']:8.2f}")


def test_first_paint_and_weight(address: tuple[str, int], told: list[str]) -> None:
    playwright_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("needs Chromium")
    told.append(f"{'first paint, ms; weight, kB':28} {'paint':>8} {'x limit':>8} {'weight':>8} {'x limit':>8}")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, paths in PAGES.items():
            context = browser.new_context(base_url=f"http://{address[0]}:{address[1]}")
            page = context.new_page()
            weights: list[int] = []
            page.on("requestfinished", lambda r, weights=weights: weights.append(r.sizes()["responseBodySize"]))
            page.goto(paths[0], wait_until="networkidle")
            paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
            weight = sum(weights) / 1000
            told.append(
                f"{name:28} {paint:8.0f} {paint / LIMITS['paint']:8.2f} {weight:8.0f} {weight / LIMITS['weight']:8.2f}"
            )
            context.close()
        browser.close()
