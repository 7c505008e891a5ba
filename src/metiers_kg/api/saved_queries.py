"""The catalogue over HTTP: the list, one query in its forms, and its results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from metiers_kg import __version__
from metiers_kg.api.definitions import catalogue_graph, query_document, query_graph, query_summary
from metiers_kg.api.negotiation import (
    GRAPH_TYPES,
    REPRESENTATIONS,
    ROW_TYPES,
    Representation,
    negotiate,
    prefers_html,
    split_suffix,
)
from metiers_kg.api.options import MAX_LIMIT, OPTIONS, PAGE_ROWS, Options, read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.problems import error_language
from metiers_kg.api.responses import asked, entity_tag, is_unchanged, page_links, respond, to_json_bytes, why_templates
from metiers_kg.api.service import Service
from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.queries import Result, SavedQuery, answer, bind, check_requirements
from metiers_kg.store import GRAPH_FORMATS, ROW_FORMATS

__all__ = ["offered_results", "saved_query_router"]

_HTML, _JSON, _RQ = REPRESENTATIONS["html"], REPRESENTATIONS["json"], REPRESENTATIONS["rq"]


def saved_query_router(service: Service, pages: Pages | None) -> APIRouter:
    """Return the routes below ``/queries``."""
    router = APIRouter(tags=["saved queries"])
    page_types = (_HTML,) if pages is not None else ()
    tags = sorted({tag for query in service.catalogue.values() for tag in query.tags})

    @router.get("/queries", operation_id="queries", summary="List the saved queries", response_class=Response)
    @router.get("/queries.{suffix}", include_in_schema=False, response_class=Response)
    def catalogue(request: Request, suffix: str | None = None) -> Response:
        """List the saved queries, all or those with a tag."""
        options, own = _options(request, ("lang", "format"), ("tag",))
        tag = own["tag"][0] if "tag" in own else None
        if tag is not None and tag not in tags:
            raise ParameterError([ParameterFault("tag", tag, "one of the catalogue's tags", tuple(tags))])
        offered = (_JSON, *GRAPH_TYPES, *page_types)
        chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
        queries = [query for query in service.catalogue.values() if tag is None or tag in query.tags]
        if pages is not None and chosen.name == "html":
            return respond(request, pages.catalogue(options.lang, tag, asked=asked(request)), chosen, lang=options.lang)
        if chosen.name == "json":
            listed = [query_summary(query, options.lang, service.missing(query)) for query in queries]
            document = {"queries": listed, "tags": tags}
            return respond(request, to_json_bytes(document), chosen, lang=options.lang)
        return respond(request, catalogue_graph(queries, service.missing).write(GRAPH_FORMATS[chosen.name]), chosen)

    @router.get("/queries/{name}", operation_id="query", summary="Show one saved query", response_class=Response)
    def definition(request: Request, name: str) -> Response:
        """Give a saved query as its file, as JSON, as RDF, or as a page with a form."""
        name, suffix = split_suffix(name)
        query = service.catalogue.get_query(name)
        options, values = _options(request, ("lang", "format"), [p.name for p in query.parameters])
        offered = (_JSON, _RQ, *GRAPH_TYPES, *page_types)
        chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
        if pages is not None and chosen.name == "html":
            return respond(
                request, pages.query(query, values, (), options.lang, asked=asked(request)), chosen, lang=options.lang
            )
        missing = service.missing(query)
        tag = entity_tag(__version__, query.name, query.version, chosen.name, options.lang, missing)
        if chosen.name == "json":
            document = query_document(query, options.lang, missing)
            return respond(request, to_json_bytes(document), chosen, tag=tag, lang=options.lang)
        if chosen.name == "rq":
            return respond(request, query.text, chosen, tag=tag)
        return respond(request, query_graph(query, missing).write(GRAPH_FORMATS[chosen.name]), chosen, tag=tag)

    @router.get("/queries/{name}/results", include_in_schema=False, response_class=Response)
    @router.get("/queries/{name}/results.{suffix}", include_in_schema=False, response_class=Response)
    def results(request: Request, name: str, suffix: str | None = None) -> Response:
        """Run a saved query with the values in the address."""
        query = service.catalogue.get_query(name)
        try:
            options, values = _options(request, OPTIONS, [p.name for p in query.parameters])
            offered = (*offered_results(query), *page_types)
            chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
            return _results(request, service, query, options, values, chosen, pages)
        except ParameterError as error:
            named = suffix or request.query_params.get("format")
            if pages is None or (named != "html" if named else not prefers_html(request.headers.get("accept"))):
                raise
            lang = error_language(request)
            form = pages.query(query, _raw_values(request, query), error.faults, lang, asked=asked(request))
            return HTMLResponse(form, 422, {"Content-Language": lang, "Vary": "Accept, Accept-Language"})

    return router


def offered_results(query: SavedQuery) -> tuple[Representation, ...]:
    """Return what the results of a query are written in, the preferred first."""
    return GRAPH_TYPES if query.form in ("construct", "describe") else (*ROW_TYPES, _JSON)


def _results(
    request: Request,
    service: Service,
    query: SavedQuery,
    options: Options,
    values: Mapping[str, Sequence[str]],
    chosen: Representation,
    pages: Pages | None,
) -> Response:
    check_requirements(service.store, query)
    bound = bind(query, values, service.names)
    tag = entity_tag(
        __version__,
        service.fingerprint,
        query.name,
        query.version,
        {name: [str(term) for term in terms] for name, terms in bound.values.items()},
        chosen.name,
        options.lang,
        options.asserted,
        options.limit,
        options.page,
    )
    if is_unchanged(request, tag):
        return respond(request, b"", chosen, tag=tag, lang=options.lang)
    result = answer(
        service.store,
        service.names,
        query,
        values,
        lang=options.lang,
        asserted=options.asserted,
        limit=options.limit or (PAGE_ROWS if chosen.name == "html" else MAX_LIMIT),
        page=options.page,
    )
    headers = page_links(request, options.page, has_next=result.has_next) | why_templates(query.why, bound.values)
    if result.has_next:
        headers["X-Truncated"] = "true"
    if chosen.name in ("csv", "tsv"):
        headers["Content-Disposition"] = f'attachment; filename="{query.name}.{chosen.name}"'
    if pages is not None and chosen.name == "html":
        body: bytes | str = pages.results(result, values, options.lang, asked=asked(request))
    else:
        body = _write(result, chosen, service, options.lang)
    return respond(request, body, chosen, tag=tag, lang=options.lang, headers=headers)


def _write(result: Result, chosen: Representation, service: Service, lang: str) -> bytes:
    if result.graph is not None:
        return result.graph.write(GRAPH_FORMATS[chosen.name])
    if result.truth is not None:
        if chosen.name == "json":
            return to_json_bytes({"boolean": result.truth.value})
        return result.truth.write(ROW_FORMATS[chosen.name])
    if result.table is None:
        raise TypeError("expected a table, a truth value or a graph")
    return result.table.write(chosen.name, names=service.names, lang=lang)


def _options(request: Request, taken: Sequence[str], own: Sequence[str]) -> tuple[Options, dict[str, list[str]]]:
    return read_options(request.query_params, request.headers.get("accept-language"), taken, own)


def _raw_values(request: Request, query: SavedQuery) -> dict[str, list[str]]:
    """Return the values as given, right or wrong, to fill the form with."""
    parameters = request.query_params
    return {p.name: parameters.getlist(p.name) for p in query.parameters if p.name in parameters}
