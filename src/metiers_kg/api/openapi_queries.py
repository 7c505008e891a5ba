"""The operation of a saved query in the OpenAPI document: its parameters, and its answer in each form."""

from __future__ import annotations

from metiers_kg.api.negotiation import GRAPH_TYPES, REPRESENTATIONS, ROW_TYPES
from metiers_kg.api.openapi_parts import Schema, content, document_headers, errors, option, path_parameter, query_values
from metiers_kg.api.options import OPTIONS
from metiers_kg.api.saved_results import offered_results
from metiers_kg.queries import Parameter, SavedQuery, describe_parameter, parameter_schema, row_schema

__all__ = ["RESULTS", "query_operation", "query_tag", "results_operation"]

RESULTS = "/queries/{name}/results"
"""The path of the results of any query."""

_TEXT: Schema = {"type": "string"}
_HEADERS = (
    "Content-Disposition",
    "Link",
    "Link-Template",
    "X-Truncated",
)


def query_tag(query: SavedQuery) -> str:
    """Return the group of operations that a query stands in: that of its first theme."""
    return f"saved queries: {query.tags[0]}" if query.tags else "saved queries"


def query_operation(query: SavedQuery, operation_id: str, *, has_pages: bool) -> Schema:
    """Return the operation that answers a saved query."""
    described = dict.fromkeys(query.description[lang] for lang in ("en", "fr") if lang in query.description)
    columns = f"Columns: {', '.join(query.columns)}." if query.columns else ""
    suffixes = f"Also with a suffix, such as `/queries/{query.name}/results.{offered_results(query)[0].name}`."
    return {
        "operationId": operation_id,
        "summary": query.title.get("en") or query.summary,
        "description": "\n\n".join(text for text in (*described, columns, suffixes) if text),
        "tags": [query_tag(query)],
        "x-tags": list(query.tags),
        "x-requires": list(query.requires),
        "externalDocs": {"url": f"/queries/{query.name}", "description": "The query's page, file and RDF"},
        "parameters": [*(_parameter(p) for p in query.parameters), *_options(query, has_pages=has_pages)],
        "responses": {
            "200": _answer(query, has_pages=has_pages),
            "304": {"description": "The client has this answer", "headers": document_headers()},
            **errors(RESULTS),
        },
    }


def results_operation(*, has_pages: bool) -> Schema:
    """Return the operation that answers any saved query in the form that the address names."""
    forms = (*ROW_TYPES, REPRESENTATIONS["json"], *GRAPH_TYPES, *((REPRESENTATIONS["html"],) if has_pages else ()))
    suffix: Schema = {"type": "string", "enum": [form.name for form in forms]}
    return {
        "operationId": "results-as",
        "summary": "Answer a saved query, in a form named by the address",
        "description": "The operations of the saved queries tell what each takes and gives.",
        "tags": ["saved queries"],
        "parameters": [
            path_parameter("name", "The query's name", example="job-competences"),
            path_parameter("suffix", "The short name of a form", suffix, "csv"),
            query_values(),
            *(option(name) for name in OPTIONS if name != "format"),
        ],
        "responses": {
            "200": {"description": "The answer", "content": content(forms), "headers": document_headers(*_HEADERS)},
            "304": {"description": "The client has this answer", "headers": document_headers()},
            **errors(RESULTS),
        },
    }


def _options(query: SavedQuery, *, has_pages: bool) -> list[Schema]:
    forms = (*offered_results(query), *((REPRESENTATIONS["html"],) if has_pages else ()))
    return [option(name, forms) for name in OPTIONS]


def _parameter(parameter: Parameter) -> Schema:
    document: Schema = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required and not parameter.default,
        "description": describe_parameter(parameter),
        "schema": parameter_schema(parameter),
    }
    if not document["required"]:
        document["allowEmptyValue"] = True  # left out, as the empty field of a form is
    if parameter.multiple:
        document |= {"style": "form", "explode": True}
    if parameter.example is not None:
        example = _typed(parameter, parameter.example)
        document["example"] = [example] if parameter.multiple else example
    return document


def _typed(parameter: Parameter, text: str) -> object:
    """Return an example as its schema has it."""
    match parameter.type:
        case "integer" | "year":
            return int(text)
        case "decimal":
            return float(text)
        case "boolean":
            return text == "true"
    return text


def _answer(query: SavedQuery, *, has_pages: bool) -> Schema:
    forms = content(offered_results(query))
    bodies = _table_bodies(query) if query.columns else _truth_bodies() if query.form == "ask" else {}
    for media_type, schema in bodies.items():
        if media_type in forms:
            forms[media_type] = {"schema": schema}
    if has_pages:
        forms["text/html"] = {"schema": _TEXT}
    return {"description": "The answer", "content": forms, "headers": document_headers(*_HEADERS)}


def _table_bodies(query: SavedQuery) -> dict[str, Schema]:
    columns = list(query.columns)
    rows: Schema = {"type": "array", "items": row_schema(query)}
    return {
        "application/json": {"anyOf": [rows, _told_rows(rows)]},
        "application/sparql-results+json": _results_schema({"vars": {"const": columns}}, columns),
        "text/csv": {"type": "string", "description": f"RFC 4180, under the header {','.join(columns)}"},
        "text/tab-separated-values": {
            "type": "string",
            "description": f"SPARQL 1.1 TSV, under the header ?{' ?'.join(columns)}",
        },
    }


def _told_rows(rows: Schema) -> Schema:
    """Return the schema of ``shape=object``."""
    told = {"$ref": "#/components/schemas/Told"}
    return {"allOf": [told, {"type": "object", "required": ["rows"], "properties": {"rows": rows}}]}


def _results_schema(head: Schema, columns: list[str]) -> Schema:
    """Follow https://www.w3.org/TR/sparql11-results-json/ ."""
    term = {"$ref": "#/components/schemas/Term"}
    row = {"type": "object", "properties": dict.fromkeys(columns, term), "additionalProperties": False}
    rows = {"type": "object", "required": ["bindings"], "properties": {"bindings": {"type": "array", "items": row}}}
    return {
        "type": "object",
        "required": ["head", "results"],
        "properties": {"head": {"type": "object", "required": ["vars"], "properties": head}, "results": rows},
    }


def _truth_bodies() -> dict[str, Schema]:
    truth: Schema = {"type": "object", "required": ["boolean"], "properties": {"boolean": {"type": "boolean"}}}
    return {"application/json": truth, "application/sparql-results+json": truth}
