"""The sectors that the graph tells of, as its data describe them: no page names one of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metiers_kg.api import Service
from metiers_kg.api.resources import href
from metiers_kg.store import Iri, Literal
from metiers_kg.store.description import DATASET

__all__ = ["Sector", "read_sectors"]

_PARTS = f"""
SELECT ?part ?p ?text {{
  VALUES ?p {{ dcterms:title dcterms:description }}
  ?part a dcat:Dataset ; dcterms:isPartOf <{DATASET}> ; ?p ?text
}} ORDER BY ?part"""


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of the dataset.

    Attributes:
        href: Its page.
        titles: What it is called, by language.
        descriptions: What it rests on and how far it goes, by language.
    """

    href: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]


def read_sectors(service: Service) -> list[Sector]:
    """Return the sectors in the order of their IRIs; none where the data describe no part."""
    told: dict[str, dict[str, dict[str, str]]] = {}
    for part, term, text in service.store.rows(_PARTS):
        if isinstance(part, Iri) and isinstance(term, Iri) and isinstance(text, Literal):
            told.setdefault(part.value, {}).setdefault(term.value, {})[text.language or ""] = text.value
    return [
        Sector(
            href(part), *({**words.get(f"http://purl.org/dc/terms/{name}", {})} for name in ("title", "description"))
        )
        for part, words in told.items()
    ]
