"""The SPARQL endpoint described: https://www.w3.org/TR/sparql11-service-description/ ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from metiers_kg.store import SUGGESTED_GRAPHS, Graph, Iri, Literal, Term, Triple
from metiers_kg.vocabulary import PREFIXES

__all__ = ["describe_service"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
)
_SEMANTICS = "http://www.w3.org/ns/entailment/OWL-RDF-Based"
_PROFILE = "http://www.w3.org/ns/owl-profile/RL"
_TYPE = PREFIXES["rdf"] + "type"
_VOID, _DCTERMS = PREFIXES["void"], PREFIXES["dcterms"]


def describe_service(endpoint: str, graphs: Mapping[str, int], described_at: str) -> Graph:
    """Return the description of the endpoint.

    Args:
        endpoint: Its address.
        graphs: The triples of each named graph, by IRI.
        described_at: Where the dataset is described.

    >>> graph = describe_service("https://e.org/sparql", {"https://e.org/g": 2}, "https://e.org/.well-known/void")
    >>> sum(triple[1].value.endswith("#triples") for triple in graph)
    2
    """
    return Graph([Triple(Iri(s), Iri(p), o) for s, p, o in _statements(endpoint, graphs, described_at)])


def _statements(endpoint: str, graphs: Mapping[str, int], described_at: str) -> Iterator[tuple[str, str, Term]]:
    service, dataset, union, available = (f"{endpoint}#{name}" for name in ("service", "dataset", "union", "available"))
    yield service, _TYPE, Iri(_SD + "Service")
    yield service, _SD + "endpoint", Iri(endpoint)
    yield service, _SD + "supportedLanguage", Iri(_SD + "SPARQL11Query")
    # No BasicFederatedQuery, DereferencesURIs or RequiresDataset: none of these holds.
    yield service, _SD + "feature", Iri(_SD + "UnionDefaultGraph")
    yield service, _SD + "defaultEntailmentRegime", Iri(_SEMANTICS)
    yield service, _SD + "defaultSupportedEntailmentProfile", Iri(_PROFILE)
    yield service, _SD + "defaultDataset", Iri(dataset)
    yield service, _SD + "availableGraphs", Iri(available)
    yield from ((service, _SD + "resultFormat", Iri(_FORMATS + name)) for name in _RESULT_FORMATS)
    yield service, _DCTERMS + "title", Literal("metiers_kg, SPARQL 1.1 Query", language="en")
    yield service, PREFIXES["rdfs"] + "seeAlso", Iri(described_at)
    yield dataset, _TYPE, Iri(_SD + "Dataset")
    yield dataset, _SD + "defaultGraph", Iri(union)
    yield available, _TYPE, Iri(_SD + "GraphCollection")
    yield union, _TYPE, Iri(_SD + "Graph")
    yield union, _VOID + "triples", _count(sum(graphs.values()))
    for name, size in graphs.items():
        described = f"{endpoint}#{name.rpartition('/')[2]}"
        yield dataset, _SD + "namedGraph", Iri(described)
        yield available, _SD + "namedGraph", Iri(described)
        yield described, _TYPE, Iri(_SD + "NamedGraph")
        yield described, _SD + "name", Iri(name)
        yield described, _SD + "graph", Iri(described + "-graph")
        if name in SUGGESTED_GRAPHS:
            yield described, _SD + "entailmentRegime", Iri(_SEMANTICS)
            yield described, _SD + "supportedEntailmentProfile", Iri(_PROFILE)
        yield described + "-graph", _TYPE, Iri(_SD + "Graph")
        yield described + "-graph", _VOID + "triples", _count(size)


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=Iri(PREFIXES["xsd"] + "integer"))
