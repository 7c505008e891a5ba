"""What holds for every request and answer, whatever the route.

HEAD, the request's id, the path below which a proxy shows the service, the headers that keep browsers safe, and telling
what was asked and answered. It is one layer around the application, since every request pays for it.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metiers_kg.api.exchange import Observer, read_exchange, request_state
from metiers_kg.api.problems import SECURITY_HEADERS

__all__ = ["CLIENT_LEFT", "Envelope"]

CLIENT_LEFT = 499
"""What is told of a request whose client left before the answer; nginx calls it so. Nobody receives it."""

_SANE_ID = re.compile(rb"[A-Za-z0-9._:-]{1,128}")
_SECURITY = tuple((name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items())
_LINKING = frozenset({b"location", b"content-location", b"link", b"link-template"})
_OWN_PATH = re.compile(rb'(^|[<"])(/(?!/))')
"""Where a header names a path of ours: at its beginning, or at that of a reference or template."""


class Envelope:
    """Answer HEAD as GET without the body (RFC 9110, section 9.3.2), and see to what every answer has.

    Args:
        app: What answers.
        root_path: The path below which a proxy shows the service; it may leave that path on, or take it off.
        observers: Are told of every request once it is answered.
    """

    def __init__(self, app: ASGIApp, root_path: str = "", observers: Sequence[Observer] = ()) -> None:
        self._app = app
        self._root_path = root_path
        self._root = root_path.encode()
        self._observers = tuple(observers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = _request_id(scope)
        request_state(scope)["request_id"] = request_id  # shared with the copy below
        inner = dict(scope)
        is_head = scope["method"] == "HEAD"
        if is_head:
            inner["method"] = "GET"
        if self._root_path:
            _mount(inner, self._root_path)
        status, size = CLIENT_LEFT, 0

        async def send_enveloped(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                took = b"total;dur=%.1f" % (1000 * (time.perf_counter() - started))
                headers = [*self._headers(message.get("headers", ()), request_id), (b"server-timing", took)]
                message = {**message, "headers": headers}
            elif message["type"] == "http.response.body":
                if is_head:
                    message = {**message, "body": b""}
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(inner, receive, send_enveloped)
        except Exception:
            status = 500  # the handler for it stands outside of this layer
            raise
        finally:
            if self._observers:
                inner["method"] = scope["method"]
                exchange = read_exchange(inner, status=status, seconds=time.perf_counter() - started, size=size)
                for observe in self._observers:
                    observe(exchange)

    def _headers(self, given: Sequence[tuple[bytes, bytes]], request_id: str) -> list[tuple[bytes, bytes]]:
        headers = list(given)
        if self._root_path:
            headers = [(name, self._rooted(value) if name in _LINKING else value) for name, value in headers]
        present = {name for name, _ in headers}
        headers += [header for header in _SECURITY if header[0] not in present]
        if b"x-request-id" not in present:
            headers.append((b"x-request-id", request_id.encode()))
        return headers

    def _rooted(self, value: bytes) -> bytes:
        """Put the root path before the paths of ours that a header names without it."""

        def rooted(match: re.Match[bytes]) -> bytes:
            after = value[match.end() :]
            has_root = (b"/" + after).startswith((self._root + b"/", self._root + b"?", self._root + b">"))
            return match[1] + (b"" if has_root else self._root) + match[2]

        return _OWN_PATH.sub(rooted, value)


def _request_id(scope: Scope) -> str:
    """Return the id that the client, or a proxy, gave the request; a new one where it gave none that is sane."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE_ID.fullmatch(value):
            return str(value.decode())
    return str(uuid.uuid4())


def _mount(scope: Scope, root_path: str) -> None:
    """Have *scope* say that the application stands below *root_path*, as the ASGI specification has it."""
    scope["root_path"] = root_path
    path = scope["path"]
    if path != root_path and not path.startswith(root_path + "/"):  # the proxy has taken it off
        scope["path"] = root_path + path
        if "raw_path" in scope and scope["raw_path"] is not None:
            scope["raw_path"] = root_path.encode() + scope["raw_path"]
