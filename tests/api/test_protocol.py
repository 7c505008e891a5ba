"""The tests of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ that a service of queries alone can pass.

Each is named as the suite names it, and restated over the tiny graph of these tests: its graphs ``ontology``, ``data`` and
``inferred`` stand for the suite's ``data0.rdf`` to ``data3.rdf``. The suite's tests of updates become tests that these are
refused.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import ProblemAssertion

GRAPHS = "https://w3id.org/metiers-kg/graph/"
ONTOLOGY, DATA, INFERRED = (GRAPHS + name for name in ("ontology", "data", "inferred"))

ROWS = ("application/sparql-results+json", "application/sparql-results+xml")
TRIPLES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")

IN_DEFAULT = "mkg:Job a <http://www.w3.org/2002/07/owl#Class>"
IN_DATA = "job:bio-informaticien a mkg:Job"
IN_INFERRED = "job:bio-informaticien a mkg:GrowingJob"
PREFIXES = "PREFIX job: <https://w3id.org/metiers-kg/job/> PREFIX mkg: <https://w3id.org/metiers-kg/ontology#> "


def ask(client: TestClient, pattern: str, *, method: str = "GET", extra: str = "", **graphs: list[str]) -> bool:
    """The answer to an ASK over graphs named by the protocol."""
    pairs = [("query", f"{PREFIXES}ASK {extra} {{ {pattern} }}")]
    pairs += [(f"{name}-graph-uri", graph) for name, named in graphs.items() for graph in named]
    if method == "GET":
        response = client.get("/sparql?" + urlencode(pairs))
    else:
        form = {"content-type": "application/x-www-form-urlencoded"}
        response = client.post("/sparql", content=urlencode(pairs), headers=form)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] in ROWS
    truth: bool = response.json()["boolean"]
    return truth


def test_query_get(client: TestClient) -> None:
    """query_get: a query in the address is answered."""
    assert ask(client, "") is True


def test_query_post_form(client: TestClient) -> None:
    """query_post_form: a query in a form is answered."""
    assert ask(client, "", method="POST") is True


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", ";charset=utf-8", '; charset="utf-8"'])
def test_query_post_direct(client: TestClient, charset: str) -> None:
    """query_post_direct: a query that is the body is answered, whether or not its character set is named."""
    response = client.post("/sparql", content="ASK {}", headers={"content-type": "application/sparql-query" + charset})
    assert (response.status_code, response.json()["boolean"]) == (200, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_query_dataset_default_graph(client: TestClient, method: str) -> None:
    """query_dataset_default_graph: one graph named by the protocol is what a query sees, and no other."""
    assert ask(client, IN_DATA, method=method, default=[DATA])
    assert not ask(client, IN_INFERRED, method=method, default=[DATA])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_query_dataset_default_graphs(client: TestClient, method: str) -> None:
    """query_dataset_default_graphs_get and _post: of several default graphs, a query sees the union."""
    assert ask(client, f"{IN_DATA} . {IN_INFERRED}", method=method, default=[DATA, INFERRED])
    assert not ask(client, IN_DEFAULT, method=method, default=[DATA, INFERRED])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_query_dataset_named_graphs(client: TestClient, method: str) -> None:
    """query_dataset_named_graphs_get and _post: GRAPH finds the named graphs, each apart, and no other."""
    named = [DATA, INFERRED]
    assert ask(client, f"GRAPH ?a {{ {IN_DATA} }} GRAPH ?b {{ {IN_INFERRED} }}", method=method, named=named)
    assert not ask(client, f"GRAPH ?g {{ {IN_DATA} . {IN_INFERRED} }}", method=method, named=named)
    assert not ask(client, f"GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }}", method=method, named=named)


def test_query_dataset_named_graphs_leave_the_default_graph_empty(client: TestClient) -> None:
    """SPARQL 1.1 Protocol, 2.1.4: with named graphs alone the default graph is empty, as FROM NAMED alone leaves it."""
    assert not ask(client, "?s ?p ?o", named=[DATA])
    assert not ask(client, "GRAPH ?g { ?s ?p ?o }", default=[DATA])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_query_dataset_full(client: TestClient, method: str) -> None:
    """query_dataset_full: default graphs and named graphs together are each what they are named for."""
    pattern = f"{IN_DEFAULT} . GRAPH ?g {{ {IN_INFERRED} }} FILTER NOT EXISTS {{ {IN_DATA} }}"
    assert ask(client, pattern, method=method, default=[ONTOLOGY], named=[DATA, INFERRED])


def test_query_post_direct_with_a_dataset(client: TestClient) -> None:
    """With the query as the body, the address names the graphs (2.1.3)."""
    response = client.post(
        "/sparql?" + urlencode([("default-graph-uri", DATA)]),
        content=f"{PREFIXES}ASK {{ {IN_INFERRED} }}",
        headers={"content-type": "application/sparql-query"},
    )
    assert response.json()["boolean"] is False


def test_query_multiple_dataset(client: TestClient) -> None:
    """query_multiple_dataset: the graphs of the protocol win over those that the query names."""
    assert ask(client, IN_INFERRED, extra=f"FROM <{DATA}>", default=[INFERRED])
    assert not ask(client, IN_DATA, extra=f"FROM <{DATA}>", default=[INFERRED])


def test_a_dataset_in_the_query(client: TestClient) -> None:
    """FROM and FROM NAMED name the graphs where the protocol names none."""
    assert ask(client, IN_DATA, extra=f"FROM <{DATA}>")
    assert not ask(client, IN_INFERRED, extra=f"FROM <{DATA}>")
    assert ask(client, f"GRAPH ?g {{ {IN_INFERRED} }}", extra=f"FROM <{DATA}> FROM NAMED <{INFERRED}>")


def test_graphs_that_are_not_there_are_empty(client: TestClient) -> None:
    """A graph that the store does not have holds nothing; no address is looked up."""
    assert not ask(client, "?s ?p ?o", default=["http://kasei.us/2009/09/sparql/data/data1.rdf"])


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("SELECT (1 AS ?value) {}", ROWS),
        ("ASK {}", ROWS),
        ("DESCRIBE <http://example.org/>", TRIPLES),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", TRIPLES),
    ],
)
def test_query_content_type(client: TestClient, query: str, types: tuple[str, ...]) -> None:
    """query_content_type_select, _ask, _describe, _construct: each form of query has types of its own."""
    query = query if query.startswith(("SELECT", "ASK", "DESC")) else f"BASE <http://e.org/> {query}"
    for accept in (None, "*/*", ", ".join(types), f"{types[-1]};q=0.9, {types[0]};q=0.1"):
        response = client.get("/sparql", params={"query": query}, headers={"accept": accept} if accept else {})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] in types


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_bad_query_method(client: TestClient, method: str, assert_problem: ProblemAssertion) -> None:
    """bad_query_method: other methods are refused, and those that would do are named."""
    response = client.request(method, "/sparql?query=ASK%20%7B%7D")
    assert_problem(response, 405, "method-not-allowed")
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_bad_multiple_queries(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """bad_multiple_queries: two queries in one request are refused."""
    assert_problem(client.get("/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"), 400, "bad-request")


def test_bad_no_query(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """A form without a query is refused; GET without one describes the service, as its description asks."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert_problem(client.post("/sparql", content="", headers=form), 400, "bad-request")
    assert_problem(client.post("/sparql", content="query=", headers=form), 400, "bad-request")
    assert client.get("/sparql").headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_bad_query_wrong_media_type(client: TestClient, media_type: str, assert_problem: ProblemAssertion) -> None:
    """bad_query_wrong_media_type: a body of another type is refused, and those that are read are named."""
    problem = assert_problem(
        client.post("/sparql", content="ASK {}", headers={"content-type": media_type}), 415, "unsupported-media-type"
    )
    assert "application/sparql-query" in problem["available"]


