"""The tool ``describe``: what the graph says of one resource, with labels for every IRI."""

from __future__ import annotations

from itertools import groupby

from metiers_kg.errors import UnknownResourceError
from metiers_kg.mcp.knowledge import Knowledge
from metiers_kg.mcp.tool import Answer, Arguments, Tool, read_arguments, refuse_others, take_one, take_text
from metiers_kg.queries import LANGUAGES, Names
from metiers_kg.queries.names import describe_expected, short_name
from metiers_kg.store import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES

__all__ = ["describe_tool"]

_MOST = 200
"""The most statements in each direction."""

_OUTGOING = "SELECT DISTINCT ?p ?o {{ {iri} ?p ?o FILTER(!isBlank(?o)) }} ORDER BY ?p STR(?o) LIMIT {limit}"
_INCOMING = "SELECT DISTINCT ?p ?s {{ ?s ?p {iri} FILTER(isIRI(?s)) }} ORDER BY ?p STR(?s) LIMIT {limit}"

_RDF_TYPE = PREFIXES["rdf"] + "type"
_RESOURCE = "a label in any language, a code (ROME, ESCO), kind/slug such as job/datamanager, a prefixed name or an IRI"


def describe_tool(knowledge: Knowledge) -> Tool:
    """Return the tool that describes a resource."""

    def ask(arguments: Arguments) -> Answer:
        texts = read_arguments(arguments)
        lang = take_one(texts, "lang", LANGUAGES, "en")
        resource = take_text(texts, "resource", expected=_RESOURCE)
        refuse_others(texts, ("resource", "lang"))
        return _describe(knowledge, resource, lang)

    value = {"type": "object", "properties": {"value": {"type": "string"}, "label": {"type": "string"}}}
    groups = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "property": {"type": "string"},
                "label": {"type": "string"},
                "values": {"type": "array", "items": value},
            },
            "required": ["property", "label", "values"],
        },
    }
    return Tool(
        name="describe",
        title="Describe a resource",
        description="What the graph says of a job, competence, factor, statement, passage, class …: its properties "
        "with their values, and what points to it. Every IRI comes with its label and can be described in turn.",
        takes={
            "type": "object",
            "properties": {
                "resource": {"type": "string", "description": _RESOURCE, "examples": ["job/datamanager"]},
                "lang": {"type": "string", "enum": list(LANGUAGES), "default": "en"},
            },
            "required": ["resource"],
            "additionalProperties": False,
        },
        gives={
            "type": "object",
            "properties": {
                "iri": {"type": "string"},
                "label": {"type": "string"},
                "outgoing": groups,
                "incoming": groups,
                "truncated": {"type": "boolean"},
                "dataVersion": {"type": "string"},
            },
            "required": ["iri", "label", "outgoing", "incoming", "truncated", "dataVersion"],
        },
        ask=ask,
        example={"resource": "job/datamanager"},
    )


def _describe(knowledge: Knowledge, resource: str, lang: str) -> Answer:
    names = knowledge.names
    iri = names.resolve(resource)
    found = [
        list(knowledge.store.rows(query.format(iri=Iri(iri), limit=_MOST + 1))) for query in (_OUTGOING, _INCOMING)
    ]
    outgoing, incoming = ([(_iri_of(p), term) for p, term in rows[:_MOST]] for rows in found)
    if not outgoing and not incoming:
        raise UnknownResourceError(resource, describe_expected(None))
    truncated = any(len(rows) > _MOST for rows in found)
    content: dict[str, object] = {
        "iri": iri,
        "label": names.label(iri, lang),
        "outgoing": _groups(outgoing, names, lang),
        "incoming": _groups(incoming, names, lang),
        "truncated": truncated,
        "dataVersion": knowledge.version,
    }
    lines = [f"{names.label(iri, lang)} ({short_name(iri)})"]
    lines += [f"{name}: {'; '.join(texts)}" for name, texts in _told(outgoing, names, lang)]
    lines += [f"is {name} of: {'; '.join(texts)}" for name, texts in _told(incoming, names, lang)]
    if truncated:
        lines.append(f"There is more: only the first {_MOST} statements in each direction are given.")
    return Answer("\n".join(lines), content)


def _iri_of(term: Term | None) -> str:
    """Return the IRI of a property."""
    return term.value if isinstance(term, Iri) else str(term)


def _groups(found: list[tuple[str, Term | None]], names: Names, lang: str) -> list[dict[str, object]]:
    return [
        {
            "property": short_name(predicate),
            "label": names.label(predicate, lang),
            "values": [_value(term, names, lang) for _, term in group],
        }
        for predicate, group in groupby(found, key=lambda pair: pair[0])
    ]


def _value(term: Term | None, names: Names, lang: str) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"value": term.value, "label": names.label(term.value, lang)}
    if isinstance(term, Literal):
        return {"value": term.value} | ({"lang": term.language} if term.language else {})
    return {"value": str(term)}


def _told(found: list[tuple[str, Term | None]], names: Names, lang: str) -> list[tuple[str, list[str]]]:
    def text(term: Term | None) -> str:
        value = _value(term, names, lang)
        if "label" not in value:
            return value["value"] + (f"@{value['lang']}" if "lang" in value else "")
        short = short_name(value["value"])
        return short if value["label"] in (short, value["value"]) else f"{value['label']} ({short})"

    return [
        ("a" if predicate == _RDF_TYPE else names.label(predicate, lang), [text(term) for _, term in group])
        for predicate, group in groupby(found, key=lambda pair: pair[0])
    ]
