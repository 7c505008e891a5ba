"""Read Turtle files as sorted N-Triples lines, the form in which build, reasoner and store exchange triples."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, Quad, RdfFormat

from metiers_kg.errors import DataError, Finding

__all__ = ["read_turtle"]

_MOST_FAULTS = 20
"""Of one file, this many are told."""


def read_turtle(path: Path, name: str = "") -> list[str]:
    """Return the triples of a Turtle file as N-Triples lines, each once, sorted.

    Blank nodes get the labels of the RDF Dataset Canonicalization algorithm (RDFC-1.0), so that the same file gives
    the same lines each time. *name* is what messages call the file, where it is not its last name.

    Raises:
        DataError: The file is not Turtle; a finding for each fault, with file and line.
    """
    quads, faults = _parse(path)
    if faults:
        raise DataError(f"{name or path.name}: not a Turtle file", [_finding(name or path.name, e) for e in faults])
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        quads = list(dataset)
    return sorted({f"{quad.triple} ." for quad in quads})


def _parse(path: Path) -> tuple[list[Quad], list[SyntaxError]]:
    """Return what a file says, and where it is not Turtle: the parser goes on after a fault, at the next statement."""
    quads: list[Quad] = []
    faults: list[SyntaxError] = []
    data = path.read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError as error:  # told here: after it the parser loses count of the lines
        line = data.count(b"\n", 0, error.start) + 1
        told = f"Parser error at line {line}: the byte {data[error.start]:#04x} is not UTF-8"
        return [], [SyntaxError(told, (path.name, line, None, None))]
    reading = iter(pyoxigraph.parse(data, format=RdfFormat.TURTLE))
    while len(faults) < _MOST_FAULTS:
        try:
            quad = next(reading)
            quads.append(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
        except SyntaxError as error:
            faults.append(error)
        except StopIteration:
            break
    return quads, faults


def _finding(file: str, error: SyntaxError) -> Finding:
    return Finding(
        rule="Turtle syntax",
        resource=file,
        message=str(error.msg),
        remedy="correct the line; see https://www.w3.org/TR/turtle/",
        file=file,
        line=error.lineno,
    )
