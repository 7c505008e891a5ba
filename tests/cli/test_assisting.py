from __future__ import annotations

import contextlib
import warnings

import pytest
from click.testing import CliRunner

from metiers_kg.api import Service, create_app
from metiers_kg.api.settings import Settings
from metiers_kg.cli import main
from metiers_kg.cli.assisting import mount_tools
from metiers_kg.project import Project

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient


@pytest.mark.parametrize("address", ["8000", "localhost:", "localhost:70000", "a:b:1"])
def test_an_address_that_is_none_is_a_mistake_of_use(address: str) -> None:
    """--http needs a host and a port."""
    result = CliRunner().invoke(main, ["mcp", "--http", address])
    assert result.exit_code == 2
    assert f"found '{address}', expected HOST:PORT such as 127.0.0.1:8001" in result.output


def test_a_theme_that_is_none_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """--tag takes the themes of the catalogue, which the error names."""
    monkeypatch.setenv("METIERS_KG_BUILD", str(project.build))
    result = CliRunner().invoke(main, ["mcp", "--tag", "gardens"])
    assert result.exit_code == 1
    assert "--tag: found 'gardens', expected one of activities, competences, " in result.output


def test_the_service_has_the_tools_too(project: Project) -> None:
    """Serve answers the protocol at /mcp, with the headers and errors of the service."""
    with contextlib.closing(Service.open(project, workers=1)) as service:
        app = create_app(service)
        mount_tools(app, service, Settings())
        client = TestClient(app, base_url="http://127.0.0.1:8000")
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
        asked["params"] = {"name": "search", "arguments": {"q": "data manager", "limit": 1}}
        headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25"}
        found = client.post("/mcp", json=asked, headers=headers)
        assert found.json()["result"]["structuredContent"]["hits"][0]["iri"].endswith("job/datamanager")
        assert found.headers["x-content-type-options"] == "nosniff"
        assert client.get("/mcp").json()["type"] == "/problems/method-not-allowed"
