"""The documents around the queries: home, resources, ontology, search, problem types and static files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, replace
from difflib import get_close_matches

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from metiers_kg import __version__
from metiers_kg.api.cache import ByteCache
from metiers_kg.api.negotiation import GRAPH_TYPES, REPRESENTATIONS, Representation, negotiate, split_suffix
from metiers_kg.api.options import Options, read_options
from metiers_kg.api.pages import Pages, SearchHit
from metiers_kg.api.problems import PROBLEM_TYPES, RequestError
from metiers_kg.api.resources import href
from metiers_kg.api.responses import asked, entity_tag, is_unchanged, respond, to_json_bytes
from metiers_kg.api.service import Service
from metiers_kg.errors import ParameterError, ParameterFault, UnknownResourceError
from metiers_kg.store import GRAPH_FORMATS, Iri
from metiers_kg.vocabulary import KINDS, mint

__all__ = ["SEARCH_KINDS", "document_router", "resource_router"]

_HASHED = re.compile(r"-[0-9A-Z]{8}\.\w+$")

_HTML, _JSON = REPRESENTATIONS["html"], REPRESENTATIONS["json"]
SEARCH_KINDS = (*KINDS, "term", "other")
"""What a search may be narrowed to: the kinds of the project's things, its terms, and concepts of others."""

_MOST_KEPT = 16 * 1024 * 1024
"""The bytes of resources that each process keeps as written, for who asks next; a quarter of that of the ontology."""

_MAX_SEARCH = 200
"""The longest text that is searched for, in characters."""


