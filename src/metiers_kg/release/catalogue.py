"""The release described for catalogues of data: DCAT 3, and VoID for its counts (https://www.w3.org/TR/vocab-dcat-3/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from metiers_kg.release.turtle import write_turtle
from metiers_kg.store import Graph, Iri, Literal, Store, Triple
from metiers_kg.store.description import DATASET, WORDS, Dump, Stated, describe_counts, describe_dump
from metiers_kg.store.statistics import Statistics
from metiers_kg.vocabulary import BASE, ONTOLOGY, PREFIXES

__all__ = ["PUBLISHER", "describe_release", "describe_statistics"]

PUBLISHER = "The metiers_kg developers"

_RDF, _OWL, _VOID, _DCAT, _DCTERMS, _FOAF, _XSD = (
    PREFIXES[prefix] for prefix in ("rdf", "owl", "void", "dcat", "dcterms", "foaf", "xsd")
)
_TYPE = _RDF + "type"
_HERE = "https://here.invalid/"
"""Stands for the folder of the release, until it is taken out: files are found beside their catalogue."""

_PLACES = f"""SELECT DISTINCT ?place {{
  {{ <{DATASET}> dcterms:spatial ?place }} UNION {{ ?part dcterms:isPartOf <{DATASET}> ; dcterms:spatial ?place }} }}"""
_DATES = "SELECT ?date { ?source a mkg:Source ; dcterms:issued ?date } ORDER BY STR(?date)"


def describe_release(store: Store, dumps: Sequence[Dump], version: str, url: str = "") -> str:
    """Return ``dcat.ttl``: the dataset, its version, makers, coverage, and a distribution for each file.

    Args:
        store: The graphs that are released, whose own words on the dataset are part of it.
        dumps: The files.
        version: The version of the data, as ``X-Data-Version`` has it.
        url: The address that the folder will have, ended by a slash; "" for addresses beside the catalogue.
    """
    base = url or _HERE
    told = store.query(WORDS, asserted=True)
    words = [Triple(*triple) for triple in told] if isinstance(told, Graph) else []
    places = [place for (place,) in store.rows(_PLACES) if place is not None]
    stated = [*_stated(base, dumps, version, _dates(store)), *((DATASET, _DCTERMS + "spatial", p) for p in places)]
    return _write([*words, *(Triple(Iri(s), Iri(p), o) for s, p, o in stated)], "The release, for catalogues: DCAT 3")


def describe_statistics(statistics: Statistics, url: str = "") -> str:
    """Return ``void.ttl``: the counts of the graphs that are released."""
    document = f"{url or _HERE}void.ttl"
    triples = [Triple(Iri(s), Iri(p), o) for s, p, o in describe_counts(document, statistics)]
    return _write(triples, "What the release holds, counted: VoID")


def _stated(base: str, dumps: Sequence[Dump], version: str, dates: Sequence[str]) -> Iterator[Stated]:
    document = f"{base}dcat.ttl"
    publisher = f"{document}#publisher"
    yield DATASET, _TYPE, Iri(_DCAT + "Dataset")
    yield DATASET, _OWL + "versionInfo", Literal(version)
    yield DATASET, _DCTERMS + "publisher", Iri(publisher)
    yield DATASET, _DCTERMS + "creator", Iri(publisher)
    yield publisher, _TYPE, Iri(_FOAF + "Agent")
    yield publisher, _FOAF + "name", Literal(PUBLISHER)
    yield DATASET, _DCTERMS + "conformsTo", Iri(ONTOLOGY.rstrip("#"))
    yield DATASET, _VOID + "uriSpace", Literal(BASE)
    if dates:
        period = f"{document}#period"
        yield DATASET, _DCTERMS + "temporal", Iri(period)
        yield period, _TYPE, Iri(_DCTERMS + "PeriodOfTime")
        yield period, _DCAT + "startDate", _date(dates[0])
        yield period, _DCAT + "endDate", _date(dates[-1])
    for dump in dumps:
        yield from describe_dump(base, f"{document}#{dump.path.replace('/', '-').replace('.', '-')}", dump)


def _dates(store: Store) -> list[str]:
    """Return when the sources were published, the first first."""
    return [date.value for (date,) in store.rows(_DATES) if isinstance(date, Literal)]


def _date(text: str) -> Literal:
    """Return a date of as many parts as it is told with."""
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(text))
    return Literal(text, datatype=Iri(_XSD + kind)) if kind else Literal(text)


def _write(triples: Iterable[Triple], head: str) -> str:
    text = "\n".join(write_turtle(sorted({f"{triple} ." for triple in triples}), head)) + "\n"
    return text.replace(f"<{_HERE}", "<")
