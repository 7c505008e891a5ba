"""``/explain``: why a triple holds, as JSON, RDF and page, and what is answered where it does not."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service
from metiers_kg.store import Store
from tests.api.conftest import ProblemAssertion

ASSERTED = {"s": "job/bio-informaticien", "p": "mkg:requires", "o": "competence/statistique"}


def test_json(client: TestClient) -> None:
    """Who names no form gets JSON, in the language asked for."""
    response = client.get("/explain", params={**ASSERTED, "lang": "en"})
    document = response.json()

    headers = response.headers
    assert ("application/json", "en") == (headers["content-type"], headers["content-language"])
    assert ("asserted", "“Bioinformatician” mkg:requires “Statistics”") == (document["status"], document["sentence"])


@pytest.mark.parametrize(
    ("accept", "suffix", "content_type"),
    [
        ("text/turtle", "ttl", "text/turtle; charset=utf-8"),
        ("application/n-triples", "nt", "application/n-triples"),
        ("application/ld+json", "jsonld", "application/ld+json"),
        ("application/rdf+xml", "rdf", "application/rdf+xml"),
    ],
)
def test_rdf(client: TestClient, accept: str, suffix: str, content_type: str) -> None:
    """RDF comes by Accept, by suffix and by format, all the same."""
    by_accept = client.get("/explain", params=ASSERTED, headers={"accept": accept})

    assert (200, content_type) == (by_accept.status_code, by_accept.headers["content-type"])
    assert by_accept.content == client.get(f"/explain.{suffix}", params=ASSERTED).content
    assert by_accept.content == client.get("/explain", params={**ASSERTED, "format": suffix}).content


def test_rdf_is_provenance(client: TestClient) -> None:
    """The RDF tells the statement."""
    store = Store.memory(client.get("/explain.ttl", params=ASSERTED).content)

    assert 1 == len(list(store.rows("SELECT ?s { ?s a rdf:Statement, prov:Entity }")))


def test_names_are_taken_as_people_have_them(client: TestClient) -> None:
    """Labels, local names and kind/slug lead to the same triple."""
    by_label = client.get("/explain", params={"s": "Bioinformatician", "p": "requires", "o": "statistics"}).json()

    assert by_label["triple"] == client.get("/explain", params=ASSERTED).json()["triple"]


def test_page(browser: TestClient) -> None:
    """A browser gets a page; without a triple, the form."""
    assert (
        "<p lang=en>explanation “Bioinformatician” mkg:requires “Statistics”"
        == browser.get("/explain", params=ASSERTED).text
    )
    assert "<p lang=en>explanation None" == browser.get("/explain").text


def test_is_cached(client: TestClient) -> None:
    """An explanation has a tag by which it is not sent twice, another for each form, language and number of others."""
    tags = {
        client.get("/explain", params={**ASSERTED, **more}).headers["etag"]
        for more in ({}, {"lang": "en"}, {"format": "ttl"}, {"alternatives": "2"})
    }
    tag = client.get("/explain", params=ASSERTED).headers["etag"]

    assert 4 == len(tags)
    assert 304 == client.get("/explain", params=ASSERTED, headers={"if-none-match": tag}).status_code
    assert 200 == client.head("/explain", params=ASSERTED).status_code


def test_unknown_name(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """A name that nothing has is answered with the nearest."""
    problem = assert_problem(
        client.get("/explain", params={**ASSERTED, "s": "Biostatisticen"}), 404, "unknown-resource"
    )

    assert "Biostatisticien" in problem["suggestions"]


def test_what_does_not_hold(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """A triple that does not hold is told so, with the addresses of near ones that do."""
    wrong = {**ASSERTED, "s": "job/biostatisticien", "o": "competence/programmation", "lang": "en"}
    problem = assert_problem(client.get("/explain", params=wrong), 404, "does-not-hold")

    assert "“Biostatistician” mkg:requires “Programming”: neither asserted nor inferred" == problem["detail"]
    assert "/explain?s=job/biostatisticien&p=mkg:requires&o=competence/statistique" in problem["suggestions"]
    assert all(200 == client.get(address).status_code for address in problem["suggestions"])


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"s": ""}, "s"),
        ({"o": ["a", "b"]}, "o"),
        ({"p": "x" * 2001}, "p"),
        ({"alternatives": "21"}, "alternatives"),
        ({"alternatives": "-1"}, "alternatives"),
        ({"alternatives": "many"}, "alternatives"),
        ({"alternatives": "²"}, "alternatives"),
        ({"depth": "3"}, "depth"),
        ({"limit": "3"}, "limit"),
    ],
)
def test_wrong_parameters(
    client: TestClient, assert_problem: ProblemAssertion, changes: dict[str, str | list[str]], parameter: str
) -> None:
    """A part that is missing, given twice or too long, and a parameter that there is not, are told."""
    problem = assert_problem(client.get("/explain", params={**ASSERTED, **changes}), 422, "parameters")

    assert [parameter] == [fault["parameter"] for fault in problem["errors"]]


@pytest.mark.parametrize("text", ['"', "\\", "\0", "☃", '"a"^^<x y>', "<", "_:b0", "javascript:alert(1)", "a:b c"])
@pytest.mark.parametrize("part", ["s", "p", "o"])
def test_any_text_is_answered(client: TestClient, part: str, text: str) -> None:
    """No text, however odd, breaks the route."""
    assert client.get("/explain", params={**ASSERTED, part: text}).status_code == 404


def test_not_acceptable(client: TestClient, assert_problem: ProblemAssertion) -> None:
    """An explanation is not a table."""
    assert_problem(client.get("/explain.csv", params=ASSERTED), 406, "not-acceptable")


def test_explainer_is_made_once(service: Service) -> None:
    """The service keeps one explainer for all requests."""
    assert service.explainer is service.explainer


def test_results_tell_where_rows_are_explained(client: TestClient) -> None:
    """The answer to a query with why-patterns has a template of the address, its parameters filled in."""
    headers = client.get("/queries/job-competences/results", params={"job": "bio-informaticien"}).headers

    assert (
        '"/explain?s=job/bio-informaticien&p=mkg:requires&o={competence}"; rel="http://www.w3.org/ns/prov#has_provenance"'
        == headers["link-template"]
    )
    assert "link-template" not in client.get("/queries/jobs/results").headers


def test_catalogue_tells_the_patterns(client: TestClient) -> None:
    """The description of a query has the triples that its rows rest on."""
    document = client.get("/queries/job-competences.json").json()

    assert [{"s": "$job", "p": "mkg:requires", "o": "?competence"}] == document["why"]


def test_resources_tell_where_they_are_explained(client: TestClient) -> None:
    """Inferred values and links of a resource have the path of their explanation, others none."""
    document = client.get("/job/bio-informaticien.json").json()
    values = {v["text"]: v["why"] for p in document["outgoing"] for v in p["values"]}
    links = [link["why"] for p in document["incoming"] for link in p["links"] if link["why"]]

    assert "/explain?s=job/bio-informaticien&p=rdf:type&o=mkg:GrowingJob" == values["mkg:GrowingJob"]
    assert "" == values["Statistique"]
    assert ["/explain?s=job/biostatisticien&p=mkg:sharesCompetenceWith&o=job/bio-informaticien"] == links
