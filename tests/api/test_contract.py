"""The service keeps the contract of its OpenAPI document: no answer that it does not tell of, and no failure.

The requests are schemathesis's, made from the document, right ones and wrong ones, and the same at every run.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from schemathesis import Case, CheckContext, GenerationMode, Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from metiers_kg.api import Service, create_app
from metiers_kg.project import Project
from metiers_kg.web import HtmlPages

UNTOLD = {"content-type", "content-length", "date", "accept-ranges"}
"""The headers that OpenAPI has no place for, or that say nothing to a client."""

SAFETY = {"x-content-type-options", "content-security-policy", "referrer-policy"}


def no_failure(_context: CheckContext, response: Response, _case: Case) -> bool | None:
    """Assert that the service did not fail; that it is busy or starting is an answer."""
    assert response.status_code != 500, response.text
    return None


CHECKS = [
    no_failure,
    status_code_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
]


def exercise(app: FastAPI, examples: int) -> Counter[tuple[str, int]]:
    """Send requests to every operation, right and wrong ones, and count the answers by operation and status."""
    answers: Counter[tuple[str, int]] = Counter()
    for result in schemathesis.openapi.from_asgi("/openapi.json", app).get_all_operations():
        operation = result.ok()
        for mode in GenerationMode:

            @settings(
                max_examples=examples,
                derandomize=True,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Case) -> None:
                response = case.call_and_validate(checks=CHECKS)
                answers[case.operation.label, response.status_code] += 1

            with contextlib.suppress(Unsatisfiable):  # what takes no parameter cannot be asked wrongly
                ask()
    return answers


def test_no_answer_is_untold(project: Project) -> None:
    """A dozen requests to every operation end in nothing but documented answers."""
    # A service of its own: schemathesis starts and stops the application, which closes the service.
    service = Service.open(project, query_timeout=1.0, workers=1)
    with contextlib.closing(service):
        app = create_app(service)
        answers = exercise(app, 6)
    asked = {label for label, _ in answers}
    told = {f"{method.upper()} {path}" for path, found in app.openapi()["paths"].items() for method in found}
    assert told - asked <= {"GET /openapi.json"}  # schemathesis leaves out what it reads itself
    assert {200, 404, 422} <= {status for _, status in answers}


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_no_answer_of_the_repository_is_untold(built_here: Project) -> None:
    """Hundreds of requests to every saved query of the repository, with its pages, end in documented answers."""
    service = Service.open(built_here, query_timeout=2.0, workers=1)
    with contextlib.closing(service):
        answers = exercise(create_app(service, HtmlPages(service)), 60)
    assert {("GET /queries/coverage/results", 200), ("GET /queries/coverage/results", 422)} <= set(answers)


@pytest.fixture(scope="module")
def repository(built_here: Project) -> Iterator[tuple[Service, TestClient]]:
    """The service of this repository, with its pages."""
    service = Service.open(built_here, workers=1)
    app = create_app(service, HtmlPages(service))
    with contextlib.closing(service):
        yield service, TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def test_examples_run(repository: tuple[Service, TestClient]) -> None:
    """Every saved query answers the examples of the document; their rows are as its schema has them."""
    service, client = repository
    for name, query in service.catalogue.items():
        operation = client.app.openapi()["paths"][f"/queries/{name}/results"]["get"]  # type: ignore[attr-defined]
        given = {p["name"]: p["example"] for p in operation["parameters"] if "example" in p}
        response = client.get(f"/queries/{name}/results", params=given)
        assert response.status_code == (409 if service.missing(query) else 200), (name, response.text)
        if response.status_code == 200 and query.columns:
            rows = client.get(f"/queries/{name}/results.json", params=given).json()
            plain, _ = operation["responses"]["200"]["content"]["application/json"]["schema"]["anyOf"]
            Draft202012Validator(plain).validate(rows)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/health",
        "/openapi.json",
        "/metrics",
        "/ontology",
        "/search?q=data",
        "/queries",
        "/queries/coverage",
        "/queries/coverage/results.csv",
        "/queries/coverage/results.html?limit=3",
        "/queries/jobs-by-evolution/results.json?limit=1",
        "/queries/nobody/results.csv",
        "/job/datamanager",
        "/query/coverage",
        "/releases",
        "/.well-known/void",
        "/sparql",
        "/sparql?query=ASK{}",
        "/sparql?query=DROP",
    ],
)
def test_headers_are_told(repository: tuple[Service, TestClient], path: str) -> None:
    """Each header of an answer is documented for its status, but for those that every browser wants."""
    _, client = repository
    document = client.app.openapi()  # type: ignore[attr-defined]
    response = client.get(path, headers={"accept-encoding": "gzip"})
    operation = _operation(document["paths"], path)
    told = operation["responses"][str(response.status_code)]
    if "$ref" in told:
        told = document["components"]["responses"][told["$ref"].rpartition("/")[2]]
    documented = {name.lower() for name in told.get("headers", {})}
    assert set(response.headers) - documented - UNTOLD - SAFETY == set()


def _operation(paths: dict[str, dict[str, dict[str, object]]], path: str) -> dict[str, dict[str, dict[str, str]]]:
    """Return the operation that answers a path, as a client finds it: names first, templates after."""
    asked = path.partition("?")[0]
    templates = sorted(paths, key=lambda template: template.count("{"))
    for template in templates:
        if _fits(template.split("/"), asked.split("/")):
            return paths[template]["get"]  # type: ignore[return-value]
    raise AssertionError(path)


def _fits(template: list[str], path: list[str]) -> bool:
    def part_fits(pattern: str, text: str) -> bool:
        if "{" not in pattern:
            return pattern == text
        return text.startswith(pattern.partition("{")[0])

    return len(template) == len(path) and all(map(part_fits, template, path))
