"""The OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from metiers_kg.api import Service
from metiers_kg.api.openapi import build_openapi
from metiers_kg.api.options import OPTIONS
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, SavedQuery


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """Read the document as a client does."""
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document


def test_one_operation_per_query(document: dict[str, Any], service: Service) -> None:
    """Every saved query is an operation of its own, under its own name."""
    operations = {
        path: methods["get"]["operationId"] for path, methods in document["paths"].items() if path.endswith("/results")
    }

    assert operations == {f"/queries/{name}/results": name for name in service.catalogue}


def test_parameters_have_their_types(document: dict[str, Any]) -> None:
    """Parameters come with types, bounds, choices, defaults and examples, then those of the service."""
    operation = document["paths"]["/queries/jobs/results"]["get"]
    competence, minimum, order, *options = operation["parameters"]

    assert competence["schema"] == {
        "type": "array",
        "items": {"type": "string", "pattern": r"\S", "x-class": "mkg:Competence"},
        "minItems": 1,
    }
    assert (competence["style"], competence["explode"]) == ("form", True)
    assert "mkg:Competence" in competence["description"]
    assert {k: minimum["schema"][k] for k in ("type", "minimum", "maximum")} == {
        "type": "integer",
        "minimum": 0,
        "maximum": 9,
    }
    assert order["schema"]["enum"] == ["label", "number"]
    assert [o.get("name") or o["$ref"].rpartition("/")[2] for o in options] == list(OPTIONS)
    (job, *_) = document["paths"]["/queries/job-competences/results"]["get"]["parameters"]
    assert (job["required"], job["example"]) == (True, "bio-informaticien")


def test_errors_are_problems(document: dict[str, Any]) -> None:
    """Every operation names each status that it may answer; errors are problem+json, and none is FastAPI's own shape."""
    for methods in document["paths"].values():
        for operation in methods.values():
            errors = {status: found for status, found in operation["responses"].items() if status >= "400"}
            assert {"404", "406", "422", "500"} <= set(errors)
            for reference in errors.values():
                error = document["components"]["responses"][reference["$ref"].rpartition("/")[2]]
                assert "application/problem+json" in error["content"]
    assert "HTTPValidationError" not in str(document)


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    """It is OpenAPI 3.1."""
    assert document["openapi"].startswith("3.1.")
    assert [] == [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]


def test_columns_are_told(document: dict[str, Any]) -> None:
    """Each form of an answer names the columns: flat rows with their types, SPARQL results, CSV."""
    operation = document["paths"]["/queries/jobs/results"]["get"]
    forms = {name: form.get("schema") for name, form in operation["responses"]["200"]["content"].items()}
    plain, told = forms["application/json"]["anyOf"]
    rows = plain["items"]
    assert told["allOf"][1]["properties"]["rows"] == plain
    assert rows["required"] == ["job", "jobLabel", "competences"]
    assert rows["properties"]["competences"] == {"type": "integer"}
    assert rows["properties"]["jobLabel"] == {"type": ["string", "null"]}
    head = forms["application/sparql-results+json"]["properties"]["head"]
    assert head["properties"]["vars"] == {"const": rows["required"]}
    assert "job,jobLabel,competences" in forms["text/csv"]["description"]


def test_names_of_queries_do_not_collide(project: Project) -> None:
    """A query with the name of a fixed operation has an id of its own."""
    text = (project.queries / "has-neighbours.rq").read_text()
    app = FastAPI()
    document = build_openapi(app, Catalogue([SavedQuery.parse("openapi", text)]))
    assert document["paths"]["/queries/openapi/results"]["get"]["operationId"] == "query-openapi"
    assert document["paths"]["/openapi.json"]["get"]["operationId"] == "openapi"


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
