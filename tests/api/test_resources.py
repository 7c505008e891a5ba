"""What is known of one resource."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from metiers_kg.api import Service, resources
from metiers_kg.api.pages import Segment
from metiers_kg.api.resources import ResourceReader
from metiers_kg.store import Store

BASE = "https://w3id.org/metiers-kg/"
BIO = BASE + "job/bio-informaticien"


@pytest.fixture
def reader(service: Service) -> ResourceReader:
    """Read the tiny graph."""
    return service.resources


def test_description(reader: ResourceReader) -> None:
    """A resource is described by its labels, classes, and triples in both directions, by predicate."""
    found = reader.describe(BIO, "en")

    assert found is not None
    assert (found.kind, found.label) == ("job", "Bioinformatician")
    assert found.labels == {"fr": "Bio-informaticien", "en": "Bioinformatician"}
    assert {type_.iri.rpartition("#")[2] for type_ in found.types} == {"Job", "GrowingJob"}
    outgoing = {p.predicate.iri.rpartition("#")[2]: [v.text for v in p.values] for p in found.outgoing}
    assert sorted(outgoing["requires"]) == ["Programming", "Statistics"]
    incoming = {p.predicate.iri.rpartition("#")[2]: [k.reference.href for k in p.links] for p in found.incoming}
    assert incoming["evolutionOf"] == ["/evolution/bio-informaticien--growth"]


def test_inferred_is_flagged(reader: ResourceReader) -> None:
    """Each triple tells whether it was inferred, and asserted leaves those out."""
    found = reader.describe(BIO, "fr")
    assert found is not None
    flags = {(p.predicate.iri.rpartition("#")[2], v.text): v.inferred for p in found.outgoing for v in p.values}
    stated = reader.describe(BIO, "fr", asserted=True)
    assert stated is not None

    assert flags["sharesCompetenceWith", "Biostatisticien"] is True
    assert flags["requires", "Statistique"] is False
    assert [k.inferred for p in found.incoming if "shares" in p.predicate.iri for k in p.links] == [True]
    assert "sharesCompetenceWith" not in str(stated)


def test_passages_of_statements(reader: ResourceReader) -> None:
    """A job shows the passages that statements about it rest on, their pieces in the order of the text."""
    found = reader.describe(BIO, "en")

    assert found is not None
    (passage,) = found.passages
    assert passage.source is not None
    assert passage.section is not None
    assert (passage.source.label, passage.section.label) == ("The study", "Section 4.1")
    assert passage.segments == (Segment("le bio-informaticien", 2, 3), Segment("est demandé", 5, 5))
    assert [s.iri for s in passage.supports] == [BASE + "evolution/bio-informaticien--growth"]


def test_passages_of_a_passage(reader: ResourceReader) -> None:
    """A passage shows its own pieces."""
    found = reader.describe(BASE + "passage/study--10-30--50-60", "fr")

    assert found is not None
    assert [len(passage.segments) for passage in found.passages] == [2]


def test_graph(reader: ResourceReader) -> None:
    """As RDF a passage comes with its parts and with what points to it."""
    found = reader.graph(BASE + "passage/study--10-30--50-60")

    assert found is not None
    graph, truncated = found
    lines = {(s.value, p.value.rpartition("#")[2]) for s, p, _ in graph}
    assert truncated is False
    assert (BASE + "passage/study--10-30--50-60#10-30", "exact") in lines
    assert (BASE + "evolution/bio-informaticien--growth", "wasDerivedFrom") in lines


def test_unknown(reader: ResourceReader) -> None:
    """What the graph does not know has no description."""
    assert reader.describe(BASE + "job/nope", "fr") is None
    assert reader.graph(BASE + "job/nope") is None


def test_many_links_are_cut(reader: ResourceReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more points to a resource than is shown, the description and the graph say so."""
    monkeypatch.setattr(resources, "LINK_LIMIT", 1)

    found, graph = reader.describe(BIO, "fr"), reader.graph(BIO)

    assert found is not None
    assert graph is not None
    assert (found.truncated, graph[1]) == (True, True)
    assert sum(len(p.links) for p in found.incoming) == 1


@pytest.mark.parametrize(
    ("url", "accept", "content_type"),
    [
        ("/job/bio-informaticien", "*/*", "text/turtle; charset=utf-8"),
        ("/job/bio-informaticien", "application/ld+json", "application/ld+json"),
        ("/job/bio-informaticien", "application/json", "application/json"),
        ("/job/bio-informaticien.json", "text/turtle", "application/json"),
        ("/job/bio-informaticien.nt", "*/*", "application/n-triples"),
        ("/job/bio-informaticien.rdf", "*/*", "application/rdf+xml"),
        ("/job/bio-informaticien?format=jsonld", "*/*", "application/ld+json"),
        ("/passage/study--10-30--50-60.ttl", "*/*", "text/turtle; charset=utf-8"),
        ("/graph/data", "*/*", None),
    ],
)
def test_forms(client: TestClient, url: str, accept: str, content_type: str | None) -> None:
    """A resource is given as RDF and as JSON, by suffix, format or Accept; what nothing is said of is 404."""
    response = client.get(url, headers={"accept": accept})

    assert response.status_code == (200 if content_type else 404)
    if content_type:
        assert response.headers["content-type"] == content_type


def test_all_rdf_forms_say_the_same(client: TestClient) -> None:
    """Turtle holds the same triples as N-Triples."""
    lines = client.get("/job/bio-informaticien.nt").text.splitlines()

    assert len(Store.memory(client.get("/job/bio-informaticien.ttl").content)) == len(lines) == len(set(lines))


def test_page(browser: TestClient) -> None:
    """Who reads pages gets the page, in the language asked for."""
    assert browser.get("/job/bio-informaticien").text == "<p lang=en>resource Bioinformatician"
    assert browser.get("/job/bio-informaticien.html?lang=fr").text == "<p lang=fr>resource Bio-informaticien"


def test_entity_tag(client: TestClient) -> None:
    """A resource is not sent to who has it; asserted is another document."""
    tag = client.get("/job/bio-informaticien").headers["etag"]

    assert client.get("/job/bio-informaticien", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/job/bio-informaticien?entailment=asserted").headers["etag"] != tag


def test_saved_query_as_a_resource(client: TestClient) -> None:
    """The IRI of a saved query leads to its document."""
    response = client.get("/query/jobs.ttl")

    assert (response.status_code, response.headers["location"]) == (303, "/queries/jobs.ttl")


def test_blank_nodes_come_along() -> None:
    """What a resource says through blank nodes is part of its document."""
    store = Store.memory("<https://e.org/a> <https://e.org/p> [ <https://e.org/q> 1 ] .")

    class NoLabels:
        def label(self, iri: str, lang: str) -> str:
            return ""

    reader = ResourceReader(store, NoLabels())
    found, description = reader.graph("https://e.org/a"), reader.describe("https://e.org/a", "fr")

    assert found is not None
    assert len(list(found[0])) == 2
    assert description is not None
    assert (description.kind, description.label) == ("", "https://e.org/a")


def test_a_page_is_written_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the same resource in the same form next is given what was written."""
    first = client.get("/job/bio-informaticien.json")
    monkeypatch.setattr(ResourceReader, "describe", lambda *_, **__: pytest.fail("described again"))

    assert first.content == client.get("/job/bio-informaticien.json").content
