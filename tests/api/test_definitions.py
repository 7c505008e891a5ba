"""Saved queries described as JSON and RDF."""

from __future__ import annotations

import pytest

from metiers_kg.api import Service
from metiers_kg.api.definitions import query_document, query_summary
from metiers_kg.api.sparql_examples import catalogue_graph, query_graph
from metiers_kg.store import GRAPH_FORMATS, Store


def test_summary_is_part_of_the_document(service: Service) -> None:
    """What the list says of a query, its document says too, but for the parameters, which it tells in full."""
    query = service.catalogue.get_query("jobs")
    summary, document = query_summary(query, "en"), query_document(query, "en")

    assert {**summary, "parameters": document["parameters"]}.items() <= document.items()


@pytest.mark.parametrize(
    ("name", "class_", "text"),
    [
        ("jobs", "SPARQLSelectExecutable", "select"),
        ("has-neighbours", "SPARQLAskExecutable", "ask"),
        ("job-graph", "SPARQLConstructExecutable", "construct"),
    ],
)
def test_executables(service: Service, name: str, class_: str, text: str) -> None:
    """A query in RDF has the class of its form and its text, unchanged."""
    query = service.catalogue.get_query(name)
    store = Store.memory(query_graph(query, "https://e.org/sparql").write(GRAPH_FORMATS["ttl"]))
    rows = store.rows(f"SELECT ?text {{ <https://w3id.org/metiers-kg/query/{name}> a sh:{class_} ; sh:{text} ?text }}")

    assert [row[0].value for row in rows if hasattr(row[0], "value")] == [query.text]


def test_every_parameter_is_described(service: Service) -> None:
    """Every parameter has a name in French and English, and says what its values are."""
    store = Store.memory(
        catalogue_graph(service.catalogue.values(), "https://e.org/sparql").write(GRAPH_FORMATS["ttl"])
    )
    rows = store.rows(
        "SELECT ?p { ?p a sh:Parameter ; sh:name ?fr, ?en FILTER(LANG(?fr) = 'fr' && LANG(?en) = 'en')"
        " ?p sh:nodeKind|sh:datatype ?values }"
    )

    assert len(list(rows)) == sum(len(query.parameters) for query in service.catalogue.values())
