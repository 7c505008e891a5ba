"""The SPARQL 1.1 Protocol, query only: https://www.w3.org/TR/sparql11-protocol/, and the Service Description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response

from metiers_kg.api.negotiation import (
    GRAPH_TYPES,
    REPRESENTATIONS,
    ROW_TYPES,
    NotAcceptableError,
    Representation,
    negotiate,
)
from metiers_kg.api.options import Options, read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.problems import RequestError
from metiers_kg.api.responses import asked, respond
from metiers_kg.api.service import Service
from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.store import GRAPH_FORMATS, SUGGESTED_GRAPHS, Graph, Iri, Literal, Triple
from metiers_kg.vocabulary import PREFIXES

__all__ = ["MAX_BODY", "sparql_router"]

MAX_BODY = 2**20
"""The largest request body that is read, in bytes."""

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"

# Clients that ask for plain JSON mean the results format; it is written as that under the name they accept.
_ROWS: tuple[Representation, ...] = (*ROW_TYPES, REPRESENTATIONS["json"])

_TEXT = {"schema": {"type": "string"}}
_FIELDS = {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}}

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
)


@dataclass(frozen=True, slots=True)
class _Operation:
    """What a request of the protocol asks.

    Attributes:
        query: The text of the query; None where there is none.
        default_graphs: IRIs of the graphs to see instead of the union.
        named_graphs: IRIs of the graphs that GRAPH may name.
        options: How to answer.
    """

    query: str | None
    default_graphs: Sequence[str]
    named_graphs: Sequence[str]
    options: Options


def sparql_router(service: Service, pages: Pages | None) -> APIRouter:
    """Return the routes of ``/sparql``."""
    router = APIRouter(tags=["sparql"])

    @router.get("/sparql", operation_id="sparql", summary="Ask a SPARQL query of your own", response_class=Response)
    def get(request: Request) -> Response:
        """Answer ``query``; without it, describe the service in RDF, or show the form to who reads pages."""
        operation = _operation(request, request.query_params.multi_items())
        if operation.query is None:
            return _describe(request, service, pages, operation.options)
        return _answer(request, service, operation)

    @router.post(
        "/sparql",
        operation_id="sparql-post",
        summary="Ask a SPARQL query of your own, in the body",
        response_class=Response,
        openapi_extra={"requestBody": {"required": True, "content": {_QUERY: _TEXT, _FORM: _FIELDS}}},
    )
    def post(request: Request, body: Annotated[bytes, Depends(_read_body)]) -> Response:
        """Answer a query sent as a form or as it stands."""
        operation = _read_post(request, body)
        if operation.query is None:
            raise RequestError("bad-request", "found no query, expected one in the parameter 'query'")
        return _answer(request, service, operation)

    return router


async def _read_body(request: Request) -> bytes:
    """Read the body of a request, as far as it is allowed to go."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise RequestError("request-too-large", f"the body is larger than {MAX_BODY} bytes, the most that is read")
    return bytes(body)


def _read_post(request: Request, body: bytes) -> _Operation:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type == _UPDATE:
        raise _update_refused()
    if media_type not in (_FORM, _QUERY):
        raise RequestError(
            "unsupported-media-type",
            f"found the content type {media_type!r}, expected {_QUERY} or {_FORM}",
            available=[_QUERY, _FORM],
        )
    name, _, charset = parameters.strip().partition("=")
    if name.strip().lower() == "charset" and charset.strip('" ').lower() not in ("utf-8", "utf8", "us-ascii"):
        raise RequestError("unsupported-media-type", f"found the character set {charset!r}, expected utf-8")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise RequestError("bad-request", f"the body is not UTF-8 (byte {error.start})") from error
    address = request.query_params.multi_items()
    if media_type == _QUERY:
        return _operation(request, [*address, ("query", text)])
    return _operation(request, [*address, *_parse_form(text)])


