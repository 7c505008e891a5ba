"""What the tools answer from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from metiers_kg.explanation import TripleExplainer
from metiers_kg.queries import Catalogue, Names
from metiers_kg.store import Store

__all__ = ["Knowledge"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data that the tools are a function of.

    Attributes:
        store: The built graph.
        names: The names of what is in the graph.
        catalogue: The saved queries.
        explainer: Gives what explains triples; it is costly, and made when first asked for.
        version: The version of the data, as answers name it.
    """

    store: Store
    names: Names
    catalogue: Catalogue
    explainer: Callable[[], TripleExplainer]
    version: str
