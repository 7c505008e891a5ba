"""Parts of a dataset's description that service and release share: its counts in VoID, its files in DCAT.

https://www.w3.org/TR/void/ , https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from metiers_kg.store.statistics import PropertyCount, Statistics
from metiers_kg.store.terms import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES, compact, mint

__all__ = ["DATASET", "LICENCE", "WORDS", "Dump", "Stated", "describe_counts", "describe_dump"]

DATASET = mint("source", "dataset")
"""The dataset, which the data describe too: title, languages, licence."""

WORDS = f"""CONSTRUCT {{ ?dataset ?p ?o . <{DATASET}> dcterms:hasPart ?part }} WHERE {{
  {{ VALUES ?dataset {{ <{DATASET}> }} ?dataset ?p ?o }}
  UNION {{ ?part a dcat:Dataset ; dcterms:isPartOf <{DATASET}> . BIND(?part AS ?dataset) ?dataset ?p ?o }}
}}"""
"""The query for what the data say of the dataset and of its parts, one for each sector: title, sources, places."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of ontology and data."""

Stated: TypeAlias = tuple[str, str, Term]
"""Subject and predicate as IRIs, and the object."""

_RDF, _VOID, _DCAT, _DCTERMS, _XSD = (PREFIXES[prefix] for prefix in ("rdf", "void", "dcat", "dcterms", "xsd"))
_SD = "http://www.w3.org/ns/sparql-service-description#"
_SPDX = "http://spdx.org/rdf/terms#"
_TYPE = _RDF + "type"
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that holds the dataset, or a part of it.

    Attributes:
        path: Where it is, below the address of what describes it.
        media_type: What it is written in.
        size: Its bytes.
        sha256: Its hash; "" where nothing tells it.
        licence: The IRI of its licence.
        title: What it holds, in English; "" where its name says enough.
    """

    path: str
    media_type: str
    size: int
    sha256: str = ""
    licence: str = LICENCE
    title: str = ""


def describe_dump(base: str, distribution: str, dump: Dump) -> Iterator[Stated]:
    """Yield what a catalogue says of a file, as the distribution of that IRI; *base* stands before its path."""
    address = Iri(f"{base}{dump.path}")
    yield DATASET, _VOID + "dataDump", address
    yield DATASET, _DCAT + "distribution", Iri(distribution)
    yield distribution, _TYPE, Iri(_DCAT + "Distribution")
    yield distribution, _DCAT + "accessURL", address
    yield distribution, _DCAT + "downloadURL", address
    yield distribution, _DCAT + "mediaType", Iri(_MEDIA + dump.media_type)
    yield distribution, _DCAT + "byteSize", _number(dump.size, "nonNegativeInteger")
    yield distribution, _DCTERMS + "license", Iri(dump.licence)
    if dump.title:
        yield distribution, _DCTERMS + "title", Literal(dump.title, language="en")
    if dump.sha256:
        checksum = f"{distribution}-sha256"
        yield distribution, _SPDX + "checksum", Iri(checksum)
        yield checksum, _TYPE, Iri(_SPDX + "Checksum")
        yield checksum, _SPDX + "algorithm", Iri(_SPDX + "checksumAlgorithm_sha256")
        yield checksum, _SPDX + "checksumValue", Literal(dump.sha256, datatype=Iri(_XSD + "hexBinary"))


def describe_counts(described: str, found: Statistics) -> Iterator[Stated]:
    """Yield the counts of the dataset; its parts are named by fragments of the document *described*."""
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
