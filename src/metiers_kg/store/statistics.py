"""What a graph holds, counted: triples, entities, classes and properties, as VoID tells them (https://www.w3.org/TR/void/).

The counts are those that SPARQL gives over the union of the named graphs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metiers_kg.store.dataset import Store
from metiers_kg.store.terms import Iri, Literal, Term

__all__ = ["PropertyCount", "Statistics", "read_statistics"]

_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class FILTER(isIRI(?class)) } GROUP BY ?class"
_PROPERTIES = """SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
  { ?s ?p ?o } GROUP BY ?p"""
_OF_CLASSES = "SELECT ?class ?p (COUNT(*) AS ?n) { ?s a ?class ; ?p ?o FILTER(isIRI(?class)) } GROUP BY ?class ?p"
_TOTALS = "SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o }"
_GRAPHS = "SELECT ?g ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ?p"
_GRAPH_CLASSES = "SELECT ?g (COUNT(DISTINCT ?class) AS ?n) { GRAPH ?g { ?s a ?class } } GROUP BY ?g"


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """How often a property is used.

    Attributes:
        triples: The triples that have it.
        subjects: The different subjects of these.
        objects: Their different objects.
    """

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts of a graph.

    Attributes:
        triples: All triples of the union.
        subjects: The different subjects.
        objects: The different objects.
        classes: The instances of each class, by IRI.
        properties: The use of each property, by IRI.
        of_classes: The triples of each property whose subject is of a class, by class and property.
        graphs: The triples of each named graph, by IRI.
        graph_properties: The number of properties in each named graph.
        graph_classes: The number of classes in each named graph.
    """

    triples: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, PropertyCount]
    of_classes: Mapping[tuple[str, str], int]
    graphs: Mapping[str, int]
    graph_properties: Mapping[str, int]
    graph_classes: Mapping[str, int]


def read_statistics(store: Store) -> Statistics:
    """Count what is in *store*; a third of a second for 70,000 triples, seconds for millions.

    >>> store = Store.memory("<https://e.org/a> a <https://e.org/B>, <https://e.org/C> .")
    >>> read_statistics(store).classes
    {'https://e.org/B': 1, 'https://e.org/C': 1}
    """
    of_classes, properties, graphs = (_rows(store, query) for query in (_OF_CLASSES, _PROPERTIES, _GRAPHS))
    classes, totals, graph_classes = (_rows(store, query) for query in (_CLASSES, _TOTALS, _GRAPH_CLASSES))
    sizes: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for graph, _, count in graphs:
        sizes[str(graph)] = sizes.get(str(graph), 0) + _int(count)
        kinds[str(graph)] = kinds.get(str(graph), 0) + 1
    used = {str(p): PropertyCount(_int(n), _int(subjects), _int(objects)) for p, n, subjects, objects in properties}
    return Statistics(
        triples=sum(count.triples for count in used.values()),
        subjects=_int(totals[0][0]),
        objects=_int(totals[0][1]),
        classes={str(iri): _int(n) for iri, n in classes},
        properties=used,
        of_classes={(str(iri), str(p)): _int(n) for iri, p, n in of_classes},
        graphs=sizes,
        graph_properties=kinds,
        graph_classes={str(graph): _int(n) for graph, n in graph_classes},
    )


def _rows(store: Store, query: str) -> list[tuple[object, ...]]:
    """Return the rows, sorted, with the values of the terms."""
    return sorted(
        (tuple(_value(term) for term in row) for row in store.rows(query)), key=lambda row: tuple(map(str, row))
    )


def _value(term: Term | None) -> object:
    if isinstance(term, Literal):
        return int(term.value)
    return term.value if isinstance(term, Iri) else str(term)


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"expected a count, found {value!r}")
    return value
