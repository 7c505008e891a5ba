"""Choices of a parameter: its fixed ones, those of its choices-query, or the instances of its class."""

from __future__ import annotations
from dataclasses import dataclass
from metiers_kg.queries.names import Names
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


def choices(store: Store, names: Names, query: SavedQuery, parameter: str, *, lang: str = "fr") -> list[Choice]:
    """Return what a form offers for a parameter, sorted by label; empty where any value goes."""
    raise NotImplementedError
