"""The schemas that the OpenAPI document names: errors, RDF terms, and what an answer tells beside its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

__all__ = ["SCHEMAS", "Schema"]

Schema: TypeAlias = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}

_PROBLEM: Schema = {
    "title": "Problem",
    "description": "An error (RFC 9457)",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _TEXT,
        "request_id": _TEXT,
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ParameterFault"}},
        "suggestions": _TEXTS,
        "available": _TEXTS,
        "missing": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["vocabulary", "title", "command"],
                "properties": dict.fromkeys(("vocabulary", "title", "command"), _TEXT),
            },
        },
    },
}


_FAULT: Schema = {
    "title": "ParameterFault",
    "description": "One thing wrong with one parameter",
    "type": "object",
    "required": ["parameter", "value", "expected", "allowed", "suggestions"],
    "properties": {
        "parameter": _TEXT,
        "value": {"type": ["string", "null"]},
        "expected": _TEXT,
        "allowed": _TEXTS,
        "suggestions": _TEXTS,
    },
}


# Follow https://www.w3.org/TR/sparql11-results-json/ .
_TERM: Schema = {
    "title": "Term",
    "description": "An RDF term in SPARQL results",
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode"]},
        "value": _TEXT,
        "xml:lang": _TEXT,
        "datatype": _TEXT,
    },
}


_TOLD_PROPERTIES: Schema = {
    **dict.fromkeys(("query", "dataVersion", "queryVersion", "engine", "lang"), _TEXT),
    "parameters": {"type": "object", "additionalProperties": _TEXTS},
    "columns": _TEXTS,
    "page": {"type": "integer"},
    "truncated": {"type": "boolean"},
    "next": {"type": ["string", "null"]},
}
_TOLD: Schema = {
    "title": "Told",
    "description": "What rows are, and whether there are more",
    "type": "object",
    "required": list(_TOLD_PROPERTIES),
    "properties": _TOLD_PROPERTIES,
}

SCHEMAS: Mapping[str, Schema] = {"Problem": _PROBLEM, "ParameterFault": _FAULT, "Term": _TERM, "Told": _TOLD}
"""By name."""
