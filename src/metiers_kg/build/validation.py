"""Validation: the SHACL shapes over what is asserted, and the checks, queries that must give no row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import shorten

import pyshacl
import rdflib
import yaml
from rdflib import RDF, SH

from metiers_kg.build.locations import Locations
from metiers_kg.errors import Finding, QueryFileError, QuerySyntaxError
from metiers_kg.store import Store
from metiers_kg.vocabulary import compact

__all__ = ["read_header", "run_checks", "run_shapes"]

_SEVERITIES: Mapping[rdflib.term.Node | None, str] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def run_shapes(ntriples: Iterable[str], shapes: Path, locations: Locations) -> list[Finding]:
    """Validate triples (N-Triples lines) with the shapes file; return what breaks them, sorted."""
    graph = rdflib.Graph()
    graph.parse(data="\n".join(ntriples), format="nt")
    shacl = rdflib.Graph().parse(shapes, format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shacl, inference="none", advanced=False)
    owners = _owners(shacl)
    found = results.subjects(RDF.type, SH.ValidationResult)
    return sorted((_finding(results, node, owners, locations) for node in found), key=str)


def _owners(shacl: rdflib.Graph) -> dict[rdflib.term.Node, str]:
    """Return the name of the shape with an IRI that each shape without one is a part of."""
    owners: dict[rdflib.term.Node, str] = {}
    for shape in sorted({s for s in shacl.subjects() if isinstance(s, rdflib.URIRef)}):
        parts: list[rdflib.term.Node] = [shape]
        while parts:
            part = parts.pop()
            if part not in owners:
                owners[part] = _local(shape)
                parts.extend(o for o in shacl.objects(part) if isinstance(o, rdflib.BNode))
    return owners


def _finding(
    results: rdflib.Graph, node: rdflib.term.Node, owners: Mapping[rdflib.term.Node, str], locations: Locations
) -> Finding:
    focus = str(results.value(node, SH.focusNode))
    source = results.value(node, SH.sourceShape)
    value = results.value(node, SH.value)
    path = results.value(node, SH.resultPath)
    message = str(results.value(node, SH.resultMessage) or "does not conform")
    if value is not None and str(value) != focus:
        message += f"; found {value}"
    severity = results.value(node, SH.resultSeverity)
    file, line = locations.find(focus)
    return Finding(
        rule=f"shape {owners.get(source, 'without a name') if source else 'without a name'}",
        resource=focus,
        message=message,
        remedy=f"correct its {compact(str(path))}" if isinstance(path, rdflib.URIRef) else "",
        file=file,
        line=line,
        severity=_SEVERITIES.get(severity, "violation"),
    )


def _local(term: rdflib.term.Node) -> str:
    return str(term).rpartition("#")[2].rpartition("/")[2]


def read_header(text: str, name: str) -> Mapping[str, str]:
    r"""Return the header of a check: the YAML in its `#+` comments.

    >>> read_header("#+ summary: Nothing is broader than itself\nSELECT …", "no-circle.rq")
    {'summary': 'Nothing is broader than itself'}

    Raises:
        QueryFileError: The header is not YAML of names and texts.
    """
    try:
        lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
        header = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        raise QueryFileError(f"{name}: the header is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(header, dict):
        raise QueryFileError(f"{name}: the header is not YAML of names and texts")
    return {str(key): str(value) for key, value in header.items()}


def run_checks(store: Store, folder: Path, locations: Locations) -> Iterator[Finding]:
    """Run every check over asserted and inferred triples; a row is a finding.

    A check is a SELECT of ``?focus ?message``; its header names what would be right (``remedy``) and may lower its
    ``severity`` to ``warning``.
    """
    for path in sorted(folder.glob("*.rq")):
        try:
            text = path.read_text(encoding="utf-8")
            header = read_header(text, path.name)
            rows = list(store.rows(text))
        except (UnicodeDecodeError, QuerySyntaxError, TypeError) as error:
            told = shorten(str(error), 300, placeholder=" …")
            raise QueryFileError(f"{path.name}: expected a SELECT of ?focus ?message in UTF-8; {told}") from error
        for row in rows:
            if len(row) != 2:
                raise QueryFileError(f"{path.name}: a check selects ?focus and ?message; found {len(row)} columns")
            focus, message = (getattr(term, "value", "") for term in row)
            file, line = locations.find(focus)
            yield Finding(
                rule=f"check {path.stem}",
                resource=focus,
                message=message,
                remedy=header.get("remedy", ""),
                file=file,
                line=line,
                severity=header.get("severity", "violation"),
            )
