"""What a search has found, and the kinds that it can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metiers_kg.api import Service
from metiers_kg.api.pages import Asked, SearchHit
from metiers_kg.vocabulary import kind_and_slug
from metiers_kg.web.addresses import replaced
from metiers_kg.web.texts import Texts

__all__ = ["Narrowing", "read_search", "told_match"]

_SHOWN = 20
"""The matches that a page shows unless asked for more."""

_MOST = 100
"""The matches that it shows then."""

_OFFERED = (
    *("job", "job-group", "competence", "factor", "sub-sector", "category", "indicator", "strategy", "recruitment"),
    *("organisation", "place", "activity", "source", "passage", "rome", "other", "term"),
)
"""The kinds of things that people look for, in the order in which they are offered; statements are no such things."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A kind of things among what is found.

    Attributes:
        kind: Its short name; "" stands for all of them.
        label: What readers call it; "" for all of them.
        href: The same search for these only.
        is_chosen: Whether the search is for these.
    """

    kind: str
    label: str
    href: str
    is_chosen: bool


def read_search(
    service: Service, text: str, hits: Sequence[SearchHit], asked: Asked, texts: Texts
) -> dict[str, object]:
    """Return what the template of a search needs: the kinds there are, and for each hit its match if worth telling."""
    chosen = {value for name, value in asked if name == "kind"}
    found = [hit.kind for hit in hits]
    if text and (chosen or len(hits) >= _SHOWN):
        found = [hit.kind for hit in service.names.search(text, limit=_MOST, kinds=_OFFERED, lang=texts.lang)]
    there = {kind or "other" for kind in found} | chosen
    kinds = [kind for kind in _OFFERED if kind in there] + sorted(chosen.difference(_OFFERED))
    narrowings = [
        Narrowing(kind, texts.name("kinds", kind) or kind, _narrowed(asked, kind), chosen == {kind}) for kind in kinds
    ]
    everything = Narrowing("", "", _narrowed(asked, ""), not chosen)
    return {
        "more": _more(hits, asked),
        "narrowings": [everything, *narrowings] if len(narrowings) > 1 or chosen else [],
        "matched": {hit.reference.iri: told_match(hit) for hit in hits},
    }


def told_match(hit: SearchHit) -> str:
    """Return the name under which something was found; "" where that is its label, or only its address.

    >>> from metiers_kg.api.pages import Reference
    >>> job = Reference("https://w3id.org/metiers-kg/job/datamanager", "Data manager", "/job/datamanager")
    >>> [told_match(SearchHit(job, "job", name, 90.0)) for name in ("Datenmanager", "Data manager", "datamanager")]
    ['Datenmanager', '', '']
    """
    minted = kind_and_slug(hit.reference.iri)
    is_told = hit.matched == hit.reference.label or (minted is not None and hit.matched == minted[1])
    return "" if is_told else hit.matched


def _more(hits: Sequence[SearchHit], asked: Asked) -> str:
    """Return the address of the same search with more of what it finds, or "" where that would show no more."""
    limit = next(
        (int(value) for name, value in asked if name == "limit" and value.isascii() and value.isdecimal()), _SHOWN
    )
    is_full = limit <= len(hits) < _MOST
    return "/search" + replaced(asked, {"limit": str(_MOST), "lang": None}) if is_full else ""


def _narrowed(asked: Asked, kind: str) -> str:
    """Return the address of the same search for one kind, or for all where that is ""."""
    return "/search" + replaced(asked, {"kind": kind or None, "lang": None})
