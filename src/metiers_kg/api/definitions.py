"""Saved queries described: as JSON for programs, and as RDF in the form of the SIB's ``sparql-examples`` (SHACL)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from metiers_kg.errors import MissingVocabulary
from metiers_kg.queries import Parameter, SavedQuery, WhyPattern
from metiers_kg.queries.names import short_name
from metiers_kg.queries.requirements import VOCABULARIES
from metiers_kg.store import BlankNode, Graph, Iri, Literal, Term, Triple
from metiers_kg.vocabulary import PREFIXES, compact, graph_iri, mint

__all__ = ["catalogue_graph", "query_document", "query_graph", "query_summary", "text_in"]

_RDF, _RDFS, _SH, _XSD = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "sh", "xsd"))

# SHACL names the classes and properties of the first three; a DESCRIBE is only said to be executable.
_EXECUTABLES: Mapping[str, tuple[str, str]] = {
    "select": ("SPARQLSelectExecutable", "select"),
    "ask": ("SPARQLAskExecutable", "ask"),
    "construct": ("SPARQLConstructExecutable", "construct"),
    "describe": ("SPARQLExecutable", "select"),
}

_DATATYPES: Mapping[str, str] = {
    "string": _XSD + "string",
    "lang-string": _RDF + "langString",
    "integer": _XSD + "integer",
    "decimal": _XSD + "decimal",
    "date": _XSD + "date",
    "boolean": _XSD + "boolean",
    "enum": _XSD + "string",
}


def text_in(texts: Mapping[str, str], lang: str) -> str:
    """Return the text in *lang*, or the first there is.

    >>> text_in({"fr": "Métier", "en": "Job"}, "nl")
    'Métier'
    """
    return texts.get(lang) or next(iter(texts.values()), "")


def query_summary(query: SavedQuery, lang: str, missing: Sequence[MissingVocabulary] = ()) -> dict[str, object]:
    """Return what a list of queries says of one; *missing* is what it requires and is not imported."""
    return {
        "name": query.name,
        "title": text_in(query.title, lang),
        "summary": query.summary,
        "tags": list(query.tags),
        "form": query.form,
        "requires": list(query.requires),
        "missing": [asdict(vocabulary) for vocabulary in missing],
        "parameters": [parameter.name for parameter in query.parameters],
        "href": f"/queries/{query.name}",
        "results": f"/queries/{query.name}/results",
    }


def query_document(query: SavedQuery, lang: str, missing: Sequence[MissingVocabulary] = ()) -> dict[str, object]:
    """Return all that a program needs to ask a query and read its answer."""
    return {
        **query_summary(query, lang, missing),
        "description": text_in(query.description, lang),
        "titles": dict(query.title),
        "descriptions": dict(query.description),
        "columns": list(query.columns),
        "parameters": [_parameter_document(parameter, lang) for parameter in query.parameters],
        "view": dict(query.view),
        "why": [_why_document(pattern) for pattern in query.why],
        "version": query.version,
        "file": f"/queries/{query.name}.rq",
    }


def _why_document(pattern: WhyPattern) -> dict[str, object]:
    """Return a triple that a row rests on: columns as ``?x``, parameters as ``$x``."""
    document: dict[str, object] = {"s": _shortened(pattern.s), "p": compact(pattern.p), "o": _shortened(pattern.o)}
    return document | ({"when": dict(pattern.when)} if pattern.when else {})


def _shortened(part: str) -> str:
    return part if part[0] in "?$" else short_name(part)


def query_graph(query: SavedQuery, missing: Sequence[MissingVocabulary] = ()) -> Graph:
    """Return the description of one query as RDF.

    It ``dcterms:requires`` the graphs of the vocabularies it needs; one that is imported is a ``void:Dataset``.
    """
    return Graph(_triples(query, missing))


def catalogue_graph(
    queries: Iterable[SavedQuery], missing: Callable[[SavedQuery], Sequence[MissingVocabulary]] = lambda query: ()
) -> Graph:
    """Return the descriptions of several queries as RDF; *missing* tells what each lacks."""
    return Graph(dict.fromkeys(triple for query in queries for triple in _triples(query, missing(query))))


def _parameter_document(parameter: Parameter, lang: str) -> dict[str, object]:
    document: dict[str, object] = {
        "name": parameter.name,
        "type": parameter.type,
        "label": text_in(parameter.label, lang),
        "description": text_in(parameter.description, lang),
        "expected": parameter.expected,
        "required": parameter.required,
        "multiple": parameter.multiple,
    }
    optional = {
        "class": parameter.class_iri and compact(parameter.class_iri),
        "minItems": parameter.min_items,
        "maxItems": parameter.max_items,
        "minimum": _plain(parameter.minimum),
        "maximum": _plain(parameter.maximum),
        "choices": list(parameter.choices) or None,
        "default": list(parameter.default) or None,
        "example": parameter.example,
    }
    return document | {name: value for name, value in optional.items() if value is not None}


def _plain(bound: object) -> object:
    """Return a bound as JSON has it."""
    if bound is None or isinstance(bound, int):
        return bound
    return bound.isoformat() if isinstance(bound, date) else float(str(bound))


def _triples(query: SavedQuery, missing: Sequence[MissingVocabulary]) -> Iterator[Triple]:
    subject = Iri(mint("query", query.name))
    class_, text_property = _EXECUTABLES[query.form]

    def state(predicate: str, value: Term, of: Iri = subject) -> Triple:
        return Triple(of, Iri(predicate), value)

    yield state(_RDF + "type", Iri(_SH + "SPARQLExecutable"))
    yield state(_RDF + "type", Iri(_SH + class_))
    yield state(_SH + text_property, Literal(query.text))
    yield state(PREFIXES["dcterms"] + "identifier", Literal(query.name))
    yield from (state(_RDFS + "label", Literal(text, language=lang)) for lang, text in query.title.items())
    yield from (state(_RDFS + "comment", Literal(text, language=lang)) for lang, text in query.description.items())
    yield from (state(PREFIXES["dcat"] + "keyword", Literal(tag)) for tag in query.tags)
    lacking = {vocabulary.vocabulary for vocabulary in missing}
    for name in query.requires:
        required = Iri(graph_iri(name))
        yield state(PREFIXES["dcterms"] + "requires", required)
        yield state(_RDFS + "label", Literal(VOCABULARIES[name], language="en"), of=required)
        if name not in lacking:
            yield state(_RDF + "type", Iri(PREFIXES["void"] + "Dataset"), of=required)
    for order, parameter in enumerate(query.parameters):
        described = Iri(f"{subject.value}#{parameter.name}")
        yield state(_SH + "parameter", described)
        yield state(_SH + "path", described, of=described)
        for predicate, value in _parameter_values(parameter, order):
            yield state(predicate, value, of=described)
        yield from _choices(parameter, described)


def _parameter_values(parameter: Parameter, order: int) -> Iterator[tuple[str, Term]]:
    """Give what SHACL can say of a parameter, a property and value at a time."""
    yield _RDF + "type", Iri(_SH + "Parameter")
    yield _SH + "order", Literal(order)
    yield _SH + "codeIdentifier", Literal(parameter.variable.removeprefix("?"))
    yield _SH + "optional", Literal(not parameter.required)
    yield from ((_SH + "name", Literal(text, language=lang)) for lang, text in parameter.label.items())
    yield from ((_SH + "description", Literal(text, language=lang)) for lang, text in parameter.description.items())
    if parameter.type == "iri":
        yield _SH + "nodeKind", Iri(_SH + "IRI")
    else:
        yield _SH + "datatype", Iri(_DATATYPES[parameter.type])
    if parameter.class_iri:
        yield _SH + "class", Iri(parameter.class_iri)
    if not parameter.multiple:
        yield _SH + "maxCount", Literal(1)
    elif parameter.max_items is not None:
        yield _SH + "maxCount", Literal(parameter.max_items)
    for predicate, bound in (("minInclusive", parameter.minimum), ("maxInclusive", parameter.maximum)):
        if bound is not None:
            yield _SH + predicate, Literal(str(bound), datatype=Iri(_DATATYPES[parameter.type]))


def _choices(parameter: Parameter, described: Iri) -> Iterator[Triple]:
    """Give the fixed choices of a parameter, as the RDF list that sh:in takes."""
    if not parameter.choices:
        return
    first, rest, nil = (Iri(_RDF + name) for name in ("first", "rest", "nil"))
    # Named, so that the same query is written in the same bytes each time.
    stem = described.value.rpartition("/")[2].replace("#", "-")
    nodes = [BlankNode(f"{stem}-{place}") for place in range(len(parameter.choices))]
    yield Triple(described, Iri(_SH + "in"), nodes[0])
    tails: list[Term] = [*nodes[1:], nil]
    for node, following, choice in zip(nodes, tails, parameter.choices, strict=True):
        value = Iri(choice) if parameter.type == "iri" and "://" in choice else Literal(choice)
        yield Triple(node, first, value)
        yield Triple(node, rest, following)
