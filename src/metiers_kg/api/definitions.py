"""Saved queries described as JSON, for programs; ``sparql_examples`` has the same as RDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from metiers_kg.errors import MissingVocabulary
from metiers_kg.queries import Parameter, SavedQuery, WhyPattern
from metiers_kg.queries.names import short_name
from metiers_kg.vocabulary import compact

__all__ = ["query_document", "query_summary", "text_in"]


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
        "minLength": parameter.min_length,
        "maxLength": parameter.max_length,
        "pattern": parameter.pattern,
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
