"""The properties that name things, and the graphs of the published vocabularies that have names of their own."""

from __future__ import annotations

from collections.abc import Mapping

from metiers_kg.vocabulary.iris import graph_iri
from metiers_kg.vocabulary.namespaces import PREFIXES

__all__ = ["LABELS", "VOCABULARY_GRAPHS"]

_SKOS = PREFIXES["skos"]

LABELS: Mapping[str, int] = {
    _SKOS + "prefLabel": 0,
    PREFIXES["rdfs"] + "label": 0,
    _SKOS + "notation": 0,
    _SKOS + "altLabel": 1,
    _SKOS + "hiddenLabel": 2,
}
"""How strongly a property names a resource, the best first: 0 preferred, 1 alternative, 2 hidden."""

VOCABULARY_GRAPHS = tuple(graph_iri(name) for name in ("esco", "rome", "crosswalk"))
"""The named graphs of what is imported."""
