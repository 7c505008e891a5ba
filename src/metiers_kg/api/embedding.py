"""The answers of saved queries for frames in pages of other sites: the one view that a stranger may frame."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from metiers_kg import __version__
from metiers_kg.api.negotiation import REPRESENTATIONS, negotiate
from metiers_kg.api.options import PAGE_ROWS, read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.problems import SECURITY_HEADERS
from metiers_kg.api.responses import asked, entity_tag, is_unchanged, respond
from metiers_kg.api.service import Service
from metiers_kg.queries import answer_bound, prepare

__all__ = ["embedding_router"]

_OPTIONS = ("lang", "entailment", "limit", "page")
_HTML = REPRESENTATIONS["html"]


def embedding_router(service: Service, pages: Pages | None, *, is_open: bool) -> APIRouter:
    """Return the route of ``/queries/{name}/embed``, or none without *pages*.

    Any site may frame it where the service *is_open*. Where tokens guard it, only its own pages may: a browser that
    holds a token would else show to a stranger's page what the stranger may not see.
    """
    router = APIRouter()
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    if is_open:
        policy = policy.replace("frame-ancestors 'self'", "frame-ancestors *")
    headers = {"Content-Security-Policy": policy, "Cache-Control": "public, max-age=60, must-revalidate"}
    if pages is None:
        return router

    # A page like those of results, for browsers alone: the contract of programs leaves it out.
    @router.get("/queries/{name}/embed", include_in_schema=False, response_class=Response)
    def embed(request: Request, name: str) -> Response:
        """Show the answer of a saved query without what surrounds it on a page."""
        query = service.catalogue.get_query(name)
        options, values = read_options(
            request.query_params,
            request.headers.get("accept-language"),
            _OPTIONS,
            [parameter.name for parameter in query.parameters],
        )
        chosen = negotiate((_HTML,), request.headers.get("accept"), None)
        tag = entity_tag(__version__, service.fingerprint, query.version, options.lang, "embed", asked(request))
        if is_unchanged(request, tag):
            return respond(request, b"", chosen, tag=tag, lang=options.lang, headers=headers)
        result = answer_bound(
            service.store,
            service.names,
            query,
            prepare(service.store, service.names, query, values),
            lang=options.lang,
            asserted=options.asserted,
            limit=options.limit or PAGE_ROWS,
            page=options.page,
        )
        page = pages.embedded(result, values, options.lang, asked=asked(request))
        return respond(request, page, chosen, tag=tag, lang=options.lang, headers=headers)

    return router
