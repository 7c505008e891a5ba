"""Which pages of other origins may read answers (https://fetch.spec.whatwg.org/#http-cors-protocol)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from metiers_kg.api.problems import RequestError

__all__ = ["Cors"]

Answer: TypeAlias = Callable[[Request, Exception], Response]

_METHODS = ("GET", "HEAD", "POST")
_TAKEN = ("Authorization", "If-None-Match", "Mcp-Protocol-Version", "Mcp-Session-Id", "X-Request-Id")
_GIVEN = (
    "Content-Disposition",
    "ETag",
    "Link",
    "Link-Template",
    "Mcp-Session-Id",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Server-Timing",
    "X-Request-Id",
    "X-Truncated",
)
_PREFLIGHT_SECONDS = 3600


class Cors:
    """Let the pages of some origins read answers; what a preflight asks in vain is a problem as every other error is.

    Args:
        app: What answers.
        answer: Makes the answer to an error.
        origins: The origins, such as "https://example.org"; "*" for all.
    """

    def __init__(self, app: ASGIApp, answer: Answer, origins: Sequence[str]) -> None:
        self._answer = answer
        # Credentials that a browser adds by itself are none here, so that "*" gives nothing away.
        self._inner = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_TAKEN,
            expose_headers=_GIVEN,
            max_age=_PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            if "origin" in headers and "access-control-request-method" in headers:
                response = self._inner.preflight_response(headers)
                if response.status_code >= 400:
                    detail = f"{bytes(response.body).decode()}; expected one that this service allows"
                    refused = RequestError("bad-request", detail, available=_METHODS)
                    response = self._answer(Request(scope), refused)
                await response(scope, receive, send)
                return
        await self._inner(scope, receive, send)
