"""JSON-LD for programs: a context made of what the graph uses, and one node a line (https://www.w3.org/TR/json-ld11/).

The names in it are a promise: local names of ``mkg`` and ``skos``, prefixed names of all others, ``id`` and ``type``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from metiers_kg.reasoner.terms import split
from metiers_kg.release.terms import is_blank, is_iri, prefixes_used, read_text, shorten
from metiers_kg.vocabulary import PREFIXES

__all__ = ["Context", "make_context", "write_json_ld"]

_TYPE = f"<{PREFIXES['rdf']}type>"
_XSD = PREFIXES["xsd"]
_BARE = ("mkg", "skos")
"""The vocabularies whose properties go by their local names."""

# What JSON has of itself, in the one spelling that comes back the same.
_NATIVE = {
    f"{_XSD}integer": re.compile("0|-?[1-9][0-9]{0,14}"),
    f"{_XSD}boolean": re.compile("true|false"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """How properties are written.

    Attributes:
        document: The ``@context``.
        terms: The name of each property, by its IRI.
        coercions: What all values of a property are, by its IRI: ``@id``, ``@language``, a datatype, or "" where they
            are plain texts; none where they differ.
    """

    document: Mapping[str, Any]
    terms: Mapping[str, str]
    coercions: Mapping[str, str]


def make_context(lines: Iterable[str]) -> Context:
    """Return the context for triples, given as lines of N-Triples.

    >>> label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    >>> make_context([f'<https://w3id.org/metiers-kg/job/a> {label} "A"@fr .']).document["prefLabel"]
    {'@id': 'skos:prefLabel', '@container': '@language'}
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    names: set[str] = set()
    for line in lines:
        subject, predicate, value = split(line)
        for term in (subject, predicate, value):
            if is_iri(term):
                names.add(_prefix(term[1:-1]))
        kind = _kind(value)
        kinds[predicate[1:-1]].add(kind)
        if kind.startswith("http"):
            names.add(_prefix(kind))
    names.discard("")
    properties = {iri: found for iri, found in kinds.items() if shorten(iri) != iri and iri != _TYPE[1:-1]}
    terms = {iri: _term(iri, names) for iri in properties}
    coercions = {iri: next(iter(found)) for iri, found in properties.items() if len(found) == 1}
    document: dict[str, Any] = {"id": "@id", "type": "@type", **prefixes_used(names)}
    for iri, term in sorted(terms.items(), key=lambda item: item[1]):
        definition = {"@id": shorten(iri)}
        coercion = coercions.get(iri, "")
        if coercion == "@language":
            definition["@container"] = "@language"
        elif coercion:
            definition["@type"] = shorten(coercion) if coercion != "@id" else coercion
        if len(definition) > 1 or term != shorten(iri):
            document[term] = definition
    return Context(document, terms, coercions)


def write_json_ld(lines: Iterable[str], context: Context, graph: str) -> Iterator[str]:
    """Yield the lines of a JSON-LD file that holds one named graph, its context inside, without line ends.

    Args:
        lines: The triples as sorted lines of canonical N-Triples.
        context: How they are written.
        graph: The IRI of the graph.
    """
    yield "{"
    yield f'"@context": {json.dumps(dict(context.document), ensure_ascii=False, indent=1)},'
    yield f'"id": {json.dumps(graph)},'
    yield '"@graph": ['
    waiting = ""
    for subject, group in groupby(map(split, lines), key=lambda triple: triple[0]):
        if waiting:
            yield waiting + ","
        waiting = json.dumps(_node(subject, [triple[1:] for triple in group], context), ensure_ascii=False)
    if waiting:
        yield waiting
    yield "]}"


def _node(subject: str, statements: list[tuple[str, str]], context: Context) -> dict[str, Any]:
    node: dict[str, Any] = {"id": _reference(subject)}
    # A text that stands for a class is no @type.
    types = [_reference(value) for predicate, value in statements if predicate == _TYPE and not _is_text(value)]
    if types:
        node["type"] = types[0] if len(types) == 1 else types
    found: dict[str, Any] = {}
    for predicate, group in groupby(statements, key=lambda statement: statement[0]):
        iri = predicate[1:-1]
        values = [value for _, value in group if predicate != _TYPE or _is_text(value)]
        if not values:
            continue
        coercion = context.coercions.get(iri)
        key = context.terms.get(iri, iri)
        if coercion == "@language":
            found[key] = _by_language(values)
        else:
            written = [_value(value, coercion) for value in values]
            found[key] = written[0] if len(written) == 1 else written
    return node | dict(sorted(found.items()))


def _by_language(values: list[str]) -> dict[str, Any]:
    texts: dict[str, list[str]] = defaultdict(list)
    for text, language, _ in map(read_text, values):
        texts[language].append(text)
    return {language: some[0] if len(some) == 1 else some for language, some in sorted(texts.items())}


def _value(term: str, coercion: str | None) -> Any:
    if is_iri(term) or is_blank(term):
        return _reference(term) if coercion == "@id" else {"@id": _reference(term)}
    text, language, datatype = read_text(term)
    if language:
        return {"@value": text, "@language": language}
    if not datatype:
        return text
    if datatype != coercion:
        return {"@value": text, "@type": shorten(datatype)}
    native = _NATIVE.get(datatype)
    return json.loads(text) if native and native.fullmatch(text) else text


def _is_text(term: str) -> bool:
    return term.startswith('"')


def _reference(term: str) -> str:
    return term if is_blank(term) else shorten(term[1:-1])


def _kind(value: str) -> str:
    if value[0] != '"':
        return "@id"
    if value.endswith('"'):
        return ""
    after = value.rpartition('"')[2]
    return "@language" if after.startswith("@") else after[3:-1]


def _prefix(iri: str) -> str:
    short = shorten(iri)
    return "" if short == iri else short.partition(":")[0]


def _term(iri: str, prefixes: set[str]) -> str:
    prefix, _, local = shorten(iri).partition(":")
    is_free = local not in prefixes and local not in ("id", "type")
    return local if prefix in _BARE and is_free else f"{prefix}:{local}"
