"""A saved query as a tool: the types of its header, its rows as records and as a short table."""

from __future__ import annotations

from collections.abc import Callable

from metiers_kg.mcp.knowledge import Knowledge
from metiers_kg.mcp.tool import Answer, Arguments, Tool, read_arguments, refuse_others, take_integer, take_one
from metiers_kg.queries import (
    LANGUAGES,
    Parameter,
    Result,
    SavedQuery,
    answer,
    describe_parameter,
    find_missing,
    parameter_schema,
    row_schema,
)
from metiers_kg.queries.schemas import Schema
from metiers_kg.store import GRAPH_FORMATS

__all__ = ["MOST_ROWS", "OPTIONS", "query_tool"]

ROWS = 50
"""The rows of an answer where the call names no limit: what an assistant reads has a price."""

MOST_ROWS = 1000
"""The most rows of one answer."""

_ENTAILMENTS = ("owl-rl", "asserted")
_MOST_TEXT = 20_000
"""The longest table, in characters; the records hold all rows."""
_CUT = "\n… the table is cut here; the structured content holds all rows\n"
_WIDTH = 160

OPTIONS: Schema = {
    "lang": {"type": "string", "enum": list(LANGUAGES), "default": "en", "description": "The language of labels."},
    "entailment": {
        "type": "string",
        "enum": list(_ENTAILMENTS),
        "default": _ENTAILMENTS[0],
        "description": "asserted leaves out what was inferred.",
    },
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_ROWS,
        "default": ROWS,
        "description": "The most rows; where there are more, the answer says so.",
    },
    "page": {"type": "integer", "minimum": 1, "default": 1, "description": "Which rows, from 1."},
}
"""The arguments that every saved query takes beside its own."""


def query_tool(query: SavedQuery, knowledge: Knowledge, name: str) -> Tool:
    """Return the tool that answers a saved query."""
    example = {p.name: _example(p) for p in query.parameters if p.required and p.example is not None}
    takes: Schema = {
        "type": "object",
        "properties": {**{p.name: _argument(p) for p in query.parameters}, **OPTIONS},
        "required": [p.name for p in query.parameters if p.required and not p.default],
        "additionalProperties": False,
    }
    return Tool(
        name=name,
        title=query.title.get("en") or query.summary,
        description=_description(query, knowledge),
        takes=takes | ({"examples": [example]} if example else {}),
        gives=_gives(query),
        ask=_asking(query, knowledge),
        example=example,
    )


def _asking(query: SavedQuery, knowledge: Knowledge) -> Callable[[Arguments], Answer]:
    def ask(arguments: Arguments) -> Answer:
        texts = read_arguments(arguments)
        known = (*(parameter.name for parameter in query.parameters), *OPTIONS)
        refuse_others({name: values for name, values in texts.items() if name not in known}, known)
        lang = take_one(texts, "lang", LANGUAGES, "en")
        asserted = take_one(texts, "entailment", _ENTAILMENTS, _ENTAILMENTS[0]) == "asserted"
        limit = take_integer(texts, "limit", MOST_ROWS, ROWS)
        page = take_integer(texts, "page", 1_000_000, 1)
        result = answer(
            knowledge.store,
            knowledge.names,
            query,
            texts,
            lang=lang,
            asserted=asserted,
            limit=limit,
            page=page,
        )
        return _tell(result, knowledge, lang, page)

    return ask


def _tell(result: Result, knowledge: Knowledge, lang: str, page: int) -> Answer:
    if result.truth is not None:
        truth = result.truth.value
        return Answer("yes" if truth else "no", {"boolean": truth, "dataVersion": knowledge.version})
    if result.graph is not None:
        turtle = result.graph.write(GRAPH_FORMATS["ttl"]).decode()
        return Answer(turtle, {"turtle": turtle, "dataVersion": knowledge.version})
    if result.table is None:
        raise TypeError("expected a table, a truth value or a graph")
    content: dict[str, object] = {
        "columns": list(result.columns),
        "rows": result.table.records(knowledge.names, lang),
        "page": page,
        "truncated": result.has_next,
        "dataVersion": knowledge.version,
    }
    text = result.table.to_text(knowledge.names, lang, _WIDTH)
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT].rpartition("\n")[0] + _CUT
    if result.has_next:
        content["nextPage"] = page + 1
        text += f"There are more rows: ask with page={page + 1}, or with a larger limit (at most {MOST_ROWS}).\n"
    return Answer(text, content)


def _description(query: SavedQuery, knowledge: Knowledge) -> str:
    texts = [query.description.get("en", query.summary).strip()]
    if query.columns:
        texts.append(f"Columns: {', '.join(query.columns)}.")
    missing = find_missing(knowledge.store, query)
    if missing:
        titles = " and ".join(vocabulary.title for vocabulary in missing)
        texts.append(f"Not answered here: it needs {titles}, not imported.")
    return "\n\n".join(texts)


def _argument(parameter: Parameter) -> Schema:
    schema = parameter_schema(parameter) | {"description": describe_parameter(parameter)}
    return schema | ({"examples": [_example(parameter)]} if parameter.example is not None else {})


def _example(parameter: Parameter) -> object:
    text = parameter.example or ""
    value: object = text
    match parameter.type:
        case "integer" | "year":
            value = int(text)
        case "decimal":
            value = float(text)
        case "boolean":
            value = text == "true"
    return [value] if parameter.multiple else value


def _gives(query: SavedQuery) -> Schema:
    version: Schema = {"dataVersion": {"type": "string"}}
    if query.form == "ask":
        return _object({"boolean": {"type": "boolean"}, **version})
    if not query.columns:
        return _object({"turtle": {"type": "string"}, **version})
    required = {
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": row_schema(query)},
        "page": {"type": "integer"},
        "truncated": {"type": "boolean"},
        **version,
    }
    schema = _object(required)
    schema["properties"]["nextPage"] = {"type": "integer"}
    return schema


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": dict(properties), "required": list(properties)}
