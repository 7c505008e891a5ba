"""Who may ask what, how much at once and how often: sizes, bearer tokens and rates, before any route is looked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metiers_kg.api.exchange import request_state
from metiers_kg.api.problems import RequestError
from metiers_kg.api.rates import Rates, client_key
from metiers_kg.api.tokens import Token, Tokens

__all__ = ["Guard"]

Answer: TypeAlias = Callable[[Request, Exception], Response]

_REALM = 'Bearer realm="metiers_kg"'
_OPEN = ("/health", "/static", "/problems", "/favicon.ico")
"""Paths, with those below them, that ask for no token and are not counted: probes, and what explains an error."""

_SCOPES = {"/sparql": "sparql", "/metrics": "metrics"}
_UNCOUNTED = ("/metrics",)


class Guard:
    """Refuse requests that are too large, show no token where one is needed, or come too often.

    Args:
        app: What answers the others.
        answer: Makes the answer to an error.
        max_url: The longest address with its query, in bytes.
        max_body: The largest body, in bytes.
        tokens: The tokens; where there are none, everybody may ask everything.
        rates: How often one may ask; None for as often as one likes.
    """

    def __init__(
        self,
        app: ASGIApp,
        answer: Answer,
        *,
        max_url: int,
        max_body: int,
        tokens: Tokens,
        rates: Rates | None = None,
    ) -> None:
        self._app = app
        self._answer = answer
        self._max_url = max_url
        self._max_body = max_body
        self._tokens = tokens
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        extra: dict[str, str] = {}
        try:
            self._measure(scope)
            path = _own_path(scope)
            if not _is_below(path, _OPEN):
                extra = self._admit(scope, path)
        except RequestError as error:
            await self._answer(Request(scope), error)(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            receive = self._bounded(receive)
        await self._app(scope, receive, _adding(extra, send, is_private=bool(self._tokens)))

    def _measure(self, scope: Scope) -> None:
        """Refuse an address or a body that says it is too large."""
        path = scope.get("raw_path") or scope["path"].encode()
        length = len(path) + len(scope["query_string"])
        if length > self._max_url:
            raise RequestError(
                "request-too-large",
                f"the address takes {length} bytes, expected {self._max_url} at most; "
                "send a long query in the body of a POST",
            )
        declared = _header(scope, b"content-length")
        if declared.isascii() and declared.isdecimal() and int(declared[:20]) > self._max_body:
            raise self._too_large()

    def _too_large(self) -> RequestError:
        return RequestError(
            "request-too-large", f"the body is larger than {self._max_body} bytes, the most that is read"
        )

    def _bounded(self, receive: Receive) -> Receive:
        """Refuse a body that does not say how large it is once it is too large."""
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_body:
                raise self._too_large()
            return message

        return receive_bounded

    def _admit(self, scope: Scope, path: str) -> dict[str, str]:
        """Let a client in, and return the headers that tell it how much more it may ask."""
        client = scope.get("client")
        key = client_key(client[0]) if client else ""
        token, refusal = None, None
        if self._tokens:
            try:
                token = self._authenticate(scope, path)
            except RequestError as error:
                refusal = error
        headers: dict[str, str] = {}
        if self._rates is not None and not _is_below(path, _UNCOUNTED):
            # Who guesses tokens is counted by address.
            allowance = self._rates.ask(f"token {token.name}" if token is not None else key)
            headers = allowance.headers
            if not allowance.is_granted:
                raise RequestError(
                    "too-many-requests",
                    f"found more than {allowance.limit} requests in {allowance.window} s, expected fewer; "
                    f"try again in {allowance.reset} s",
                    headers=headers,
                )
        if refusal is not None:
            raise refusal
        return headers

    def _authenticate(self, scope: Scope, path: str) -> Token:
        """Return the token that a request shows. Raises RequestError as RFC 6750, section 3.1, has it."""
        scheme, _, text = _header(scope, b"authorization").strip().partition(" ")
        if scheme.lower() != "bearer":
            raise RequestError(
                "token-missing",
                "found no token, expected the header `Authorization: Bearer …`",
                headers={"WWW-Authenticate": _REALM},
            )
        token = self._tokens.find(text.strip())
        if token is None:
            raise RequestError(
                "token-unknown",
                "the token is not known here; ask who runs this service for one",
                headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'},
            )
        request_state(scope)["token"] = token.name
        needed = next((scope for prefix, scope in _SCOPES.items() if _is_below(path, (prefix,))), "catalogue")
        if needed not in token.scopes:
            raise RequestError(
                "scope-missing",
                f"the token may ask {', '.join(sorted(token.scopes))}, expected one that may ask {needed}",
                headers={"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{needed}"'},
            )
        return token


def _adding(extra: dict[str, str], send: Send, *, is_private: bool) -> Send:
    """Return *send* with headers added to every answer; what a token has opened is kept from shared caches."""
    if not extra and not is_private:
        return send

    async def send_adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(extra)
            if is_private:
                headers["Cache-Control"] = headers.get("Cache-Control", "no-cache").replace("public", "private")
                headers.add_vary_header("Authorization")
        await send(message)

    return send_adding


def _own_path(scope: Scope) -> str:
    """Return the path below the root path."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


def _is_below(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == prefix or path.startswith((prefix + "/", prefix + ".")) for prefix in prefixes)


def _header(scope: Scope, name: bytes) -> str:
    return Headers(scope=scope).get(name.decode(), "")
