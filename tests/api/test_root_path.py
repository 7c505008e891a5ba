"""Behind a proxy that shows the service below a path."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, Settings, create_app
from metiers_kg.web import HtmlPages

Assertion = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def below(service: Service) -> TestClient:
    """Ask the service with its real pages, below /kg."""
    settings = Settings(root_path="/kg")
    app = create_app(service, HtmlPages(service, root_path="/kg"), settings)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.mark.parametrize("path", ["/queries/jobs", "/kg/queries/jobs"])
def test_proxy_may_leave_the_path_on(below: TestClient, path: str) -> None:
    """The service answers whether the proxy leaves its path on or takes it off."""
    assert below.get(path).json()["name"] == "jobs"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/queries",
        "/queries/jobs",
        "/queries/jobs/results",
        "/queries/job-competences/results?job=nobody",
        "/job/bio-informaticien",
        "/search?q=bio",
        "/ontology",
        "/sparql",
        "/explain",
        "/nowhere",
    ],
)
def test_pages(below: TestClient, path: str) -> None:
    """Every address of ours on a page begins with the path, once."""
    page = below.get(path, headers={"accept": "text/html"}).text

    found = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    assert found
    assert [] == [address for address in found if not re.match(r"/kg/(?!kg)", address)]


def test_links_lead_somewhere(below: TestClient) -> None:
    """The links of the first page are answered."""
    page = below.get("/kg/", headers={"accept": "text/html"}).text

    addresses = [address.replace("&amp;", "&") for address in re.findall(r'href="(/[^"]*)"', page)]
    accept = {"accept": "text/html, */*;q=0.1"}
    assert [] == [address for address in addresses if below.get(address, headers=accept).status_code != 200]


def test_headers(below: TestClient) -> None:
    """Link headers and redirects begin with the path, once."""
    links = below.get("/queries/job-competences/results.csv?job=bio-informaticien&limit=1").headers
    moved = below.get("/query/jobs")

    for value in (links["link"], links["link-template"]):
        assert [] == [target for target in re.findall(r'[<"](/[^">]*)', value) if not re.match(r"/kg/(?!kg)", target)]
    assert (moved.status_code, moved.headers["location"]) == (303, "/kg/queries/jobs")


def test_openapi(below: TestClient) -> None:
    """The OpenAPI document names the path as its server."""
    assert [{"url": "/kg"}] == below.get("/openapi.json").json()["servers"]


def test_type_of_a_problem_can_be_followed(below: TestClient) -> None:
    """The type of a problem is an address that explains it."""
    problem = below.get("/nowhere").json()

    assert problem["type"] == "/kg/problems/not-found"
    assert below.get(problem["type"]).json()["status"] == 404


def test_scheme_of_a_believed_proxy(service: Service) -> None:
    """The service describes itself by https only where a proxy that is believed says so."""
    headers = {"X-Forwarded-Proto": "https", "Accept": "text/turtle", "Host": "data.example"}

    def described(settings: Settings) -> str:
        return TestClient(create_app(service, settings=settings)).get("/sparql", headers=headers).text

    assert "https://data.example/sparql" not in described(Settings())
    assert "https://data.example/sparql" in described(Settings(forwarded_allow_ips="*"))


@pytest.mark.parametrize("host", ['evil"><script>', "a b", "", "[::1", "é", "evil.example:99999", "<x>"])
@pytest.mark.parametrize("path", ["/sparql", "/queries/jobs/results.csv?limit=1", "/job/bio-informaticien", "/nowhere"])
def test_nonsense_for_a_host(client: TestClient, path: str, host: str) -> None:
    """Whatever a client says that we are called, it gets an answer, and its own words nowhere in it."""
    response = client.get(path, headers={"host": host.encode("latin-1"), "accept": "*/*"})

    assert response.status_code in (200, 404)
    assert not host or host not in response.text


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) FROM <{}> {{ ?s ?p ?o }}",
        "SELECT (COUNT(*) AS ?n) FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT (COUNT(*) AS ?n) {{ GRAPH <{}> {{ ?s ?p ?o }} }}",
    ],
)
def test_graphs_are_never_fetched(client: TestClient, tmp_path: Any, query: str, scheme: str) -> None:
    """A query that names a graph by an address of the network or of a file finds it empty: nothing is read."""
    file = tmp_path / "secret.nt"
    file.write_text("<https://e.org/a> <https://e.org/p> <https://e.org/b> .\n")
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.setblocking(False)
        iri = file.as_uri() if scheme == "file" else f"http://127.0.0.1:{other.getsockname()[1]}/graph"

        response = client.get(f"/sparql?query={quote(query.format(iri))}&format=csv")

        assert response.text == "n\r\n0\r\n"
        with pytest.raises(BlockingIOError):
            other.accept()
