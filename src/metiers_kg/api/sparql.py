"""The SPARQL 1.1 Protocol, query only: https://www.w3.org/TR/sparql11-protocol/, and the Service Description."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.responses import Response

from metiers_kg.api.envelope import CLIENT_LEFT
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
from metiers_kg.api.service_description import describe_service
from metiers_kg.errors import ParameterError, ParameterFault, QueryAbandonedError
from metiers_kg.store import GRAPH_FORMATS, Iri
from metiers_kg.store.cancellation import Cancellation
from metiers_kg.store.pool import PooledAnswer

__all__ = ["closed_sparql_router", "sparql_router"]

_THREADS = 64
"""The threads that may wait for workers, beside those that answer everything else."""

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"

# Clients that ask for plain JSON mean the results format; it is written as that under the name they accept.
_ROWS: tuple[Representation, ...] = (*ROW_TYPES, REPRESENTATIONS["json"])

_OTHER_METHODS = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

_TEXT = {"schema": {"type": "string"}}
_FIELDS = {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}}


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

    # Who waits for a worker holds a thread of these, and never one that another answer needs.
    threads = CapacityLimiter(_THREADS)

    @router.get("/sparql", operation_id="sparql", summary="Ask a SPARQL query of your own", response_class=Response)
    async def get(request: Request) -> Response:
        """Answer ``query``; without it, describe the service in RDF, or show the form to who reads pages."""
        operation = _operation(request, request.query_params.multi_items())
        if operation.query is None:
            return await run_in_threadpool(_describe, request, service, pages, operation.options)
        return await _answer(request, service, operation, threads)

    @router.post(
        "/sparql",
        operation_id="sparql-post",
        summary="Ask a SPARQL query of your own, in the body",
        response_class=Response,
        openapi_extra={"requestBody": {"required": True, "content": {_QUERY: _TEXT, _FORM: _FIELDS}}},
    )
    async def post(request: Request) -> Response:
        """Answer a query sent as a form or as it stands."""
        operation = _read_post(request, await request.body())
        if operation.query is None:
            raise RequestError("bad-request", "found no query, expected one in the parameter 'query'")
        return await _answer(request, service, operation, threads)

    # The framework would name the methods of the first route alone.
    @router.api_route("/sparql", methods=_OTHER_METHODS, include_in_schema=False, response_class=Response)
    async def refuse(request: Request) -> Response:
        """Say which methods the protocol has."""
        allowed = ["GET", "HEAD", "POST"]
        raise RequestError(
            "method-not-allowed",
            f"found {request.method}, expected {', '.join(allowed)}",
            available=allowed,
            headers={"Allow": ", ".join(allowed)},
        )

    return router


def closed_sparql_router() -> APIRouter:
    """Return the route of ``/sparql`` where it is switched off: it says so, and is in no list of operations."""
    router = APIRouter()

    @router.api_route("/sparql", methods=["GET", "POST"], include_in_schema=False, response_class=Response)
    async def closed(request: Request) -> Response:
        """Say that there are no queries of the client's own."""
        raise RequestError(
            "sparql-off", "queries of your own are switched off here; the saved ones are", available=["/queries"]
        )

    return router


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


async def _answer(request: Request, service: Service, operation: _Operation, threads: CapacityLimiter) -> Response:
    rows = _accepted(request, operation, _ROWS)
    graph = _accepted(request, operation, GRAPH_TYPES)
    wanted = operation.options.format or request.headers.get("accept", "")
    if rows is None and graph is None:
        raise NotAcceptableError(wanted, (*_ROWS, *GRAPH_TYPES))
    cancellation = Cancellation()
    run = partial(
        service.pool.run,
        operation.query or "",
        rows=_engine_format(rows),
        graph=_engine_format(graph),
        asserted=operation.options.asserted,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        cancellation=cancellation,
    )
    watching = asyncio.ensure_future(_cancel_when_left(request, cancellation))
    try:
        answer: PooledAnswer = await to_thread.run_sync(run, limiter=threads)
    except QueryAbandonedError:
        return Response(status_code=CLIENT_LEFT)  # which nobody receives
    finally:
        watching.cancel()
    representation = rows if answer.kind == "rows" else graph
    if representation is None:
        raise NotAcceptableError(wanted, _ROWS if answer.kind == "rows" else GRAPH_TYPES)
    return respond(request, answer.body, representation)


async def _cancel_when_left(request: Request, cancellation: Cancellation) -> None:
    """Stop the query of a client that closes its connection. The request has been read to its end before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    cancellation.cancel()


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
    described_at = f"{endpoint.removesuffix('/sparql')}/.well-known/void"
    body = describe_service(endpoint, service.graphs, described_at).write(GRAPH_FORMATS[chosen.name])
    return respond(request, body, chosen)
