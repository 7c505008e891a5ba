"""What the editor completes from: the prefixes, classes and properties that the graph and its saved queries use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from metiers_kg.api import Service
from metiers_kg.store import Iri, Store
from metiers_kg.vocabulary import BASE, KINDS, PREFIXES, expand, graph_iri

__all__ = ["read_vocabulary", "with_prefixes"]

_TERMS = f"""
SELECT ?term (MAX(?is) AS ?isClass) {{ GRAPH <{graph_iri("ontology")}> {{
  {{ ?term a owl:Class BIND(1 AS ?is) }} UNION {{ ?term a owl:ObjectProperty BIND(0 AS ?is) }}
  UNION {{ ?term a owl:DatatypeProperty BIND(0 AS ?is) }} UNION {{ ?term a owl:AnnotationProperty BIND(0 AS ?is) }}
  FILTER(isIRI(?term))
}} }} GROUP BY ?term"""

_PREFIXED = re.compile(r"(?<![\w?$<:/-])([a-z][a-z-]*):([A-Za-z][\w-]*)")
_NAMED = re.compile(r"(?<![\w?$<:/-])([a-z][a-z-]*):(?=[A-Za-z\s]|$)")
_DECLARED = re.compile(r"PREFIX\s+([a-z][a-z-]*):", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|<[^>\s]*>|#[^\n]*')

_PREFIX_OF_KIND = {kind: f"{BASE}{kind}/" for kind in KINDS}


def read_vocabulary(service: Service) -> dict[str, object]:
    """Return what there is to complete, ready to be JSON: ``base``, ``prefixes``, ``classes`` and ``properties``."""
    classes, properties = _declared(service.store)
    for iri in _used(query.text for query in service.catalogue.values()):
        if iri not in classes and iri not in properties:
            (classes if _is_class(iri) else properties).add(iri)
    return {
        "base": BASE,
        "prefixes": {**PREFIXES, **_PREFIX_OF_KIND},
        "classes": sorted(classes),
        "properties": sorted(properties),
    }


def with_prefixes(text: str) -> str:
    """Return a query that declares the prefixes of ours that it uses and does not declare.

    >>> print(with_prefixes("SELECT ?job { ?job a mkg:Job }"))
    PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
    SELECT ?job { ?job a mkg:Job }
    """
    bare = _QUOTED.sub(" ", text)
    declared = set(_DECLARED.findall(bare))
    used = dict.fromkeys(prefix for prefix in _NAMED.findall(bare) if prefix in PREFIXES and prefix not in declared)
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + text


def _declared(store: Store) -> tuple[set[str], set[str]]:
    classes: set[str] = set()
    properties: set[str] = set()
    for term, is_class in store.rows(_TERMS):
        if isinstance(term, Iri):
            (classes if getattr(is_class, "value", "") == "1" else properties).add(term.value)
    return classes, properties


def _used(texts: Iterable[str]) -> set[str]:
    names = {match.group() for text in texts for match in _PREFIXED.finditer(_QUOTED.sub(" ", text))}
    return {iri for iri in map(expand, names) if iri is not None}


def _is_class(iri: str) -> bool:
    """Tell a class by its name, as the vocabularies have it: it begins with a capital."""
    return re.split("[/#]", iri)[-1][:1].isupper()
