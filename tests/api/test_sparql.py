"""The SPARQL 1.1 Protocol."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, Settings, create_app
from metiers_kg.store import Store
from metiers_kg.web import HtmlPages

Assertion = Callable[..., dict[str, Any]]

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
JOBS = "SELECT ?job { ?job a mkg:Job } ORDER BY ?job LIMIT 1"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"
INFERRED = "https://w3id.org/metiers-kg/graph/inferred"


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        ("GET", {"params": {"query": JOBS}}),
        ("POST", {"data": {"query": JOBS}}),
        ("POST", {"content": JOBS, "headers": {"content-type": "application/sparql-query"}}),
        ("POST", {"content": JOBS, "headers": {"content-type": "application/sparql-query; charset=UTF-8"}}),
    ],
)
def test_three_ways_to_ask(client: TestClient, method: str, sent: dict[str, Any]) -> None:
    """A query is taken from the address, from a form and from the body."""
    response = client.request(method, "/sparql", **sent)

    assert response.headers["content-type"] == "application/sparql-results+json"
    (row,) = response.json()["results"]["bindings"]
    assert row["job"] == {"type": "uri", "value": "https://w3id.org/metiers-kg/job/bio-informaticien"}


@pytest.mark.parametrize(
    ("query", "accept", "content_type", "start"),
    [
        (JOBS, "*/*", "application/sparql-results+json", b'{"head"'),
        (JOBS, "application/json", "application/json", b'{"head"'),
        (JOBS, "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        (JOBS, "text/csv", "text/csv; charset=utf-8", b"job\r\nhttps://"),
        (JOBS, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?job\n<https://"),
        (JOBS, "text/turtle;q=0.9, text/csv;q=0.1", "text/csv; charset=utf-8", b"job\r\n"),
        ("ASK { ?s ?p ?o }", "application/sparql-results+json", "application/sparql-results+json", b'{"head":{},"bo'),
        ("ASK { ?s ?p ?o }", "text/csv", "text/csv; charset=utf-8", b"true"),
        ("DESCRIBE mkg:Job", "*/*", "text/turtle; charset=utf-8", b"@prefix"),
        ("DESCRIBE mkg:Job", "application/n-triples", "application/n-triples", b"<https://"),
        ("DESCRIBE mkg:Job", "application/ld+json", "application/ld+json", b"["),
        ("DESCRIBE mkg:Job", "application/rdf+xml", "application/rdf+xml", b"<?xml"),
        ("DESCRIBE mkg:Job", "text/csv, text/turtle;q=0.1", "text/turtle; charset=utf-8", b"@prefix"),
    ],
)
def test_formats(client: TestClient, query: str, accept: str, content_type: str, start: bytes) -> None:
    """Each kind of answer is written in what the client prefers for it."""
    response = client.get("/sparql", params={"query": query}, headers={"accept": accept})

    assert (response.status_code, response.headers["content-type"]) == (200, content_type)
    assert response.content.startswith(start)
    assert "Accept" in response.headers["vary"]


def test_named_format_wins(client: TestClient) -> None:
    """The format in the address wins over the header."""
    response = client.get("/sparql", params={"query": JOBS, "format": "tsv"}, headers={"accept": "text/csv"})

    assert response.content.startswith(b"?job")


def test_asserted(client: TestClient) -> None:
    """entailment=asserted leaves out what was inferred."""
    ask = "ASK { ?a mkg:sharesCompetenceWith ?b }"

    assert client.get("/sparql", params={"query": ask}).json()["boolean"] is True
    assert client.get("/sparql", params={"query": ask, "entailment": "asserted"}).json()["boolean"] is False


def test_graphs_of_the_protocol(client: TestClient) -> None:
    """default-graph-uri and named-graph-uri say what a query sees."""

    def count(query: str, **graphs: str) -> str:
        return client.get("/sparql", params={"query": query, "format": "csv", **graphs}).text

    assert count(COUNT, **{"default-graph-uri": INFERRED}) == "n\r\n3\r\n"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(named, **{"named-graph-uri": INFERRED}) == "n\r\n3\r\n"


def test_service_description(client: TestClient) -> None:
    """Without a query the service describes itself, with the number of triples of each graph."""
    response = client.get("/sparql")

    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    described = Store.memory(response.content)
    rows = described.rows(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT ?endpoint ?n {"
        "?service sd:endpoint ?endpoint ; sd:defaultDataset/sd:namedGraph ?named ."
        f"?named sd:name <{INFERRED}> ; sd:graph/void:triples ?n }}"
    )
    assert [[str(term) for term in row] for row in rows] == [
        ["<http://testserver/sparql>", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>']
    ]


def test_form_for_readers(browser: TestClient) -> None:
    """Without a query, who reads pages gets the form; with one, the answer."""
    assert browser.get("/sparql").text == "<p lang=en>sparql"
    assert "results" in browser.get("/sparql", params={"query": JOBS}).json()


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
        "SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
        "service silent <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
        "VALUES ?x {{ <http://127.0.0.1:{port}/> }} SERVICE ?x {{ ?s ?p ?o }}",
        "{{ SELECT * {{ OPTIONAL {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }} }}",
        "FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "#\nSERVICE#\n<http://127.0.0.1:{port}/>{{ ?s ?p ?o }}",
        "#\rSERVICE#\r<http://127.0.0.1:{port}/>{{ ?s ?p ?o }}",
        "\\u0053ERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
        "?s a 'a' . SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p 'b' }}",
    ],
)
def test_service_is_refused_without_a_connection(client: TestClient, assert_problem: Assertion, pattern: str) -> None:
    """A query that would ask another server is refused, and that server hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.setblocking(False)
        text = "SELECT * { " + pattern.format(port=other.getsockname()[1]) + " }"

        assert_problem(client.get("/sparql", params={"query": text}), 400, "bad-query")

        with pytest.raises(BlockingIOError):
            other.accept()


