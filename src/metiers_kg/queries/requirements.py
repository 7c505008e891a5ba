"""What saved queries need beside the project's own graph: the published vocabularies that users import."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from metiers_kg.errors import MissingVocabulary, MissingVocabularyError
from metiers_kg.store import Store
from metiers_kg.vocabulary import graph_iri

__all__ = ["VOCABULARIES", "Requiring", "check_requirements", "find_missing"]

VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {"esco": "ESCO", "rome": "ROME", "crosswalk": "the ROME-ESCO correspondences"}
)
"""What a query may require, by the name of its graph and import, with its title."""


class Requiring(Protocol):
    """What requires vocabularies, and is called something: a saved query."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def requires(self) -> tuple[str, ...]:
        """The vocabularies it needs."""
        ...


def find_missing(store: Store, query: Requiring) -> tuple[MissingVocabulary, ...]:
    """Return what a query requires and the store has no graph of, in the header's order."""
    return tuple(
        MissingVocabulary(name, VOCABULARIES[name], f"metiers-kg import {name} PATH…")
        for name in query.requires
        if not store.has_graph(graph_iri(name))
    )


def check_requirements(store: Store, query: Requiring) -> None:
    """Raise MissingVocabularyError where a query requires what is not imported: no row would then say nothing."""
    missing = find_missing(store, query)
    if missing:
        raise MissingVocabularyError(query.name, missing)
