"""The results of saved queries over HTTP: written once, kept, and given to all who ask for the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from metiers_kg import __version__
from metiers_kg.api.bodies import Origin, file_name, write_body
from metiers_kg.api.cache import Flights
from metiers_kg.api.codings import LEAST_BYTES, accepted_codings, encode, is_compressible
from metiers_kg.api.conditions import coded_tag, http_date
from metiers_kg.api.exchange import RouteTemplate, note_rows
from metiers_kg.api.negotiation import GRAPH_TYPES, REPRESENTATIONS, ROW_TYPES, Representation, negotiate, prefers_html
from metiers_kg.api.options import MAX_LIMIT, OPTIONS, PAGE_ROWS, Options, read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.problems import error_language
from metiers_kg.api.repeatable import permanent_link, relative_link, version_headers
from metiers_kg.api.responses import (
    VARY,
    asked,
    entity_tag,
    is_unchanged,
    page_links,
    respond,
    why_templates,
)
from metiers_kg.api.service import Service
from metiers_kg.api.stored import Body, Head, StoredAnswers, read_wording, send_answer
from metiers_kg.api.tabular_metadata import metadata_link
from metiers_kg.errors import ParameterError
from metiers_kg.queries import Bound, Result, SavedQuery, answer_bound, prepare, write_whole

__all__ = ["RESULT_PATHS", "SavedResults", "offered_results"]

RESULT_PATHS: tuple[str, str] = ("/queries/{name}/results", "/queries/{name}/results.{suffix}")
"""The templates of the paths, without and with the suffix that names a form."""

_HTML, _JSON, _XLSX = (REPRESENTATIONS[name] for name in ("html", "json", "xlsx"))

_TAGGED = tuple(one.name for one in fields(Options) if one.name not in ("format", "version"))
"""The options that the entity tag is made of; form and version are in it by themselves."""

_THREADS = 8
"""How many saved queries run at once."""

_CACHING = "public, max-age=60, must-revalidate"
"""For a minute an answer may be given again unasked; then whether it is still right costs less than a millisecond."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is known of a saved query before it is asked.

    Attributes:
        service: The release that it is asked of.
        query: The query.
        offered: What its results are written in.
        own: The names of its parameters.
        modified: When its answers can have changed last.
    """

    service: Service
    query: SavedQuery
    offered: tuple[Representation, ...]
    own: tuple[str, ...]
    modified: datetime | None


_NEGOTIATED = RouteTemplate("/queries/{name}/results")
_NAMED = RouteTemplate("/queries/{name}/results.{suffix}")


class SavedResults:
    """Answers ``/queries/{name}/results``: an ASGI application, since a framework's reading of parameters takes longer.

    Args:
        service: What to answer from.
        pages: Shows results to who reads pages.
        stored: Where answers are kept.
    """

    def __init__(self, service: Service, pages: Pages | None, stored: StoredAnswers) -> None:
        self._service = service
        self._pages = pages
        self._stored = stored
        self._ready: dict[tuple[str, str], _Ready] = {}
        for query in service.catalogue.values():
            self._prepare(service, query)
        self._flights = Flights[object, Response | tuple[Head, Body]](
            ThreadPoolExecutor(_THREADS, thread_name_prefix="saved-query")
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. What is wrong with it rises, for the handlers of the application."""
        asking = read_wording(scope)
        found = self._stored.find(asking.wording) if asking.wording is not None else None
        if found is not None:
            head, body = found
            note_rows(scope, body.rows)
            await send_answer(send, head, body, known=asking.known_tag(head))
            return
        # Who asks in the same words waits for the same answer, unless nothing is kept.
        together = asking if asking.wording is not None and self._stored.is_kept else object()
        made = await self._flights.join(together, lambda: self._answer(Request(scope)))
        if isinstance(made, Response):
            await made(scope, receive, send)
            return
        head, body = made
        if asking.wording is not None:
            self._stored.keep_head(asking.wording, head)
        note_rows(scope, body.rows)
        await send_answer(send, head, body)

    def _prepare(self, service: Service, query: SavedQuery) -> _Ready:
        offered = (*offered_results(query), *((_HTML,) if self._pages is not None else ()))
        own = tuple(parameter.name for parameter in query.parameters)
        ready = _Ready(service, query, offered, own, _last_modified(service, query))
        self._ready[service.data_version, query.name] = ready
        return ready

    def _answer(self, request: Request) -> Response | tuple[Head, Body]:
        name, suffix = request.path_params["name"], request.path_params.get("suffix")
        service = self._service.at(request.query_params.get("version"))
        ready = self._ready.get((service.data_version, name)) or self._prepare(
            service, service.catalogue.get_query(name)
        )
        accept = request.headers.get("accept")
        try:
            options, values = read_options(
                request.query_params, request.headers.get("accept-language"), OPTIONS, ready.own
            )
            chosen = _negotiate(ready.offered, accept, suffix or options.format)
            return self._results(request, ready, options, values, chosen)
        except ParameterError as error:
            named = suffix or request.query_params.get("format")
            if self._pages is None or (named != "html" if named else not prefers_html(accept)):
                raise
            lang, given = error_language(request), _raw_values(request, ready)
            form = self._pages.query(ready.query, given, error.faults, lang, asked=asked(request))
            return HTMLResponse(form, 422, {"Content-Language": lang, "Vary": VARY})

    def _results(
        self,
        request: Request,
        ready: _Ready,
        options: Options,
        values: Mapping[str, Sequence[str]],
        chosen: Representation,
    ) -> Response | tuple[Head, Body]:
        service, query = ready.service, ready.query
        bound = prepare(service.store, service.names, query, values)
        tag = entity_tag(
            __version__,
            service.data_version,
            query.name,
            query.version,
            {name: [str(term) for term in terms] for name, terms in bound.values.items()},
            chosen.name,
            [getattr(options, name) for name in _TAGGED],
        )
        headers = {"Cache-Control": _CACHING, **version_headers(service.data_version, query)}
        if is_unchanged(request, tag, ready.modified):
            return respond(request, b"", chosen, tag=tag, lang=options.lang, modified=ready.modified, headers=headers)

        # A page keeps what was asked in its links, as other bodies do where rows follow.
        worded = entity_tag(tag, sorted(asked(request))) if self._stored.is_kept else tag
        codings = accepted_codings(request.headers.get("accept-encoding"))
        coding = codings[0] if codings and is_compressible(chosen.content_type) else None
        body = self._find((tag, worded), coding)
        if body is None:
            content, rows, has_next = self._write(request, ready, options, values, bound, chosen)
            key = worded if has_next or chosen.name == "html" else tag
            body = self._keep(Body(content, rows, has_next, key), coding)
        path = quote(request.scope["path"])  # request.url would be taken apart and put together for it
        headers |= {"Vary": VARY, "Content-Language": options.lang}
        headers |= page_links(request, options.page, has_next=body.has_next) | why_templates(query.why, bound.values)
        headers["Link"] += ", " + permanent_link(path, asked(request), service.data_version)
        if chosen.name == "csv" and query.form == "select":
            # First: readers of CSVW try each description in turn, and complain of those that are of something else.
            headers["Link"] = metadata_link(path, request.url.query) + ", " + headers["Link"]
        if ready.modified is not None:
            headers["Last-Modified"] = http_date(ready.modified)
        if body.has_next:
            headers["X-Truncated"] = "true"
        content_headers = {"Content-Type": chosen.content_type, "ETag": coded_tag(tag, body.coding)}
        if body.coding is not None:
            content_headers["Content-Encoding"] = body.coding
        if chosen.name in ("csv", "tsv", "xlsx"):
            file = file_name(query.name, chosen.name, options.page, has_next=body.has_next)
            content_headers["Content-Disposition"] = f'attachment; filename="{file}"'
        return Head(_raw(headers), _raw(content_headers), tag, codings, ready.modified, body.key), body

    def _find(self, keys: Iterable[str], coding: str | None) -> Body | None:
        """Return the body that is kept by one of *keys*, coded if it is large enough."""
        for key in keys:
            coded = None if coding is None else self._stored.find_body(coded_tag(key, coding))
            body = coded or self._stored.find_body(key)
            if body is not None:
                return body if coded is not None else self._code(body, coding)
        return None

    def _keep(self, body: Body, coding: str | None) -> Body:
        """Keep a body, and return it in the coding that is wanted, which is kept too."""
        self._stored.keep_body(body)
        return self._code(body, coding)

    def _code(self, body: Body, coding: str | None) -> Body:
        if coding is None or len(body.content) < LEAST_BYTES:
            return body
        coded = replace(body, content=encode(body.content, coding), key=coded_tag(body.key, coding), coding=coding)
        self._stored.keep_body(coded)
        return coded

    def _write(
        self,
        request: Request,
        ready: _Ready,
        options: Options,
        values: Mapping[str, Sequence[str]],
        bound: Bound,
        chosen: Representation,
    ) -> tuple[bytes, int, bool]:
        """Run a saved query and write what it gives; return also the number of rows, and whether more follow."""
        service, lang, asserted = ready.service, options.lang, options.asserted
        if options.limit is None and options.page == 1:
            whole = write_whole(
                service.store, ready.query, bound, chosen.name, lang=lang, asserted=asserted, limit=MAX_LIMIT
            )
            if whole is not None:
                return *whole, False
        result = answer_bound(
            service.store,
            service.names,
            ready.query,
            bound,
            lang=lang,
            asserted=asserted,
            limit=options.limit or (PAGE_ROWS if chosen.name == "html" else MAX_LIMIT),
            page=options.page,
        )
        if self._pages is not None and chosen.name == "html":
            content = self._pages.results(result, values, lang, asked=asked(request)).encode()
        else:
            following = relative_link(asked(request), page=str(options.page + 1)) if result.has_next else ""
            origin = Origin(service.data_version, options.page, following)
            content = write_body(result, chosen, options, service.names, origin)
        return content, _count(result), result.has_next


