"""Names: namespaces and prefixes, named graphs, kinds of resources, and the minting of IRIs."""

from metiers_kg.vocabulary.iris import KINDS, graph_iri, kind_and_slug, mint, slugify
from metiers_kg.vocabulary.namespaces import BASE, ONTOLOGY, PREFIXES, compact, expand

__all__ = [
    "BASE",
    "KINDS",
    "ONTOLOGY",
    "PREFIXES",
    "compact",
    "expand",
    "graph_iri",
    "kind_and_slug",
    "mint",
    "slugify",
]
