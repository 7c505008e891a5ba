"""Reads RDF files of any form, by the end of their name, as terms in N-Triples form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, RdfFormat

from metiers_kg.errors import DataError, Finding

__all__ = ["RDF_FILES", "read_quads"]

_FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}

RDF_FILES = tuple(_FORMATS)
"""The ends of names that are read."""


def read_quads(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield subject, predicate, object and graph of each statement; the graph is "" where the file names none.

    Raises:
        DataError: The file is not what the end of its name says; the finding names the line.
    """
    try:
        for quad in pyoxigraph.parse(path=str(path), format=_FORMATS[path.suffix.lower()]):
            graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
            yield str(quad.subject), str(quad.predicate), str(quad.object), graph
    except SyntaxError as error:
        finding = Finding(
            rule=f"{path.suffix} syntax",
            resource=path.name,
            message=str(error.msg),
            remedy="correct the line, or name a file of another form",
            file=path.name,
            line=error.lineno,
        )
        raise DataError(f"{path}: not a {path.suffix} file", [finding]) from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: expected a text in UTF-8; found {error}") from error
