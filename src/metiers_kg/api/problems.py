"""Every error as an answer: ``application/problem+json`` (RFC 9457), or the same as a page for who reads pages.

This is the one place of the HTTP door where errors become statuses.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from textwrap import shorten
from types import MappingProxyType

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response

from metiers_kg.api.exchange import request_state
from metiers_kg.api.negotiation import NotAcceptableError, negotiate_language, prefers_html
from metiers_kg.api.pages import Pages, Problem
from metiers_kg.errors import (
    BusyError,
    DoesNotHoldError,
    InputError,
    MetiersError,
    MissingVocabulary,
    MissingVocabularyError,
    NotBuiltError,
    ParameterError,
    ParameterFault,
    QueryCostError,
    QueryFileError,
    QuerySyntaxError,
    QueryTimeoutError,
    UnknownQueryError,
    UnknownResourceError,
)
from metiers_kg.explanation import explain_address
from metiers_kg.queries import LANGUAGES

__all__ = [
    "MEDIA_TYPE",
    "PROBLEM_TYPES",
    "SECURITY_HEADERS",
    "RequestError",
    "add_problems",
    "describe",
    "error_language",
    "to_json",
]

MEDIA_TYPE = "application/problem+json"

PROBLEM_TYPES: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "bad-request": (400, "The request cannot be read"),
        "bad-query": (400, "Not a query that this service runs"),
        "bad-input": (400, "The input is at fault"),
        "token-missing": (401, "This service asks for a token"),
        "token-unknown": (401, "The token is not known"),
        "update-refused": (403, "This service is read-only"),
        "scope-missing": (403, "The token may not ask this"),
        "not-found": (404, "Nothing is at this address"),
        "sparql-off": (404, "This service takes no queries of your own"),
        "unknown-query": (404, "No saved query has this name"),
        "unknown-version": (404, "No release of this version is kept"),
        "unknown-resource": (404, "Nothing in the graph has this name"),
        "does-not-hold": (404, "The triple is neither asserted nor inferred"),
        "method-not-allowed": (405, "This address does not take this method"),
        "not-acceptable": (406, "None of the offered forms is accepted"),
        "too-slow": (408, "The request did not arrive in time"),
        "missing-vocabulary": (409, "The query needs a vocabulary that is not imported here"),
        "request-too-large": (413, "The request is too large"),
        "unsupported-media-type": (415, "The request is in a form that is not read here"),
        "parameters": (422, "A parameter is unknown, missing or not allowed"),
        "query-cost": (422, "The query needs more than this service gives"),
        "too-many-requests": (429, "Too many requests"),
        "internal": (500, "The service failed"),
        "busy": (503, "All query workers are busy"),
        "overloaded": (503, "The service has as many connections as it takes"),
        "not-built": (503, "There is no graph to ask"),
        "not-ready": (503, "The service is starting"),
        "timeout": (504, "The query took too long and was stopped"),
    }
)
"""The types of problems with their status and title; the type's address is ``/problems/{name}``."""

SECURITY_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        # A picture is made into a PNG from a blob of the page's own.
        "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; "
        "frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
)
"""Headers that every answer carries, good or bad."""

_log = logging.getLogger(__name__)

_CLIENT_LEFT = 499

_BY_STATUS = {status: name for name, (status, _) in reversed(list(PROBLEM_TYPES.items()))}


