"""The catalogue over HTTP: the list, one query in its forms, and its results."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from metiers_kg import __version__
from metiers_kg.api.definitions import query_document, query_summary
from metiers_kg.api.negotiation import (
    GRAPH_TYPES,
    REPRESENTATIONS,
    negotiate,
    split_suffix,
)
from metiers_kg.api.options import Options, read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.repeatable import version_headers
from metiers_kg.api.responses import asked, endpoint_of, entity_tag, respond, to_json_bytes
from metiers_kg.api.saved_results import RESULT_PATHS, SavedResults
from metiers_kg.api.service import Service
from metiers_kg.api.sparql_examples import catalogue_graph, query_graph
from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.queries import find_queries
from metiers_kg.store import GRAPH_FORMATS

__all__ = ["saved_query_router"]

_HTML, _JSON, _RQ = (REPRESENTATIONS[name] for name in ("html", "json", "rq"))


def saved_query_router(service: Service, pages: Pages | None, results: SavedResults) -> APIRouter:
    """Return the routes below ``/queries``; *results* answers those of results."""
    router = APIRouter(tags=["saved queries"])
    page_types = (_HTML,) if pages is not None else ()
    tags = sorted({tag for query in service.catalogue.values() for tag in query.tags})

    @router.get("/queries", operation_id="queries", summary="List the saved queries", response_class=Response)
    @router.get("/queries.{suffix}", include_in_schema=False, response_class=Response)
    def catalogue(request: Request, suffix: str | None = None) -> Response:
        """List the saved queries, all or those with a tag and the words of ``q``."""
        options, own = _options(request, ("lang", "format"), ("tag", "q"))
        tag = own["tag"][0] if "tag" in own else None
        if tag is not None and tag not in tags:
            raise ParameterError([ParameterFault("tag", tag, "one of the catalogue's tags", tuple(tags))])
        offered = (_JSON, *GRAPH_TYPES, *page_types)
        chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
        tagged = [query for query in service.catalogue.values() if tag is None or tag in query.tags]
        queries = find_queries(tagged, " ".join(own.get("q", ())))
        if pages is not None and chosen.name == "html":
            return respond(request, pages.catalogue(options.lang, tag, asked=asked(request)), chosen, lang=options.lang)
        if chosen.name == "json":
            listed = [query_summary(query, options.lang, service.missing(query)) for query in queries]
            document = {"queries": listed, "tags": tags}
            return respond(request, to_json_bytes(document), chosen, lang=options.lang)
        described = catalogue_graph(queries, endpoint_of(request), service.missing)
        return respond(request, described.write(GRAPH_FORMATS[chosen.name]), chosen)

    @router.get("/queries/{name}", operation_id="query", summary="Show one saved query", response_class=Response)
    def definition(request: Request, name: str) -> Response:
        """Give a saved query as its file, as JSON, as RDF, or as a page with a form."""
        name, suffix = split_suffix(name)
        release = service.at(request.query_params.get("version"))
        query = release.catalogue.get_query(name)
        options, values = _options(request, ("lang", "format", "version"), [p.name for p in query.parameters])
        # The pages show the release that is served.
        offered = (_JSON, _RQ, *GRAPH_TYPES, *(page_types if release is service else ()))
        chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
        if pages is not None and chosen.name == "html":
            return respond(
                request, pages.query(query, values, (), options.lang, asked=asked(request)), chosen, lang=options.lang
            )
        missing, endpoint = release.missing(query), endpoint_of(request)
        tag = entity_tag(__version__, query.name, query.version, chosen.name, options.lang, missing, endpoint)
        headers = version_headers(release.data_version, query)
        if chosen.name == "json":
            document = query_document(query, options.lang, missing)
            return respond(request, to_json_bytes(document), chosen, tag=tag, lang=options.lang, headers=headers)
        if chosen.name == "rq":
            return respond(request, query.text, chosen, tag=tag, headers=headers)
        described = query_graph(query, endpoint, missing).write(GRAPH_FORMATS[chosen.name])
        return respond(request, described, chosen, tag=tag, headers=headers)

    for path in RESULT_PATHS:
        # Starlette takes an ASGI application too, and calls it without making anything of the request.
        router.add_route(path, results, methods=["GET"], include_in_schema=False)  # type: ignore[arg-type]
    return router


def _options(request: Request, taken: Sequence[str], own: Sequence[str]) -> tuple[Options, dict[str, list[str]]]:
    return read_options(request.query_params, request.headers.get("accept-language"), taken, own)
