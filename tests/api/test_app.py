"""The application as a whole."""

from __future__ import annotations

import re
from dataclasses import replace

from fastapi.testclient import TestClient

from metiers_kg.api import Service, create_app
from metiers_kg.store.pool import PooledAnswer


class Runner:
    """A stand-in for the pool that only knows whether it was closed."""

    closed = False

    def run(self, text: str, **options: object) -> PooledAnswer:
        """Answer nothing."""
        return PooledAnswer("rows", None, b"")

    def close(self) -> None:
        """Take note."""
        self.closed = True


def test_service_is_closed_with_the_server(service: Service) -> None:
    """When the server stops, so do the workers."""
    runner = Runner()

    with TestClient(create_app(replace(service, pool=runner))) as client:
        assert client.get("/health").status_code == 200
        assert not runner.closed

    assert runner.closed


def test_nothing_is_loaded_from_elsewhere(client: TestClient) -> None:
    """No page loads scripts or styles from a CDN, and there is no second reference beside /docs."""
    page = client.get("/docs", headers={"accept": "text/html"}).text

    assert [] == re.findall(r"""(?:src|href)=["']?(?:https?:)?//[^"' >]+\.(?:js|css)""", page)
    assert client.get("/redoc").status_code == 404
