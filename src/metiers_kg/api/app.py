"""The application: a function of the service's data and, where there are any, of its pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from metiers_kg import __version__
from metiers_kg.api.documents import document_router, resource_router
from metiers_kg.api.envelope import Envelope
from metiers_kg.api.explaining import explaining_router
from metiers_kg.api.openapi import build_openapi
from metiers_kg.api.pages import Pages
from metiers_kg.api.problems import add_problems
from metiers_kg.api.saved_queries import saved_query_router
from metiers_kg.api.service import Service
from metiers_kg.api.sparql import sparql_router

__all__ = ["create_app"]

_START_POOL_AFTER = 0.5
"""Seconds after which the workers for queries of the client's own are started; the first answers come before them."""


def create_app(service: Service, pages: Pages | None = None) -> FastAPI:
    """Return the application that answers from *service*; without *pages* it answers JSON and RDF only.

    When the server stops, the application closes the service.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        starting = loop.call_later(_START_POOL_AFTER, lambda: loop.run_in_executor(None, service.pool.start))
        yield
        starting.cancel()
        service.close()

    app = FastAPI(
        title="metiers_kg",
        summary="The graph of jobs of the future, over HTTP",
        version=__version__,
        license_info={"name": "CC BY 4.0 (data)", "url": "https://creativecommons.org/licenses/by/4.0/"},
        docs_url=None,  # FastAPI's own pages load their scripts from a CDN, which the security headers forbid
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_middleware(Envelope)
    add_problems(app, pages)
    app.include_router(document_router(service, pages))
    app.include_router(saved_query_router(service, pages))
    app.include_router(sparql_router(service, pages))
    app.include_router(explaining_router(service, pages))
    app.include_router(resource_router(service, pages))  # last: its path fits any two segments
    app.openapi_schema = build_openapi(app, service.catalogue)
    return app