def offered_results(query: SavedQuery) -> tuple[Representation, ...]:
    """Return what the results of a query are written in, the preferred first."""
    return GRAPH_TYPES if query.form in ("construct", "describe") else (*ROW_TYPES, _JSON, _XLSX)


def _count(result: Result) -> int:
    """Return the number of rows, or of triples; a truth value is one."""
    if result.table is not None:
        return len(result.table.rows)
    return 1 if result.graph is None else sum(1 for _ in result.graph)


def _last_modified(service: Service, query: SavedQuery) -> datetime | None:
    """Return when the graph was built or the query's file was changed, whichever is later; None where unknown."""
    if service.finished is None:
        return None
    try:
        changed = datetime.fromtimestamp(query.path.stat().st_mtime, UTC)
    except OSError:
        return service.finished
    return max(service.finished, changed)


@lru_cache(maxsize=1024)
def _negotiate(offered: tuple[Representation, ...], accept: str | None, named: str | None) -> Representation:
    """Choose as ``negotiate`` does, once for each header: there are few, and each takes a tenth of a millisecond."""
    return negotiate(offered, accept, named)


def _raw(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    """Return header fields as the server sends them."""
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())


def _raw_values(request: Request, ready: _Ready) -> dict[str, list[str]]:
    """Return the values as given, right or wrong, to fill the form with."""
    parameters = request.query_params
    return {name: parameters.getlist(name) for name in ready.own if name in parameters}
