"""Jobs compared over HTTP: what is near, shared, missing and within reach, as JSON or a page."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from metiers_kg import __version__
from metiers_kg.api.comparing_views import DESCRIPTIONS, EXAMPLES, NAMED, OPTIONAL, VIEWS, View
from metiers_kg.api.negotiation import REPRESENTATIONS, negotiate, prefers_html
from metiers_kg.api.options import Options, read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.problems import error_language
from metiers_kg.api.responses import asked, entity_tag, is_unchanged, respond, to_json_bytes
from metiers_kg.api.service import Service
from metiers_kg.comparing import MOST
from metiers_kg.errors import ParameterError, ParameterFault, UnknownResourceError

__all__ = ["DESCRIPTIONS", "EXAMPLES", "VIEWS", "View", "comparing_router"]

_HTML, _JSON = REPRESENTATIONS["html"], REPRESENTATIONS["json"]
_LONGEST = 2000
"""The longest text of a parameter, in characters."""


def comparing_router(service: Service, pages: Pages | None) -> APIRouter:
    """Return the routes ``/overlap``, ``/overlap/clusters``, ``/overlap/matrix`` and ``/transitions``."""
    router = APIRouter(tags=["overlap"])
    for path, operation, summary in (
        ("/overlap", "overlap", "Jobs nearest to one, or two jobs compared"),
        ("/overlap/clusters", "overlap-clusters", "Groups of jobs that hang together, and what holds them together"),
        ("/overlap/matrix", "overlap-matrix", "How near all jobs, or those of a sub-sector, are to each other"),
        (
            "/transitions",
            "transitions",
            "Jobs within reach, jobs that lead to one, or what is missing into a sub-sector",
        ),
    ):
        views = [view for view in VIEWS if view.path == path]
        router.get(path, operation_id=operation, summary=summary, response_class=Response)(
            _route(service, pages, views)
        )
    return router


def _route(service: Service, pages: Pages | None, views: Sequence[View]) -> Callable[[Request], Response]:
    takes = tuple(dict.fromkeys(name for view in views for name in _names(view)))
    offered = (_JSON, _HTML) if pages is not None else (_JSON,)

    def compare(request: Request) -> Response:
        given = asked(request)
        try:
            options, own = read_options(
                request.query_params,
                request.headers.get("accept-language"),
                taken=("lang", "format", *(["limit"] if "limit" in takes else [])),
                own=[name for name in takes if name != "limit"],
            )
            chosen = negotiate(offered, request.headers.get("accept"), options.format)
            if pages is not None and chosen.name == "html" and not own and all(view.subject for view in views):
                page = pages.comparison(views[0].name, None, options.lang, asked=given)
                return respond(request, page, chosen, lang=options.lang)
            view = _chosen(views, own, options)
            arguments = _read(view, own, options)
            # What was asked is in the form of a page: two ways of asking the same are two pages.
            tag = entity_tag(__version__, service.fingerprint, view.name, given, chosen.name, options.lang)
            if is_unchanged(request, tag):
                return respond(request, b"", chosen, tag=tag, lang=options.lang)
            document = view.answer(service.comparer, arguments, options.lang)
        except (ParameterError, UnknownResourceError) as error:
            texts = {name: value.strip() for name, value in given if value}
            problem = _as_fault(error, texts)
            named = request.query_params.get("format")
            if pages is None or (named != "html" if named else not prefers_html(request.headers.get("accept"))):
                raise problem from error
            lang = error_language(request)
            form = pages.comparison(_meant(views, texts).name, None, lang, faults=problem.faults, asked=given)
            return HTMLResponse(form, 422, {"Content-Language": lang, "Vary": "Accept, Accept-Language"})
        if pages is not None and chosen.name == "html":
            body: bytes | str = pages.comparison(view.name, document, options.lang, asked=given)
        else:
            body = to_json_bytes(document, indented=False)
        return respond(request, body, chosen, tag=tag, lang=options.lang)

    return compare


def _names(view: View) -> tuple[str, ...]:
    return (*((view.subject,) if view.subject else ()), *view.takes)


def _meant(views: Sequence[View], given: Container[str]) -> View:
    """Return the last view whose subject is given, or else the first."""
    return next((view for view in reversed(views) if view.subject in given), views[0])


def _chosen(views: Sequence[View], own: Mapping[str, Sequence[str]], options: Options) -> View:
    """Return the view that the parameters ask for. Raises ParameterError where none is, or one has too many."""
    if len(views) == 1:
        return views[0]
    subjects = [view.subject for view in views if view.subject in own]
    if not subjects:
        first = views[0].subject or ""
        expected = " or ".join(f"{view.subject} ({NAMED[view.subject]})" for view in views if view.subject)
        raise ParameterError([ParameterFault(first, None, expected)])
    view = _meant(views, own)
    allowed = _names(view)
    given = {name: values[0] for name, values in own.items()}
    if options.limit is not None:
        given["limit"] = str(options.limit)
    surplus = [name for name in given if name not in allowed]
    if surplus:
        expected = f"with {view.subject}, one of the parameters {', '.join(allowed)}"
        raise ParameterError([ParameterFault(name, given[name], expected, allowed) for name in surplus])
    return view


def _read(view: View, own: Mapping[str, Sequence[str]], options: Options) -> dict[str, object]:
    """Return the arguments of a view. Raises ParameterError with all that is wrong."""
    faults: list[ParameterFault] = []
    arguments: dict[str, object] = dict(view.defaults)
    for name in _names(view):
        values = own.get(name, [])
        if name == "limit":
            if options.limit is not None:
                arguments[name] = options.limit
            if isinstance(arguments["limit"], int) and arguments["limit"] > MOST:
                faults.append(ParameterFault("limit", str(arguments["limit"]), f"a whole number from 1 to {MOST}"))
        elif name == "kinds":
            arguments[name] = list(values)
        elif len(values) > 1:
            faults.append(ParameterFault(name, ", ".join(values), "one value"))
        elif values:
            fault, arguments[name] = _value(name, values[0])
            faults += [fault] if fault else []
        elif name in NAMED and name not in OPTIONAL:
            faults.append(ParameterFault(name, None, NAMED[name]))
        for value in values if name in view.choices else ():
            if value not in view.choices[name]:
                allowed = view.choices[name]
                faults.append(ParameterFault(name, value, f"one of {', '.join(allowed)}", allowed))
    if faults:
        raise ParameterError(faults)
    return arguments


def _value(name: str, text: str) -> tuple[ParameterFault | None, object]:
    """Return what a text stands for, and what is wrong with it if anything is."""
    if len(text) > _LONGEST:
        return ParameterFault(name, text[:100], f"a text of at most {_LONGEST} characters"), text
    if name == "threshold":
        try:
            share = float(text)
        except ValueError:
            share = -1.0
        return (None if 0 <= share <= 1 else ParameterFault(name, text, "a number from 0 to 1")), share
    if name == "least":
        fits = text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= 1000
        return (None, int(text)) if fits else (ParameterFault(name, text, "a whole number from 1 to 1000"), text)
    return None, text


def _as_fault(error: ParameterError | UnknownResourceError, given: Mapping[str, str]) -> ParameterError:
    """Return what is wrong as faults of the parameters that gave it."""
    if isinstance(error, ParameterError):
        subject = next((name for name in ("to", "from") if name in given), "job")
        return ParameterError([replace(f, parameter=subject) if f.parameter == "job" else f for f in error.faults])
    name = next((name for name, text in given.items() if text == error.text), "job")
    fault = ParameterFault(name, error.text, error.expected, suggestions=error.suggestions)
    return ParameterError([fault])
