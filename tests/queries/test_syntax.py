from __future__ import annotations

import time

import pytest

from metiers_kg.errors import QuerySyntaxError
from metiers_kg.queries.syntax import MAX_DEPTH, MAX_LENGTH, MAX_TOKENS, check_read_only, parse
from metiers_kg.store import Store

VALID = [
    "SELECT * {}",
    "SELECT DISTINCT ?a (COUNT(DISTINCT *) AS ?n) WHERE { ?a ?p ?o } GROUP BY ?a HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?a",
    "SELECT REDUCED ?a FROM <http://e/g> FROM NAMED <http://e/h> { GRAPH ?g { ?a ?p ?o } } LIMIT 1 OFFSET 2",
    "SELECT ?a { ?a ?p ?o } OFFSET 2 LIMIT 1",
    "SELECT (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=', ') AS ?all) { ?s ?p ?o } GROUP BY (STR(?s) AS ?t) STRLEN(?o)",
    "ASK { ?s a mkg:Job ; skos:prefLabel ?l , 'x'@fr ;; . [] ?p () . (1 2.5 -3 <http://e/a>) ?p [ ?q _:b ; ?r [] ] }",
    "ASK { ?s mkg:a?/^mkg:b*|!(a|^mkg:c)+ / (mkg:d|mkg:e) ?o . ?s !mkg:f ?o ; ^a ?t }",
    "ASK { { ?s ?p ?o } UNION { ?s ?q ?o } UNION {} OPTIONAL { ?s ?r ?o } MINUS { ?s a ?c } . FILTER(?s != ?o) }",
    "ASK { FILTER(!BOUND(?x) || ?x IN (1, 2) && ?x NOT IN () || -?x * 2 + 1 -1 <= +3.0e1 / 2) }",
    "ASK { FILTER NOT EXISTS { ?s ?p ?o } FILTER EXISTS {} FILTER REGEX(?s, 'a', 'i') FILTER xsd:integer(?s) }",
    "ASK { BIND(IF(COALESCE(?a, 1) = 1, 'x'^^xsd:string, \"y\") AS ?b) VALUES ?c { UNDEF true false 1 'x' mkg:Job } }",
    "ASK { VALUES (?a ?b) { (1 UNDEF) (UNDEF 'x') } VALUES () { () } } VALUES ?z { 1 }",
    "ASK { { SELECT ?a { ?a ?p ?o } ORDER BY ?a LIMIT 2 VALUES ?a { <http://e/x> } } }",
    "CONSTRUCT { ?s ?p [ a ?c ] . } WHERE { ?s ?p ?c } LIMIT 1",
    "CONSTRUCT {} FROM <http://e/g> {}",
    "CONSTRUCT WHERE { ?s ?p ?o . ?s a ?c }",
    "DESCRIBE ?s mkg:Job { ?s ?p ?o }",
    "DESCRIBE <http://e/a>",
    "BASE <http://e/> PREFIX : <a#> PREFIX b.c: <d> ASK { :x b.c:y.z :\\~1%20 }",
    "ASK{?s?p?o.FILTER(?s<?o&&?p>?o)}",
    "SELECT ?a (?a<=1&&?b>=2 AS ?c) {?a<http://e/p>?b FILTER((?a)<1&&'x'<?b||STR(?a)>'y')} ORDER BY (1<2&&3>?a)",
    "ASK { FILTER(NOW() > 0 && RAND ( ) < 1 && BNODE() = BNODE('x')) }",
    "# c\nASK # SERVICE <x>\n{ ?SERVICE ?p 'SERVICE <x> {}' }",
]


