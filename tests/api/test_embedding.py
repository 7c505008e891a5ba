"""The answers that other sites may frame."""

from __future__ import annotations

import hashlib

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, create_app
from metiers_kg.api.settings import Settings
from tests.api.conftest import PlainPages

BIO = "/queries/job-competences/embed?job=bio-informaticien&lang=fr"


def test_any_site_may_frame_it(browser: TestClient) -> None:
    """The view to embed may be framed by anybody, and nothing else of the service."""
    embedded, page = (browser.get(path) for path in (BIO, BIO.replace("embed", "results")))

    assert embedded.text.startswith("<p lang=fr>embedded job-competences")
    assert "frame-ancestors *;" in embedded.headers["content-security-policy"]
    assert "default-src 'self'" in embedded.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]


def test_a_guarded_service_is_not_framed(service: Service) -> None:
    """Where tokens guard the service, only its own pages may frame an answer."""
    token = "x" * 32
    settings = Settings(tokens=f"ana catalogue {hashlib.sha256(token.encode()).hexdigest()}")
    client = TestClient(create_app(service, PlainPages(), settings), headers={"Authorization": f"Bearer {token}"})

    assert "frame-ancestors 'self'" in client.get(BIO).headers["content-security-policy"]


def test_it_is_given_once(browser: TestClient) -> None:
    """A browser that has the view is told so; one that reads another language is not."""
    tag = browser.get(BIO).headers["etag"]

    assert [304, 200] == [
        browser.get(path, headers={"If-None-Match": tag}).status_code
        for path in (BIO, BIO.replace("lang=fr", "lang=en"))
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/queries/job-competences/embed", 422),
        (BIO + "&version=1", 422),
        ("/queries/no-such-query/embed", 404),
    ],
)
def test_nonsense_is_told(browser: TestClient, path: str, status: int) -> None:
    """A missing value, an option that it does not take and an unknown query are problems, as everywhere."""
    assert status == browser.get(path).status_code


def test_without_pages_there_is_none(client: TestClient) -> None:
    """A service without pages has nothing to frame."""
    assert 404 == client.get(BIO).status_code
