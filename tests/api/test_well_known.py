"""The descriptions at known places: forms, redirects, files, and what the SIB's shapes ask of examples."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from pyshacl import validate
from starlette.testclient import TestClient

VOID, EXAMPLES = "/.well-known/void", "/.well-known/sparql-examples"
FORMS = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")

# What the shapes of the SIB's sparql-examples-utils ask (src/main/resources/spex.shacl), in words of our own.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <https://schema.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix spex: <https://purl.expasy.org/sparql-examples/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<urn:query> a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ; sh:property
  <urn:one-text>, <urn:comment>, <urn:target>, <urn:no-typo>, <urn:keyword>, <urn:prefixes> .
<urn:one-text> sh:path [ sh:alternativePath ( sh:ask sh:construct sh:select spex:describe ) ] ; sh:minCount 1 ; sh:maxCount 1 .
<urn:comment> sh:path rdfs:comment ; sh:minCount 1 ; sh:or ( [ sh:datatype rdf:HTML ] [ sh:datatype rdf:langString ] ) .
<urn:target> sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI .
<urn:no-typo> sh:path [ sh:alternativePath ( schema:keyword schema:keyowrds ) ] ; sh:maxCount 0 .
<urn:keyword> sh:path schema:keywords ; sh:pattern "^\\\\S.*\\\\S$" .
<urn:prefixes> sh:path ( sh:prefixes sh:declare ) ; sh:node <urn:declaration> .
<urn:declaration> sh:property
  [ sh:path sh:prefix ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
  [ sh:path sh:namespace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:anyURI ] .
"""


def read(client: TestClient, path: str) -> rdflib.Graph:
    """Return a document as a graph."""
    return rdflib.Graph().parse(data=client.get(path, headers={"accept": "text/turtle"}).text, format="turtle")


def read_canonical(client: TestClient, path: str, media_type: str) -> list[str]:
    """Return the triples of a document in one form, its blank nodes named by what they are."""
    answer = client.get(path, headers={"accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    dataset = Dataset(parse(answer.content, RdfFormat.from_media_type(media_type)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


@pytest.mark.parametrize("path", [VOID, EXAMPLES, "/sparql", "/queries", "/queries/jobs"])
def test_same_graph_in_every_form(client: TestClient, path: str) -> None:
    """Each description is the same graph in each form of RDF."""
    graphs = [read_canonical(client, path, media_type) for media_type in FORMS]

    assert len(graphs[0]) > 5
    assert all(graphs[0] == graph for graph in graphs[1:])


@pytest.mark.parametrize(("path", "page"), [(VOID, "/source/dataset"), (EXAMPLES, "/queries")])
def test_readers_of_pages_are_led_to_a_page(client: TestClient, path: str, page: str) -> None:
    """A browser is sent to the page on the same thing."""
    answer = client.get(path, headers={"accept": "text/html,*/*;q=0.8"})

    assert (303, page) == (answer.status_code, answer.headers["location"])


def test_examples_keep_the_shapes_of_the_sib(client: TestClient) -> None:
    """Every query keeps what the SIB asks of an example."""
    conforms, _, report = validate(
        read(client, EXAMPLES), shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle")
    )

    assert (True, "Validation Report\nConforms: True\n") == (conforms, report)


def test_shapes_of_the_sib_would_tell() -> None:
    """A query without text, comment and target breaks them."""
    broken = rdflib.Graph().parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:a> a sh:SPARQLExecutable .", format="turtle"
    )

    assert not validate(broken, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))[0]


def test_examples_are_found_as_the_sib_asks_for_them(client: TestClient) -> None:
    """The query by which the SIB's tools look for examples finds every query, runnable at this service."""
    found = read(client, EXAMPLES).query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/>
        SELECT DISTINCT ?query ?text { ?query a sh:SPARQLExecutable ; rdfs:comment ?comment ; schema:target ?target ;
          sh:select|sh:ask|sh:construct ?text ; sh:prefixes/sh:declare [ sh:prefix "mkg" ] }"""
    )

    assert {"has-neighbours", "job-competences", "job-graph", "jobs"} == {
        str(row[0]).rpartition("/")[2] for row in found
    }
    assert all(200 == client.get("/sparql", params={"query": str(row[1])}).status_code for row in found)


def test_dataset_is_described_for_catalogues(client: TestClient) -> None:
    """DCAT has the dataset with its version, the services that answer from it, and what made it."""
    graph = read(client, VOID)
    found = graph.query(
        """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?version ?endpoint { ?dataset a dcat:Dataset, void:Dataset ; owl:versionInfo ?version .
          ?service a dcat:DataService ; dcat:servesDataset ?dataset ; dcat:endpointURL ?endpoint } ORDER BY ?endpoint"""
    )

    version = client.get("/releases").json()["current"]["version"]
    assert [(version, "http://testserver/queries"), (version, "http://testserver/sparql")] == [
        (str(row[0]), str(row[1])) for row in found
    ]


def test_unknown_parameters_are_refused(client: TestClient) -> None:
    """The descriptions take a format and a version, and nothing else."""
    assert [422, 422, 422] == [client.get(f"{path}?nonsense=1").status_code for path in (VOID, EXAMPLES, "/releases")]
    assert 406 == client.get(f"{VOID}?format=csv").status_code


def test_dump_that_is_not_there(client: TestClient) -> None:
    """A file that the build did not write is nothing that is found, and is not offered."""
    assert 404 == client.get("/metiers.nt").status_code
    assert "dataDump" not in client.get(VOID).text
