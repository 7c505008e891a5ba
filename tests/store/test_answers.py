from __future__ import annotations

from metiers_kg.store import GRAPH_FORMATS, Graph, Store


def test_turtle_declares_only_the_prefixes_it_uses() -> None:
    """A small graph is not preceded by prefixes that it does not use."""
    store = Store.memory(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <http://e.org/a> skos:broader <http://e.org/b> ."
    )
    graph = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(graph, Graph)
    lines = graph.write(GRAPH_FORMATS["ttl"]).decode().splitlines()

    assert [line for line in lines if line.startswith("@prefix")] == [
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    ]