def document_router(service: Service, pages: Pages | None, *, has_sparql: bool = True) -> APIRouter:
    """Return the routes of all documents but the resources. What links to ``/sparql`` does where it *has_sparql*."""
    router = APIRouter(tags=["documents"])
    kept = ByteCache[tuple[object, ...], bytes](_MOST_KEPT // 4)
    page_types = (_HTML,) if pages is not None else ()

    @router.get("/", operation_id="home", summary="Where to start", response_class=Response)
    def home(request: Request) -> Response:
        """Say what the graph is and where to start."""
        options = _options(request)
        chosen = negotiate((*page_types, _JSON), request.headers.get("accept"), options.format)
        if pages is not None and chosen.name == "html":
            return respond(request, pages.home(options.lang, asked=asked(request)), chosen, lang=options.lang)
        return respond(request, to_json_bytes(_home(service, has_sparql=has_sparql)), chosen)

    @router.get("/ontology", operation_id="ontology", summary="The terms of the graph", response_class=Response)
    @router.get("/ontology.{suffix}", include_in_schema=False, response_class=Response)
    def ontology(request: Request, suffix: str | None = None) -> Response:
        """Give the ontology as RDF, or the list of its terms to who reads pages."""
        options = _options(request)
        offered = (*GRAPH_TYPES, *page_types)
        chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
        lang = options.lang if chosen.name == "html" else None
        tag = entity_tag(__version__, service.fingerprint, "ontology", chosen.name, lang)
        if is_unchanged(request, tag):
            return respond(request, b"", chosen, tag=tag, lang=lang)
        key = (service.fingerprint, chosen.name, lang, *asked(request))
        body = kept.find(key)
        if body is None:
            if pages is not None and chosen.name == "html":
                terms = service.resources.terms(options.lang)
                body = pages.ontology(terms, options.lang, asked=asked(request)).encode()
            else:
                body = service.resources.ontology().write(GRAPH_FORMATS[chosen.name])
            kept.put(key, body, len(body))
        return respond(request, body, chosen, tag=tag, lang=lang)

    @router.get("/search", operation_id="search", summary="Find jobs, competences … by name", response_class=Response)
    def search(request: Request) -> Response:
        """Find what has a label near ``q``, in any language and without regard to accents."""
        options, own = read_options(
            request.query_params,
            request.headers.get("accept-language"),
            taken=("lang", "limit", "format"),
            own=("q", "kind"),
        )
        chosen = negotiate((_JSON, *page_types), request.headers.get("accept"), options.format)
        is_page = chosen.name == "html"
        text = _search_text(own.get("q", []), may_be_missing=is_page)
        kinds = _search_kinds(own.get("kind", []))
        found = service.names.search(text, limit=options.limit or 20, kinds=kinds, lang=options.lang) if text else []
        hits = [
            SearchHit(service.resources.reference(hit.iri, options.lang), hit.kind, hit.matched, hit.score)
            for hit in found
        ]
        if pages is not None and is_page:
            return respond(
                request, pages.search(text, hits, options.lang, asked=asked(request)), chosen, lang=options.lang
            )
        document = {"q": text, "hits": [_hit_document(hit) for hit in hits]}
        return respond(request, to_json_bytes(document), chosen, lang=options.lang)

    @router.get("/problems/{name}", operation_id="problem", summary="A type of problem", response_class=Response)
    def problem(request: Request, name: str) -> Response:
        """Explain a type of problem, as answers with an error refer to it."""
        if name not in PROBLEM_TYPES:
            raise RequestError("not-found", f"no type of problem {name!r}", available=list(PROBLEM_TYPES))
        status, title = PROBLEM_TYPES[name]
        return respond(request, to_json_bytes({"type": f"/problems/{name}", "title": title, "status": status}), _JSON)

    if pages is not None:

        @router.get("/static/{name:path}", include_in_schema=False, response_class=Response)
        def static(request: Request, name: str) -> Response:
            """Give a file that the pages use."""
            file = pages.static(name)
            if file is None:
                raise RequestError("not-found", f"no file {name!r}")
            body, media_type = file
            tag = entity_tag(hashlib.sha256(body).hexdigest())
            # The name of a bundled piece holds its hash: what it names never changes.
            age = "31536000, immutable" if _HASHED.search(name) else "3600"
            headers = {"ETag": tag, "Cache-Control": f"public, max-age={age}", "Content-Type": media_type}
            if is_unchanged(request, tag):
                return Response(status_code=304, headers=headers)
            return Response(body, headers=headers)

    return router


def resource_router(service: Service, pages: Pages | None) -> APIRouter:
    """Return the routes of the resources, one path for all kinds."""
    router = APIRouter(tags=["resources"])
    kept = ByteCache[tuple[object, ...], tuple[bytes, dict[str, str]]](_MOST_KEPT)
    offered = (*GRAPH_TYPES, _JSON, *((_HTML,) if pages is not None else ()))

    @router.get(
        "/{kind}/{slug}", operation_id="resource", summary="What is known of one resource", response_class=Response
    )
    def resource(request: Request, kind: str, slug: str) -> Response:
        """Give what the graph says of a resource, what points to it, and the passages it rests on."""
        if kind not in KINDS:
            raise RequestError("not-found", f"no kind of resource {kind!r}", available=KINDS)
        options = _options(request, "entailment")
        slug, suffix = split_suffix(slug)
        if kind == "query" and slug in service.catalogue:
            return RedirectResponse(f"/queries/{slug}{'.' + suffix if suffix else ''}", 303)
        chosen = negotiate(offered, request.headers.get("accept"), suffix or options.format)
        iri = mint(kind, slug)
        lang = options.lang if chosen.name in ("html", "json") else None
        tag = entity_tag(__version__, service.fingerprint, iri, chosen.name, lang, options.asserted)
        if is_unchanged(request, tag):
            return respond(request, b"", chosen, tag=tag, lang=lang)
        key = (service.fingerprint, iri, chosen.name, options.lang, options.asserted, *asked(request))
        found = kept.find(key)
        if found is None:
            body, headers = write(request, iri, options, chosen)
            found = body if isinstance(body, bytes) else body.encode(), headers
            kept.put(key, found, len(found[0]))
        return respond(request, found[0], chosen, tag=tag, lang=lang, headers=found[1])

    def write(
        request: Request, iri: str, options: Options, chosen: Representation
    ) -> tuple[bytes | str, dict[str, str]]:
        """Write a resource in one form, with the headers that tell of it."""
        kind, slug = request.path_params["kind"], split_suffix(request.path_params["slug"])[0]
        if not _is_iri(iri):
            raise _unknown_resource(service, kind, slug, options.lang)
        body: bytes | str
        if chosen.name in ("html", "json"):
            description = service.resources.describe(iri, options.lang, asserted=options.asserted)
            if description is None:
                raise _unknown_resource(service, kind, slug, options.lang)
            description = replace(description, formats={r.name: f"/{kind}/{slug}.{r.name}" for r in offered})
            truncated = description.truncated
            if pages is not None and chosen.name == "html":
                body = pages.resource(description, options.lang, asked=asked(request))
            else:
                body = to_json_bytes(asdict(description))
        else:
            found = service.resources.graph(iri, asserted=options.asserted)
            if found is None:
                raise _unknown_resource(service, kind, slug, options.lang)
            graph, truncated = found
            body = graph.write(GRAPH_FORMATS[chosen.name])
        headers = {"X-Truncated": "true"} if truncated else {}
        if links := service.resources.successor_links(iri):
            headers["Link"] = links
        return body, headers

    return router


def _home(service: Service, *, has_sparql: bool) -> dict[str, object]:
    return {
        "title": "metiers_kg",
        "description": "The graph of jobs of the future: jobs, competences, evolution factors and sub-sectors.",
        "version": __version__,
        "fingerprint": service.fingerprint,
        "dataVersion": service.data_version,
        "triples": sum(service.graphs.values()),
        "links": {
            "queries": "/queries",
            **({"sparql": "/sparql"} if has_sparql else {}),
            "search": "/search?q=",
            "explain": "/explain?s=&p=&o=",
            "ontology": "/ontology",
            "dataset": "/.well-known/void",
            "examples": "/.well-known/sparql-examples",
            "releases": "/releases",
            "openapi": "/openapi.json",
            "docs": "/docs",
            "health": "/health",
        },
    }


def _hit_document(hit: SearchHit) -> dict[str, object]:
    return {**asdict(hit.reference), "kind": hit.kind, "matched": hit.matched, "score": round(hit.score, 1)}


def _options(request: Request, *more: str) -> Options:
    """Read the options of a document, which takes its language, its format and *more*."""
    accept_language = request.headers.get("accept-language")
    return read_options(request.query_params, accept_language, taken=("lang", "format", *more))[0]


def _search_text(texts: list[str], *, may_be_missing: bool) -> str:
    """Return the one text to search for; "" where the page with the empty field will do."""
    expected = f"one text of at most {_MAX_SEARCH} characters"
    text = " ".join(texts).strip()
    if len(texts) > 1 or len(text) > _MAX_SEARCH or (not text and not may_be_missing):
        raise ParameterError([ParameterFault("q", text[:_MAX_SEARCH] or None, expected)])
    return text


def _search_kinds(given: list[str]) -> list[str]:
    """Return the kinds to look among: none for all."""
    faults = [
        ParameterFault(
            "kind",
            kind,
            f"one of {', '.join(SEARCH_KINDS)}",
            SEARCH_KINDS,
            tuple(get_close_matches(kind, SEARCH_KINDS, 3)),
        )
        for kind in given
        if kind not in SEARCH_KINDS
    ]
    if faults:
        raise ParameterError(faults)
    return given


def _is_iri(text: str) -> bool:
    try:
        Iri(text)
    except ValueError:
        return False
    return True


def _unknown_resource(service: Service, kind: str, slug: str, lang: str) -> UnknownResourceError:
    """Return the error that names the nearest resources, those of the same kind first."""
    hits = service.names.search(slug.replace("-", " ")[:_MAX_SEARCH], limit=10, lang=lang)
    nearest = sorted(hits, key=lambda hit: hit.kind != kind)[:5]
    return UnknownResourceError(f"/{kind}/{slug}", f"the address of a {kind}", [href(hit.iri) for hit in nearest])
