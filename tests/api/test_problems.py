"""Every error as an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from metiers_kg.api.negotiation import ROW_TYPES, NotAcceptableError
from metiers_kg.api.problems import PROBLEM_TYPES, RequestError, add_problems, describe, to_json
from metiers_kg.errors import (
    BusyError,
    DataError,
    MissingVocabulary,
    MissingVocabularyError,
    NotBuiltError,
    ParameterError,
    ParameterFault,
    QueryCostError,
    QueryFileError,
    QuerySyntaxError,
    QueryTimeoutError,
    UnknownQueryError,
    UnknownResourceError,
)

Assertion = Callable[..., dict[str, Any]]

FAULT = ParameterFault("job", "bio", "a mkg:Job", (), ("bio-informaticien",))


@pytest.mark.parametrize(
    ("error", "status", "name"),
    [
        (ParameterError([FAULT]), 422, "parameters"),
        (UnknownQueryError("jbos", ["jobs"]), 404, "unknown-query"),
        (UnknownResourceError("/job/x", "the address of a job"), 404, "unknown-resource"),
        (MissingVocabularyError("x", [MissingVocabulary("esco", "ESCO", "import")]), 409, "missing-vocabulary"),
        (QuerySyntaxError("1:1"), 400, "bad-query"),
        (QueryFileError("x.rq"), 404, "unknown-query"),
        (DataError("broken"), 400, "bad-input"),
        (QueryCostError("too large"), 422, "query-cost"),
        (QueryTimeoutError(10), 504, "timeout"),
        (BusyError(3), 503, "busy"),
        (NotBuiltError("/srv/secret/store"), 503, "not-built"),
        (NotAcceptableError("image/png", ROW_TYPES), 406, "not-acceptable"),
        (RequestError("request-too-large", "2 MiB"), 413, "request-too-large"),
        (RuntimeError("/srv/secret: password"), 500, "internal"),
    ],
)
def test_each_error_has_its_status(error: Exception, status: int, name: str) -> None:
    """Each error of the project has one status and one type."""
    problem = describe(error)

    assert (problem.status, problem.type) == (status, f"/problems/{name}")


def test_what_repairs_is_told() -> None:
    """A problem carries the faults, the nearest names and what is offered."""
    assert to_json(describe(ParameterError([FAULT])))["errors"] == [
        {
            "parameter": "job",
            "value": "bio",
            "expected": "a mkg:Job",
            "allowed": (),
            "suggestions": ("bio-informaticien",),
        }
    ]
    assert describe(UnknownQueryError("jbos", ["jobs"])).suggestions == ("jobs",)
    assert describe(BusyError(3)).headers == {"Retry-After": "3"}
    assert describe(NotAcceptableError("image/png", ROW_TYPES)).available[0] == "application/sparql-results+json"


@pytest.mark.parametrize("error", [RuntimeError("/srv/secret"), NotBuiltError("/srv/secret")])
def test_internals_are_not_told(error: Exception) -> None:
    """Folders and messages of the inside stay inside."""
    assert "secret" not in str(to_json(describe(error)))


def test_long_messages_are_cut() -> None:
    """The engine's list of all characters that it would have taken is cut."""
    assert len(describe(QuerySyntaxError("expected " + "'x', " * 5000)).detail) <= 600


def test_unexpected_errors_are_logged(assert_problem: Assertion, caplog: pytest.LogCaptureFixture) -> None:
    """What nobody foresaw is a 500 without internals, and the log has its traceback."""
    app = FastAPI()
    add_problems(app, None)

    @app.get("/fails")
    def fail() -> None:
        raise RuntimeError("secret")

    with caplog.at_level(logging.ERROR):
        response = TestClient(app, raise_server_exceptions=False).get("/fails")

    assert_problem(response, 500, "internal")
    assert "secret" not in response.text
    assert "secret" in caplog.text


def test_framework_validation_has_the_same_shape(assert_problem: Assertion) -> None:
    """A parameter that FastAPI refuses is told as one that the catalogue refuses."""
    app = FastAPI()
    add_problems(app, None)

    @app.get("/")
    def take(n: int) -> int:
        return n

    client = TestClient(app)
    client.headers["accept"] = "*/*"

    missing = assert_problem(client.get("/"), 422, "parameters")["errors"]
    wrong = assert_problem(client.get("/?n=x"), 422, "parameters")["errors"]

    assert [(fault["parameter"], fault["value"]) for fault in missing + wrong] == [("n", None), ("n", "x")]


LONG = "x" * (2**20 + 1)
SELECT = "SELECT ?s { ?s ?p ?o } LIMIT 1"
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}


