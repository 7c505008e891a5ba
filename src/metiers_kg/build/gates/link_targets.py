"""Links to ESCO, ROME and ISCO-08 lead to concepts that the imported release has, and has not withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from metiers_kg.build.gates.material import Material
from metiers_kg.build.vocabularies import imported_graphs, imports_manifest
from metiers_kg.errors import Finding
from metiers_kg.links.link import NO_TERM, SCHEMES, Link
from metiers_kg.vocabulary import PREFIXES

__all__ = ["check_link_targets", "withdrawn_or_missing"]

_CONCEPT = f"> <{PREFIXES['rdf']}type> <{PREFIXES['skos']}Concept> .".encode()
_DEPRECATED = f"> <{PREFIXES['owl']}deprecated> ".encode()
_STATUS = f"> <{PREFIXES['iso-thes']}status> ".encode()


def check_link_targets(material: Material) -> Iterator[Finding]:
    """Yield a finding for each row of a link file whose concept the imported release does not have, or has withdrawn.

    What is not imported is not judged. Where the file names another version than the one imported, it is a warning.
    """
    graphs, manifests = imported_graphs(material.project), imports_manifest(material.project)
    for (_, name), sets in sorted(material.review.accepted.items()):
        scheme = SCHEMES[name]
        if scheme.imports not in graphs:
            continue
        version = str(manifests[scheme.imports].get("version", ""))
        rows = [(links.file, link) for links in sets for link in links.links if link.object != NO_TERM]
        faults = withdrawn_or_missing(graphs[scheme.imports], (link.object for _, link in rows))
        for file, link in rows:
            if fault := faults.get(link.object):
                yield _finding(file, link, fault, scheme.title, version)


def withdrawn_or_missing(graph: Path, wanted: Iterable[str]) -> Mapping[str, str]:
    """Return what is wrong with each of some concepts in an imported graph (N-Triples): only those with a fault."""
    left = {iri.encode() for iri in wanted}
    found: set[bytes] = set()
    faults: dict[str, str] = {}
    with graph.open("rb") as file:
        for line in file:
            subject = line[1 : line.find(b"> ")]
            if subject not in left:
                continue
            rest = line[len(subject) + 1 : -1]
            if rest == _CONCEPT:
                found.add(subject)
            elif rest.startswith(_DEPRECATED) and b'"true"' in rest:
                faults[subject.decode()] = "is deprecated there"
            elif rest.startswith(_STATUS) and b'"released"' not in rest:
                faults[subject.decode()] = (
                    f"has the status {rest.removeprefix(_STATUS).decode().removesuffix(' .')} there"
                )
    return faults | {iri.decode(): "is no concept there" for iri in left - found}


def _finding(file: str, link: Link, fault: str, title: str, version: str) -> Finding:
    of_version = str(link.slots.get("object_source_version", version))
    other = "" if of_version == version else f" (the file names version {of_version})"
    return Finding(
        rule="link-targets",
        resource=link.subject,
        message=f"is linked to {link.object} ({link.object_label!r}), which {fault}: {title} {version}{other}",
        remedy="choose another concept, or the release that the file names",
        file=file,
        line=link.line,
        severity="warning" if other else "violation",
    )