class RequestError(Exception):
    """A fault of the request itself, found by a route.

    Attributes:
        name: The type of problem, a key of ``PROBLEM_TYPES``.
        available: What there is instead.
        headers: Headers of the answer.
    """

    def __init__(
        self, name: str, detail: str, available: Iterable[str] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.available = tuple(available)
        self.headers = dict(headers or {})
        super().__init__(detail)


def add_problems(app: FastAPI, pages: Pages | None) -> Callable[[Request, Exception], Response]:
    """Answer every error of *app*, also those of routing, in the one form; return what makes such an answer."""

    def answer(request: Request, error: Exception) -> Response:
        root_path = request.scope.get("root_path", "")
        request_id = str(request_state(request.scope).get("request_id", ""))
        problem = describe(error, request.scope["path"].removeprefix(root_path))
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            if isinstance(error, MetiersError | RequestError):
                _log.warning("%s: %s (request %s)", problem.title, error, request_id)
            else:
                _log.error("%s (request %s)", problem.title, request_id, exc_info=error)
        headers = {**SECURITY_HEADERS, "Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
        headers.update(problem.headers)
        if request_id:
            headers["X-Request-Id"] = request_id
        if pages is not None and prefers_html(request.headers.get("accept")):
            lang = error_language(request)
            headers["Content-Language"] = lang
            return HTMLResponse(
                pages.problem(problem, lang, asked=request.query_params.multi_items()), problem.status, headers
            )
        document = to_json(problem)
        document["type"] = root_path + problem.type
        if request_id:
            document["request_id"] = request_id
        return JSONResponse(document, problem.status, headers, MEDIA_TYPE)

    handler: Callable[[Request, Exception], Response | Awaitable[Response]] = answer
    for kind in (Exception, MetiersError, RequestError, NotAcceptableError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, handler)
    # Who sends half a body and leaves is told nothing more; the log counts it as nginx does.
    app.add_exception_handler(ClientDisconnect, lambda _request, _error: Response(status_code=_CLIENT_LEFT))
    return answer


def to_json(problem: Problem) -> dict[str, object]:
    """Return the members of a problem document; those that list something only where there is something to list."""
    document: dict[str, object] = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        document["errors"] = [asdict(fault) for fault in problem.errors]
    if problem.suggestions:
        document["suggestions"] = list(problem.suggestions)
    if problem.available:
        document["available"] = list(problem.available)
    if problem.missing:
        document["missing"] = [asdict(vocabulary) for vocabulary in problem.missing]
    return document


def describe(error: Exception, path: str = "") -> Problem:
    """Return what a client is told of *error*, met while answering *path*."""
    match error:
        case RequestError():
            return _problem(error.name, str(error), available=error.available, headers=error.headers)
        case NotAcceptableError():
            return _problem(
                "not-acceptable",
                f"found {error.wanted!r}, expected a form that is offered here",
                available=[representation.media_type for representation in error.offered],
            )
        case ParameterError():
            return _problem("parameters", str(error), errors=error.faults)
        case UnknownQueryError():
            return _problem("unknown-query", str(error), suggestions=error.suggestions)
        case UnknownResourceError():
            return _problem("unknown-resource", str(error), suggestions=error.suggestions)
        case DoesNotHoldError():
            near = [explain_address(triple) for triple, _ in error.near]
            return _problem("does-not-hold", f"{error.told}: neither asserted nor inferred", suggestions=near)
        case MissingVocabularyError():
            return _problem("missing-vocabulary", str(error), missing=error.missing)
        case QueryCostError():
            return _problem("query-cost", str(error))
        case QuerySyntaxError():
            # The engine lists every character that it would have taken.
            return _problem("bad-query", shorten(str(error), 600, placeholder=" …"))
        case QueryTimeoutError():
            return _problem("timeout", str(error))
        case BusyError():
            return _problem("busy", str(error), headers={"Retry-After": str(error.retry_after)})
        case NotBuiltError():
            return _problem("not-built", "the graph is not built, or cannot be read")  # the error names a folder
        case QueryFileError():
            # The error names a folder, and tells its author what to correct: the log has it.
            return _problem("unknown-query", "the file of this saved query is wrong, and the query is left out")
        case InputError():
            return _problem("bad-input", str(error))
        case RequestValidationError():
            return _problem("parameters", "a parameter is not allowed", errors=_faults(error))
        case HTTPException():
            return _of_routing(error, path)
    return _problem("internal", "an unexpected error; it was logged")


def _problem(
    name: str,
    detail: str,
    *,
    errors: Iterable[ParameterFault] = (),
    suggestions: Iterable[str] = (),
    available: Iterable[str] = (),
    missing: Iterable[MissingVocabulary] = (),
    headers: Mapping[str, str] | None = None,
) -> Problem:
    status, title = PROBLEM_TYPES[name]
    return Problem(
        status=status,
        type=f"/problems/{name}",
        title=title,
        detail=detail,
        errors=tuple(errors),
        suggestions=tuple(suggestions),
        available=tuple(available),
        missing=tuple(missing),
        headers=headers or {},
    )


def _of_routing(error: HTTPException, path: str) -> Problem:
    """Describe what the framework raises: no such path, no such method, an unreadable body."""
    name = _BY_STATUS.get(error.status_code, "bad-request" if error.status_code < 500 else "internal")
    if name == "not-found":
        return _problem(name, f"no page or document at {path!r}; start from / or /openapi.json")
    if name == "method-not-allowed":
        methods = [m.strip() for m in (error.headers or {}).get("Allow", "").split(",") if m.strip()]
        if "GET" in methods:
            methods.append("HEAD")
        return _problem(
            name, f"{path!r} takes {', '.join(methods)}", available=methods, headers={"Allow": ", ".join(methods)}
        )
    return _problem(name, str(error.detail) if error.status_code < 500 else "an unexpected error; it was logged")


def _faults(error: RequestValidationError) -> list[ParameterFault]:
    return [
        ParameterFault(
            parameter=str(fault["loc"][-1]) if fault["loc"] else "",
            value=None if fault["type"] == "missing" else str(fault["input"]),
            expected=fault["msg"],
        )
        for fault in error.errors()
    ]


def error_language(request: Request) -> str:
    """Return the language of an error page; a language that is not spoken here is no second error."""
    named = request.query_params.get("lang", "")
    return named if named in LANGUAGES else negotiate_language(request.headers.get("accept-language"))