@pytest.mark.parametrize(
    ("method", "url", "sent", "status", "name"),
    [
        ("GET", "/nowhere", {}, 404, "not-found"),
        ("GET", "/a/b/c/d", {}, 404, "not-found"),
        ("GET", "/nokind/x", {}, 404, "not-found"),
        ("GET", "/doc", {}, 404, "not-found"),
        ("GET", "/static/style.css", {}, 404, "not-found"),
        ("GET", "/problems/none", {}, 404, "not-found"),
        ("GET", "/queries/nope", {}, 404, "unknown-query"),
        ("GET", "/queries/nope.rq", {}, 404, "unknown-query"),
        ("GET", "/queries/nope/results", {}, 404, "unknown-query"),
        ("GET", "/job/nope", {}, 404, "unknown-resource"),
        ("GET", "/job/nope.ttl", {}, 404, "unknown-resource"),
        ("GET", "/job/nope.json", {}, 404, "unknown-resource"),
        ("GET", "/job/%3E%20%7D", {}, 404, "unknown-resource"),
        ("GET", "/job/%00", {}, 404, "unknown-resource"),
        ("POST", "/queries", {}, 405, "method-not-allowed"),
        ("DELETE", "/job/bio-informaticien", {}, 405, "method-not-allowed"),
        ("PUT", "/sparql", {}, 405, "method-not-allowed"),
        ("PATCH", "/queries/jobs/results", {}, 405, "method-not-allowed"),
        ("GET", "/", {"headers": {"accept": "image/png"}}, 406, "not-acceptable"),
        ("GET", "/queries", {"headers": {"accept": "image/png"}}, 406, "not-acceptable"),
        ("GET", "/queries?format=csv", {}, 406, "not-acceptable"),
        ("GET", "/queries/jobs", {"headers": {"accept": "text/csv"}}, 406, "not-acceptable"),
        ("GET", "/queries/jobs/results", {"headers": {"accept": "text/turtle"}}, 406, "not-acceptable"),
        ("GET", "/queries/jobs/results.ttl", {}, 406, "not-acceptable"),
        ("GET", "/queries/jobs/results.rdf", {}, 406, "not-acceptable"),
        ("GET", "/queries/job-graph/results.csv", {}, 406, "not-acceptable"),
        ("GET", "/job/bio-informaticien", {"headers": {"accept": "text/csv"}}, 406, "not-acceptable"),
        ("GET", "/job/bio-informaticien.csv", {}, 406, "not-acceptable"),
        ("GET", "/ontology", {"headers": {"accept": "text/csv"}}, 406, "not-acceptable"),
        ("GET", "/search?q=bio", {"headers": {"accept": "text/csv"}}, 406, "not-acceptable"),
        ("GET", f"/sparql?query={SELECT}", {"headers": {"accept": "image/png"}}, 406, "not-acceptable"),
        ("GET", f"/sparql?query={SELECT}", {"headers": {"accept": "text/turtle"}}, 406, "not-acceptable"),
        ("GET", "/?nonsense=1", {}, 422, "parameters"),
        ("GET", "/queries?lang=xx", {}, 422, "parameters"),
        ("GET", "/queries?tag=nope", {}, 422, "parameters"),
        ("GET", "/queries/jobs?limit=3", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?lang=fr&lang=en", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?version=1", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?entailment=rdfs", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?format=pdf", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?limit=0", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?limit=10001", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?limit=-1", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?limit=٣", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?limit=" + "9" * 5000, {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?page=one", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?minimum=ten", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?minimum=10", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?order=salary", {}, 422, "parameters"),
        ("GET", "/queries/jobs/results?competense=statistique", {}, 422, "parameters"),
        ("GET", "/queries/job-competences/results", {}, 422, "parameters"),
        ("GET", "/queries/job-competences/results?job=", {}, 422, "parameters"),
        ("GET", "/queries/job-competences/results?job=zzzzzz", {}, 422, "parameters"),
        ("GET", "/queries/job-competences/results?job=%00%3E%22", {}, 422, "parameters"),
        ("GET", "/queries/job-competences/results?job=statistique", {}, 422, "parameters"),
        ("GET", "/search", {}, 422, "parameters"),
        ("GET", "/search?q=%20", {}, 422, "parameters"),
        ("GET", "/search?q=" + "x" * 201, {}, 422, "parameters"),
        ("GET", "/search?q=a&q=b", {}, 422, "parameters"),
        ("GET", "/job/bio-informaticien?page=2", {}, 422, "parameters"),
        ("GET", "/job/bio-informaticien?entailment=yes", {}, 422, "parameters"),
        ("GET", f"/sparql?query={SELECT}&default-graph-uri=no iri", {}, 422, "parameters"),
        ("GET", f"/sparql?query={SELECT}&timeout=9", {}, 422, "parameters"),
        ("GET", "/sparql?query=SELECT", {}, 400, "bad-query"),
        ("GET", f"/sparql?query={SELECT}&query={SELECT}", {}, 400, "bad-request"),
        ("GET", "/sparql?query=DROP ALL", {}, 400, "bad-query"),
        ("GET", "/sparql?update=DROP ALL", {}, 403, "update-refused"),
        ("POST", "/sparql", {"data": {"update": "DROP ALL"}}, 403, "update-refused"),
        ("POST", "/sparql", {"headers": {"content-type": "application/sparql-update"}}, 403, "update-refused"),
        ("POST", "/sparql", {}, 415, "unsupported-media-type"),
        ("POST", "/sparql", {"json": {"query": SELECT}}, 415, "unsupported-media-type"),
        ("POST", "/sparql", {"files": {"query": b"SELECT"}}, 415, "unsupported-media-type"),
        (
            "POST",
            "/sparql",
            {"content": SELECT, "headers": {"content-type": "application/sparql-query; charset=latin-1"}},
            415,
            "unsupported-media-type",
        ),
        ("POST", "/sparql", {"data": {"format": "csv"}}, 400, "bad-request"),
        ("POST", "/sparql", {"content": b"", "headers": QUERY}, 400, "bad-request"),
        ("POST", "/sparql", {"content": b"\xff", "headers": QUERY}, 400, "bad-request"),
        ("POST", "/sparql", {"content": b"query=%FF", "headers": FORM}, 400, "bad-request"),
        ("POST", "/sparql", {"content": "a&" * 2000, "headers": FORM}, 400, "bad-request"),
        ("POST", "/sparql", {"content": LONG, "headers": QUERY}, 413, "request-too-large"),
        ("POST", "/sparql", {"data": {"query": LONG}}, 413, "request-too-large"),
    ],
)
def test_every_route_tells_errors_in_one_shape(
    client: TestClient,
    assert_problem: Assertion,
    method: str,
    url: str,
    sent: dict[str, Any],
    status: int,
    name: str,
) -> None:
    """Whatever goes wrong, wherever, is problem+json with its status, and never 200."""
    problem = assert_problem(client.request(method, url, **sent), status, name)

    if status == 422:
        assert problem["errors"]
    if status in (405, 406):
        assert problem["available"]


def test_nearest_names_are_suggested(client: TestClient, assert_problem: Assertion) -> None:
    """A misspelt query, resource or parameter comes with what it may have meant."""
    query = assert_problem(client.get("/queries/job-competence/results"), 404, "unknown-query")
    resource = assert_problem(client.get("/job/bioinformaticien"), 404, "unknown-resource")
    parameter = assert_problem(client.get("/queries/jobs/results?competense=x"), 422, "parameters")
    value = assert_problem(client.get("/queries/job-competences/results?job=bio-informaticein"), 422, "parameters")

    assert "job-competences" in query["suggestions"]
    assert "/job/bio-informaticien" in resource["suggestions"]
    assert parameter["errors"][0]["suggestions"] == ["competence"]
    assert parameter["errors"][0]["allowed"][:3] == ["competence", "minimum", "order"]
    assert any("nformaticien" in suggestion for suggestion in value["errors"][0]["suggestions"])


def test_method_not_allowed_names_the_methods(client: TestClient) -> None:
    """405 says which methods there are, HEAD among them."""
    assert {m.strip() for m in client.post("/queries").headers["allow"].split(",")} == {"GET", "HEAD"}


@pytest.mark.parametrize(
    ("url", "status"),
    [("/nowhere", 404), ("/job/nope", 404), ("/queries/nope", 404), ("/sparql?query=SELECT", 400), ("/?x=1", 422)],
)
def test_pages_for_readers(browser: TestClient, url: str, status: int) -> None:
    """Who reads pages gets the same problem as a page, with the same status, in their language."""
    response = browser.get(url)

    assert (response.status_code, response.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert response.text.startswith("<p lang=en>problem ")
    assert response.headers["content-language"] == "en"


def test_types_are_explained(client: TestClient) -> None:
    """The type of each problem is the address of its explanation."""
    for name, (status, title) in PROBLEM_TYPES.items():
        assert client.get(f"/problems/{name}").json() == {
            "type": f"/problems/{name}",
            "title": title,
            "status": status,
        }
