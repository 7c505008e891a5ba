"""The dataset and its engine: the only place that knows pyoxigraph."""

from metiers_kg.store.answers import Answer, Graph, Rows, Truth
from metiers_kg.store.closed import StoredClosure
from metiers_kg.store.dataset import SUGGESTED_GRAPHS, Store
from metiers_kg.store.formats import ENGINE, GRAPH_FORMATS, ROW_FORMATS, Format
from metiers_kg.store.terms import BlankNode, Iri, Literal, Term, Triple
from metiers_kg.store.turtle import read_turtle

__all__ = [
    "ENGINE",
    "GRAPH_FORMATS",
    "ROW_FORMATS",
    "SUGGESTED_GRAPHS",
    "Answer",
    "BlankNode",
    "Format",
    "Graph",
    "Iri",
    "Literal",
    "Rows",
    "Store",
    "StoredClosure",
    "Term",
    "Triple",
    "Truth",
    "read_turtle",
]
