"""Answers."""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from metiers_kg.queries.binding import Bound
from metiers_kg.queries.names import Names
from metiers_kg.queries.results import Table
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.store import Graph, Store, Truth

LANGUAGES: tuple[str, ...] = ("fr", "en", "nl", "de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    query: SavedQuery
    bound: Bound
    columns: tuple[str, ...]  # empty for ask, construct, describe
    table: Table | None
    truth: Truth | None
    graph: Graph | None  # may be read and written many times
    has_next: bool


def answer(
    store: Store,
    names: Names | None,
    query: SavedQuery,
    values: Mapping[str, Sequence[str]],
    *,
    lang: str = "fr",
    asserted: bool = False,
    limit: int | None = None,
    page: int = 1,
) -> Result:
    """Raises ParameterError."""
    raise NotImplementedError
