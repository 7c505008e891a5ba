"""The network over HTTP: what jobs, competences, factors and sub-sectors are tied to, as JSON or a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from metiers_kg import __version__
from metiers_kg.api.negotiation import REPRESENTATIONS, negotiate, prefers_html
from metiers_kg.api.options import Options, read_options
from metiers_kg.api.pages import Pages
from metiers_kg.api.problems import error_language
from metiers_kg.api.responses import asked, entity_tag, is_unchanged, respond, to_json_bytes
from metiers_kg.api.service import Service
from metiers_kg.comparing.asking import MEASURES
from metiers_kg.errors import ParameterError, ParameterFault, UnknownResourceError
from metiers_kg.network import DOMAINS, KINDS, LEVELS, LIMIT, MOST, NONE, SORTS, STATED, NetworkTeller, Wish
from metiers_kg.queries.names import short_name

__all__ = ["CENTRES", "CHOICES", "DESCRIPTIONS", "network_router"]

CENTRES: tuple[str, ...] = tuple(KINDS)
"""The parameters that name what the network is about."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "kinds": tuple(KINDS),
    "level": LEVELS,
    "stated": STATED,
    "domain": tuple(DOMAINS),
    "competence-kind": tuple(SORTS),
    "measure": (NONE, *MEASURES),
}
"""The parameters that are one or some of fixed values."""

DESCRIPTIONS: Mapping[str, str] = {
    "job": "Jobs that the network is about, by name, code or IRI; without any centre, all jobs and sub-sectors",
    "competence": "Competences that it is about",
    "factor": "Factors that it is about",
    "sub-sector": "Sub-sectors that it is about: their jobs, with what these require and are touched by",
    "job-group": "Groups of jobs that it is about",
    "expand": "Further nodes whose neighbours are shown, as kind/slug",
    "kinds": "The kinds of nodes; by default all but groups of jobs",
    "level": "The levels of requirements; by default all",
    "stated": "How texts say it; by default either way",
    "domain": "The domains of factors; by default all",
    "competence-kind": "What competences are; by default anything",
    "measure": f"The measure by which jobs are near each other; {NONE} shows no nearness",
    "threshold": "How near they must be, from 0 to 1",
    "limit": "The most nodes; what is left out is told",
}
"""What the parameters mean."""

_HTML, _JSON = REPRESENTATIONS["html"], REPRESENTATIONS["json"]
_OWN = tuple(name for name in DESCRIPTIONS if name != "limit")
_LONGEST = 2000
_MOST_NAMED = 50
"""The most nodes that an address names, of one kind or to expand."""


def network_router(service: Service, pages: Pages | None) -> APIRouter:
    """Return the route ``/network``."""
    router = APIRouter(tags=["overlap"])
    offered = (_JSON, _HTML) if pages is not None else (_JSON,)
    teller = NetworkTeller(service.store, service.names, lambda: service.comparer)

    @router.get(
        "/network",
        operation_id="network",
        summary="What jobs, competences, factors and sub-sectors are tied to",
        response_class=Response,
    )
    def network(request: Request) -> Response:
        """Tell the nodes around some things, and what ties them, each tie with the statement that says so."""
        given = asked(request)
        try:
            options, own = read_options(
                request.query_params,
                request.headers.get("accept-language"),
                taken=("lang", "format", "limit"),
                own=_OWN,
            )
            chosen = negotiate(offered, request.headers.get("accept"), options.format)
            wish = _read(service, teller, own, options)
        except ParameterError as error:
            named = request.query_params.get("format")
            if pages is None or (named != "html" if named else not prefers_html(request.headers.get("accept"))):
                raise
            lang = error_language(request)
            page = pages.network(None, lang, faults=error.faults, asked=given)
            return HTMLResponse(page, 422, {"Content-Language": lang, "Vary": "Accept, Accept-Language"})
        tag = entity_tag(__version__, service.fingerprint, "network", given, chosen.name, options.lang)
        if is_unchanged(request, tag):
            return respond(request, b"", chosen, tag=tag, lang=options.lang)
        document = teller.tell(wish, options.lang)
        if pages is not None and chosen.name == "html":
            body: bytes | str = pages.network(document, options.lang, asked=given)
        else:
            body = to_json_bytes(document, indented=False)
        return respond(request, body, chosen, tag=tag, lang=options.lang)

    return router


def _read(service: Service, teller: NetworkTeller, own: Mapping[str, Sequence[str]], options: Options) -> Wish:
    """Return what is wished for. Raises ParameterError with all that is wrong."""
    faults: list[ParameterFault] = []
    wanted: dict[str, Any] = {}
    centres = [iri for name in CENTRES for iri in _nodes(service, teller, name, own.get(name, ()), faults)]
    for name, field in _MANY.items():
        faults += _choice_faults(name, own.get(name, ()))
        wanted |= {field: tuple(own[name])} if name in own else {}
    for name, read in _SINGLE.items():
        values = own.get(name, ())
        if len(values) > 1:
            faults.append(ParameterFault(name, ", ".join(values), "one value"))
        elif values:
            fault, wanted[name] = read(name, values[0])
            faults += [fault] if fault else []
    if options.limit is not None and options.limit > MOST:
        faults.append(ParameterFault("limit", str(options.limit), f"a whole number from 1 to {MOST}"))
    expanded = _nodes(service, teller, "expand", own.get("expand", ()), faults)
    if faults:
        raise ParameterError(faults)
    return Wish(
        tuple(dict.fromkeys(centres)),
        tuple(iri for iri in dict.fromkeys(expanded) if iri not in centres),
        most=options.limit or LIMIT,
        **wanted,
    )


def _nodes(
    service: Service, teller: NetworkTeller, name: str, texts: Sequence[str], faults: list[ParameterFault]
) -> list[str]:
    """Return the nodes of these names, and add what is wrong to *faults*."""
    if len(texts) > _MOST_NAMED:
        faults.append(ParameterFault(name, f"{len(texts)} values", f"at most {_MOST_NAMED} values"))
        return []
    found = []
    for text in texts:
        if len(text) > _LONGEST:
            faults.append(ParameterFault(name, text[:100], f"a text of at most {_LONGEST} characters"))
            continue
        try:
            iri = service.names.resolve(text, KINDS.get(name))
        except UnknownResourceError as error:
            faults.append(ParameterFault(name, text.strip(), error.expected, suggestions=error.suggestions))
            continue
        if iri in teller.network.nodes:
            found.append(iri)
        else:
            expected = "a node of the network: a job, competence, factor, sub-sector or group of jobs of this graph"
            faults.append(ParameterFault(name, short_name(iri), expected))
    return found


def _choice_faults(name: str, values: Sequence[str]) -> list[ParameterFault]:
    allowed = CHOICES[name]
    expected = f"one of {', '.join(allowed)}"
    return [ParameterFault(name, value, expected, allowed) for value in values if value not in allowed]


def _read_measure(name: str, text: str) -> tuple[ParameterFault | None, str]:
    return next(iter(_choice_faults(name, [text])), None), text


def _read_share(name: str, text: str) -> tuple[ParameterFault | None, float]:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    return (None if 0 <= share <= 1 else ParameterFault(name, text, "a number from 0 to 1")), share


_MANY = {"kinds": "kinds", "level": "levels", "stated": "stated", "domain": "domains", "competence-kind": "sorts"}
_SINGLE: Mapping[str, Callable[[str, str], tuple[ParameterFault | None, object]]] = {
    "measure": _read_measure,
    "threshold": _read_share,
}
