"""Binding."""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from metiers_kg.queries.names import Names
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.store import Term


@dataclass(frozen=True, slots=True)
class Bound:
    text: str
    values: Mapping[str, tuple[Term, ...]]


def bind(query: SavedQuery, values: Mapping[str, Sequence[str]], names: Names | None) -> Bound:
    """Raises ParameterError with every fault."""
    raise NotImplementedError
