"""Every class and property of the ontology serves data, a link, a shape, a rule, a saved query or an import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from metiers_kg.build.gates.material import Material
from metiers_kg.errors import Finding
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES

__all__ = ["check_unused_terms"]

_SORTS = {
    f"<{PREFIXES['owl']}{sort}> ." for sort in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}
_TYPE = f"<{PREFIXES['rdf']}type>"
_ABOUT = {f"<{PREFIXES['rdfs']}isDefinedBy>", f"<{PREFIXES['rdfs']}seeAlso>", f"<{PREFIXES['dcterms']}isReplacedBy>"}
_RULE = {f"<{PREFIXES['owl']}{name}>" for name in ("propertyChainAxiom", "equivalentClass")}
_WRITTEN = re.compile(r"""mkg:(\w+)|["'](\w+)["']""")
_NAME = re.compile(rf"(?:mkg:|<{re.escape(ONTOLOGY)})([A-Za-z]\w*)")
_WRITERS = ("sources", "links", "overlap", "build")


def check_unused_terms(material: Material) -> Iterator[Finding]:
    """Yield a warning for each term of ours without a use; an axiom of its own is none, one of another term is."""
    own = f"<{ONTOLOGY}"
    lines = [*material.ontology, *material.terms]
    declared = {s for s, p, o in map(_split, lines) if s.startswith(own) and p == _TYPE and o in _SORTS}
    used = set(_in_triples([*material.data, *(line for graph in material.links.values() for line in graph)]))
    for subject, predicate, rest in map(_split, lines):
        if predicate in _RULE:
            used.add(subject)
        elif predicate not in _ABOUT and rest.startswith(own) and rest[:-2] != subject:
            used.add(rest[:-2])
    used |= _in_files(material.project.queries, "*.rq") | _in_files(material.project.ontology, "shapes.ttl")
    written = _words_of_code()
    for term in sorted(declared - used):
        iri = term.strip("<>")
        if iri.removeprefix(ONTOLOGY) in written:
            continue
        file, line = material.where.find(iri)
        yield Finding(
            rule="unused-terms",
            resource=iri,
            message="is used by no data, link, shape, axiom of another term, saved query or import",
            remedy="use it, or deprecate it",
            file=file,
            line=line,
            severity="warning",
        )


def _split(line: str) -> tuple[str, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest


def _in_triples(lines: list[str]) -> Iterator[str]:
    for subject, predicate, rest in map(_split, lines):
        yield predicate
        if rest.startswith("<"):
            yield rest[:-2]
        yield subject


def _in_files(folder: Path, pattern: str) -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob(pattern)))
    return {f"<{ONTOLOGY}{name}>" for text in texts for name in _NAME.findall(text)}


def _words_of_code() -> set[str]:
    """Return what the code that writes graphs (importers, records of links, measures) has as `mkg:name` or "name"."""
    package = Path(__file__).resolve().parents[2]
    files = [path for name in _WRITERS for path in sorted((package / name).rglob("*.py")) if "gates" not in path.parts]
    return {name for path in files for pair in _WRITTEN.findall(path.read_text(encoding="utf-8")) for name in pair}
