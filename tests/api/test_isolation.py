"""Heavy queries, and everybody else: over sockets, as clients come."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
import uvicorn

from metiers_kg.api import Service, create_app
from metiers_kg.project import Project
from metiers_kg.store.pool import QueryPool

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"


def eventually(told: Callable[[], bool]) -> bool:
    """Wait for a condition."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if told():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def patient(project: Project) -> Iterator[Service]:
    """Open the tiny project with one worker, which may take its time."""
    service = Service.open(project, query_timeout=60, workers=1)
    yield service
    service.close()


@pytest.fixture(scope="module")
def port(patient: Service) -> Iterator[int]:
    """Serve it in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(patient), log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert eventually(lambda: server.started)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


@pytest.fixture
def pool(patient: Service) -> QueryPool:
    """Give the pool once its worker has answered and waits."""
    assert isinstance(patient.pool, QueryPool)
    patient.pool.run("ASK {}")
    return patient.pool


@contextlib.contextmanager
def asking(port: int, query: str) -> Iterator[socket.socket]:
    """Send a query and read nothing; leave at the end."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        yield connection


def get(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def counted(port: int, name: str) -> float:
    """Return a number of the service."""
    lines = get(port, "/metrics")[2].decode().splitlines()
    return next((float(line.split()[-1]) for line in lines if line.startswith(name)), 0.0)


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_client_that_leaves_frees_its_worker(port: int, pool: QueryPool) -> None:
    """When a client closes its connection its query is stopped, and the worker is another's."""
    (pid,) = pool.pids
    with asking(port, ENDLESS):
        assert eventually(lambda: counted(port, "metiers_kg_adhoc_queries_running") == 1)

    assert eventually(lambda: is_gone(pid))
    assert get(port, f"/sparql?query={quote('ASK {}')}")[0] == 200
    assert counted(port, 'metiers_kg_adhoc_workers_killed_total{reason="abandoned"}') == 1


def test_others_are_answered_while_the_pool_is_busy(port: int, pool: QueryPool) -> None:
    """While every worker is busy, probes, saved queries and pages are answered as ever."""
    assert eventually(lambda: get(port, "/health/ready")[0] == 200)
    with asking(port, ENDLESS):
        assert eventually(lambda: counted(port, "metiers_kg_adhoc_queries_running") == 1)
        paths = [
            "/health",
            "/health/ready",
            "/metrics",
            "/queries/jobs/results.csv",
            "/job/bio-informaticien",
            "/sparql",
        ]

        assert [200] * len(paths) == [get(port, path)[0] for path in paths]
        assert counted(port, "metiers_kg_adhoc_queries_running") == 1


def test_full_pool(port: int, pool: QueryPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every worker busy another query is 503, with the time after which to come again."""
    monkeypatch.setattr(pool, "patience", 0.1)
    with asking(port, ENDLESS):
        assert eventually(lambda: counted(port, "metiers_kg_adhoc_queries_running") == 1)

        status, headers, body = get(port, f"/sparql?query={quote('ASK {}')}")

    assert (status, json.loads(body)["type"]) == (503, "/problems/busy")
    assert int(headers["retry-after"]) >= 1


def test_many_callers_hold_nobody_up(port: int, pool: QueryPool) -> None:
    """However many queries of clients' own wait for a worker, a saved query does not wait for them."""
    with contextlib.ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(asking(port, ENDLESS))
        assert eventually(lambda: counted(port, "metiers_kg_adhoc_queries_running") == 1)

        assert get(port, "/queries/jobs/results.csv?lang=de")[0] == 200
    assert eventually(lambda: counted(port, "metiers_kg_adhoc_queries_waiting") == 0)
