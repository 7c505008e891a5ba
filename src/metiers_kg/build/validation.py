"""Validation: the SHACL shapes over what is asserted, and the checks, queries that must give no row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyshacl
import rdflib
import yaml
from rdflib import RDF, SH

from metiers_kg.build.locations import Locations
from metiers_kg.errors import Finding, QueryFileError
from metiers_kg.store import Store
from metiers_kg.vocabulary import compact

__all__ = ["run_checks", "run_shapes"]


def run_shapes(ntriples: Iterable[str], shapes: Path, locations: Locations) -> list[Finding]:
    """Validate triples (N-Triples lines) with the shapes file; return what breaks them, sorted."""
    graph = rdflib.Graph()
    graph.parse(data="\n".join(ntriples), format="nt")
    shacl = rdflib.Graph().parse(shapes, format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shacl, inference="none", advanced=False)
    return sorted(
        (_finding(results, node, locations) for node in results.subjects(RDF.type, SH.ValidationResult)), key=str
    )


def _finding(results: rdflib.Graph, node: rdflib.term.Node, locations: Locations) -> Finding:
    focus = str(results.value(node, SH.focusNode))
    value = results.value(node, SH.value)
    path = results.value(node, SH.resultPath)
    message = str(results.value(node, SH.resultMessage) or "does not conform")
    if value is not None and str(value) != focus:
        message += f"; found {value}"
    severity = results.value(node, SH.resultSeverity)
    file, line = locations.find(focus)
    return Finding(
        rule=f"SHACL {_local(results.value(node, SH.sourceConstraintComponent))}",
        resource=focus,
        message=message,
        remedy=f"correct its {compact(str(path))}" if isinstance(path, rdflib.URIRef) else "",
        file=file,
        line=line,
        severity="violation" if severity == SH.Violation else "warning",
    )


def _local(term: rdflib.term.Node | None) -> str:
    return str(term).rpartition("#")[2].rpartition("/")[2].removesuffix("ConstraintComponent")


def run_checks(store: Store, folder: Path, locations: Locations) -> Iterator[Finding]:
    """Run every check over asserted and inferred triples; a row is a finding.

    A check is a SELECT of ``?focus ?message``; its header names what would be right (``remedy``) and may lower its
    ``severity`` to ``warning``.
    """
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        header = (
            yaml.safe_load("\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")))
            or {}
        )
        for row in store.rows(text):
            if len(row) != 2:
                raise QueryFileError(f"{path.name}: a check selects ?focus and ?message; found {len(row)} columns")
            focus, message = (getattr(term, "value", "") for term in row)
            file, line = locations.find(focus)
            yield Finding(
                rule=f"check {path.stem}",
                resource=focus,
                message=message,
                remedy=str(header.get("remedy", "")),
                file=file,
                line=line,
                severity=str(header.get("severity", "violation")),
            )
