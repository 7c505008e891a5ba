"""The fixed routes in the OpenAPI document: what each takes and gives.

The routes read their parameters themselves, so that an unknown one is refused; here they are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metiers_kg.api.documents import SEARCH_KINDS
from metiers_kg.api.explaining import PARTS
from metiers_kg.api.negotiation import GRAPH_TYPES, REPRESENTATIONS, ROW_TYPES, Representation
from metiers_kg.api.openapi_comparing import NETWORK, compared_parameters, network_parameters
from metiers_kg.api.openapi_parts import (
    Schema,
    content,
    document_headers,
    errors,
    option,
    path_parameter,
    query_parameter,
    query_values,
)
from metiers_kg.api.options import OPTIONS
from metiers_kg.api.problems import PROBLEM_TYPES
from metiers_kg.api.tabular_metadata import CSVW
from metiers_kg.api.well_known import DUMPS
from metiers_kg.explanation import MOST_ALTERNATIVES
from metiers_kg.vocabulary import KINDS

__all__ = ["ROUTES", "Route", "describe_route", "move_to_body"]

_JSON, _HTML, _RQ = REPRESENTATIONS["json"], REPRESENTATIONS["html"], REPRESENTATIONS["rq"]
_TEXT: Schema = {"type": "string"}
_OBJECT: Schema = {"type": "object"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_EXAMPLE = "SELECT ?job { ?job a mkg:Job } ORDER BY ?job LIMIT 10"


@dataclass(frozen=True, slots=True)
class Route:
    """What a route takes and gives.

    Attributes:
        forms: What it is written in, the preferred first.
        options: The service's parameters that it takes.
        parameters: Its own.
        has_page: Whether it is a page too, where there are pages.
        schema: What its JSON is.
        headers: The headers of its answer beside those of every document.
        redirects: Whether it may answer 303.
        has_form: Whether its page, without parameters, is a form for them.
    """

    forms: tuple[Representation, ...] = (_JSON,)
    options: tuple[str, ...] = ("lang", "format")
    parameters: tuple[Schema, ...] = ()
    has_page: bool = True
    schema: Schema = field(default_factory=lambda: _OBJECT)
    headers: tuple[str, ...] = ()
    redirects: bool = False
    has_form: bool = False


def describe_route(operation: Schema, path: str, *, has_pages: bool) -> None:
    """Tell in *operation* what the route at *path* takes and gives; one not in ``ROUTES`` keeps what it says."""
    route = ROUTES.get(path)
    failures = errors(path)
    if route is None:
        operation["responses"] = {
            key: value for key, value in operation["responses"].items() if key[0] in "123"
        } | failures
        return
    forms = (*route.forms, *((_HTML,) if route.has_page and has_pages else ()))
    parameters = [dict(parameter) for parameter in route.parameters]
    if route.has_form and has_pages:
        for parameter in parameters:
            if parameter["required"]:
                parameter |= {"required": False, "allowEmptyValue": True}
                parameter["description"] += " (the page alone does without, and is a form)"
    operation["parameters"] = [*parameters, *(option(name, forms) for name in route.options)]
    bodies = content(forms)
    if _JSON.media_type in bodies:
        bodies[_JSON.media_type] = {"schema": route.schema}
    answers = {"200": {"description": "The answer", "content": bodies, "headers": document_headers(*route.headers)}}
    if route.redirects:
        answers["303"] = {
            "description": "The answer is elsewhere",
            "headers": document_headers("Location"),
        }
    answers["304"] = {"description": "The client has this answer", "headers": document_headers()}
    operation["responses"] = answers | failures


def move_to_body(operation: Schema) -> None:
    """Tell that ``POST /sparql`` takes the query as the body, or with the graphs and options in a form."""
    parameters = [parameter for parameter in operation["parameters"] if parameter.get("name") != "query"]
    fields = {parameter["name"]: parameter["schema"] for parameter in parameters if "schema" in parameter}
    form: Schema = {"type": "object", "required": ["query"], "properties": {"query": _TEXT, **fields}}
    operation["parameters"] = parameters
    operation["requestBody"] = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": _TEXT, "example": _EXAMPLE},
            "application/x-www-form-urlencoded": {"schema": form, "example": {"query": _EXAMPLE}},
        },
    }


def _texts(*names: str) -> Schema:
    return {"type": "object", "required": list(names), "properties": dict.fromkeys(names, _TEXT)}


def _suffix(*forms: Representation) -> Schema:
    return path_parameter("suffix", "The short name of a form", {"type": "string", "enum": [f.name for f in forms]})


_HITS: Schema = {
    "type": "object",
    "required": ["q", "hits"],
    "properties": {
        "q": _TEXT,
        "hits": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["iri", "label", "href", "kind", "matched", "score"],
                "properties": {
                    **dict.fromkeys(("iri", "label", "href", "kind", "matched"), _TEXT),
                    "score": {"type": "number", "minimum": 0, "maximum": 100},
                },
            },
        },
    },
}

_SUMMARIES: Schema = {
    "type": "object",
    "required": ["queries", "tags"],
    "properties": {
        "queries": {"type": "array", "items": _texts("name", "title", "summary", "form", "href", "results")},
        "tags": {"type": "array", "items": _TEXT},
    },
}

_RELEASE: Schema = {
    "type": "object",
    "required": ["version", "triples", "queries"],
    "properties": {"version": _TEXT, "kept": _TEXT, "triples": _COUNT, "queries": _COUNT},
}
_RELEASES: Schema = {
    "type": "object",
    "required": ["current", "kept", "engine"],
    "properties": {"current": _RELEASE, "kept": {"type": "array", "items": _RELEASE}, "engine": _TEXT},
}

_TRIPLE: tuple[Schema, ...] = (
    query_parameter("s", PARTS["s"], required=True, example="job/datamanager"),
    query_parameter("p", PARTS["p"], required=True, example="mkg:sharesCompetenceWith"),
    query_parameter("o", PARTS["o"], required=True, example="job/biostatisticien"),
    query_parameter(
        "alternatives",
        "How many explanations to give beside the shortest",
        schema={"type": "integer", "minimum": 0, "maximum": MOST_ALTERNATIVES, "default": 0},
    ),
)
_TAG = query_parameter("tag", "Only the queries with this tag")
_WORDS = query_parameter("q", "Only the queries with all of these words in name, title or description")
_GRAPH = {"type": "string", "format": "uri"}

ROUTES: Mapping[str, Route] = {
    "/": Route(schema=_texts("title", "description", "version", "fingerprint")),
    "/health": Route(options=(), has_page=False, schema=_texts("status", "version")),
    "/health/ready": Route(options=(), has_page=False, schema=_texts("status")),
    "/openapi.json": Route(options=(), has_page=False),
    "/docs": Route(forms=(_HTML,), options=(), has_page=False),
    "/metrics": Route(forms=(Representation("text", "text/plain", is_text=True),), options=(), has_page=False),
    "/ontology": Route(forms=GRAPH_TYPES),
    "/ontology.{suffix}": Route(forms=GRAPH_TYPES, options=("lang",), parameters=(_suffix(*GRAPH_TYPES),)),
    "/search": Route(
        has_form=True,
        options=("lang", "limit", "format"),
        parameters=(
            query_parameter(
                "q",
                "What to look for",
                required=True,
                schema={"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"\S"},
                example="bio-informaticien",
            ),
            query_parameter(
                "kind",
                "Look among things of these kinds only",
                multiple=True,
                schema={"type": "string", "enum": list(SEARCH_KINDS)},
                example="job",
            ),
        ),
        schema=_HITS,
    ),
    "/explain": Route(has_form=True, forms=(_JSON, *GRAPH_TYPES), parameters=_TRIPLE),
    "/explain.{suffix}": Route(
        forms=(_JSON, *GRAPH_TYPES), options=("lang",), parameters=(_suffix(_JSON, *GRAPH_TYPES), *_TRIPLE)
    ),
    **{
        path: Route(has_form=True, parameters=compared_parameters(path))
        for path in ("/overlap", "/overlap/clusters", "/overlap/matrix", "/transitions")
    },
    "/network": Route(parameters=network_parameters(), schema=NETWORK),
    "/problems/{name}": Route(
        options=(),
        has_page=False,
        parameters=(
            path_parameter(
                "name", "The type of problem", {"type": "string", "enum": list(PROBLEM_TYPES)}, "parameters"
            ),
        ),
        schema=_texts("type", "title"),
    ),
    "/queries": Route(forms=(_JSON, *GRAPH_TYPES), parameters=(_TAG, _WORDS), schema=_SUMMARIES),
    "/queries.{suffix}": Route(
        forms=(_JSON, *GRAPH_TYPES),
        options=("lang",),
        parameters=(_suffix(_JSON, *GRAPH_TYPES), _TAG, _WORDS),
        schema=_SUMMARIES,
    ),
    "/queries/{name}": Route(
        forms=(_JSON, _RQ, *GRAPH_TYPES),
        options=("lang", "format", "version"),
        parameters=(path_parameter("name", "The query's name", example="job-competences"),),
        schema=_texts("name", "title", "summary", "description", "form", "version", "file"),
    ),
    "/queries/{name}/results.csv-metadata.json": Route(
        forms=(CSVW,),
        options=tuple(name for name in OPTIONS if name != "format"),
        parameters=(path_parameter("name", "The query's name", example="coverage"), query_values()),
        has_page=False,
    ),
    "/.well-known/void": Route(forms=GRAPH_TYPES, options=("format", "version"), headers=("Location",), redirects=True),
    "/.well-known/sparql-examples": Route(
        forms=GRAPH_TYPES, options=("format", "version"), headers=("Location",), redirects=True
    ),
    "/releases": Route(options=(), has_page=False, schema=_RELEASES),
    "/metiers.nq": Route(forms=(Representation("nq", DUMPS["/metiers.nq"]),), options=(), has_page=False),
    "/metiers.nt": Route(forms=(Representation("nt", DUMPS["/metiers.nt"]),), options=(), has_page=False),
    "/sparql": Route(
        forms=(*ROW_TYPES, _JSON, *GRAPH_TYPES),
        options=("entailment", "lang", "format"),
        parameters=(
            query_parameter(
                "query",
                "The query; without it the service is described",
                example=_EXAMPLE,
            ),
            query_parameter(
                "default-graph-uri", "The graphs to see instead of the union", multiple=True, schema=_GRAPH
            ),
            query_parameter("named-graph-uri", "The graphs that GRAPH may name", multiple=True, schema=_GRAPH),
        ),
    ),
    "/{kind}/{slug}": Route(
        forms=(*GRAPH_TYPES, _JSON),
        options=("entailment", "lang", "format"),
        parameters=(
            path_parameter("kind", "The kind of resource", {"type": "string", "enum": list(KINDS)}, "job"),
            path_parameter("slug", "The last part of its IRI", example="bio-informaticien"),
        ),
        headers=("X-Truncated",),
        redirects=True,
    ),
}
