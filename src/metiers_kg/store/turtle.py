"""Read Turtle files as sorted N-Triples lines, the form in which build, reasoner and store exchange triples."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, Quad, RdfFormat

from metiers_kg.errors import DataError, Finding

__all__ = ["read_turtle"]


def read_turtle(path: Path) -> list[str]:
    """Return the triples of a Turtle file as N-Triples lines, each once, sorted.

    Blank nodes get the labels of the RDF Dataset Canonicalization algorithm (RDFC-1.0), so that the same file gives
    the same lines each time.

    Raises:
        DataError: The file is not Turtle; the finding names file and line.
    """
    try:
        quads = [Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in _parse(path)]
    except SyntaxError as error:
        finding = Finding(
            rule="Turtle syntax",
            resource=path.name,
            message=str(error.msg),
            remedy="correct the line; see https://www.w3.org/TR/turtle/",
            file=path.name,
            line=error.lineno,
        )
        raise DataError(f"{path.name}: not a Turtle file", [finding]) from error
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        quads = list(dataset)
    return sorted({f"{quad.triple} ." for quad in quads})


def _parse(path: Path) -> Iterable[Quad]:
    return pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE)
