"""The catalogue over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from metiers_kg.project import Project
from metiers_kg.store import Store

Assertion = Callable[..., dict[str, Any]]

NAMES = ["has-neighbours", "job-competences", "job-graph", "jobs"]
BIO = "https://w3id.org/metiers-kg/job/bio-informaticien"


def read_csv(text: str) -> list[dict[str, str]]:
    """Read the rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_catalogue(client: TestClient) -> None:
    """The catalogue lists every query with its title in the language asked for."""
    document = client.get("/queries", params={"lang": "en"}).json()

    assert sorted(query["name"] for query in document["queries"]) == NAMES
    assert {q["name"]: q["title"] for q in document["queries"]}["jobs"] == "The jobs"
    assert document["tags"] == ["competences", "jobs", "overlap"]


def test_catalogue_by_tag(client: TestClient) -> None:
    """A tag keeps the queries that have it."""
    assert [q["name"] for q in client.get("/queries?tag=overlap").json()["queries"]] == ["has-neighbours"]


def test_catalogue_as_rdf(client: TestClient) -> None:
    """The catalogue is RDF too, each query with its text and its parameters."""
    response = client.get("/queries", headers={"accept": "text/turtle"})
    rows = Store.memory(response.content).rows(
        "SELECT ?name ?class { ?q a sh:SPARQLSelectExecutable ; dcterms:identifier ?name ; sh:select ?text ;"
        " sh:parameter ?p . ?p sh:class ?class ; sh:optional false }"
    )

    assert [[str(term) for term in row] for row in rows] == [
        ['"job-competences"', "<https://w3id.org/metiers-kg/ontology#Job>"]
    ]
    assert client.get("/queries.ttl").content == response.content


def test_file_unchanged(client: TestClient, project: Project) -> None:
    """The file is given as it stands, by suffix and by Accept."""
    text = (project.queries / "jobs.rq").read_text()

    assert client.get("/queries/jobs.rq").text == text
    response = client.get("/queries/jobs", headers={"accept": "application/sparql-query"})
    assert (response.text, response.headers["content-type"]) == (text, "application/sparql-query")


def test_definition(client: TestClient) -> None:
    """A query as JSON says all that a program needs to ask it."""
    document = client.get("/queries/jobs.json", headers={"accept-language": "en"}).json()

    assert document["columns"] == ["job", "jobLabel", "competences"]
    competence, minimum, order = document["parameters"]
    assert (competence["name"], competence["class"], competence["multiple"]) == ("competence", "mkg:Competence", True)
    assert (minimum["minimum"], minimum["maximum"], minimum["default"]) == (0, 9, ["0"])
    assert (order["choices"], order["label"]) == (["label", "number"], "Order")


def test_definition_as_rdf(client: TestClient) -> None:
    """The choices of a parameter are an RDF list, written in the same bytes each time."""
    first, second = client.get("/queries/jobs.ttl"), client.get("/queries/jobs.ttl")
    rows = Store.memory(first.content).rows("SELECT ?c { ?p sh:in/rdf:rest*/rdf:first ?c } ORDER BY ?c")

    assert [str(c) for (c,) in rows] == ['"label"', '"number"']
    assert first.content == second.content


@pytest.mark.parametrize("job", ["bio-informaticien", "Bio-informaticien", "BIOINFORMATICIAN", BIO])
def test_values_by_any_name(client: TestClient, job: str) -> None:
    """A job may be given by its slug, a label in any language, or its IRI."""
    response = client.get("/queries/job-competences/results.csv", params={"job": job})

    assert [row["competenceLabel"] for row in read_csv(response.text)] == ["Programmation", "Statistique"]


@pytest.mark.parametrize(
    ("url", "accept", "content_type", "start"),
    [
        ("/queries/jobs/results", "*/*", "application/sparql-results+json", b'{"head"'),
        ("/queries/jobs/results", "application/json", "application/json", b"["),
        ("/queries/jobs/results", "text/csv", "text/csv; charset=utf-8", b"job,"),
        ("/queries/jobs/results.json", "*/*", "application/json", b"["),
        ("/queries/jobs/results.srj", "text/csv", "application/sparql-results+json", b'{"head"'),
        ("/queries/jobs/results.srx", "*/*", "application/sparql-results+xml", b"<?xml"),
        ("/queries/jobs/results.csv", "application/json", "text/csv; charset=utf-8", b"job,"),
        ("/queries/jobs/results.tsv", "*/*", "text/tab-separated-values; charset=utf-8", b"?job\t"),
        ("/queries/jobs/results?format=csv", "application/json", "text/csv; charset=utf-8", b"job,"),
        (
            "/queries/has-neighbours/results.srj",
            "*/*",
            "application/sparql-results+json",
            b'{"head":{},"boolean":true}',
        ),
        ("/queries/has-neighbours/results.json", "*/*", "application/json", b"{"),
        ("/queries/has-neighbours/results.csv", "*/*", "text/csv; charset=utf-8", b"true"),
        ("/queries/job-graph/results", "*/*", "text/turtle; charset=utf-8", b"@prefix"),
        ("/queries/job-graph/results.jsonld", "*/*", "application/ld+json", b"["),
        ("/queries/job-graph/results.nt", "*/*", "application/n-triples", b"<https://"),
        ("/queries/job-graph/results.rdf", "*/*", "application/rdf+xml", b"<?xml"),
    ],
)
def test_formats(client: TestClient, url: str, accept: str, content_type: str, start: bytes) -> None:
    """Suffix, then format, then Accept choose the form of the results."""
    response = client.get(url, headers={"accept": accept})

    assert (response.status_code, response.headers["content-type"]) == (200, content_type)
    assert response.content.startswith(start)


