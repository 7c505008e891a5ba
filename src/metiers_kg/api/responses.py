"""Answers with their headers: what they vary with, their entity tag, and where the next page is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from metiers_kg.api.negotiation import Representation

__all__ = ["asked", "entity_tag", "is_unchanged", "page_links", "respond", "to_json_bytes"]


def asked(request: Request) -> list[tuple[str, str]]:
    """Return the names and values in the address, in order, for the links of a page to keep."""
    return request.query_params.multi_items()


def entity_tag(*parts: object) -> str:
    """Return a strong entity tag for what *parts* decide (RFC 9110, section 8.8.3).

    >>> entity_tag("graph 1", "csv") == entity_tag("graph 1", "csv") != entity_tag("graph 1", "tsv")
    True
    """
    return '"' + hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32] + '"'


def is_unchanged(request: Request, tag: str) -> bool:
    """Tell whether the client already has what *tag* names (RFC 9110, section 13.1.2)."""
    known = request.headers.get("if-none-match", "")
    return tag in {candidate.strip().removeprefix("W/") for candidate in known.split(",")}


def respond(
    request: Request,
    body: bytes | str,
    representation: Representation,
    *,
    tag: str | None = None,
    lang: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return *body* as *representation*, or 304 where the client has it. *lang* is the language it is written in."""
    sent = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache", **(headers or {})}
    if lang is not None:
        sent["Content-Language"] = lang
    if tag is not None:
        sent["ETag"] = tag
        if is_unchanged(request, tag):
            return Response(status_code=304, headers=sent)
    return Response(body, headers={**sent, "Content-Type": representation.content_type})


def page_links(request: Request, page: int, *, has_next: bool) -> dict[str, str]:
    """Return the Link header (RFC 8288): to the other pages of rows, and to what the data are and are not."""

    def link(number: int, relation: str) -> str:
        query = [(name, value) for name, value in request.query_params.multi_items() if name != "page"]
        return f'<{request.url.path}?{urlencode([*query, ("page", str(number))])}>; rel="{relation}"'

    links = []
    if page > 1:
        links += [link(1, "first"), link(page - 1, "prev")]
    elif has_next:
        links.append(link(1, "first"))
    if has_next:
        links.append(link(page + 1, "next"))
    links.append('</source/dataset>; rel="describedby"')
    return {"Link": ", ".join(links)}


def to_json_bytes(document: object) -> bytes:
    """Return *document* as JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode()
