"""Sizes, tokens and rates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, Settings, create_app

Assertion = Callable[..., dict[str, Any]]


def client_of(service: Service, **settings: Any) -> TestClient:
    """Return a client of the tiny service with other settings."""
    app = create_app(service, settings=Settings(**settings))
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def bearer(token: str) -> dict[str, str]:
    """Return the header that shows a token."""
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def guarded(service: Service) -> TestClient:
    """Ask a service where one token opens the catalogue, one everything."""
    lines = [
        f"reader catalogue {hashlib.sha256(b'r-token').hexdigest()}",
        f"analyst catalogue,sparql,metrics {hashlib.sha256(b'a-token').hexdigest()}",
    ]
    return client_of(service, tokens=";".join(lines))


def test_long_address(service: Service, assert_problem: Assertion) -> None:
    """An address past the limit is 413, with the way out; one within it is answered."""
    client = client_of(service, max_url=300)

    problem = assert_problem(client.get("/search", params={"q": "x" * 400}), 413, "request-too-large")

    assert "POST" in problem["detail"]
    assert client.get("/search", params={"q": "bio"}).status_code == 200


def _pieces(total: int) -> Iterator[bytes]:
    for _ in range(total // 100):
        yield b"x" * 100


@pytest.mark.parametrize("body", [b"x" * 2000, _pieces(2000)], ids=["declared", "undeclared"])
def test_large_body(service: Service, assert_problem: Assertion, body: Any) -> None:
    """A body past the limit is 413, whether or not it says how large it is."""
    client = client_of(service, max_body=1024)
    headers = {"content-type": "application/sparql-query"}

    assert_problem(client.post("/sparql", content=body, headers=headers), 413, "request-too-large")


@pytest.mark.parametrize(
    ("path", "token", "status", "name"),
    [
        ("/queries", None, 401, "token-missing"),
        ("/queries", "guess", 401, "token-unknown"),
        ("/sparql?query=ASK{}", "r-token", 403, "scope-missing"),
        ("/metrics", "r-token", 403, "scope-missing"),
        ("/nowhere", None, 401, "token-missing"),
        ("/openapi.json", None, 401, "token-missing"),
    ],
)
def test_refused(
    guarded: TestClient, assert_problem: Assertion, path: str, token: str | None, status: int, name: str
) -> None:
    """Without a token that may ask it, a request is refused as RFC 6750 has it."""
    response = guarded.get(path, headers=bearer(token) if token else {})

    assert_problem(response, status, name)
    challenge = response.headers["www-authenticate"]
    assert challenge.startswith('Bearer realm="metiers_kg"')
    assert ('error="invalid_token"' in challenge) is (name == "token-unknown")
    assert ('error="insufficient_scope"' in challenge) is (name == "scope-missing")


@pytest.mark.parametrize(
    ("path", "token"),
    [
        ("/queries", "r-token"),
        ("/queries", "a-token"),
        ("/sparql?query=ASK{}", "a-token"),
        ("/metrics", "a-token"),
        ("/health", None),
        ("/problems/token-missing", None),
    ],
)
def test_admitted(guarded: TestClient, path: str, token: str | None) -> None:
    """A token opens what its scopes name; probes and explanations of errors are open."""
    assert guarded.get(path, headers=bearer(token) if token else {}).status_code == 200


@pytest.mark.parametrize("header", ["Basic cjpy", "Bearer", "Bearer ", "bearer r-token", "", "Bearer é"])
def test_odd_authorization(guarded: TestClient, header: str) -> None:
    """A header that is no bearer token is refused; the scheme may be written in small letters."""
    response = guarded.get("/queries", headers={"Authorization": header.encode("latin-1")})

    assert response.status_code == (200 if header == "bearer r-token" else 401)


def test_token_in_the_address(guarded: TestClient, assert_problem: Assertion) -> None:
    """A token in the address, where logs and caches would see it, opens nothing."""
    assert_problem(guarded.get("/queries?access_token=a-token"), 401, "token-missing")


def test_what_a_token_opens_is_not_shared(guarded: TestClient) -> None:
    """Caches that several people share are told to keep what a token has opened to its owner."""
    headers = guarded.get("/queries/jobs/results.csv", headers=bearer("r-token")).headers

    assert "public" not in headers["cache-control"]
    assert "Authorization" in headers["vary"]


def test_rate(service: Service, assert_problem: Assertion) -> None:
    """Past the limit a client is told 429 with when to come again; probes are not counted."""
    client = client_of(service, rate_limit="2/day")
    first = client.get("/queries")
    client.get("/queries")

    response = client.get("/queries")

    assert_problem(response, 429, "too-many-requests")
    assert int(response.headers["retry-after"]) > 0
    assert response.headers["ratelimit-policy"] == '"client";q=2;w=86400'
    assert first.headers["ratelimit"].startswith('"client";r=1;t=')
    assert [200, 200] == [client.get(path).status_code for path in ("/health", "/metrics")]


def test_guesses_are_counted(service: Service) -> None:
    """Who guesses tokens comes to the limit too, and whose token is known does not pay for it."""
    digest = hashlib.sha256(b"known").hexdigest()
    client = client_of(service, rate_limit="2/day", tokens=f"known catalogue {digest}")

    statuses = [client.get("/queries", headers=bearer("guess")).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]
    assert client.get("/queries", headers=bearer("known")).status_code == 200


def test_clients_behind_a_proxy(service: Service) -> None:
    """The client is who the proxy says only where the proxy is believed."""

    def remaining(client: TestClient) -> list[str]:
        sent = [{"X-Forwarded-For": address} for address in ("192.0.2.1", "192.0.2.2")]
        return [client.get("/queries", headers=headers).headers["ratelimit"].split(";")[1] for headers in sent]

    assert remaining(client_of(service, rate_limit="9/day")) == ["r=8", "r=7"]
    assert remaining(client_of(service, rate_limit="9/day", forwarded_allow_ips="*")) == ["r=8", "r=8"]
