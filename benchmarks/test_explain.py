"""p50 and p95 of the shortest explanation of every inferred triple, in process and over HTTP; p95 stays under 20 ms."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from metiers_kg.explanation import TripleExplainer, explain_address, to_document
from metiers_kg.project import Project
from metiers_kg.queries import Names
from metiers_kg.reasoner.derivations import Triple
from metiers_kg.reasoner.explanation import Explainer
from metiers_kg.reasoner.terms import split
from metiers_kg.store import Store, StoredClosure

BAR_SECONDS = 0.020
OVER_HTTP = 20
"""Of the triples, one in so many is asked for over HTTP."""


@pytest.fixture(scope="module")
def triples(project: Project) -> list[Triple]:
    """Every triple of graph/inferred."""
    lines = (project.build / "metiers.nq").read_text(encoding="utf-8").splitlines()
    parts = (line.rsplit(" ", 2) for line in lines)
    return [split(f"{triple} .") for triple, graph, _ in parts if graph.endswith("/graph/inferred>")]


@pytest.fixture(scope="module")
def store(project: Project) -> Store:
    """The built graph, in memory as the service has it."""
    return Store.load(project.build / "metiers.nq")


@pytest.fixture(scope="module")
def closure(project: Project, store: Store) -> StoredClosure:
    """The same with what it leaves out."""
    return StoredClosure(store, project.build / "unstated.nq")


@pytest.fixture(scope="module")
def server(project: Project) -> Iterator[int]:
    """The port of a server of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "metiers_kg", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield port
        process.send_signal(signal.SIGINT)


def _told(seconds: list[float], what: str) -> tuple[float, str]:
    ordered = sorted(seconds)
    p50, p95, most = (ordered[int(len(ordered) * part)] * 1e3 for part in (0.5, 0.95, 0.9999))
    return p95 / 1e3, f"{what:36} p50 {p50:6.2f} ms  p95 {p95:6.2f} ms  most {most:7.2f} ms  of {len(ordered)}"


def test_search(triples: list[Triple], closure: StoredClosure, told: list[str]) -> None:
    explainer = Explainer(closure)
    seconds = []
    for triple in triples:
        began = time.perf_counter()
        found = explainer.explain(triple).found
        seconds.append(time.perf_counter() - began)
        assert found
    p95, line = _told(seconds, "explanations, searched")
    told.append(line)
    assert p95 < BAR_SECONDS


def test_account(triples: list[Triple], closure: StoredClosure, store: Store, told: list[str]) -> None:
    explainer = TripleExplainer(closure, Names(store))
    explainer.explain(triples[0])
    seconds = []
    for triple in triples:
        began = time.perf_counter()
        json.dumps(to_document(explainer.explain(triple)))
        seconds.append(time.perf_counter() - began)
    p95, line = _told(seconds, "explanations, with passages, as JSON")
    told.append(line)
    assert p95 < BAR_SECONDS


def test_over_http(triples: list[Triple], server: int, told: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server)
    addresses = [explain_address(triple) for triple in triples[::OVER_HTTP]]

    def seconds_of(address: str) -> float:
        began = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        return time.perf_counter() - began

    first = seconds_of(addresses[0])
    told.append(_told([seconds_of("/health") for _ in addresses], "health, over HTTP")[1])
    told.append(f"{_told(list(map(seconds_of, addresses)), 'explanations, over HTTP')[1]}, first {first * 1e3:.0f} ms")
    connection.close()
