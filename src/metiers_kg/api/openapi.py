"""The OpenAPI document: one operation for each saved query, with its parameters, beside the fixed routes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from fastapi import FastAPI
from fastapi_problem.handler import customise_openapi

from metiers_kg.api.explaining import PARTS
from metiers_kg.api.negotiation import GRAPH_TYPES, REPRESENTATIONS, ROW_TYPES, Representation
from metiers_kg.api.options import ENTAILMENTS, MAX_LIMIT, OPTIONS
from metiers_kg.api.saved_queries import offered_results
from metiers_kg.explanation import MOST_ALTERNATIVES
from metiers_kg.queries import LANGUAGES, Catalogue, Parameter, SavedQuery
from metiers_kg.vocabulary import KINDS, compact

__all__ = ["build_openapi"]

Schema = dict[str, Any]

_TYPES: dict[str, Schema] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "boolean": {"type": "boolean"},
}


def build_openapi(app: FastAPI, catalogue: Catalogue) -> Schema:
    """Return the document of *app*, made once from its routes and the catalogue."""
    schema: Schema = customise_openapi(app.openapi)()
    components = schema["components"]
    components["parameters"] = {name: _option(name) for name in OPTIONS}
    components["schemas"]["Problem"] = _problem_schema()
    components["schemas"]["ParameterFault"] = _fault_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    errors = schema["paths"]["/queries"]["get"]["responses"]
    for path, parameters in _FIXED.items():
        for operation in schema["paths"][path].values():
            operation["parameters"] = parameters
            operation["responses"].pop("422", None)
    for path, types in _GIVEN.items():
        schema["paths"][path]["get"]["responses"]["200"]["content"] = _content(types)
    for query in catalogue.values():
        schema["paths"][f"/queries/{query.name}/results"] = {
            "get": _operation(query) | {"responses": _responses(query) | {k: errors[k] for k in ("4XX", "5XX")}}
        }
    return schema


def _operation(query: SavedQuery) -> Schema:
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": "\n\n".join(dict.fromkeys(query.description[k] for k in ("en", "fr") if k in query.description)),
        "tags": ["saved queries"],
        "x-tags": list(query.tags),
        "x-requires": list(query.requires),
        "externalDocs": {"url": f"/queries/{query.name}", "description": "The query's page, file and RDF"},
        "parameters": [*(_parameter(p) for p in query.parameters), *(_ref(name) for name in OPTIONS)],
    }


def _parameter(parameter: Parameter) -> Schema:
    item: Schema = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if parameter.minimum is not None:
        item |= {"minimum": _number(parameter.minimum)} if "format" not in item else {}
    if parameter.maximum is not None:
        item |= {"maximum": _number(parameter.maximum)} if "format" not in item else {}
    if parameter.choices:
        item["enum"] = list(parameter.choices)
    if parameter.multiple:
        schema: Schema = {"type": "array", "items": item}
        schema |= {"minItems": parameter.min_items} if parameter.min_items is not None else {}
        schema |= {"maxItems": parameter.max_items} if parameter.max_items is not None else {}
        schema |= {"default": list(parameter.default)} if parameter.default else {}
    else:
        schema = item | ({"default": parameter.default[0]} if parameter.default else {})
    document: Schema = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _description(parameter),
        "schema": schema,
    }
    if parameter.example is not None:
        document["example"] = [parameter.example] if parameter.multiple else parameter.example
    return document


def _description(parameter: Parameter) -> str:
    texts = [parameter.description.get("en") or parameter.label.get("en") or "", f"Expected: {parameter.expected}."]
    if parameter.class_iri:
        texts.append(f"An IRI, prefixed name, label, slug or code of a {compact(parameter.class_iri)}.")
    if not parameter.required and not parameter.default:
        texts.append("Left out: all.")
    return " ".join(text for text in texts if text)


def _number(bound: object) -> object:
    if isinstance(bound, int):
        return bound
    return bound.isoformat() if isinstance(bound, date) else float(str(bound))


def _responses(query: SavedQuery) -> Schema:
    types = offered_results(query)
    content = _content(types)
    if query.columns and "application/json" in content:
        content["application/json"]["schema"] = {
            "type": "array",
            "items": {"type": "object", "properties": {column: {} for column in query.columns}},
        }
    return {
        "200": {
            "description": "The answer",
            "content": content,
            "headers": {
                "Link": {"description": "The other pages (RFC 8288)", "schema": {"type": "string"}},
                "Link-Template": {
                    "description": "Where a row is explained, its columns filled in (RFC 9652)",
                    "schema": {"type": "string"},
                },
                "X-Truncated": {"description": "true where there are more rows", "schema": {"type": "string"}},
            },
        },
        "304": {"description": "The client has this answer"},
    }


def _content(types: Iterable[Representation]) -> dict[str, Schema]:
    return {representation.media_type: {} for representation in types}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/parameters/{name}"}


def _option(name: str) -> Schema:
    schemas: dict[str, tuple[str, Schema]] = {
        "lang": ("The language of labels; else Accept-Language", {"type": "string", "enum": list(LANGUAGES)}),
        "entailment": (
            "What may be concluded: all that OWL 2 RL gives, or nothing but what was stated",
            {"type": "string", "enum": list(ENTAILMENTS), "default": ENTAILMENTS[0]},
        ),
        "limit": ("The most rows", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
        "page": ("The page of rows, from 1", {"type": "integer", "minimum": 1, "default": 1}),
        "format": ("The short name of a form; else Accept", {"type": "string", "enum": list(REPRESENTATIONS)}),
    }
    description, schema = schemas[name]
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _query_parameter(
    name: str,
    description: str,
    *,
    required: bool = False,
    multiple: bool = False,
    schema: Schema | None = None,
    example: str | None = None,
) -> Schema:
    text: Schema = schema or {"type": "string"}
    document: Schema = {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": {"type": "array", "items": text} if multiple else text,
    }
    return document | ({"example": example} if example is not None else {})


def _path_parameter(name: str, description: str, schema: Schema | None = None) -> Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema or {"type": "string"},
    }


def _problem_schema() -> Schema:
    texts = {"type": "array", "items": {"type": "string"}}
    return {
        "title": "Problem",
        "description": "RFC 9457",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ParameterFault"}},
            "suggestions": texts,
            "available": texts,
            "missing": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["vocabulary", "title", "command"],
                    "properties": {name: {"type": "string"} for name in ("vocabulary", "title", "command")},
                },
            },
        },
    }


def _fault_schema() -> Schema:
    texts = {"type": "array", "items": {"type": "string"}}
    return {
        "title": "ParameterFault",
        "type": "object",
        "required": ["parameter", "value", "expected", "allowed", "suggestions"],
        "properties": {
            "parameter": {"type": "string"},
            "value": {"type": ["string", "null"]},
            "expected": {"type": "string"},
            "allowed": texts,
            "suggestions": texts,
        },
    }


_LANG, _ENTAILMENT, _LIMIT, _FORMAT = _ref("lang"), _ref("entailment"), _ref("limit"), _ref("format")

_JSON = (REPRESENTATIONS["json"],)

# The routes read their parameters themselves, so that an unknown one is refused; here they are told.
_FIXED: dict[str, list[Schema]] = {
    "/": [_LANG, _FORMAT],
    "/health": [],
    "/ontology": [_LANG, _FORMAT],
    "/search": [_query_parameter("q", "What to look for", required=True), _LANG, _LIMIT, _FORMAT],
    "/explain": [
        _query_parameter("s", PARTS["s"], required=True, example="job/datamanager"),
        _query_parameter("p", PARTS["p"], required=True, example="mkg:sharesCompetenceWith"),
        _query_parameter("o", PARTS["o"], required=True, example="job/biostatisticien"),
        _query_parameter(
            "alternatives",
            "How many explanations to give beside the shortest",
            schema={"type": "integer", "minimum": 0, "maximum": MOST_ALTERNATIVES, "default": 0},
        ),
        _LANG,
        _FORMAT,
    ],
    "/problems/{name}": [_path_parameter("name", "The type of problem")],
    "/queries": [_query_parameter("tag", "Only the queries with this tag"), _LANG, _FORMAT],
    "/queries/{name}": [_path_parameter("name", "The query's name"), _LANG, _FORMAT],
    "/sparql": [
        _query_parameter("query", "The query; without it the service is described"),
        _query_parameter("default-graph-uri", "The graphs to see instead of the union", multiple=True),
        _query_parameter("named-graph-uri", "The graphs that GRAPH may name", multiple=True),
        _ENTAILMENT,
        _LANG,
        _FORMAT,
    ],
    "/{kind}/{slug}": [
        _path_parameter("kind", "The kind of resource", {"type": "string", "enum": list(KINDS)}),
        _path_parameter("slug", "The last part of its IRI"),
        _ENTAILMENT,
        _LANG,
        _FORMAT,
    ],
}

_GIVEN: dict[str, tuple[Representation, ...]] = {
    "/": _JSON,
    "/health": _JSON,
    "/ontology": GRAPH_TYPES,
    "/search": _JSON,
    "/explain": (*_JSON, *GRAPH_TYPES),
    "/problems/{name}": _JSON,
    "/queries": (*_JSON, *GRAPH_TYPES),
    "/queries/{name}": (*_JSON, REPRESENTATIONS["rq"], *GRAPH_TYPES),
    "/sparql": (*ROW_TYPES, *_JSON, *GRAPH_TYPES),
    "/{kind}/{slug}": (*GRAPH_TYPES, *_JSON),
}
