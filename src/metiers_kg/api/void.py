"""The dataset described for catalogues and for editors that complete queries: VoID, DCAT and PROV in one graph.

https://www.w3.org/TR/void/ , https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metiers_kg.store import Graph, Iri, Literal, Store, Triple
from metiers_kg.store.description import DATASET, WORDS, Dump, Stated, describe_counts, describe_dump
from metiers_kg.store.statistics import Statistics
from metiers_kg.vocabulary import BASE, ONTOLOGY, PREFIXES, graph_iri

__all__ = ["DATASET", "Dump", "describe_dataset"]

_RDF, _OWL, _VOID, _DCAT, _DCTERMS, _PROV, _FOAF = (
    PREFIXES[prefix] for prefix in ("rdf", "owl", "void", "dcat", "dcterms", "prov", "foaf")
)
_TYPE = _RDF + "type"
_LISTS = {
    "runs": f"SELECT DISTINCT ?run {{ GRAPH <{graph_iri('provenance')}> {{ ?run a prov:Activity }} }} ORDER BY ?run",
    "examples": "SELECT ?job { ?job a mkg:Job ; mkg:hasProfile true } ORDER BY ?job LIMIT 1",
}


def describe_dataset(
    store: Store,
    statistics: Statistics,
    base: str,
    data_version: str,
    dumps: Sequence[Dump] = (),
    *,
    has_sparql: bool = True,
) -> Graph:
    """Return the description of the dataset.

    Args:
        store: The graph, whose own words on the dataset are part of it.
        statistics: Its counts.
        base: The address of the service, without a slash at its end.
        data_version: The version of the release.
        dumps: The files that can be downloaded.
        has_sparql: Whether there is an endpoint for queries of the client's own.
    """
    described = f"{base}/.well-known/void"
    found = {name: [iri.value for (iri,) in store.rows(q) if isinstance(iri, Iri)] for name, q in _LISTS.items()}
    catalogue = _catalogue(base, described, data_version, dumps, **found, has_sparql=has_sparql)
    triples = [
        *_words(store),
        *(Triple(Iri(s), Iri(p), o) for s, p, o in catalogue),
        *(Triple(Iri(s), Iri(p), o) for s, p, o in describe_counts(described, statistics)),
    ]
    return Graph(dict.fromkeys(triples))


def _words(store: Store) -> Iterator[Triple]:
    found = store.query(WORDS, asserted=True)
    if isinstance(found, Graph):
        yield from (Triple(s, p, o) for s, p, o in found)


def _catalogue(
    base: str,
    described: str,
    data_version: str,
    dumps: Sequence[Dump],
    *,
    runs: Sequence[str],
    examples: Sequence[str],
    has_sparql: bool,
) -> Iterator[Stated]:
    """Say where the dataset is had, what made it, and what is in it, by an example."""
    yield described, _TYPE, Iri(_VOID + "DatasetDescription")
    yield described, _TYPE, Iri(_DCAT + "Catalog")
    yield described, _FOAF + "primaryTopic", Iri(DATASET)
    yield described, _DCAT + "dataset", Iri(DATASET)
    yield DATASET, _TYPE, Iri(_VOID + "Dataset")
    yield DATASET, _TYPE, Iri(_DCAT + "Dataset")
    yield DATASET, _OWL + "versionInfo", Literal(data_version)
    if has_sparql:
        yield DATASET, _VOID + "sparqlEndpoint", Iri(f"{base}/sparql")
    yield DATASET, _VOID + "uriSpace", Literal(BASE)
    yield from ((DATASET, _VOID + "exampleResource", Iri(example)) for example in examples)
    yield DATASET, _DCAT + "landingPage", Iri(f"{base}/")
    yield from ((DATASET, _VOID + "vocabulary", Iri(v)) for v in (ONTOLOGY, PREFIXES["skos"], _PROV, PREFIXES["qb"]))
    yield from ((DATASET, _PROV + "wasGeneratedBy", Iri(run)) for run in runs)
    services = {
        "sparql": (
            f"{base}/sparql",
            f"{base}/sparql",
            "https://www.w3.org/TR/sparql11-protocol/",
            "SPARQL 1.1 Protocol",
        ),
        "queries": (f"{base}/queries", f"{base}/openapi.json", "https://spec.openapis.org/oas/v3.1.0", "Saved queries"),
    }
    if not has_sparql:
        del services["sparql"]
    for name, (endpoint, description, standard, title) in services.items():
        service = f"{described}#{name}"
        yield described, _DCAT + "service", Iri(service)
        yield service, _TYPE, Iri(_DCAT + "DataService")
        yield service, _DCTERMS + "title", Literal(title, language="en")
        yield service, _DCAT + "endpointURL", Iri(endpoint)
        yield service, _DCAT + "endpointDescription", Iri(description)
        yield service, _DCTERMS + "conformsTo", Iri(standard)
        yield service, _DCAT + "servesDataset", Iri(DATASET)
    for dump in dumps:
        yield from describe_dump(base, f"{described}#{dump.path.strip('/').replace('.', '-')}", dump)
