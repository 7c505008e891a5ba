from __future__ import annotations

import pytest

from metiers_kg.queries.places import find_places
from metiers_kg.queries.syntax import parse


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("SELECT ?_x { ?_x ?p ?o }", ["column", "term"]),
        ("SELECT (1 AS ?_x) { { SELECT ?_x { } } }", ["target", "inner-column"]),
        ("SELECT (?_x + 1 AS ?y) { }", ["term"]),
        (
            "ASK { VALUES ?_x { 1 } FILTER EXISTS { ?s ?_x [ ?p ?_x ] } BIND(?_x AS ?y) }",
            ["block", "term", "term", "term"],
        ),
        ("ASK { VALUES (?a ?_x) { (1 2) } GRAPH ?_x { (?_x) ?p 1 } }", ["row", "term", "term"]),
        (
            "SELECT ?a { } GROUP BY ?_x (?_x AS ?_x) HAVING (?_x > 1) ORDER BY ?_x DESC(?_x)",
            ["condition", "term", "target", "term", "condition", "term"],
        ),
        ("ASK { FILTER(BOUND(?_x) && STRLEN(?_x) = 1) }", ["bound", "term"]),
        ("ASK { ?s ?p '?_x', <http://e/?_x> } # ?_x", []),
        ("ASK { } VALUES $_x { 1 }", ["block"]),
    ],
)
def test_places_have_roles(text: str, roles: list[str]) -> None:
    """What a variable is in its place comes from the tree above it."""
    assert roles == [place.role for place in find_places(parse(text))]


def test_a_block_is_the_inside_of_its_braces() -> None:
    """The place of a VALUES block is what its values take up."""
    text = "ASK { VALUES ?_x { 1 'b}' } }"
    (place,) = find_places(parse(text))
    assert text[place.start : place.end] == " 1 'b}' "
