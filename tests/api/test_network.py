"""``/network``: what things are tied to, as JSON and page, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.api import create_app
from tests.api.conftest import PlainPages, ProblemAssertion, TestClient
from tests.served_jobs import make_service


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Ask about four jobs, with pages to be had."""
    app = create_app(make_service(tmp_path_factory.mktemp("network"), esco=False), PlainPages())
    return TestClient(app, raise_server_exceptions=False)


def test_around_a_job(client: TestClient) -> None:
    """A job in any of its names comes with the competences that it asks for, in the language asked for."""
    told = client.get("/network", params={"job": "Eh", "lang": "en"}).json()

    assert ["job/a"] == told["centres"]
    assert {"Eh", "Chemistry"} <= {node["label"] for node in told["nodes"]}


def test_several_centres_and_expanded_nodes(client: TestClient) -> None:
    """Several centres go together, and what is expanded brings its own."""
    one = client.get("/network?job=a&measure=none").json()
    more = client.get("/network?job=a&measure=none&expand=competence/chimie").json()

    assert {"job/b", "job/c"} == {n["id"] for n in more["nodes"]} - {n["id"] for n in one["nodes"]}
    assert ["job/b", "job/a"] == client.get("/network?job=b&job=a&job=b").json()["centres"]


def test_page(client: TestClient) -> None:
    """A browser gets a page, without a centre too."""
    page = client.get("/network?job=a&kinds=job&measure=none", headers={"accept": "text/html"})

    assert "<p lang=fr>network 1 []" == page.text
    assert 200 == client.get("/network", headers={"accept": "text/html"}).status_code


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("job=Aaaa", "job"),
        ("job=chimie", "job"),
        ("competence=a", "competence"),
        ("sub-sector=nowhere", "sub-sector"),
        ("expand=nothing-at-all", "expand"),
        ("expand=passage/p1", "expand"),
        ("kinds=people", "kinds"),
        ("level=vital", "level"),
        ("stated=said", "stated"),
        ("domain=magical", "domain"),
        ("competence-kind=talent", "competence-kind"),
        ("measure=jacard", "measure"),
        ("measure=jaccard&measure=cosine", "measure"),
        ("threshold=2", "threshold"),
        ("threshold=nan", "threshold"),
        ("limit=301", "limit"),
        ("limit=0", "limit"),
        ("node=a", "node"),
    ],
)
def test_nonsense_is_told(client: TestClient, assert_problem: ProblemAssertion, query: str, parameter: str) -> None:
    """What is wrong is named with its parameter; a browser gets the form with it, at the same status."""
    problem = assert_problem(client.get(f"/network?{query}"), 422, "parameters")
    page = client.get(f"/network?{query}", headers={"accept": "text/html"})

    assert [parameter] == [error["parameter"] for error in problem["errors"]]
    assert (422, f"<p lang=fr>network None ['{parameter}']") == (page.status_code, page.text)


def test_all_faults_at_once(client: TestClient) -> None:
    """Several faults are told together."""
    errors = client.get("/network?job=Aaaa&level=vital&threshold=x").json()["errors"]

    assert {"job", "level", "threshold"} == {error["parameter"] for error in errors}


def test_a_near_name_is_suggested(client: TestClient) -> None:
    """A name that nothing has comes with the nearest."""
    (error,) = client.get("/network?job=Aaaa").json()["errors"]

    assert ["Aaa"] == error["suggestions"]


def test_it_is_not_sent_twice(client: TestClient) -> None:
    """Who has the answer is told that it is the same."""
    tag = client.get("/network?job=a").headers["etag"]

    assert 304 == client.get("/network?job=a", headers={"if-none-match": tag}).status_code


def test_without_pages_there_is_json_alone(tmp_path: Path) -> None:
    """A service without pages answers a browser that takes nothing else with what it has."""
    client = TestClient(create_app(make_service(tmp_path, esco=False)))

    assert 406 == client.get("/network?job=a", headers={"accept": "text/html"}).status_code