@pytest.mark.parametrize("content", ["query=ASK%20%7B%7D", "ASK {}"])
def test_bad_query_missing_type(client: TestClient, content: str, assert_problem: ProblemAssertion) -> None:
    """bad_query_missing_form_type and bad_query_missing_direct_type: a body that names no type is refused."""
    request = client.build_request("POST", "/sparql", content=content)
    request.headers.pop("content-type", None)
    assert_problem(client.send(request), 415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        ("ASK {}".encode("utf-16"), "application/sparql-query"),
        (b"ASK { ?s ?p '\xe9' }", "application/sparql-query"),
        (b"query=ASK%20%7B%20%3Fs%20%3Fp%20%27%E9%27%20%7D", "application/x-www-form-urlencoded"),
    ],
)
def test_bad_query_non_utf8(
    client: TestClient, content: bytes, content_type: str, assert_problem: ProblemAssertion
) -> None:
    """bad_query_non_utf8: a body that is not UTF-8 is refused."""
    response = client.post("/sparql", content=content, headers={"content-type": content_type})
    assert_problem(response, 400, "bad-query" if response.json()["type"].endswith("bad-query") else "bad-request")


def test_bad_query_other_charset(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """A body that says it is of another character set is refused."""
    headers = {"content-type": "application/sparql-query; charset=UTF-16"}
    response = client.post("/sparql", content="ASK {}".encode("utf-16"), headers=headers)
    assert_problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize("text", ["ASK {", "SELECT ?s WHERE", "HELLO", "ASK { ?s ?p } }", "ASK { ?s ?p ?o } ASK {}"])
def test_bad_query_syntax(client: TestClient, text: str, assert_problem: ProblemAssertion) -> None:
    """bad_query_syntax: what is no query is 400, however it is sent."""
    direct = client.post("/sparql", content=text, headers={"content-type": "application/sparql-query"})
    for response in (client.get("/sparql", params={"query": text}), direct):
        assert "line 1" in assert_problem(response, 400, "bad-query")["detail"]


UPDATE = "INSERT DATA { <http://e.org/s> <http://e.org/p> 1 }"


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        ("POST", {"content": UPDATE, "headers": {"content-type": "application/sparql-update"}}),
        ("POST", {"data": {"update": UPDATE}}),
        ("POST", {"data": {"update": UPDATE, "using-graph-uri": DATA}}),
        ("GET", {"params": {"update": UPDATE}}),
    ],
)
def test_updates_are_refused(
    client: TestClient, method: str, sent: dict[str, Any], assert_problem: ProblemAssertion
) -> None:
    """update_post_form, update_post_direct, bad_update_get: every way to update is refused, and nothing changes."""
    before = client.get("/health").json()["triples"]
    assert_problem(client.request(method, "/sparql", **sent), 403, "update-refused")
    assert before == client.get("/health").json()["triples"]


@pytest.mark.parametrize("text", [UPDATE, "DROP ALL", "LOAD <http://e.org/>", "CLEAR DEFAULT"])
def test_an_update_is_no_query(client: TestClient, text: str, assert_problem: ProblemAssertion) -> None:
    """An update sent as a query is refused as no query, with the word that gives it away."""
    problem = assert_problem(client.get("/sparql", params={"query": text}), 400, "bad-query")
    assert f"found {text.split()[0]}, an update" in problem["detail"]


def test_names_in_any_script(client: TestClient) -> None:
    """A text beyond ASCII comes back as it was sent, in the address and in the body."""
    text = "métier — 職業 🧪"
    query = f'SELECT ("{text}" AS ?v) {{}}'
    direct = client.post("/sparql", content=query.encode(), headers={"content-type": "application/sparql-query"})
    for response in (client.get(f"/sparql?query={quote(query)}"), direct):
        assert response.json()["results"]["bindings"][0]["v"]["value"] == text


def test_head_is_get_without_its_body(client: TestClient) -> None:
    """HEAD of a query has the headers of GET."""
    head, get = (client.request(method, "/sparql?query=ASK%20%7B%7D") for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
