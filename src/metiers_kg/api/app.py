"""The application: a function of the service's data and, where there are any, of its pages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from metiers_kg import __version__
from metiers_kg.api.comparing import comparing_router
from metiers_kg.api.cors import Cors
from metiers_kg.api.documents import document_router, resource_router
from metiers_kg.api.embedding import embedding_router
from metiers_kg.api.envelope import Envelope
from metiers_kg.api.exchange import Observer
from metiers_kg.api.explaining import explaining_router
from metiers_kg.api.guard import Guard
from metiers_kg.api.metrics import Metrics
from metiers_kg.api.network import network_router
from metiers_kg.api.openapi import build_openapi
from metiers_kg.api.pages import Pages
from metiers_kg.api.probes import Readiness, probe_router
from metiers_kg.api.problems import add_problems
from metiers_kg.api.rates import Rates
from metiers_kg.api.reference_page import reference_router
from metiers_kg.api.request_log import RequestLog
from metiers_kg.api.saved_queries import saved_query_router
from metiers_kg.api.saved_results import SavedResults
from metiers_kg.api.service import Service
from metiers_kg.api.settings import Settings
from metiers_kg.api.shortcut import Shortcut
from metiers_kg.api.sparql import closed_sparql_router, sparql_router
from metiers_kg.api.stored import StoredAnswers
from metiers_kg.api.tabular_metadata import tabular_metadata_router
from metiers_kg.api.tokens import Tokens
from metiers_kg.api.well_known import well_known_router
from metiers_kg.errors import MetiersError
from metiers_kg.store.pool import QueryPool

__all__ = ["create_app"]

_log = logging.getLogger(__name__)

_START_POOL_AFTER = 0.5
"""Seconds after which the workers for queries of the client's own are started; the first answers come before them."""


_TRY_AGAIN_AFTER = 5.0
"""Seconds after which workers that did not come up are tried again."""


def create_app(
    service: Service, pages: Pages | None = None, settings: Settings | None = None, *, before: FastAPI | None = None
) -> FastAPI:
    """Return the application that answers from *service*; without *pages* it answers JSON and RDF only.

    When the server stops, the application closes the service. Where it takes the place of one that was there *before*,
    it goes on counting where that one is.

    Raises:
        InputError: The tokens of *settings* cannot be read.
    """
    settings = settings or Settings()
    readiness = Readiness()

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        preparing = asyncio.ensure_future(_prepare(service, settings, readiness))
        yield
        preparing.cancel()
        readiness.is_ready, readiness.reason = False, "the service is stopping"
        service.close()

    app = FastAPI(
        title="metiers_kg",
        summary="The graph of jobs of the future, over HTTP",
        version=__version__,
        license_info={"name": "CC BY 4.0 (data)", "url": "https://creativecommons.org/licenses/by/4.0/"},
        openapi_url=None,  # served compressed, with a tag
        docs_url=None,  # FastAPI's own pages load their scripts from a CDN, which the security headers forbid
        redoc_url=None,
        lifespan=lifespan,
    )
    metrics = _observe(service, before.state.metrics if before else None) if settings.metrics else None
    rates = before.state.rates if before else Rates(settings.rate_limit) if settings.rate_limit else None
    app.state.metrics, app.state.rates = metrics, rates
    results = SavedResults(service, pages, StoredAnswers(settings.answer_cache * 2**20))
    _wrap(app, pages, settings, metrics, rates, results)
    app.include_router(probe_router(service, readiness, metrics))
    app.include_router(document_router(service, pages, has_sparql=settings.sparql))
    app.include_router(reference_router())
    app.include_router(tabular_metadata_router(service))
    app.include_router(well_known_router(service, has_sparql=settings.sparql))
    app.include_router(saved_query_router(service, pages, results))
    is_open = not (settings.tokens or settings.tokens_file)
    app.include_router(embedding_router(service, pages, is_open=is_open))
    app.include_router(sparql_router(service, pages) if settings.sparql else closed_sparql_router())
    app.include_router(explaining_router(service, pages))
    app.include_router(comparing_router(service, pages))
    app.include_router(network_router(service, pages))
    app.include_router(resource_router(service, pages))  # last: its path fits any two segments
    app.openapi_schema = build_openapi(app, service.catalogue, has_pages=pages is not None)
    return app


def _wrap(
    app: FastAPI,
    pages: Pages | None,
    settings: Settings,
    metrics: Metrics | None,
    rates: Rates | None,
    results: SavedResults,
) -> None:
    """Put around *app* what holds for every request, the innermost first."""
    answer = add_problems(app, pages)
    app.add_middleware(Shortcut, answer, results)
    app.add_middleware(
        Guard,
        answer,
        max_url=settings.max_url,
        max_body=settings.max_body,
        tokens=Tokens.read(settings.tokens, settings.tokens_file),
        rates=rates,
    )
    if settings.origins:
        app.add_middleware(Cors, answer, settings.origins)
    if settings.proxies:
        # uvicorn's own is left out by the server: it believes this machine unasked.
        trusted = "*" if "*" in settings.proxies else list(settings.proxies)
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=trusted)
    observers: list[Observer] = [metrics.observe] if metrics is not None else []
    if settings.logs_requests:
        observers.append(RequestLog(with_parameters=settings.log_queries).observe)
    app.add_middleware(Envelope, root_path=settings.root_path, observers=observers)


def _observe(service: Service, metrics: Metrics | None) -> Metrics:
    """Return what counts the requests and the queries of the pool; *metrics*, where these were counted before."""
    pool = service.pool
    metrics = metrics or Metrics()
    metrics.count(service.catalogue, (lambda: pool.pids) if isinstance(pool, QueryPool) else tuple)
    if isinstance(pool, QueryPool):
        pool.observe = metrics.observe_pool
    return metrics


async def _prepare(service: Service, settings: Settings, readiness: Readiness) -> None:
    """Start what the first requests would wait for, until it answers."""

    def prepare() -> None:
        _ = service.graphs
        if settings.sparql:
            service.pool.start()
            service.pool.run("ASK {}")

    await asyncio.sleep(_START_POOL_AFTER)
    while not readiness.is_ready:
        try:
            await run_in_threadpool(prepare)
            readiness.is_ready = True
        except (MetiersError, RuntimeError) as error:  # a worker that ended before it was ready
            _log.warning("not ready: %s", error)
            readiness.reason = "the query workers do not answer"
            await asyncio.sleep(_TRY_AGAIN_AFTER)
