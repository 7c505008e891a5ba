"""Jobs compared, as pages show it: the words of a measure, and where the links lead."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from metiers_kg.api import Service
from metiers_kg.api.comparing import VIEWS, View
from metiers_kg.api.options import OPTIONS
from metiers_kg.api.pages import Asked
from metiers_kg.comparing import Document
from metiers_kg.errors import ParameterFault
from metiers_kg.network import KINDS as NODE_KINDS
from metiers_kg.vocabulary import kind_and_slug
from metiers_kg.web.asking import parameters_of, read_form
from metiers_kg.web.forms import short_value
from metiers_kg.web.heat_map import read_heat_map, read_shades
from metiers_kg.web.texts import Spoken, Texts

__all__ = ["compare_address", "job_questions", "near_address", "network_address", "read_comparison"]

_BROADER_THERE = {"broadMatch": "narrow", "narrowMatch": "broad", "exactMatch": "exact", "closeMatch": "close"}
"""What a competence of this graph is beside a concept that it is told as, by the link from the one to the other."""


def read_comparison(
    service: Service,
    view: str,
    document: Document | None,
    faults: Sequence[ParameterFault],
    asked: Asked,
    texts: Texts,
) -> dict[str, object]:
    """Return what the templates need to show an answer about jobs, or the forms that ask for one."""
    meant = next(found for found in VIEWS if found.name == view)
    group = _group(meant)
    shown = [meant] if document is not None else [found for found in VIEWS if _group(found) == group]
    forms = [read_form(service, found, found is meant, faults, asked, texts) for found in shown]
    known = {field.name for form in forms if form.is_meant for field in (*form.fields, *form.more)}
    place = document["about"]["in"] if document else "study"
    kinds = [value for name, value in asked if name == "kinds"]
    return {
        "view": view,
        "group": group,
        "document": document,
        "forms": forms,
        "faults": faults,
        "other_faults": [fault for fault in faults if fault.parameter not in known],
        "elsewhere_known": {name for found in VIEWS for name in parameters_of(found)},
        "service_options": OPTIONS,
        "retry": lambda fault, value: _mended(asked, fault, value),
        "without": lambda name: "?" + urlencode(_but(asked, name)),
        "json": f"{meant.path}?" + urlencode([*_but(asked, "lang", "format"), ("format", "json")]),
        "near": lambda job: near_address(job["iri"], place),
        "compare": lambda one, two: compare_address(one["iri"], two["iri"], place, kinds),
        "share": lambda value: _share(value, texts),
        "score": lambda value: "–" if value is None else texts.number(f"{value:.3f}"),
        "beside": lambda stands: _beside(stands, texts),
        "gauges": _gauges(document, texts) if document and view == "comparison" else [],
        "network": network_address,
        "move": lambda parameter, job: "/transitions?" + urlencode([(parameter, short_value(job)), *_within(place)]),
        "heat": read_heat_map(document, place, kinds, texts) if document and view == "matrix" else [],
        "shades": read_shades(texts),
        "conclusion": lambda name: texts.name("conclusions", name) or name,
    }


def near_address(job: str, place: str = "study") -> str:
    """Return the address of the jobs nearest to a job, looked for in a vocabulary.

    >>> near_address("https://w3id.org/metiers-kg/job/datamanager")
    '/overlap?job=datamanager'
    >>> near_address("https://w3id.org/metiers-kg/rome/H1501", "rome")
    '/overlap?job=H1501&in=rome'
    """
    return "/overlap?" + urlencode([("job", short_value(job)), *_within(place)])


def compare_address(job: str, other: str, place: str = "study", kinds: Sequence[str] = ()) -> str:
    """Return the address of two jobs compared in the terms of a vocabulary.

    >>> compare_address("https://w3id.org/metiers-kg/job/a", "https://w3id.org/metiers-kg/job/b", kinds=["essential"])
    '/overlap?job=a&other=b&kinds=essential'
    """
    named = [("job", short_value(job)), ("other", short_value(other)), *_within(place)]
    return "/overlap?" + urlencode([*named, *(("kinds", kind) for kind in kinds)])


def network_address(*iris: str) -> str:
    """Return the address of the network around some things; "" where one of them is not of this graph.

    >>> network_address("https://w3id.org/metiers-kg/job/a", "https://w3id.org/metiers-kg/job/b")
    '/network?job=a&job=b'
    >>> network_address("http://data.europa.eu/esco/occupation/1")
    ''
    """
    found = [kind_and_slug(iri) for iri in iris]
    named = [minted for minted in found if minted and minted[0] in NODE_KINDS]
    return "/network?" + urlencode(named) if len(named) == len(iris) else ""


def job_questions(job: str, texts: Texts) -> list[tuple[Spoken, str]]:
    """Return the questions that the page of a job leads to, with their addresses."""
    slug, place = short_value(job), "rome" if (kind_and_slug(job) or ("",))[0] == "rome" else "study"
    asked = (
        ("neighbours", "/overlap", "job"),
        ("feeders", "/transitions", "to"),
        ("reachable", "/transitions", "from"),
    )
    return [
        (
            Spoken(texts.name("job-questions", name) or name, texts.lang),
            f"{path}?" + urlencode([(parameter, slug), *_within(place)]),
        )
        for name, path, parameter in asked
    ]


def _gauges(document: Document, texts: Texts) -> list[tuple[float | None, str, str]]:
    """Return the values that say most of two jobs: each with its figure and the sentence that it stands for."""
    values, found = document["values"], []
    if near := values.get("combined"):
        figure = "–" if near["value"] is None else texts.number(f"{near['value']:.2f}")
        found.append((near["value"], figure, texts("nearness-of")))
    if covered := values.get("coverage"):
        jobs = (document["job"]["label"], document["other"]["label"])
        key = "covered-there" if covered["kinds"] == ["essential"] else "covered-kinds"
        for name, (one, two) in (("value", jobs), ("back", jobs[::-1])):
            share = covered[name]
            if share is None:
                found.append((None, "–", texts("covered-unknown", other=two)))
            else:
                told = _share(share, texts)
                found.append((share, told, texts(key, job=one, other=two, share=told)))
    return found


def _within(place: str) -> list[tuple[str, str]]:
    return [] if place == "study" else [("in", place)]


def _group(view: View) -> str:
    return view.path.split("/")[1]


def _mended(asked: Asked, fault: ParameterFault, value: str) -> str:
    """Return this same address with what is at fault exchanged."""
    name = fault.parameter
    kept = [(n, value if (n, v.strip()) == (name, fault.value) else v) for n, v in asked]
    return "?" + urlencode(kept if (name, value) in kept else [*_but(kept, name), (name, value)])


def _but(asked: Asked, *names: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in asked if name not in names]


def _share(value: float, texts: Texts) -> str:
    """Return a share as a percentage.

    >>> _share(0.333, Texts("en")), _share(0.5, Texts("nl"))
    ('33.3%', '50%')
    """
    return texts.number(f"{round(100 * value, 1):g}") + ("\u00a0%" if texts.lang in ("fr", "de") else "%")


def _beside(stands: Document, texts: Texts) -> str:
    """Return what a competence of this graph is beside the concept that it is told as."""
    return texts.name("values", f"relation.{_BROADER_THERE.get(stands['relation'], '')}") or ""
