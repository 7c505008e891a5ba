"""The way to the results of saved queries without trying all other routes first, which takes as long as an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from metiers_kg.api.negotiation import NotAcceptableError
from metiers_kg.api.problems import RequestError
from metiers_kg.api.saved_results import RESULT_PATHS
from metiers_kg.errors import MetiersError

__all__ = ["Shortcut"]

Answer: TypeAlias = Callable[[Request, Exception], Response]

_RESULTS = re.compile(r"/queries/(?P<name>[^/]+)/results(?:\.(?P<suffix>[A-Za-z0-9]+))?")


@dataclass(frozen=True, slots=True)
class _Template:
    """A route, as the layers around the application are told of it."""

    path: str


_PLAIN, _SUFFIXED = (_Template(path) for path in RESULT_PATHS)


class Shortcut:
    """Hands requests for results to what answers them, and all others on.

    It stands within the layers that decide whether a client may ask. The application has routes for the same paths:
    they answer where a method is not allowed.

    Args:
        app: What answers the others.
        answer: Makes the answer to an error.
        results: What answers requests for results.
    """

    def __init__(self, app: ASGIApp, answer: Answer, results: ASGIApp) -> None:
        self._app = app
        self._answer = answer
        self._results = results

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        match = _RESULTS.fullmatch(path.removeprefix(scope.get("root_path", "")))
        if match is None:
            await self._app(scope, receive, send)
            return
        suffix = match["suffix"]
        scope["route"] = _PLAIN if suffix is None else _SUFFIXED
        scope["path_params"] = {"name": match["name"], "suffix": suffix}
        try:
            await self._results(scope, receive, send)
        except (MetiersError, RequestError, NotAcceptableError, HTTPException) as error:
            await self._answer(Request(scope), error)(scope, receive, send)
