from __future__ import annotations

import pytest

from metiers_kg.queries import Parameter
from metiers_kg.queries.substitution import substitute
from metiers_kg.queries.syntax import parse
from metiers_kg.store import Iri, Literal, Term

A = Iri("https://e.org/a")
B = Literal("b")


def put(text: str, *terms: Term, required: bool = True) -> str:
    """The text with terms in the places of ``?_x_iri``, or of its block."""
    parameter = Parameter(name="x", type="iri", required=required, multiple=not required)
    return substitute(parse(text), {parameter.variable: (parameter, terms)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK { ?_x_iri ?p ?_x_iri }", "ASK { <https://e.org/a> ?p <https://e.org/a> }"),
        ("ASK { ?s ?_x_iri ?o }", "ASK { ?s <https://e.org/a> ?o }"),
        ("ASK { ?s a/a* $_x_iri }", "ASK { ?s a/a* <https://e.org/a> }"),
        ("ASK { FILTER(?_x_iri!=?y) }", "ASK { FILTER(<https://e.org/a>!=?y) }"),
        ("ASK { BIND(STR(?_x_iri) AS ?y) }", "ASK { BIND(STR(<https://e.org/a>) AS ?y) }"),
        ("ASK { GRAPH ?_x_iri { } }", "ASK { GRAPH <https://e.org/a> { } }"),
        ("DESCRIBE ?_x_iri", "DESCRIBE <https://e.org/a>"),
        ("CONSTRUCT { ?s a ?_x_iri } { }", "CONSTRUCT { ?s a <https://e.org/a> } { }"),
        ("ASK { ?_x_iri a '?_x_iri' } # ?_x_iri", "ASK { <https://e.org/a> a '?_x_iri' } # ?_x_iri"),
        ("SELECT ?_x_iri { }", "SELECT (<https://e.org/a> AS ?_x_iri) { }"),
        ("ASK { { SELECT ?_x_iri { } } }", "ASK { { SELECT (<https://e.org/a> AS ?_x_iri_0) { } } }"),
        ("SELECT ?y { } GROUP BY ?_x_iri ?y", "SELECT ?y { } GROUP BY (<https://e.org/a>) ?y"),
    ],
)
def test_bare_variables_become_terms(text: str, expected: str) -> None:
    """A required parameter's variable gives way to its term, in the form its place asks for."""
    assert expected == put(text, A)


def test_blocks_take_every_term() -> None:
    """The VALUES block of a list holds its terms; the variable stays elsewhere."""
    text = "ASK { VALUES ?_x_multi_iri { UNDEF } ?s ?p ?_x_multi_iri }"
    expected = 'ASK { VALUES ?_x_multi_iri { <https://e.org/a> "b" } ?s ?p ?_x_multi_iri }'
    assert expected == put(text, A, B, required=False)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("?a", "?a STR(?b)"),
        ("DESC(?a) # last", "DESC(?a) STR(?a) STR(?b) # last"),
        ("?b ?a LIMIT 3", "?b ?a LIMIT 3"),
        ("STRLEN(?a) VALUES ?a { 1 }", "STRLEN(?a) STR(?a) STR(?b) VALUES ?a { 1 }"),
    ],
)
def test_rows_get_a_total_order(order: str, expected: str) -> None:
    """Columns that the query does not sort by break the ties."""
    assert f"SELECT ?a ?b {{}} ORDER BY {expected}" == substitute(parse(f"SELECT ?a ?b {{}} ORDER BY {order}"), {})


def test_a_term_is_sorted_by_in_brackets() -> None:
    """ORDER BY takes a constant in brackets only, and a constant breaks no tie."""
    text = "SELECT ?_x_iri { } ORDER BY ?_x_iri"
    assert put(text, A) == "SELECT (<https://e.org/a> AS ?_x_iri) { } ORDER BY (<https://e.org/a>)"