def _parse_form(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:  # not UTF-8 once unescaped, or too many fields
        raise RequestError("bad-request", f"the form cannot be read: {error}") from error


def _operation(request: Request, items: list[tuple[str, str]]) -> _Operation:
    parameters = QueryParams(items)
    if "update" in parameters:
        raise _update_refused()
    options, others = read_options(
        parameters,
        request.headers.get("accept-language"),
        taken=("format", "entailment", "lang"),
        own=("query", "default-graph-uri", "named-graph-uri"),
    )
    queries = others.get("query", [])
    if len(queries) > 1:
        raise RequestError("bad-request", f"found {len(queries)} queries, expected one")
    default_graphs, named_graphs = others.get("default-graph-uri", []), others.get("named-graph-uri", [])
    faults = [*_graph_faults("default-graph-uri", default_graphs), *_graph_faults("named-graph-uri", named_graphs)]
    if faults:
        raise ParameterError(faults)
    return _Operation(queries[0] if queries else None, default_graphs, named_graphs, options)


def _graph_faults(name: str, values: Sequence[str]) -> list[ParameterFault]:
    faults = []
    for value in values:
        try:
            Iri(value)
        except ValueError:
            faults.append(ParameterFault(name, value, "the IRI of a graph"))
    return faults


def _update_refused() -> RequestError:
    return RequestError("update-refused", "found an update, expected a query: the graph changes by its data files only")


def _answer(request: Request, service: Service, operation: _Operation) -> Response:
    rows = _accepted(request, operation, _ROWS)
    graph = _accepted(request, operation, GRAPH_TYPES)
    wanted = operation.options.format or request.headers.get("accept", "")
    if rows is None and graph is None:
        raise NotAcceptableError(wanted, (*_ROWS, *GRAPH_TYPES))
    answer = service.pool.run(
        operation.query or "",
        rows=_engine_format(rows),
        graph=_engine_format(graph),
        asserted=operation.options.asserted,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
    )
    representation = rows if answer.kind == "rows" else graph
    if representation is None:
        raise NotAcceptableError(wanted, _ROWS if answer.kind == "rows" else GRAPH_TYPES)
    return respond(request, answer.body, representation)


def _accepted(request: Request, operation: _Operation, offered: Sequence[Representation]) -> Representation | None:
    try:
        return negotiate(offered, request.headers.get("accept"), operation.options.format)
    except NotAcceptableError:
        return None


def _engine_format(representation: Representation | None) -> str | None:
    """Return the name of the serialisation that *representation* is written as."""
    if representation is None:
        return None
    return "srj" if representation.name == "json" else representation.name


def _describe(request: Request, service: Service, pages: Pages | None, options: Options) -> Response:
    offered = (*GRAPH_TYPES, REPRESENTATIONS["html"]) if pages is not None else GRAPH_TYPES
    chosen = negotiate(offered, request.headers.get("accept"), options.format)
    if pages is not None and chosen.name == "html":
        return respond(request, pages.sparql("", options.lang, asked=asked(request)), chosen, lang=options.lang)
    endpoint = str(request.url.replace(query="", fragment=""))
    body = _service_description(endpoint, service.graphs).write(GRAPH_FORMATS[chosen.name])
    return respond(request, body, chosen)


def _service_description(endpoint: str, graphs: dict[str, int]) -> Graph:
    """Describe the service as https://www.w3.org/TR/sparql11-service-description/ has it."""
    type_ = PREFIXES["rdf"] + "type"
    service, dataset, union = endpoint + "#service", endpoint + "#dataset", endpoint + "#union"
    rl = "http://www.w3.org/ns/owl-profile/RL"
    semantics = "http://www.w3.org/ns/entailment/OWL-RDF-Based"
    links = [
        (service, type_, _SD + "Service"),
        (service, _SD + "endpoint", endpoint),
        (service, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        (service, _SD + "feature", _SD + "UnionDefaultGraph"),
        (service, _SD + "defaultEntailmentRegime", semantics),
        (service, _SD + "defaultSupportedEntailmentProfile", rl),
        (service, _SD + "defaultDataset", dataset),
        *((service, _SD + "resultFormat", _FORMATS + name) for name in _RESULT_FORMATS),
        (dataset, type_, _SD + "Dataset"),
        (dataset, _SD + "defaultGraph", union),
        (union, type_, _SD + "Graph"),
    ]
    counts = [(union, sum(graphs.values()))]
    for name, size in graphs.items():
        described = f"{endpoint}#{name.rpartition('/')[2]}"
        links += [
            (dataset, _SD + "namedGraph", described),
            (described, type_, _SD + "NamedGraph"),
            (described, _SD + "name", name),
            (described, _SD + "graph", described + "-graph"),
            (described + "-graph", type_, _SD + "Graph"),
        ]
        if name in SUGGESTED_GRAPHS:
            links.append((described, _SD + "entailmentRegime", semantics))
        counts.append((described + "-graph", size))
    integer = Iri(PREFIXES["xsd"] + "integer")
    return Graph(
        [
            *(Triple(Iri(s), Iri(p), Iri(o)) for s, p, o in links),
            *(Triple(Iri(s), Iri(PREFIXES["void"] + "triples"), Literal(str(n), datatype=integer)) for s, n in counts),
        ]
    )
