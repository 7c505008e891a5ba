"""Answers with their headers: what they vary with, their entity tag, and where the next page is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from metiers_kg.api.codings import LEAST_BYTES, accepted_codings, encode, is_compressible
from metiers_kg.api.conditions import coded_tag, http_date, is_older, known_tag
from metiers_kg.api.negotiation import Representation
from metiers_kg.queries import WhyPattern
from metiers_kg.queries.names import short_name
from metiers_kg.store import Iri, Term

__all__ = [
    "VARY",
    "asked",
    "choose_coding",
    "endpoint_of",
    "entity_tag",
    "is_unchanged",
    "page_links",
    "respond",
    "to_json_bytes",
    "why_templates",
]

VARY = "Accept, Accept-Language, Accept-Encoding"
"""The headers that answers depend on."""

_HAS_PROVENANCE = "http://www.w3.org/ns/prov#has_provenance"
"""The relation of https://www.w3.org/TR/prov-aq/ from a resource to what tells its origin."""


def asked(request: Request) -> list[tuple[str, str]]:
    """Return the names and values in the address, in order, for the links of a page to keep."""
    return request.query_params.multi_items()


def endpoint_of(request: Request) -> str:
    """Return the address of the SPARQL Protocol, as the client of this request sees it."""
    return f"{str(request.base_url).rstrip('/')}/sparql"


def entity_tag(*parts: object) -> str:
    """Return a strong entity tag for what *parts* decide (RFC 9110, section 8.8.3).

    >>> entity_tag("graph 1", "csv") == entity_tag("graph 1", "csv") != entity_tag("graph 1", "tsv")
    True
    """
    return '"' + hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32] + '"'


def is_unchanged(request: Request, tag: str, modified: datetime | None = None) -> bool:
    """Tell whether the client already has what *tag* names, or what has not changed since *modified*.

    The date counts only where the client names no tag (RFC 9110, section 13.2.2).
    """
    codings = accepted_codings(request.headers.get("accept-encoding"))
    if "if-none-match" in request.headers:
        return known_tag(request.headers["if-none-match"], tag, codings) is not None
    return is_older(modified, request.headers.get("if-modified-since"))


def respond(
    request: Request,
    body: bytes | str,
    representation: Representation,
    *,
    tag: str | None = None,
    lang: str | None = None,
    modified: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return *body* as *representation* in a coding that the client takes, or 304 where the client has it.

    *lang* is the language it is written in, *modified* the time of the last change of what it is made of.
    """
    sent = {"Vary": VARY, "Cache-Control": "no-cache", **(headers or {})}
    if lang is not None:
        sent["Content-Language"] = lang
    if modified is not None:
        sent["Last-Modified"] = http_date(modified)
    codings = accepted_codings(request.headers.get("accept-encoding"))
    if tag is not None and is_unchanged(request, tag, modified):
        known = known_tag(request.headers.get("if-none-match"), tag, codings)
        return Response(status_code=304, headers={**sent, "ETag": known or tag})
    content = body.encode() if isinstance(body, str) else body
    coding = choose_coding(codings, content, representation.content_type)
    if coding is not None:
        content = encode(content, coding)
        sent["Content-Encoding"] = coding
    if tag is not None:
        sent["ETag"] = coded_tag(tag, coding)
    return Response(content, headers={**sent, "Content-Type": representation.content_type})


def choose_coding(codings: Sequence[str], body: bytes, content_type: str) -> str | None:
    """Return the coding that a body is sent in, or None where it is sent as it is."""
    return codings[0] if codings and len(body) >= LEAST_BYTES and is_compressible(content_type) else None


def page_links(request: Request, page: int, *, has_next: bool) -> dict[str, str]:
    """Return the Link header (RFC 8288): to the other pages of rows, and to what the data are and are not."""
    path = quote(request.scope["path"])

    def link(number: int, relation: str) -> str:
        query = [(name, value) for name, value in request.query_params.multi_items() if name != "page"]
        return f'<{path}?{urlencode([*query, ("page", str(number))])}>; rel="{relation}"'

    links = []
    if page > 1:
        links += [link(1, "first"), link(page - 1, "prev")]
    elif has_next:
        links.append(link(1, "first"))
    if has_next:
        links.append(link(page + 1, "next"))
    links.append('</source/dataset>; rel="describedby"')
    return {"Link": ", ".join(links)}


def why_templates(patterns: Sequence[WhyPattern], values: Mapping[str, Sequence[Term]]) -> dict[str, str]:
    """Return the Link-Template header (RFC 9652): where a row is explained, once its columns are filled in.

    A pattern whose parameter has no value, or several, is left out.

    >>> from metiers_kg.store import Iri
    >>> pattern = WhyPattern("$job", "https://w3id.org/metiers-kg/ontology#requiresCompetence", "?competence")
    >>> why_templates([pattern], {"job": [Iri("https://w3id.org/metiers-kg/job/chimiste")]})["Link-Template"]
    '"/explain?s=job/chimiste&p=mkg:requiresCompetence&o={competence}"; rel="http://www.w3.org/ns/prov#has_provenance"'
    """

    def filled(part: str) -> str | None:
        if part.startswith("?"):
            return f"{{{part[1:]}}}"
        given = values.get(part[1:], ()) if part.startswith("$") else (Iri(part),)
        return quote(short_name(given[0].value), safe="/:") if len(given) == 1 and isinstance(given[0], Iri) else None

    templates = []
    for pattern in patterns:
        s, p, o = filled(pattern.s), quote(short_name(pattern.p), safe="/:"), filled(pattern.o)
        if s and o:
            templates.append(f'"/explain?s={s}&p={p}&o={o}"; rel="{_HAS_PROVENANCE}"')
    return {"Link-Template": ", ".join(templates)} if templates else {}


def to_json_bytes(document: object, *, indented: bool = True) -> bytes:
    """Return *document* as JSON in UTF-8; without indentation it is written nine times as fast."""
    return json.dumps(document, ensure_ascii=False, indent=2 if indented else None).encode()
