from __future__ import annotations

import warnings

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from metiers_kg.mcp.endpoint import Endpoint
from metiers_kg.mcp.tool import Tool

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25"}


def client_of(tools: dict[str, Tool], host: str, base_url: str) -> TestClient:
    """A client of an application with the endpoint at /mcp."""
    app = Starlette(routes=[Route("/mcp", Endpoint(lambda: tools, host), methods=["POST"])])
    return TestClient(app, base_url=base_url)


def test_a_request_stands_for_itself(tools: dict[str, Tool]) -> None:
    """Without a session, any request is answered in JSON."""
    response = client_of(tools, "127.0.0.1", "http://127.0.0.1:8000").post("/mcp", json=LIST, headers=HEADERS)
    assert response.headers["content-type"] == "application/json"
    assert list(tools) == [tool["name"] for tool in response.json()["result"]["tools"]]


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 421), ("0.0.0.0", 200)])  # noqa: S104  nothing listens
def test_a_server_of_this_machine_answers_to_its_own_name(tools: dict[str, Tool], host: str, status: int) -> None:
    """A name of elsewhere that leads here is refused where the server is of this machine alone."""
    response = client_of(tools, host, "http://elsewhere.example").post("/mcp", json=LIST, headers=HEADERS)
    assert status == response.status_code
