"""Answers that were given before, for requests that are worded the same.

The body of an answer is kept by a hash of all that decides it. What else an answer has is kept by the wording of the
request, so that a request that was met before is answered without being read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from starlette.types import Scope, Send

from metiers_kg.api.cache import ByteCache
from metiers_kg.api.conditions import is_older, known_tag

__all__ = ["Body", "Head", "StoredAnswers", "Wording", "read_wording", "send_answer"]

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]
Wording: TypeAlias = tuple[bytes, ...]
"""All of a request that its answer may depend on, as it came."""

_MAX_WORDING = 8192
"""Bytes beyond which a wording is not kept: nobody asks twice with headers of that size."""
_PIECE = 2**18
"""Bytes that are handed on at a time, so that the server's buffers hold no second copy of a large body."""
_OVERHEAD = 1024
"""About what a kept answer takes beside its texts."""

_ASKED = (b"accept", b"accept-language", b"accept-encoding", b"host")
_CONDITIONS = (b"if-none-match", b"if-modified-since")
_READ = frozenset((*_ASKED, *_CONDITIONS))


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an answer.

    Attributes:
        content: Its bytes, in its coding.
        rows: How many rows, or triples, it has.
        has_next: Whether more rows follow.
        key: What it is kept by.
        coding: Its content coding; None for none.
    """

    content: bytes
    rows: int
    has_next: bool
    key: str
    coding: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What an answer has beside its body.

    Attributes:
        headers: The header fields that 200 and 304 have both, but for the entity tag.
        content_headers: Those of 200 alone, but for the length of the body; the entity tag among them.
        tag: The entity tag of what is asked for, as it is without a coding.
        codings: The codings that the client takes.
        modified: When what it is made of was changed last.
        body: What its body is kept by.
    """

    headers: Headers
    content_headers: Headers
    tag: str
    codings: tuple[str, ...]
    modified: datetime | None
    body: str


class StoredAnswers:
    """Where answers are kept, what was asked for longest ago being given up first.

    Args:
        max_bytes: What they may take in memory, about; 0 keeps none.
    """

    def __init__(self, max_bytes: int) -> None:
        self.is_kept = max_bytes > 0
        self._heads = ByteCache[Wording, Head](max_bytes // 4)
        self._bodies = ByteCache[str, Body](max_bytes - max_bytes // 4)

    def find(self, wording: Wording) -> tuple[Head, Body] | None:
        """Return the answer to a request of that wording, where both parts are there."""
        head = self._heads.find(wording)
        body = None if head is None else self._bodies.find(head.body)
        return None if head is None or body is None else (head, body)

    def find_body(self, key: str) -> Body | None:
        """Return the body that is kept by *key*."""
        return self._bodies.find(key)

    def keep_body(self, body: Body) -> None:
        """Keep a body."""
        self._bodies.put(body.key, body, len(body.content) + _OVERHEAD)

    def keep_head(self, wording: Wording, head: Head) -> None:
        """Keep the rest of an answer by the wording of its request."""
        size = sum(map(len, wording)) + sum(
            len(name) + len(value) for name, value in (*head.headers, *head.content_headers)
        )
        self._heads.put(wording, head, size + _OVERHEAD)


class Asking(NamedTuple):
    """A request as it is looked up: its wording, and its conditions.

    Attributes:
        wording: None where it is too long to be kept.
        if_none_match: The header; None where there is none.
        if_modified_since: The header.
    """

    wording: Wording | None
    if_none_match: str | None
    if_modified_since: str | None

    def known_tag(self, head: Head) -> str | None:
        """Return the tag under which the client has the answer already, or None."""
        if self.if_none_match is not None:
            return known_tag(self.if_none_match, head.tag, head.codings)
        return head.tag if is_older(head.modified, self.if_modified_since) else None


def read_wording(scope: Scope) -> Asking:
    """Return what a request is looked up by.

    >>> headers = [(b"host", b"h"), (b"accept", b"text/csv"), (b"user-agent", b"x")]
    >>> scope = {"scheme": "http", "path": "/a", "query_string": b"b=1", "headers": headers}
    >>> read_wording(scope).wording
    (b'http', b'', b'/a', b'b=1', b'text/csv', b'', b'', b'h')
    """
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _READ:
            # A field that is sent twice is one list (RFC 9110, section 5.3).
            found[name] = found[name] + b"," + value if name in found else value
    wording = (
        scope["scheme"].encode(),
        scope.get("root_path", "").encode(),
        scope.get("raw_path") or scope["path"].encode(),
        scope["query_string"],
        *[found.get(name, b"") for name in _ASKED],
    )
    match, since = (found.get(name) for name in _CONDITIONS)
    return Asking(
        wording if sum(map(len, wording)) <= _MAX_WORDING else None,
        None if match is None else match.decode("latin-1"),
        None if since is None else since.decode("latin-1"),
    )


async def send_answer(send: Send, head: Head, body: Body, known: str | None = None) -> None:
    """Send an answer; without its body where the client has it under the tag *known*."""
    if known is not None:
        headers = [*head.headers, (b"etag", known.encode())]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    content = body.content
    headers = [*head.headers, *head.content_headers, (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for start in range(0, len(content) - _PIECE, _PIECE):
        await send({"type": "http.response.body", "body": content[start : start + _PIECE], "more_body": True})
    rest = content[(len(content) - 1) // _PIECE * _PIECE :] if len(content) > _PIECE else content
    await send({"type": "http.response.body", "body": rest})
