from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from metiers_kg.errors import QueryFileError
from metiers_kg.queries import SavedQuery

Make = Callable[..., SavedQuery]
LABEL = "label: {fr: L, en: L}"


@pytest.mark.parametrize(
    ("body", "params", "extra", "message"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", "", "", "found SELECT *; expected the columns by name"),
        ("SELECT ?s { { SELECT * { ?s ?p ?o } } } ORDER BY ?s", "", "", "found SELECT *; expected the columns by name"),
        ("SELECT ?s { ?s ?p ?o }", "", "", "found no ORDER BY; expected rows in a stable order"),
        ("SELECT ?s { { SELECT ?s {} ORDER BY ?s } }", "", "", "found no ORDER BY; expected rows in a stable order"),
        ("ASK { SERVICE <http://e/> {} }", "", "", "found SERVICE; expected a query that asks this graph alone"),
        (
            "ASK { ?s a esco:Skill }",
            "",
            "",
            "found 'esco:Skill'; expected 'PREFIX esco:' above it, for tools that lack it",
        ),
        (
            "SELECT (COUNT(?s) AS ?n) { ?s ?p ?o } ORDER BY ?n",
            "",
            "",
            "found COUNT without DISTINCT; a triple in two graphs would count twice",
        ),
        (
            "SELECT ?s { ?s ?p ?o } ORDER BY ?s",
            "",
            "expect: {columns: [o]}",
            "found 'columns' ['o']; expected those of the query, ['s']",
        ),
        (
            "SELECT ?s { ?s ?p ?o } ORDER BY ?s",
            "",
            "expect: {min-rows: some}",
            "found 'min-rows' 'some'; expected a whole number",
        ),
        (
            "SELECT ?s { ?s ?p ?o } ORDER BY ?s",
            "",
            "view: {chart: bar, x: o}",
            "found 'x' 'o' in 'view'; expected one of s",
        ),
        ("ASK { ?s ?p ?o }", "", "view: {chart: bar, x: o}", "found 'x' 'o' in 'view'; expected no view, .*"),
        ("ASK { ?s ?p ?_job_iri }", "", "", "found ?_job_iri; expected a parameter of the header"),
        (
            "ASK { ?s ?p ?_job }",
            f"job: {{{LABEL}, type: iri, required: true}}",
            "",
            "found no ?_job_iri in the query; .*",
        ),
        (
            "ASK { ?s ?p ?_job_literal }",
            f"job: {{{LABEL}, type: iri, required: true}}",
            "",
            "found ?_job_literal; expected ?_job_iri, as 'job' is declared",
        ),
        ("ASK { ?s ?p ?_lang_literal }", "", "", "found ?_lang_literal; expected a parameter of the header"),
        (
            "ASK { ?s ?p ?_job_iri }",
            f"job: {{{LABEL}, type: iri}}",
            "",
            "found ?_job_iri without VALUES; expected 'VALUES ?_job_iri { … }', since it is optional, .*",
        ),
        (
            "ASK { VALUES ?_job_iri { mkg:Job } ?s ?p ?_job_iri }",
            f"job: {{{LABEL}, type: iri}}",
            "",
            "found VALUES ?_job_iri { mkg:Job }; expected { UNDEF }, .*",
        ),
        (
            "ASK { VALUES ?_n_integer { 3 } ?s ?p ?_n_integer }",
            f"n: {{{LABEL}, type: integer, default: 4}}",
            "",
            'found VALUES ?_n_integer { 3 }; expected { "4".* }, the default .*',
        ),
        (
            "ASK { VALUES (?_n_integer ?b) { (UNDEF 1) } VALUES ?_n_integer { UNDEF } }",
            f"n: {{{LABEL}, type: integer}}",
            "",
            "found ?_n_integer in VALUES of several variables; expected VALUES to bind it alone",
        ),
        (
            "ASK { VALUES ?_n_integer { 3 } ?s ?p ?_n_integer }",
            f"n: {{{LABEL}, type: integer, required: true}}",
            "",
            "found ?_n_integer in VALUES; expected it where a term can stand",
        ),
        (
            "ASK { BIND(1 AS ?_n_integer) }",
            f"n: {{{LABEL}, type: integer, required: true}}",
            "",
            "found ?_n_integer after AS; expected it where a term can stand",
        ),
        (
            "ASK { FILTER(BOUND(?_n_integer)) }",
            f"n: {{{LABEL}, type: integer, required: true}}",
            "",
            "found ?_n_integer in BOUND; expected it where a term can stand",
        ),
        (
            "ASK { ?s ?_n_integer ?o }",
            f"n: {{{LABEL}, type: integer, required: true}}",
            "",
            "found ?_n_integer where no term of type integer can stand: .*",
        ),
        ("ASK { FILTER(STRLEN('a', 'b') = 1) }", "", "", "found a query that the engine refuses: .*"),
    ],
)
def test_each_rule_fires(saved: Make, body: str, params: str, extra: str, message: str) -> None:
    """A query that breaks a rule is refused with the rule, and where it has one, the line."""
    with pytest.raises(QueryFileError) as caught:
        saved(body, params, extra)
    pattern = re.escape(message).replace(r"\.\*", ".*")
    assert re.search(rf"^query\.rq(:\d+)?: {pattern}", str(caught.value), re.MULTILINE), str(caught.value)


@pytest.mark.parametrize(
    ("body", "params"),
    [
        ("SELECT ?s (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY DESC(?n)", ""),
        ("ASK { VALUES ?_j_multi_iri { UNDEF } ?s ?p ?_j_multi_iri }", f"j: {{{LABEL}, type: iri, multiple: true}}"),
        ("ASK { VALUES ?_n_integer {3} ?s ?p ?_n_integer }", f"n: {{{LABEL}, type: integer, default: 3}}"),
        ("ASK { VALUES ?_c_iri { mkg:Job } ?s a ?_c_iri }", f"c: {{{LABEL}, type: iri, default: mkg:Job}}"),
        ("ASK { VALUES ?_w_literal { UNDEF } FILTER(!BOUND(?_w_literal)) }", f"w: {{{LABEL}, type: string}}"),
        ("ASK { ?_j_iri ?p '?_x_iri' } # ?_y_iri", f"j: {{{LABEL}, type: iri, required: true}}"),
        ("DESCRIBE ?_j_iri", f"j: {{{LABEL}, type: iri, required: true}}"),
    ],
)
def test_queries_that_keep_the_rules_are_read(saved: Make, body: str, params: str) -> None:
    """Each form that the conventions allow is read."""
    assert saved(body, params).name == "query"


def test_names_of_files_are_names_in_addresses(saved: Make) -> None:
    """A file's name is in lower-case letters, digits and hyphens."""
    with pytest.raises(QueryFileError, match="found the name 'My query'"):
        saved("ASK {}", name="My query")
