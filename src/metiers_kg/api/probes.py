"""What machines ask the service about itself: whether it lives, whether it is ready, and its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from metiers_kg import __version__
from metiers_kg.api.metrics import CONTENT_TYPE, Metrics
from metiers_kg.api.negotiation import REPRESENTATIONS
from metiers_kg.api.problems import RequestError
from metiers_kg.api.responses import respond, to_json_bytes
from metiers_kg.api.service import Service

__all__ = ["Readiness", "probe_router"]

_JSON = REPRESENTATIONS["json"]
_FRESH = {"Cache-Control": "no-store"}


@dataclass(slots=True)
class Readiness:
    """Whether the service is ready for requests.

    Attributes:
        is_ready: Whether the graph is open and a worker has answered.
        reason: Why not, where it is not.
    """

    is_ready: bool = False
    reason: str = "the query workers are starting"


def probe_router(service: Service, readiness: Readiness, metrics: Metrics | None) -> APIRouter:
    """Return the routes of the probes. None of them waits for a thread once it has answered, however busy all are."""
    router = APIRouter(tags=["documents"])

    @router.get("/health", operation_id="health", summary="Whether the service answers", response_class=Response)
    async def health(request: Request) -> Response:
        """Say that the service answers, and what from."""
        if "graphs" not in vars(service):  # a cached property: the first to ask waits for it
            await run_in_threadpool(lambda: service.graphs)
        document = {
            "status": "ok",
            "version": __version__,
            "data_version": service.data_version,
            "triples": sum(service.graphs.values()),
        }
        return respond(request, to_json_bytes(document), _JSON, headers=_FRESH)

    @router.get(
        "/health/ready",
        operation_id="ready",
        summary="Whether the service is ready for requests",
        response_class=Response,
    )
    async def ready(request: Request) -> Response:
        """Say that the service is ready, or 503 as long as it is not."""
        if not readiness.is_ready:
            raise RequestError("not-ready", f"{readiness.reason}; try again in 1 s", headers={"Retry-After": "1"})
        return respond(request, to_json_bytes({"status": "ready"}), _JSON, headers=_FRESH)

    if metrics is not None:

        @router.get("/metrics", operation_id="metrics", summary="What the service counts", response_class=Response)
        async def numbers(request: Request) -> Response:
            """Give the numbers of the service in the text format of Prometheus."""
            return Response(metrics.write(), headers={**_FRESH, "Content-Type": CONTENT_TYPE})

    return router
