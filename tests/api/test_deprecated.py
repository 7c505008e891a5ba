"""What is deprecated answers under its own address, and says what replaces it."""

from __future__ import annotations

from dataclasses import asdict

from fastapi.testclient import TestClient

from metiers_kg.api.resources import ResourceReader
from metiers_kg.queries import Names
from metiers_kg.store import Store
from tests.conftest import PREFIXES

GRAPH = (
    PREFIXES
    + """
job:new a mkg:Job ; skos:prefLabel "Nouveau"@fr , "New"@en .
job:old a skos:Concept ; skos:prefLabel "Vieux"@fr ; owl:deprecated true ; dcterms:isReplacedBy job:new .
"""
)
OLD = "https://w3id.org/metiers-kg/job/old"


def _reader() -> ResourceReader:
    store = Store.memory(GRAPH)
    return ResourceReader(store, Names(store))


def test_description_names_the_successor() -> None:
    """The description says that the resource is deprecated, and what to use instead, by its label."""
    found = _reader().describe(OLD, "en")

    assert found is not None
    assert (True, ["New"]) == (found.deprecated, [successor["label"] for successor in asdict(found)["successors"]])


def test_triples_name_the_successor() -> None:
    """Whoever asks for RDF finds both triples of the deprecation."""
    found = _reader().graph(OLD)

    assert found is not None
    predicates = {predicate.value for _, predicate, _ in found[0]}
    assert {"http://www.w3.org/2002/07/owl#deprecated", "http://purl.org/dc/terms/isReplacedBy"} <= predicates


def test_header_links_to_the_successor() -> None:
    """The header links to the successor by the relation of RFC 5829; what is in use has no such link."""
    reader = _reader()

    assert '</job/new>; rel="successor-version"' == reader.successor_links(OLD)
    assert "" == reader.successor_links("https://w3id.org/metiers-kg/job/new")


def test_resource_in_use_has_no_link(client: TestClient) -> None:
    """The answer on a resource in use links to no successor."""
    assert "link" not in client.get("/job/bio-informaticien", headers={"Accept": "text/turtle"}).headers
