"""Explanations over HTTP: why a triple holds, as a page, JSON or RDF."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from metiers_kg import __version__
from metiers_kg.api.negotiation import GRAPH_TYPES, REPRESENTATIONS, negotiate
from metiers_kg.api.options import read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.responses import asked, entity_tag, is_unchanged, respond, to_json_bytes
from metiers_kg.api.service import Service
from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.explanation import MOST_ALTERNATIVES, to_document, to_graph
from metiers_kg.store import GRAPH_FORMATS

__all__ = ["PARTS", "explaining_router"]

PARTS: dict[str, str] = {
    "s": "the subject: an IRI, a prefixed name, kind/slug, a label or a code",
    "p": "the property: a label, a local name, a prefixed name, an IRI, or a (rdf:type)",
    "o": "the object: as the subject, or a literal",
}
"""The parameters that name the triple, with what each must be."""

_LONGEST = 2000
"""The longest text of a part, in characters."""

_HTML, _JSON = REPRESENTATIONS["html"], REPRESENTATIONS["json"]


def explaining_router(service: Service, pages: Pages | None) -> APIRouter:
    """Return the route ``/explain``."""
    router = APIRouter(tags=["documents"])
    offered = (_JSON, *GRAPH_TYPES, *((_HTML,) if pages is not None else ()))

    @router.get("/explain", operation_id="explain", summary="Why a triple holds", response_class=Response)
    @router.get("/explain.{suffix}", include_in_schema=False, response_class=Response)
    def explain(request: Request, suffix: str | None = None) -> Response:
        """Explain a triple: its rules and axioms, down to what is asserted and the passages that say it."""
        options, own = read_options(
            request.query_params,
            request.headers.get("accept-language"),
            taken=("lang", "format"),
            own=(*PARTS, "alternatives"),
        )
        chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
        if pages is not None and chosen.name == "html" and not own:
            return respond(
                request, pages.explanation(None, options.lang, asked=asked(request)), chosen, lang=options.lang
            )
        s, p, o, alternatives = _read(own)
        triple = service.explainer.read(s, p, o)
        tag = entity_tag(
            __version__, service.fingerprint, "explain", triple, alternatives, chosen.name, options.lang, (s, p, o)
        )
        if is_unchanged(request, tag):
            return respond(request, b"", chosen, tag=tag, lang=options.lang)
        account = service.explainer.explain(triple, lang=options.lang, alternatives=alternatives)
        if pages is not None and chosen.name == "html":
            body: bytes | str = pages.explanation(account, options.lang, asked=asked(request))
        elif chosen.name == "json":
            body = to_json_bytes(to_document(account), indented=False)
        else:
            body = to_graph(account, service.closure).write(GRAPH_FORMATS[chosen.name])
        return respond(request, body, chosen, tag=tag, lang=options.lang)

    return router


def _read(own: dict[str, list[str]]) -> tuple[str, str, str, int]:
    """Return the parts of the triple and the number of alternatives. Raises ParameterError with all that is wrong."""
    faults = []
    for name, expected in PARTS.items():
        values = own.get(name, [])
        if len(values) != 1:
            faults.append(ParameterFault(name, ", ".join(values) or None, expected))
        elif len(values[0]) > _LONGEST:
            faults.append(ParameterFault(name, values[0][:100], f"a text of at most {_LONGEST} characters"))
    given = own.get("alternatives", ["0"])
    text = given[0]
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_ALTERNATIVES))
    if len(given) > 1 or not is_number or int(text) > MOST_ALTERNATIVES:
        expected = f"an integer from 0 to {MOST_ALTERNATIVES}"
        faults.append(ParameterFault("alternatives", ", ".join(given), expected))
    if faults:
        raise ParameterError(faults)
    return own["s"][0], own["p"][0], own["o"][0], int(text)
