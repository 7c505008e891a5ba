"""The OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from metiers_kg.api import Service
from metiers_kg.api.options import OPTIONS


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """Read the document as a client does."""
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document


def test_one_operation_per_query(document: dict[str, Any], service: Service) -> None:
    """Every saved query is an operation of its own, under its own name."""
    operations = {
        path: methods["get"]["operationId"] for path, methods in document["paths"].items() if "/results" in path
    }

    assert operations == {f"/queries/{name}/results": name for name in service.catalogue}


def test_parameters_have_their_types(document: dict[str, Any]) -> None:
    """Parameters come with types, bounds, choices, defaults and examples, then those of the service."""
    operation = document["paths"]["/queries/jobs/results"]["get"]
    competence, minimum, order, *options = operation["parameters"]

    assert competence["schema"] == {"type": "array", "items": {"type": "string"}}
    assert "mkg:Competence" in competence["description"]
    assert {k: minimum["schema"][k] for k in ("type", "minimum", "maximum")} == {
        "type": "integer",
        "minimum": 0,
        "maximum": 9,
    }
    assert order["schema"]["enum"] == ["label", "number"]
    assert [option["$ref"].rpartition("/")[2] for option in options] == list(OPTIONS)
    (job, *_) = document["paths"]["/queries/job-competences/results"]["get"]["parameters"]
    assert (job["required"], job["example"]) == (True, "bio-informaticien")


def test_errors_are_problems(document: dict[str, Any]) -> None:
    """Every operation says that errors are problem+json, and none promises FastAPI's own shape."""
    for methods in document["paths"].values():
        for operation in methods.values():
            assert "application/problem+json" in operation["responses"]["4XX"]["content"]
    assert "HTTPValidationError" not in str(document)


def test_references_lead_somewhere(document: dict[str, Any]) -> None:
    """Every reference has its target."""

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [r for value in node.values() for r in references(value)]
        return [r for value in node for r in references(value)] if isinstance(node, list) else []

    for reference in references(document):
        node = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    """No two operations share an id."""
    ids = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]

    assert len(ids) == len(set(ids))


def test_document_is_made_once(app: FastAPI) -> None:
    """The document is made at the start, not on request."""
    assert app.openapi() is app.openapi()


def test_all_routes_are_described(document: dict[str, Any], app: FastAPI) -> None:
    """Every route that is shown says what it takes and gives."""
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            for name in (part[1:-1] for part in path.split("/") if part.startswith("{")):
                assert name in [p.get("name") for p in operation["parameters"]]
