"""Names: namespaces and prefixes, named graphs, kinds of resources, and the minting of IRIs."""

from metiers_kg.vocabulary.folding import fold, fold_lines
from metiers_kg.vocabulary.iris import KINDS, graph_iri, kind_and_slug, mint, slugify
from metiers_kg.vocabulary.labels import LABELS, VOCABULARIES, VOCABULARY_GRAPHS
from metiers_kg.vocabulary.namespaces import BASE, ONTOLOGY, PREFIXES, compact, expand

__all__ = [
    "BASE",
    "KINDS",
    "LABELS",
    "ONTOLOGY",
    "PREFIXES",
    "VOCABULARIES",
    "VOCABULARY_GRAPHS",
    "compact",
    "expand",
    "fold",
    "fold_lines",
    "graph_iri",
    "kind_and_slug",
    "mint",
    "slugify",
]
