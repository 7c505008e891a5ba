"""One connection, and what its client may take: time to send and to read, and a place among a bounded number.

The server itself waits for ever for a request that never ends and for a client that reads no more, and takes
connections until the system has no descriptor left. Here both have an end, so that others are answered.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from metiers_kg.api.problems import MEDIA_TYPE, PROBLEM_TYPES, RequestError, describe, to_json

__all__ = ["Connection", "Limits", "raise_descriptor_limit"]

_RESERVED = 256
"""Descriptors that are kept for the graph, the workers and the log; some of them answer who is refused."""

_TO_REFUSE = 128
"""Connections beyond the limit that are still told so; more are closed without a word."""

_MOST_DESCRIPTORS = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """What clients may take.

    Attributes:
        seconds: How long a request may take to arrive, and an answer of which nothing is read may wait.
        connections: How many connections there may be at once.
    """

    seconds: float = 30.0
    connections: int = 4096


class Connection(HttpToolsProtocol):
    """A connection of the server, which is to call `end_if_slow` now and then."""

    def __init__(self, *args: Any, limits: Limits, **options: Any) -> None:
        super().__init__(*args, **options)
        self._limits = limits
        self._arriving_since: float | None = self.loop.time()
        self._unread = (0, 0.0)  # bytes that the client has yet to read, and since when they are as many

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent has it
        """Take the connection, or make ready to refuse what it asks."""
        super().connection_made(transport)
        beyond = len(self.connections) - self._limits.connections
        if beyond > _TO_REFUSE:
            transport.abort()
        elif beyond > 0:
            self.app = _refuse

    def data_received(self, data: bytes) -> None:
        """Take in what has come of a request."""
        if self._arriving_since is None:
            self._arriving_since = self.loop.time()
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        if self._arriving_since is None:
            self._arriving_since = self.loop.time()

    def on_message_complete(self) -> None:
        """Have the whole request."""
        super().on_message_complete()
        self._arriving_since = None

    def end_if_slow(self) -> None:
        """End the connection of a client that takes too long to send a request, or to read an answer."""
        now = self.loop.time()
        unread = self.transport.get_write_buffer_size()
        if unread != self._unread[0]:
            self._unread = (unread, now)
        elif unread and now - self._unread[1] > self._limits.seconds:
            self.transport.abort()
        elif self._is_awaited and now - (self._arriving_since or now) > self._limits.seconds:
            self._give_up()

    @property
    def _is_awaited(self) -> bool:
        """Whether it is for the client to go on: it has yet to send a request, or the rest of one."""
        is_idle = self.cycle is None or self.cycle.response_complete
        return not self.transport.is_closing() and (is_idle or self.cycle.more_body) and not self.flow.read_paused

    def _give_up(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            has_begun, self.cycle.disconnected = self.cycle.response_started, True
            self.cycle.message_event.set()
            if has_begun:
                self.transport.abort()
                return
        status, headers, body = _answer(RequestError("too-slow", f"no whole request in {self._limits.seconds:g} s"))
        head = [b"HTTP/1.1 %d %s" % (status, b"Request Timeout"), *(b"%s: %s" % field for field in headers)]
        self.transport.write(b"\r\n".join(head) + b"\r\n\r\n" + body)
        self.transport.close()


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Tell that there are as many connections as there may be."""
    error = RequestError("overloaded", "try again in 1 s", headers={"Retry-After": "1"})
    status, headers, body = _answer(error)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _answer(error: RequestError) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Return an answer that is made without the application, which ends the connection."""
    problem = describe(error)
    body = json.dumps(to_json(problem)).encode()
    fields = {
        "content-type": MEDIA_TYPE,
        "content-length": str(len(body)),
        "cache-control": "no-store",
        "connection": "close",
        **{name.lower(): value for name, value in problem.headers.items()},
    }
    return PROBLEM_TYPES[error.name][0], [(n.encode(), v.encode()) for n, v in fields.items()], body


def raise_descriptor_limit(wanted: int, warn: Callable[[str], object]) -> int:
    """Let this process have the descriptors that *wanted* connections take, and return how many it can have.

    Fewer are told to *warn*.
    """
    if sys.platform == "win32":
        return wanted
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = min(wanted + _RESERVED, _MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= wanted + _RESERVED:
        return wanted
    possible = max(1, soft - _RESERVED) if soft > _RESERVED else max(1, soft // 2)
    warn(f"the system lets this process have {soft} descriptors: {possible} connections, not {wanted} (see ulimit -n)")
    return possible
