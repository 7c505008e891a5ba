"""The dataset described for catalogues and for editors that complete queries: VoID, DCAT and PROV in one graph.

https://www.w3.org/TR/void/ , https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from metiers_kg.store import Graph, Iri, Literal, Store, Term, Triple
from metiers_kg.store.statistics import PropertyCount, Statistics
from metiers_kg.vocabulary import BASE, ONTOLOGY, PREFIXES, compact, graph_iri, mint

__all__ = ["DATASET", "Dump", "describe_dataset"]

DATASET = mint("source", "dataset")
"""The dataset, which the data describe too: title, languages, licence, sources."""

_RDF, _RDFS, _OWL, _VOID, _DCAT, _DCTERMS, _PROV, _XSD = (
    PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "void", "dcat", "dcterms", "prov", "xsd")
)
_FOAF, _SD = PREFIXES["foaf"], "http://www.w3.org/ns/sparql-service-description#"
_SPDX = "http://spdx.org/rdf/terms#"
_TYPE = _RDF + "type"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_TOLD = f"CONSTRUCT {{ <{DATASET}> ?p ?o }} {{ <{DATASET}> ?p ?o }}"
_RUNS = f"SELECT DISTINCT ?run {{ GRAPH <{graph_iri('provenance')}> {{ ?run a prov:Activity }} }} ORDER BY ?run"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that holds the whole dataset.

    Attributes:
        path: Where it is, below the service's own address.
        media_type: What it is written in.
        size: Its bytes.
        sha256: Its hash; "" where the build does not tell it.
    """

    path: str
    media_type: str
    size: int
    sha256: str = ""


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
    catalogue = _catalogue(base, described, data_version, dumps, _runs(store), has_sparql=has_sparql)
    triples = [
        *_words(store),
        *(Triple(Iri(s), Iri(p), o) for s, p, o in catalogue),
        *(Triple(Iri(s), Iri(p), o) for s, p, o in _counts(described, statistics)),
    ]
    return Graph(dict.fromkeys(triples))


Stated = tuple[str, str, Term]


def _words(store: Store) -> Iterator[Triple]:
    found = store.query(_TOLD, asserted=True)
    if isinstance(found, Graph):
        yield from (Triple(s, p, o) for s, p, o in found)


def _runs(store: Store) -> list[str]:
    return [run.value for (run,) in store.rows(_RUNS) if isinstance(run, Iri)]


def _catalogue(
    base: str, described: str, data_version: str, dumps: Sequence[Dump], runs: Sequence[str], *, has_sparql: bool
) -> Iterator[Stated]:
    """Say where the dataset is had, and what made it."""
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
    yield DATASET, _VOID + "exampleResource", Iri(mint("job", "bio-informaticien"))
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
        yield from _distribution(base, f"{described}#{dump.path.strip('/').replace('.', '-')}", dump)


def _distribution(base: str, distribution: str, dump: Dump) -> Iterator[Stated]:
    address = Iri(f"{base}{dump.path}")
    yield DATASET, _VOID + "dataDump", address
    yield DATASET, _DCAT + "distribution", Iri(distribution)
    yield distribution, _TYPE, Iri(_DCAT + "Distribution")
    yield distribution, _DCAT + "accessURL", address
    yield distribution, _DCAT + "downloadURL", address
    yield distribution, _DCAT + "mediaType", Iri(_MEDIA + dump.media_type)
    yield distribution, _DCAT + "byteSize", _number(dump.size, "nonNegativeInteger")
    yield distribution, _DCTERMS + "license", Iri("https://creativecommons.org/licenses/by/4.0/")
    if dump.sha256:
        checksum = f"{distribution}-sha256"
        yield distribution, _SPDX + "checksum", Iri(checksum)
        yield checksum, _TYPE, Iri(_SPDX + "Checksum")
        yield checksum, _SPDX + "algorithm", Iri(_SPDX + "checksumAlgorithm_sha256")
        yield checksum, _SPDX + "checksumValue", Literal(dump.sha256, datatype=Iri(_XSD + "hexBinary"))


def _counts(described: str, found: Statistics) -> Iterator[Stated]:
    yield DATASET, _VOID + "triples", _number(found.triples)
    yield DATASET, _VOID + "entities", _number(found.subjects)
    yield DATASET, _VOID + "distinctSubjects", _number(found.subjects)
    yield DATASET, _VOID + "distinctObjects", _number(found.objects)
    yield DATASET, _VOID + "classes", _number(len(found.classes))
    yield DATASET, _VOID + "properties", _number(len(found.properties))
    for iri, entities in found.classes.items():
        part = f"{described}#class-{_name(iri)}"
        yield DATASET, _VOID + "classPartition", Iri(part)
        yield part, _VOID + "class", Iri(iri)
        yield part, _VOID + "entities", _number(entities)
    for iri, count in found.properties.items():
        part = f"{described}#property-{_name(iri)}"
        yield DATASET, _VOID + "propertyPartition", Iri(part)
        yield from _property(part, iri, count)
    for (class_, iri), triples in found.of_classes.items():
        part = f"{described}#class-{_name(class_)}--{_name(iri)}"
        yield f"{described}#class-{_name(class_)}", _VOID + "propertyPartition", Iri(part)
        yield part, _VOID + "property", Iri(iri)
        yield part, _VOID + "triples", _number(triples)
    yield from _graphs(described, found)


def _property(part: str, iri: str, count: PropertyCount) -> Iterator[Stated]:
    yield part, _VOID + "property", Iri(iri)
    yield part, _VOID + "triples", _number(count.triples)
    yield part, _VOID + "distinctSubjects", _number(count.subjects)
    yield part, _VOID + "distinctObjects", _number(count.objects)


def _graphs(described: str, found: Statistics) -> Iterator[Stated]:
    """Tell each named graph as a subset, which the Service Description names in the same way."""
    for graph, triples in found.graphs.items():
        part = f"{described}#graph-{graph.rpartition('/')[2]}"
        counted: Mapping[str, int] = {
            "triples": triples,
            "properties": found.graph_properties[graph],
            "classes": found.graph_classes.get(graph, 0),
        }
        yield DATASET, _VOID + "subset", Iri(part)
        yield part, _TYPE, Iri(_VOID + "Dataset")
        yield part, _SD + "name", Iri(graph)
        yield from ((part, _VOID + name, _number(count)) for name, count in counted.items())


def _number(count: int, datatype: str = "integer") -> Literal:
    return Literal(str(count), datatype=Iri(_XSD + datatype))


def _name(iri: str) -> str:
    """Return what stands for an IRI in a fragment: its prefixed name, or else a hash of it."""
    short = compact(iri)
    return short.replace(":", "-", 1) if short != iri else sha256(iri.encode()).hexdigest()[:12]