def test_lists_and_all(client: TestClient) -> None:
    """A list narrows, several values widen it, and left out means all."""

    def ask(**parameters: Any) -> list[str]:
        return [row["jobLabel"] for row in read_csv(client.get("/queries/jobs/results.csv", params=parameters).text)]

    assert ask() == ["Bio-informaticien", "Biostatisticien", "Data manager"]
    assert ask(competence="programmation") == ["Bio-informaticien"]
    assert ask(competence=["programmation", "statistique"]) == ["Bio-informaticien", "Biostatisticien"]
    assert ask(competence="", minimum="", limit="", lang="") == ask()


def test_entailment(client: TestClient) -> None:
    """entailment=asserted answers from what was stated alone."""
    url = "/queries/has-neighbours/results.json"

    assert client.get(url).json() == {"boolean": True}
    assert client.get(url, params={"entailment": "asserted"}).json() == {"boolean": False}


def test_pages_of_rows(client: TestClient) -> None:
    """Following next from the first page gives every row once, and every cut is told."""
    url, jobs, cuts = "/queries/jobs/results.csv?limit=2&lang=fr", [], []
    while url:
        response = client.get(url)
        jobs += [row["jobLabel"] for row in read_csv(response.text)]
        cuts.append(response.headers.get("x-truncated"))
        url = response.links.get("next", {}).get("url", "")

    assert jobs == ["Bio-informaticien", "Biostatisticien", "Data manager"]
    assert cuts == ["true", None]
    assert (
        response.links["prev"]["url"]
        == response.links["first"]["url"]
        == ("/queries/jobs/results.csv?limit=2&lang=fr&page=1")
    )


def test_one_page_links_to_its_description_only(client: TestClient) -> None:
    """An answer on one page links to what the data are and to its release, and neither links on nor says that it is cut."""
    response = client.get("/queries/jobs/results")

    assert set(response.links) == {"describedby", "bookmark", "version-history"}
    assert "x-truncated" not in response.headers


def test_entity_tags(client: TestClient) -> None:
    """The same answer has the same tag; another value, language, form or page has another."""
    same = [
        client.get("/queries/job-competences/results.csv", params={"job": job, "lang": "fr"}).headers["etag"]
        for job in ("bio-informaticien", "Bio-informaticien", BIO)
    ]
    others = [
        client.get(url).headers["etag"]
        for url in (
            "/queries/job-competences/results.csv?lang=fr&job=biostatisticien",
            "/queries/job-competences/results.csv?lang=en&job=bio-informaticien",
            "/queries/job-competences/results.tsv?lang=fr&job=bio-informaticien",
            "/queries/job-competences/results.csv?lang=fr&job=bio-informaticien&page=2",
            "/queries/job-competences/results.csv?lang=fr&job=bio-informaticien&limit=1",
            "/queries/job-competences/results.csv?lang=fr&job=bio-informaticien&entailment=asserted",
        )
    ]

    assert len(set(same)) == 1
    assert same[0].startswith('"')
    assert len({same[0], *others}) == 7


@pytest.mark.parametrize("known", ["{}", "W/{}", '"x", {}'])
def test_not_modified(client: TestClient, known: str) -> None:
    """Who has the answer is told so, without a body."""
    url = "/queries/jobs/results.csv"
    tag = client.get(url).headers["etag"]

    response = client.get(url, headers={"if-none-match": known.format(tag)})

    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)
    assert client.get(url, headers={"if-none-match": '"other"'}).status_code == 200


def test_language(client: TestClient) -> None:
    """lang, then Accept-Language, choose the language, and the answer says which."""
    german = {"accept-language": "de-AT"}

    assert client.get("/queries/jobs/results", headers=german).headers["content-language"] == "de"
    assert client.get("/queries/jobs/results?lang=nl", headers=german).headers["content-language"] == "nl"
    assert client.get("/queries/jobs/results").headers["content-language"] == "fr"
    assert client.get("/queries/jobs/results").headers["vary"] == "Accept, Accept-Language, Accept-Encoding"


def test_pages(browser: TestClient) -> None:
    """Who reads pages gets the list, the form, the form filled in, and the results."""
    assert browser.get("/queries?tag=jobs").text == "<p lang=en>catalogue jobs"
    assert browser.get("/queries/jobs").text == "<p lang=en>query jobs {} []"
    assert browser.get("/queries/jobs?minimum=2&lang=nl").text == "<p lang=nl>query jobs {'minimum': ['2']} []"
    assert browser.get("/queries/has-neighbours/results").text == "<p lang=en>results has-neighbours ()"
    assert browser.get("/queries/jobs/results.csv").headers["content-type"] == "text/csv; charset=utf-8"


def test_faults_in_the_form(browser: TestClient, assert_problem: Assertion) -> None:
    """A wrong value comes back in the form, with status 422; a program gets the problem."""
    response = browser.get("/queries/jobs/results?minimum=ten&lang=fr")

    assert (response.status_code, response.text) == (422, "<p lang=fr>query jobs {'minimum': ['ten']} ['minimum']")
    assert_problem(browser.get("/queries/jobs/results.csv?minimum=ten", headers={"accept": "*/*"}), 422, "parameters")
