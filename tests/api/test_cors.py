"""Pages of other origins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, Settings, create_app

Assertion = Callable[..., dict[str, Any]]

OURS = "https://app.example.org"


@pytest.fixture(scope="module")
def shared(service: Service) -> TestClient:
    """Ask a service that lets one origin read."""
    digest = "0" * 64
    return TestClient(create_app(service, settings=Settings(cors_origins=OURS, tokens=f"t catalogue {digest}")))


def preflight(client: TestClient, origin: str, method: str = "GET", headers: str = "authorization") -> Any:
    """Ask what a browser asks before the request itself."""
    sent = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return client.options("/queries", headers=sent)


def test_off_by_default(client: TestClient) -> None:
    """Without the setting no origin is told that it may read."""
    assert "access-control-allow-origin" not in client.get("/queries", headers={"Origin": OURS}).headers


def test_preflight(shared: TestClient) -> None:
    """What a browser asks before the request is answered without a token, which it cannot show yet."""
    response = preflight(shared, OURS)

    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == OURS
    assert "Authorization" in response.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    ("origin", "method", "headers"),
    [("https://evil.example", "GET", "accept"), (OURS, "DELETE", "accept"), (OURS, "GET", "x-other")],
)
def test_preflight_refused(
    shared: TestClient, assert_problem: Assertion, origin: str, method: str, headers: str
) -> None:
    """Another origin, method or header is refused in the one form of all errors."""
    assert_problem(preflight(shared, origin, method, headers), 400, "bad-request")


def test_errors_can_be_read(shared: TestClient) -> None:
    """A page that may read answers may read errors too, and the headers it needs."""
    response = shared.get("/queries", headers={"Origin": OURS})

    assert response.status_code == 401
    assert response.headers["access-control-allow-origin"] == OURS
    assert "X-Request-Id" in response.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in response.headers


def test_other_origins_are_not_told(shared: TestClient) -> None:
    """A page of another origin is not told that it may read, and caches keep both apart."""
    headers = shared.get("/queries", headers={"Origin": "https://evil.example"}).headers

    assert "access-control-allow-origin" not in headers
    assert "Origin" in headers["vary"]
