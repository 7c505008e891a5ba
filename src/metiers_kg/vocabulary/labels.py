"""The properties that name things, and the graphs of the published vocabularies that have names of their own."""

from __future__ import annotations

from collections.abc import Mapping

from metiers_kg.vocabulary.iris import graph_iri
from metiers_kg.vocabulary.namespaces import PREFIXES

__all__ = ["LABELS", "VOCABULARIES", "VOCABULARY_GRAPHS"]

_SKOS = PREFIXES["skos"]

LABELS: Mapping[str, int] = {
    _SKOS + "prefLabel": 0,
    PREFIXES["rdfs"] + "label": 0,
    _SKOS + "notation": 0,
    _SKOS + "altLabel": 1,
    _SKOS + "hiddenLabel": 2,
}
"""How strongly a property names a resource, the best first: 0 preferred, 1 alternative, 2 hidden."""

VOCABULARIES = ("esco", "rome", "crosswalk")
"""What can be imported, by the name of its graph."""

VOCABULARY_GRAPHS = tuple(map(graph_iri, VOCABULARIES))
"""The named graphs of what is imported."""