@pytest.mark.parametrize("text", VALID)
def test_queries_that_the_engine_takes_are_taken(text: str) -> None:
    """What is SPARQL 1.1 for the engine is SPARQL 1.1 here."""
    Store.memory().query(text)
    assert check_read_only(text) in ("select", "ask", "construct", "describe")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT",
        "SELECT ?x",
        "SELECT ?x { ?x a }",
        "SELECT ?x { ?x a ?y ",
        "SELECT ?x { ?x a ?y }}",
        "SELECT ?x { ?x a ?y } LIMIT ?n",
        "SELECT ?x { ?x a ?y } ORDER BY",
        "SELECT ?x ?y + 1 { }",
        "SELECT { ?x a ?y }",
        "ASK { BIND(1 AS 2) }",
        "ASK { VALUES ?x { ?y } }",
        "ASK { 'x' }",
        "ASK {} ASK {}",
        "ASK {} ; CLEAR ALL",
        "FROM <http://e/g> ASK {}",
        "",
    ],
)
def test_texts_that_the_engine_refuses_are_refused(text: str) -> None:
    """What is no query for the engine is none here."""
    with pytest.raises(QuerySyntaxError):
        Store.memory().query(text)
    with pytest.raises(QuerySyntaxError, match="not a SPARQL query: line 1"):
        check_read_only(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELEC ?x {}", "line 1, column 1: found 'SELEC', expected ASK or .*; did you mean SELECT?"),
        ("SELECT ?x {\n  OPTINAL { ?x ?p ?o } }", "line 2, column 3: found 'OPTINAL'; did you mean OPTIONAL?"),
        ("SELECT ?x { ?x a ?y", "line 1: found the end of the query, expected '}' before it"),
        ("SELECT ?x { ?x a 'abc }", "line 1, column 18: found a string without its end"),
        ("ASK { foo:x a mkg:Job }", "line 1, column 7: the prefix 'foo' of 'foo:x' is not declared"),
        ("ASK { skoss:x a mkg:Job }", "did you mean skos"),
    ],
)
def test_faults_are_told_with_their_place(text: str, message: str) -> None:
    """A message says line, column, what was found and what would be right, in one line."""
    with pytest.raises(QuerySyntaxError, match=message) as caught:
        check_read_only(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://e/a> a <http://e/b> }",
        "PREFIX e: <http://e/> delete where { ?s ?p ?o }",
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE {}",
        "LOAD <http://e/a>",
        "CLEAR ALL",
        "DROP GRAPH <http://e/a>",
    ],
)
def test_updates_are_refused(text: str) -> None:
    """An update is called one."""
    with pytest.raises(QuerySyntaxError, match="an update; this service only reads"):
        check_read_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://e/> { ?s ?p ?o } }",
        "ASK { service silent ?x {} }",
        "SELECT ?x { { SELECT ?x { OPTIONAL { FILTER EXISTS { SERVICE <http://e/> {} } } } } }",
    ],
)
def test_other_services_are_refused(text: str) -> None:
    """SERVICE is found wherever it stands in the tree."""
    with pytest.raises(QuerySyntaxError, match="found SERVICE"):
        check_read_only(text)


def test_graphs_may_be_chosen() -> None:
    """FROM and FROM NAMED read nothing but the store."""
    assert check_read_only("ASK FROM <http://e/g> FROM NAMED <http://e/h> { GRAPH ?g {} }") == "ask"


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 2000 + "}" * 2000,
        "ASK { FILTER(" + "(" * 2000 + "1" + ")" * 2000 + ") }",
        "ASK {" + "[ <http://e/p> " * 200 + "1" + "]" * 200 + " }",
        "ASK { FILTER(" + "||".join(["1"] * 6000) + ") }",
        "ASK { " + "?s ?p ?o . " * 10_000 + "}",
        "(" * 100_000,
        "'" * 100_000,
        "SELECT " + "?x" * 50_000,
    ],
)
def test_huge_and_deep_texts_are_refused_at_once(text: str) -> None:
    """No text takes long, exhausts the stack, or reaches an engine that would overflow its own."""
    begin = time.perf_counter()
    with pytest.raises(QuerySyntaxError):
        check_read_only(text)
    assert time.perf_counter() - begin < 2


def test_limits_leave_room() -> None:
    """A list of a thousand IRIs is a query like another."""
    iris = " ".join(f"<http://data.europa.eu/esco/skill/{number}>" for number in range(1000))
    text = f"SELECT ?s {{ VALUES ?s {{ {iris} }} }}"
    assert len(text) < MAX_LENGTH
    assert len(text.split()) < MAX_TOKENS
    assert MAX_DEPTH >= 100
    assert check_read_only(text) == "select"


def test_columns_are_the_projection_of_the_query_itself() -> None:
    """Columns are those of the outer SELECT, in order, aliases by their name."""
    assert parse("SELECT ?b (1 AS ?a) { { SELECT ?c { } } }").columns == ("b", "a")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT ?x {}", "select"),
        ("ASK {}", "ask"),
        ("CONSTRUCT WHERE {}", "construct"),
        ("CONSTRUCT {} {}", "construct"),
        ("DESCRIBE <http://e/a>", "describe"),
    ],
)
def test_forms(text: str, form: str) -> None:
    """Each of the four forms is told from the others."""
    assert check_read_only(text) == form


def test_order_is_that_of_the_query_itself() -> None:
    """An ORDER BY in a sub-select orders nothing outside it."""
    assert parse("SELECT ?x { { SELECT ?x { } ORDER BY ?x } }").order is None
