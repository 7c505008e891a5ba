"""The serialisations the engine writes, under their media types and short names."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["ENGINE", "GRAPH_FORMATS", "ROW_FORMATS", "Format"]

ENGINE = f"pyoxigraph/{pyoxigraph.__version__}"
"""The engine and its version, as headers name software (RFC 9110, section 10.1.5)."""


@dataclass(frozen=True, slots=True)
class Format:
    """A serialisation.

    Attributes:
        name: The short name used by ``--format``, ``?format=`` and as a suffix.
        media_type: Its media type.
        engine: How the engine calls it.
    """

    name: str
    media_type: str
    engine: QueryResultsFormat | RdfFormat


ROW_FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("srj", "application/sparql-results+json", QueryResultsFormat.JSON),
        Format("srx", "application/sparql-results+xml", QueryResultsFormat.XML),
        Format("csv", "text/csv", QueryResultsFormat.CSV),
        Format("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
    )
}
"""Of SELECT and ASK answers."""

GRAPH_FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("ttl", "text/turtle", RdfFormat.TURTLE),
        Format("jsonld", "application/ld+json", RdfFormat.JSON_LD),
        Format("nt", "application/n-triples", RdfFormat.N_TRIPLES),
        Format("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
    )
}
"""Of CONSTRUCT and DESCRIBE answers, and of resources."""
