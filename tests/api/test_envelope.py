"""What holds for every answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, create_app
from metiers_kg.api.exchange import Exchange

PATHS = [
    "/",
    "/health",
    "/queries",
    "/queries/jobs",
    "/queries/jobs.rq",
    "/queries/jobs/results.csv",
    "/sparql",
    "/sparql?query=ASK{?s ?p ?o}",
    "/job/bio-informaticien",
    "/job/nope",
    "/ontology",
    "/search?q=bio",
    "/openapi.json",
    "/nowhere",
]


@pytest.mark.parametrize("path", PATHS)
def test_head(client: TestClient, path: str) -> None:
    """HEAD answers as GET does, without the body."""
    same = {"x-request-id": "same"}
    got, head = client.get(path, headers=same), client.head(path, headers=same)

    assert (head.status_code, head.content) == (got.status_code, b"")
    assert _untimed(head.headers) == _untimed(got.headers)


def _untimed(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that are the same each time."""
    return {name: value for name, value in headers.items() if name != "server-timing"}


@pytest.mark.parametrize("path", PATHS)
def test_security_headers(client: TestClient, path: str) -> None:
    """Every answer forbids sniffing, foreign scripts and telling others the address."""
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", ["/health", "/nowhere", "/queries/jobs", "/queries/jobs/results.csv"])
def test_request_id(client: TestClient, path: str) -> None:
    """The id that a client gives its request comes back with the answer."""
    assert client.get(path, headers={"x-request-id": "abc-123"}).headers["x-request-id"] == "abc-123"


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "a\tb", '"><script>', "é"])
def test_request_id_that_is_none(client: TestClient, given: str) -> None:
    """A request whose id is missing or no id gets a new one, another each time."""
    headers = {"x-request-id": given.encode("latin-1")} if given else {}
    ids = [client.get("/health", headers=headers).headers["x-request-id"] for _ in range(2)]

    assert [uuid.UUID(one).version for one in ids] == [4, 4]
    assert ids[0] != ids[1]


def test_failures_are_told(service: Service) -> None:
    """A request that fails is observed as 500, and its answer has the id and the security headers too."""
    told: list[Exchange] = []
    app = create_app(service)

    @app.get("/fail/now/and/here")
    def fail() -> None:
        raise RuntimeError("no")

    outer = app.user_middleware[0]
    outer.kwargs["observers"] = [told.append]
    response = TestClient(app, raise_server_exceptions=False).get("/fail/now/and/here", headers={"x-request-id": "id"})

    assert (response.status_code, response.json()["request_id"], response.headers["x-request-id"]) == (500, "id", "id")
    assert [("/fail/now/and/here", 500, "id")] == [(one.route, one.status, one.request_id) for one in told]


def test_head_is_told_as_head(service: Service) -> None:
    """What is told of a request has the method that was asked, and the bytes that were sent."""
    told: list[Exchange] = []
    app = create_app(service)
    app.user_middleware[0].kwargs["observers"] = [told.append]
    TestClient(app).head("/queries/jobs/results.csv?lang=en")

    (one,) = told
    assert (one.method, one.size, one.query, one.parameters) == ("HEAD", 0, "jobs", "lang=en")
