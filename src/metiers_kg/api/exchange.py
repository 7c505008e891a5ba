"""One request with its answer, as metrics and logs are told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.types import Scope

__all__ = ["UNMATCHED", "Exchange", "Observer", "RouteTemplate", "note_rows", "read_exchange", "request_state"]

UNMATCHED = "unmatched"
"""The route of a request that no route takes; its path may be anything, and so is never a label."""

_RESULTS = "/results"


@dataclass(frozen=True, slots=True)
class RouteTemplate:
    """Stands in ``scope["route"]`` for a route that the framework does not name there.

    Attributes:
        path: The template of its path.
    """

    path: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is told of a request once it is answered.

    Attributes:
        request_id: Its id.
        method: Its method.
        path: Its path as asked, without parameters.
        parameters: Its parameters as asked, which may hold the text of a query.
        route: The template of its path, or ``UNMATCHED``.
        status: The status of the answer; 499 where the client left before it.
        seconds: How long it took, to the last byte of the answer.
        size: The bytes of the answer's body.
        client: The address of the client.
        query: The name of the saved query whose results were asked; "" for others.
        rows: The number of rows that were found, where that is known.
        token: The name of the token that was shown; "" for none.
    """

    request_id: str
    method: str
    path: str
    parameters: str
    route: str
    status: int
    seconds: float
    size: int
    client: str
    query: str = ""
    rows: int | None = None
    token: str = ""


Observer: TypeAlias = Callable[[Exchange], object]


def request_state(scope: Scope) -> dict[str, object]:
    """Return what the service notes of a request, for who reads it later."""
    state: dict[str, object] = scope.setdefault("state", {})
    return state


def note_rows(scope: Scope, rows: int) -> None:
    """Note how many rows, or triples, an answer has.

    >>> scope = {}
    >>> note_rows(scope, 12)
    >>> request_state(scope)
    {'rows': 12}
    """
    request_state(scope)["rows"] = rows


def read_exchange(scope: Scope, *, status: int, seconds: float, size: int) -> Exchange:
    """Return what is told of the request of *scope*."""
    state = request_state(scope)
    route = str(getattr(scope.get("route"), "path", UNMATCHED))
    client = scope.get("client")
    rows = state.get("rows")
    return Exchange(
        request_id=str(state.get("request_id", "")),
        method=scope["method"],
        path=scope["path"],
        parameters=scope["query_string"].decode("latin-1"),
        route=route,
        status=status,
        seconds=seconds,
        size=size,
        client=client[0] if client else "",
        query=_query_name(scope, route),
        rows=rows if isinstance(rows, int) else None,
        token=str(state.get("token", "")),
    )


def _query_name(scope: Scope, route: str) -> str:
    """Return the name of the saved query whose results a route gives, as the address has it."""
    if not route.startswith("/queries/") or _RESULTS not in route:
        return ""
    name = scope.get("path_params", {}).get("name")
    return str(name) if name else route.removeprefix("/queries/").partition(_RESULTS)[0]