def test_timeout(client: TestClient, service: Service, assert_problem: Assertion) -> None:
    """A query past its limit is a 504, its process is gone, and the next query is answered."""
    assert client.get("/sparql", params={"query": COUNT}).status_code == 200
    (before,) = service.pool.pids  # type: ignore[attr-defined]
    started = time.monotonic()

    assert_problem(client.get("/sparql", params={"query": ENDLESS}), 504, "timeout")

    assert time.monotonic() - started < 3
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    assert client.get("/sparql", params={"query": COUNT}).status_code == 200


def test_deep_nesting(client: TestClient, assert_problem: Assertion) -> None:
    """A text that would overflow a parser's stack is the client's error, and costs nobody else anything."""
    text = "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"

    response = client.post("/sparql", content=text, headers={"content-type": "application/sparql-query"})

    assert_problem(response, response.status_code, "bad-query" if response.status_code == 400 else "query-cost")
    assert client.get("/sparql", params={"query": COUNT}).status_code == 200


def test_switched_off(service: Service, assert_problem: Assertion) -> None:
    """Switched off, /sparql says so to everybody, and nothing else offers it."""
    pages = HtmlPages(service, has_sparql=False)
    client = TestClient(create_app(service, pages, Settings(sparql=False)), raise_server_exceptions=False)

    assert_problem(client.get("/sparql"), 404, "sparql-off")
    assert_problem(client.get("/sparql", params={"query": COUNT}), 404, "sparql-off")
    assert_problem(client.post("/sparql", data={"query": COUNT}), 404, "sparql-off")
    assert "/sparql" not in client.get("/openapi.json").json()["paths"]
    assert "/sparql>" not in client.get("/.well-known/void", headers={"accept": "application/n-triples"}).text
    assert "sparql" not in client.get("/", headers={"accept": "application/json"}).json()["links"]
    for path in ("/", "/queries", "/queries/jobs", "/sparql", "/nowhere"):
        assert "/sparql" not in client.get(path, headers={"accept": "text/html"}).text.replace("/problems/sparql", "")
