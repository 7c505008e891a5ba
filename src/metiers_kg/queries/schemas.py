"""JSON Schemas of saved queries: what a value of a parameter is, and what a row is.

In the dialect of OpenAPI 3.1 and the Model Context Protocol, https://json-schema.org/draft/2020-12 . A schema says what
can be said without the graph; which resources are instances of a class is known at the request.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias, cast

from lark import Tree

from metiers_kg.queries.parameters import Ordered, Parameter
from metiers_kg.queries.results import label_column
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.queries.syntax import Node
from metiers_kg.vocabulary import compact

__all__ = ["Schema", "describe_parameter", "parameter_schema", "row_schema"]

Schema: TypeAlias = dict[str, Any]

_NOT_BLANK = r"\S"

_TYPES: Mapping[str, Schema] = {
    "iri": {"type": "string", "pattern": _NOT_BLANK},
    "string": {"type": "string"},
    "lang-string": {"type": "string"},
    "integer": {"type": "integer", "format": "int64", "minimum": -(2**63), "maximum": 2**63 - 1},
    "decimal": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "year": {"type": "integer", "minimum": 1000, "maximum": 9999},
    "boolean": {"type": "boolean"},
    "enum": {"type": "string"},
}

_TEXT: Schema = {"type": ["string", "null"]}
_ANY: Schema = {"type": ["string", "number", "boolean", "null"]}
_AGGREGATES: Mapping[str, Schema] = {"COUNT": {"type": "integer"}, "GROUP_CONCAT": _TEXT}


def parameter_schema(parameter: Parameter) -> Schema:
    """Return the schema of a parameter's value, or of the list of its values, with its default.

    >>> parameter_schema(Parameter(name="size", type="integer", minimum=1, maximum=50, default=("10",)))
    {'type': 'integer', 'format': 'int64', 'minimum': 1, 'maximum': 50, 'default': 10}
    >>> parameter_schema(Parameter(name="as", type="enum", choices=("a", "b"), multiple=True, max_items=2))
    {'type': 'array', 'items': {'type': 'string', 'enum': ['a', 'b']}, 'minItems': 1, 'maxItems': 2}
    """
    item = dict(_TYPES[parameter.type])
    if parameter.type == "date":
        item |= {f"x-{key}": str(bound) for key, bound in _bounds(parameter).items()}
    else:
        item |= {key: _number(bound) for key, bound in _bounds(parameter).items()}
    if parameter.pattern is not None:
        item["pattern"] = f"^(?:{parameter.pattern})$"
    lengths = {"minLength": parameter.min_length, "maxLength": parameter.max_length}
    item |= {key: length for key, length in lengths.items() if length is not None}
    if parameter.class_iri is not None:
        item["x-class"] = compact(parameter.class_iri)
    if parameter.choices:
        item.pop("pattern", None)
        item["enum"] = [_plain(parameter, choice) for choice in parameter.choices]
    if parameter.choices_query is not None:
        item["x-choices"] = f"/queries/{parameter.choices_query}/results"
    default = [_plain(parameter, text) for text in parameter.default]
    if not parameter.multiple:
        return item | ({"default": default[0]} if default else {})
    schema: Schema = {"type": "array", "items": item, "minItems": parameter.min_items or 1}
    schema |= {} if parameter.max_items is None else {"maxItems": parameter.max_items}
    return schema | ({"default": default} if default else {})


def describe_parameter(parameter: Parameter) -> str:
    """Return what a parameter means, what it takes, and what leaving it out does.

    >>> describe_parameter(Parameter(name="year", type="year", label={"en": "Year"}, minimum=2000))
    'Year. Expected: a year such as 2025, at least 2000. Left out: all.'
    """
    meaning = parameter.description.get("en") or parameter.label.get("en") or parameter.name
    texts = [meaning.rstrip(".") + ".", f"Expected: {parameter.expected}."]
    if parameter.class_iri:
        texts.append(f"An IRI, prefixed name, label, slug or code of a {compact(parameter.class_iri)}.")
    elif parameter.type == "iri" and not parameter.choices:
        texts.append("An IRI, prefixed name, kind/slug or label.")
    if parameter.type == "lang-string":
        texts.append(f"In the language {parameter.language!r}.")
    if not parameter.required and not parameter.default:
        texts.append("Left out: all.")
    return " ".join(texts)


def row_schema(query: SavedQuery) -> Schema:
    """Return the schema of one row as a flat record: every column, and a label beside an IRI that has no column for it.

    >>> query = SavedQuery.parse("kinds", '''
    ... #+ summary: How many there are
    ... #+ title: {fr: Genres, en: Kinds}
    ... #+ description: {fr: Les genres., en: The kinds.}
    ... SELECT ?kind (COUNT(DISTINCT ?s) AS ?number) { ?s a ?kind } GROUP BY ?kind ORDER BY ?kind
    ... ''')
    >>> row_schema(query)["properties"]["number"], row_schema(query)["required"]
    ({'type': 'integer'}, ['kind', 'number'])
    """
    columns = query.columns
    properties = {}
    for column, projection in zip(columns, _projections(query), strict=True):
        is_label = any(label_column(other) == column for other in columns)
        is_labelled = label_column(column) in columns
        properties[column] = _AGGREGATES.get(_aggregate(projection), _TEXT if is_label or is_labelled else _ANY)
    return {
        "type": "object",
        "properties": properties,
        "required": list(columns),
        "additionalProperties": {**_TEXT, "description": "The label of an IRI whose column has none beside it"},
    }


def _bounds(parameter: Parameter) -> dict[str, Ordered]:
    bounds = {"minimum": parameter.minimum, "maximum": parameter.maximum}
    return {key: bound for key, bound in bounds.items() if bound is not None}


def _number(bound: Ordered) -> int | float:
    return bound if isinstance(bound, int) else float(str(bound))


def _plain(parameter: Parameter, text: str) -> object:
    """Return a text as JSON has the value that it stands for."""
    match parameter.type:
        case "integer" | "year":
            return int(text)
        case "decimal":
            return float(text)
        case "boolean":
            return text in ("true", "1")
    return date.fromisoformat(text).isoformat() if parameter.type == "date" else text


def _projections(query: SavedQuery) -> list[Node]:
    clause = cast(Node, query.syntax.body.children[0])
    return [part for part in clause.children if isinstance(part, Tree)] if query.columns else []


def _aggregate(projection: Node) -> str:
    """Return the aggregate that is the whole of a projection, or ""."""
    node = next((part for part in projection.children if isinstance(part, Tree)), None)
    while node is not None and node.data != "aggregate":
        only = node.children[0] if len(node.children) == 1 else None
        node = only if isinstance(only, Tree) else None
    return "" if node is None else str(node.children[0]).upper()
