"""Terms in N-Triples form, and their short forms: prefixed names with a prefix for each kind of resource."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import NamedTuple

from metiers_kg.vocabulary import BASE, KINDS, PREFIXES

__all__ = ["Text", "is_blank", "is_iri", "prefixes_used", "read_text", "shorten", "split_quad"]

_PREFIXES: dict[str, str] = {**PREFIXES, **{kind: f"{BASE}{kind}/" for kind in KINDS}}
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in _PREFIXES.items()}
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<!\.)")
_END_OF_NAMESPACE = re.compile("[#/][^#/]*$")


class Text(NamedTuple):
    """A literal: its text, its language ("" for none) and its datatype ("" for a plain text)."""

    text: str
    language: str
    datatype: str


def is_iri(term: str) -> bool:
    """Tell whether a term in N-Triples form is an IRI."""
    return term.startswith("<")


def is_blank(term: str) -> bool:
    """Tell whether a term in N-Triples form is a blank node."""
    return term.startswith("_:")


def split_quad(line: str) -> tuple[str, str, str, str]:
    """Return subject, predicate, object and graph of a canonical N-Quads line.

    >>> split_quad('<a> <b> "c d" <g> .')
    ('<a>', '<b>', '"c d"', '<g>')
    """
    subject, predicate, rest = line.split(" ", 2)
    value, graph, _ = rest.rsplit(" ", 2)
    return subject, predicate, value, graph


def read_text(term: str) -> Text:
    r"""Return what a literal in canonical N-Triples form says.

    >>> read_text('"l\\"eau"@fr')
    Text(text='l"eau', language='fr', datatype='')
    >>> read_text('"12"^^<http://www.w3.org/2001/XMLSchema#integer>').datatype
    'http://www.w3.org/2001/XMLSchema#integer'
    """
    quoted, _, after = term.rpartition('"')
    # The escapes of canonical N-Triples are those of JSON: https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples
    text = json.loads(quoted + '"', strict=False) if "\\" in quoted else quoted[1:]
    return Text(text, after[1:] if after.startswith("@") else "", after[3:-1] if after.startswith("^^") else "")


@lru_cache(maxsize=200_000)
def shorten(iri: str) -> str:
    """Return an IRI as a prefixed name, or as it stands where no prefix fits.

    >>> shorten("https://w3id.org/metiers-kg/job/bio-informaticien"), shorten("https://w3id.org/metiers-kg/job/a#b")
    ('job:bio-informaticien', 'https://w3id.org/metiers-kg/job/a#b')
    """
    match = _END_OF_NAMESPACE.search(iri)
    if match and (prefix := _BY_NAMESPACE.get(iri[: match.start() + 1])) and _LOCAL.fullmatch(iri, match.start() + 1):
        return f"{prefix}:{iri[match.start() + 1 :]}"
    return iri


def prefixes_used(names: set[str]) -> dict[str, str]:
    """Return the namespaces of those prefixes, sorted.

    >>> prefixes_used({"skos", "job"})
    {'job': 'https://w3id.org/metiers-kg/job/', 'skos': 'http://www.w3.org/2004/02/skos/core#'}
    """
    return {prefix: _PREFIXES[prefix] for prefix in sorted(names)}
