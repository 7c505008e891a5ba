"""Asking: the triple that a person names, as IRIs, prefixed names, N-Triples terms, ``kind/slug``, labels or codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metiers_kg.errors import UnknownResourceError
from metiers_kg.explanation.wording import terms_called
from metiers_kg.queries import Names, fold
from metiers_kg.queries.names import describe_expected, read_iri
from metiers_kg.reasoner.datatypes import literal_parts
from metiers_kg.reasoner.derivations import ClosedGraph, Triple
from metiers_kg.store import Iri, Literal
from metiers_kg.vocabulary import KINDS, ONTOLOGY, PREFIXES

__all__ = ["read_triple"]

_TYPE = PREFIXES["rdf"] + "type"
_CLASS = PREFIXES["owl"] + "Class"
_PROPERTIES = tuple(PREFIXES["owl"] + f"{kind}Property" for kind in ("Object", "Datatype", "Annotation"))
_A_PROPERTY = "a property, by its label, local name, prefixed name or IRI, or a (rdf:type)"
_LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"(?:@([a-zA-Z]+(?:-[a-zA-Z0-9]+)*)|\^\^(\S+))?', re.DOTALL)
_SUGGESTIONS = 5


def read_triple(s: str, p: str, o: str, names: Names, graph: ClosedGraph) -> Triple:
    """Return the N-Triples terms of the triple that three texts name.

    A subject or object is an IRI, a prefixed name, ``kind/slug`` (or ``kind:slug``), a label in any language, a code,
    or an N-Triples term; a property also goes by its local name, and ``a`` is ``rdf:type``. A text that names no thing,
    or one that makes a triple which does not hold, is taken as the literal that the subject has.

    Raises:
        UnknownResourceError: A text names nothing, or more than one thing; the nearest names are suggested.

    >>> from metiers_kg.store import Store, StoredClosure
    >>> store = Store.memory('''
    ... @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ... <https://w3id.org/metiers-kg/competence/hplc> skos:broader <https://w3id.org/metiers-kg/competence/chimie> .
    ... <https://w3id.org/metiers-kg/competence/chimie> skos:prefLabel "Chimie"@fr .
    ... ''')
    >>> read_triple("competence:hplc", "belongs under", "chimie", Names(store), StoredClosure(store))[1:]
    ('<http://www.w3.org/2004/02/skos/core#broader>', '<https://w3id.org/metiers-kg/competence/chimie>')
    """
    subject = str(Iri(_read_resource(s, names)))
    predicate = str(Iri(_read_property(p, names, graph)))
    return subject, predicate, _read_object(o, subject, predicate, names, graph)


def _read_object(text: str, subject: str, predicate: str, names: Names, graph: ClosedGraph) -> str:
    text = text.strip()
    if written := _LITERAL.fullmatch(text):
        return _read_literal(text, written)
    literal = _literal_of(text, subject, predicate, graph)
    try:
        is_class = predicate == f"<{_TYPE}>"
        found = _class_called(text, graph) if is_class else None
        found = found or str(Iri(_read_resource(text, names, _CLASS if is_class else None)))
    except UnknownResourceError:
        if literal is not None:
            return literal
        raise
    return found if literal is None or graph.holds((subject, predicate, found)) else literal


def _read_literal(text: str, written: re.Match[str]) -> str:
    """Return a literal as the engine writes it; its datatype may be a prefixed name."""
    lang, datatype = written[1], written[2]
    bare = text[: text.rindex('"') + 1]
    value = literal_parts(bare)[0]
    if lang:
        return str(Literal(value, language=lang.lower()))
    if not datatype:
        return str(Literal(value))
    iri = read_iri(datatype)
    if iri is None:
        raise UnknownResourceError(datatype, "a datatype, by its prefixed name or IRI")
    return str(Literal(value, datatype=Iri(iri)))


def _literal_of(text: str, subject: str, predicate: str, graph: ClosedGraph) -> str | None:
    """Return the literal with this text that the subject has."""
    literals = sorted(o for _, _, o in graph.match(subject, predicate, None) if o.startswith('"'))
    return next((literal for literal in literals if literal_parts(literal)[0] == text), None)


def _class_called(text: str, graph: ClosedGraph) -> str | None:
    """Return the class with this local name."""
    if not _LOCAL_NAME.fullmatch(text):
        return None
    terms = (f"<{namespace}{text}>" for namespace in PREFIXES.values())
    return next((term for term in terms if graph.holds((term, f"<{_TYPE}>", f"<{_CLASS}>"))), None)


def _read_resource(text: str, names: Names, class_iri: str | None = None) -> str:
    text = text.strip()
    if not text:
        raise UnknownResourceError(text, describe_expected(None))
    kind, colon, slug = text.partition(":")
    if colon and kind in KINDS:
        text = f"{kind}/{slug}"
    attempts: list[tuple[str, str | None]] = [(text, class_iri)] if class_iri else []
    attempts.append((text, None))
    if _LOCAL_NAME.fullmatch(text):
        attempts.insert(0, (ONTOLOGY + text, class_iri))
    errors = []
    for attempt, within in attempts:
        try:
            return names.resolve(attempt, within)
        except UnknownResourceError as error:
            errors.append(error)
    raise errors[-1]


def _read_property(text: str, names: Names, graph: ClosedGraph) -> str:
    text = text.strip()
    if text == "a":
        return _TYPE
    if read_iri(text) is not None:
        return names.resolve(text)
    for iri in _candidates(text):
        if names.find_label(iri) is not None or next(iter(graph.match(None, f"<{iri}>", None)), None) is not None:
            return iri
    suggestions: list[str] = []
    for class_iri in _PROPERTIES:
        try:
            return names.resolve(text, class_iri)
        except UnknownResourceError as error:
            if error.expected.startswith("a single"):
                raise
            suggestions += error.suggestions
    raise UnknownResourceError(text, _A_PROPERTY, list(dict.fromkeys(suggestions))[:_SUGGESTIONS])


def _candidates(text: str) -> Iterator[str]:
    """Yield the properties that a text may name: by local name, then by what explanations call them."""
    if _LOCAL_NAME.fullmatch(text):
        yield from (namespace + text for namespace in PREFIXES.values())
    yield from terms_called(fold(text))
