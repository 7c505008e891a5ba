"""What holds for every answer."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

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
    got, head = client.get(path), client.head(path)

    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers == got.headers


@pytest.mark.parametrize("path", PATHS)
def test_security_headers(client: TestClient, path: str) -> None:
    """Every answer forbids sniffing, foreign scripts and telling others the address."""
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
