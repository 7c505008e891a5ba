"""Home, ontology, search, health and static files."""

from __future__ import annotations

from fastapi.testclient import TestClient

from metiers_kg.api import Service
from metiers_kg.store import Store


def test_home(client: TestClient, browser: TestClient, service: Service) -> None:
    """The home page is a page where there are pages, and links for programs."""
    assert browser.get("/").text == "<p lang=en>home"
    document = client.get("/").json()
    assert document["fingerprint"] == service.fingerprint
    for link in ("queries", "sparql", "ontology", "openapi", "health"):
        assert client.get(document["links"][link]).status_code == 200


def test_health(client: TestClient) -> None:
    """Health says that the service answers, and is never cached."""
    response = client.get("/health")

    assert response.json()["status"] == "ok"
    assert response.headers["cache-control"] == "no-store"


def test_ontology(client: TestClient, browser: TestClient) -> None:
    """The ontology is all of its graph as RDF, or the list of its terms."""
    response = client.get("/ontology", headers={"accept": "application/n-triples"})

    assert len(response.text.splitlines()) == 15
    assert client.get("/ontology.nt").text == response.text
    assert len(Store.memory(client.get("/ontology.ttl").content)) == 15
    assert browser.get("/ontology").text == "<p lang=en>ontology ['Competence', 'Job', 'requires']"


def test_ontology_is_cached(client: TestClient) -> None:
    """The ontology has a tag by which it is not sent twice."""
    tag = client.get("/ontology.ttl").headers["etag"]

    assert client.get("/ontology.ttl", headers={"if-none-match": tag}).status_code == 304


def test_search(client: TestClient, browser: TestClient) -> None:
    """Search finds labels in any language, and links to what it finds."""
    document = client.get("/search", params={"q": "bioinformatician", "lang": "fr"}).json()

    assert document["q"] == "bioinformatician"
    first = document["hits"][0]
    assert (first["href"], first["label"], first["kind"]) == ("/job/bio-informaticien", "Bio-informaticien", "job")
    assert len(client.get("/search?q=bio&limit=1").json()["hits"]) == 1
    assert browser.get("/search?q=bioinformatician").text.startswith("<p lang=en>search bioinformatician ")
    assert browser.get("/search").text == "<p lang=en>search  0"


def test_search_takes_any_text(client: TestClient) -> None:
    """No text, however odd, breaks the search."""
    for text in ('"', "\\", "}", "\0", "☃" * 200, "a b", "%", "<script>"):
        assert client.get("/search", params={"q": text}).status_code == 200


def test_static_files(browser: TestClient) -> None:
    """Files of the pages are given with a tag and their media type."""
    response = browser.get("/static/style.css")

    assert response.headers["content-type"] == "text/css"
    assert browser.get("/static/style.css", headers={"if-none-match": response.headers["etag"]}).status_code == 304
    assert browser.get("/static/../secret").status_code == 404
