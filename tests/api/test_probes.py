"""Liveness, readiness and numbers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, Settings, app, create_app
from metiers_kg.errors import NotBuiltError
from metiers_kg.store.pool import PooledAnswer

Assertion = Callable[..., dict[str, Any]]


class Runner:
    """A stand-in for the pool that answers once it is told to."""

    answers = False

    def run(self, text: str, **options: object) -> PooledAnswer:
        """Answer, or say that there is no store."""
        if not self.answers:
            raise NotBuiltError("no built graph")
        return PooledAnswer("rows", None, b"")

    def start(self) -> None:
        """Be there."""

    def close(self) -> None:
        """Be gone."""


def eventually(told: Callable[[], bool]) -> bool:
    """Wait for a condition."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if told():
            return True
        time.sleep(0.02)
    return False


def test_alive(client: TestClient) -> None:
    """The service says that it lives, its version, that of its data and the size of its graph."""
    document = client.get("/health").json()

    assert set(document) == {"status", "version", "data_version", "triples"}
    assert document["status"] == "ok"


def test_ready_once_a_worker_answers(
    service: Service, assert_problem: Assertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service lives before it is ready; it is ready once a query of the client's own would be answered."""
    monkeypatch.setattr(app, "_START_POOL_AFTER", 0)
    monkeypatch.setattr(app, "_TRY_AGAIN_AFTER", 0.02)
    runner = Runner()
    with TestClient(create_app(replace(service, pool=runner))) as client:
        before = client.get("/health/ready")
        alive = client.get("/health")
        runner.answers = True

        assert eventually(lambda: client.get("/health/ready").json() == {"status": "ready"})

    assert_problem(before, 503, "not-ready")
    assert before.headers["retry-after"] == "1"
    assert alive.status_code == 200


def test_ready_without_workers(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no queries of the client's own, readiness waits for no worker."""
    monkeypatch.setattr(app, "_START_POOL_AFTER", 0)
    with TestClient(create_app(replace(service, pool=Runner()), settings=Settings(sparql=False))) as client:
        assert eventually(lambda: client.get("/health/ready").status_code == 200)


def numbers(client: TestClient, name: str, *labels: str) -> float:
    """Return a number of the service: the one with that name and all these labels; 0 where there is none."""
    for line in client.get("/metrics").text.splitlines():
        found = re.fullmatch(rf"{name}(?:\{{(.*)\}})? (\S+)", line)
        if found and set(labels) <= set((found[1] or "").split(",")):
            return float(found[2])
    return 0


def counted(service: Service, paths: Sequence[str]) -> TestClient:
    """Return a client of a service of its own that has been asked *paths*."""
    client = TestClient(create_app(service), raise_server_exceptions=False)
    for path in paths:
        client.get(path)
    return client


def test_numbers_of_routes(service: Service) -> None:
    """Requests are counted by the template of their route: what a client makes up is no label."""
    client = counted(service, ["/job/bio-informaticien", "/job/made-up", "/made/up/path", "/queries"])
    name = "metiers_kg_http_requests_total"

    assert numbers(client, name, 'method="GET"', 'route="/{kind}/{slug}"', 'status="200"') == 1
    assert numbers(client, name, 'route="/{kind}/{slug}"', 'status="404"') == 1
    assert numbers(client, name, 'route="unmatched"', 'status="404"') == 1
    assert numbers(client, "metiers_kg_http_request_seconds_count", 'route="/queries"') == 1
    assert "made" not in client.get("/metrics").text


def test_numbers_of_saved_queries(service: Service) -> None:
    """Each saved query has its requests by outcome, its seconds and its rows, cached or not."""
    results = "/queries/job-competences/results.csv"
    client = counted(service, [f"{results}?job=bio-informaticien"] * 2 + [results, "/queries/made-up/results"])
    query = 'query="job-competences"'

    assert numbers(client, "metiers_kg_saved_query_requests_total", query, 'outcome="ok"') == 2
    assert numbers(client, "metiers_kg_saved_query_requests_total", query, 'outcome="refused"') == 1
    assert numbers(client, "metiers_kg_saved_query_seconds_count", query) == 3
    assert numbers(client, "metiers_kg_saved_query_rows_total", query) == 4
    assert "made-up" not in client.get("/metrics").text


def test_numbers_of_the_pool(service: Service) -> None:
    """Queries of the client's own are counted by how they ended, and the workers that were killed by why."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"
    client = counted(service, ["/sparql?query=ASK{}", f"/sparql?query={endless.replace('?', '%3F')}"])

    assert numbers(client, "metiers_kg_adhoc_queries_total", 'outcome="answered"') == 1
    assert numbers(client, "metiers_kg_adhoc_queries_total", 'outcome="timeout"') == 1
    assert numbers(client, "metiers_kg_adhoc_workers_killed_total", 'reason="timeout"') == 1
    assert numbers(client, "metiers_kg_adhoc_queries_running") == 0
    assert numbers(client, "metiers_kg_adhoc_queries_waiting") == 0


def test_numbers_of_the_process(service: Service) -> None:
    """The memory of the server is told in bytes."""
    assert numbers(counted(service, []), "metiers_kg_resident_memory_bytes", 'role="server"') > 2**20


def test_form_of_the_numbers(client: TestClient) -> None:
    """The numbers are in the text format of Prometheus, and never cached."""
    headers = client.get("/metrics").headers

    assert headers["content-type"].startswith("text/plain; version=")
    assert headers["cache-control"] == "no-store"


def test_numbers_can_be_switched_off(service: Service) -> None:
    """Without the setting nobody is told the numbers."""
    client = TestClient(create_app(service, settings=Settings(metrics=False)))

    assert client.get("/metrics").status_code == 404
    assert "/metrics" not in client.get("/openapi.json").json()["paths"]
