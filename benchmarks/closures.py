"""The graphs that are closed side by side: this one, whole ESCO with axioms of its own, copies of it, and all together.

A blank node becomes an IRI, so that every engine closes the same triples whatever it makes of blank nodes.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from metiers_kg.project import Project
from metiers_kg.vocabulary import PREFIXES

__all__ = ["copies", "esco", "esco_axioms", "project_graph", "rome"]

Lines = list[str]

_HERE = Path(__file__).parent
_ESCO = "http://data.europa.eu/esco/"
_ENTAILED = f"<{PREFIXES['skos']}broaderTransitive>"
_BLANK = re.compile(r"(?:^|(?<= ))_:(\S+)")


def project_graph(project: Project) -> Lines:
    """Return the asserted triples of the built graph: ontology, data and links."""
    quads = (line.rsplit(" ", 2) for line in (project.build / "metiers.nq").read_text(encoding="utf-8").splitlines())
    return [
        _without_blank_nodes(f"{triple} .")
        for triple, graph, _ in quads
        if graph.endswith(("/ontology>", "/data>", "/links>"))
    ]


@cache
def esco() -> tuple[str, ...]:
    """Return ESCO v1.1.1 in English, less the transitive hierarchy, which the axioms give."""
    lines = _imported("esco", "esco", "*v1.1.1*- en -*.zip", "*v1.1.1*-  -*.zip")
    return tuple(line for line in lines if _ENTAILED not in line)


@cache
def rome() -> tuple[str, ...]:
    """Return ROME 4.0."""
    return tuple(_without_blank_nodes(line) for line in _imported("rome", "rome", "RefRomeCsv*.zip", "*.xlsx"))


def esco_axioms(*, chains: bool = False) -> Lines:
    """Return what SKOS and ESCO say of their properties, with property chains over them where asked."""
    import rdflib

    graph = rdflib.Graph()
    for name in ("esco.ttl", *(("esco-chains.ttl",) if chains else ())):
        graph.parse(_HERE / name)
    return sorted(_without_blank_nodes(" ".join(term.n3() for term in triple) + " .") for triple in graph)


def copies(lines: Iterable[str], number: int) -> Iterator[str]:
    """Yield ESCO's lines that many times, each time with other resources and the same classes and properties."""
    for copy in range(number):
        own = f"http://data.europa.eu/esco-{copy}/"
        for line in lines:
            if copy and _ESCO not in line:
                continue  # of no resource of ESCO: the same in every copy
            yield line.replace(_ESCO, own).replace(f"{own}model#", f"{_ESCO}model#")


def _imported(source: str, folder: str, *names: str) -> Iterable[str]:
    """Return the lines that a release gives; skip where there is no release or no importer."""
    releases = os.environ.get("METIERS_KG_VOCABULARIES")
    if not releases:
        pytest.skip("METIERS_KG_VOCABULARIES names no folder of releases")
    try:
        reader = importlib.import_module(f"metiers_kg.sources.{source}")
    except ImportError as error:
        pytest.skip(f"no importer of {source}: {error}")
    paths = [path for name in names for path in sorted((Path(releases) / folder).glob(name))]
    if not paths:
        pytest.skip(f"{releases}/{folder}: expected {' and '.join(names)}, found none")
    lines: Iterable[str] = reader.read(paths).lines
    return lines


def _without_blank_nodes(line: str) -> str:
    """Return a line with IRIs for its blank nodes.

    >>> _without_blank_nodes('_:b <p> "a _:c" .')
    '<urn:blank:b> <p> "a _:c" .'
    """
    head, quote, literal = line.partition('"')
    return _BLANK.sub(r"<urn:blank:\1>", head) + quote + literal
