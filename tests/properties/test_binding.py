"""Whatever text is given for a parameter, it is data: the query keeps its shape and the engine gives the text back."""

from __future__ import annotations

import re

import pytest
import rdflib
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lark import Token
from pyparsing import ParseResults
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from metiers_kg.errors import ParameterError, QueryFileError
from metiers_kg.queries import SavedQuery, bind
from metiers_kg.queries.syntax import Node, parse
from metiers_kg.store import Graph, Iri, Literal, Store, Truth

HEADER = """#+ summary: S
#+ title: {fr: T, en: T}
#+ description: {fr: D, en: D}
#+ params: {x: {label: {fr: X, en: X}, type: TYPE, EXTRA}}
"""

BARE = {
    "object": "SELECT ?v { BIND(VAR AS ?v) OPTIONAL { ?s ?p VAR } } ORDER BY ?v",
    "projection": "SELECT VAR ?v { BIND(VAR AS ?v) } ORDER BY VAR ?v",
    "expression": "SELECT (VAR AS ?v) { } ORDER BY STRLEN(STR(VAR))",
    "sub-select": "SELECT ?v { { SELECT VAR (SAMPLE(VAR) AS ?v) { } GROUP BY VAR } } ORDER BY ?v",
    "exists": "SELECT ?v { VALUES ?w { 1 } BIND(VAR AS ?v) FILTER NOT EXISTS { ?s ?p VAR } } ORDER BY ?v",
    "filter": "SELECT ?v { BIND(VAR AS ?v) FILTER(?v = VAR && VAR IN (VAR)) } ORDER BY ?v",
    "union": "SELECT DISTINCT ?v { { BIND(VAR AS ?v) } UNION { BIND(VAR AS ?v) } MINUS { ?s ?p VAR } } ORDER BY ?v",
    "path": "SELECT ?v { BIND(VAR AS ?v) OPTIONAL { ?s <https://e.org/p>/<https://e.org/q>* VAR } } ORDER BY ?v",
    "having": "SELECT (SAMPLE(VAR) AS ?v) { } GROUP BY ?g HAVING (COUNT(DISTINCT VAR) >= 0) ORDER BY DESC(?v)",
    "sub-select within": "SELECT ?v { { SELECT ?v { { SELECT (VAR AS ?v) { } ORDER BY VAR LIMIT 1 } } } } ORDER BY ?v",
    "exists within optional": "SELECT ?v { BIND(VAR AS ?v) OPTIONAL { ?s ?p ?o FILTER EXISTS { ?o ?q VAR } } } ORDER BY ?v",
    "function": "SELECT ?v { BIND(IF(STRLEN(VAR) > 0, VAR, CONCAT(VAR, VAR)) AS ?v) } ORDER BY ?v",
    "object list": "SELECT ?v { BIND(VAR AS ?v) MINUS { ?s ?p VAR, [ ?q VAR ; ?r (VAR) ] } } ORDER BY ?v",
    "group": "SELECT (SAMPLE(?w) AS ?v) { BIND(VAR AS ?w) } GROUP BY VAR HAVING (MAX(VAR) = VAR) ORDER BY VAR ?v",
    "among strings": "SELECT ?v { BIND(VAR AS ?v) } ORDER BY ?v # VAR '\n",
}
BLOCKS = {
    "values": "SELECT ?v { VALUES VAR { UNDEF } BIND(VAR AS ?v) } ORDER BY ?v",
    "values of a sub-select": "SELECT ?v { { SELECT ?v { VALUES VAR { UNDEF } BIND(VAR AS ?v) } } } ORDER BY ?v",
    "values at the end": "SELECT VAR { } ORDER BY VAR VALUES VAR { UNDEF }",
}

TEXTS = st.one_of(
    st.text(min_size=1),
    st.text(alphabet="\"'\\{}()<>#?$@^.;,|\n\r\t u0022", min_size=1),
    st.sampled_from(
        ['") } #', "'''", '"""', "\\", '\\"', "\\u0022", "?_x_literal", "} SERVICE <http://e/> {", "\x00", "\u2028"]
    ),
).filter(lambda text: bool(text.strip()))


def make(body: str, type: str, suffix: str, extra: str = "required: true") -> SavedQuery:
    """A saved query of one parameter."""
    header = HEADER.replace("TYPE", type).replace("EXTRA", extra)
    return SavedQuery.parse("query", header + body.replace("VAR", f"?_x_{suffix}"))


def shape(node: Node | Token) -> object:
    """The tree with the types of its tokens in the place of their texts."""
    if isinstance(node, Token):
        return node.type
    return (str(node.data), tuple(shape(child) for child in node.children))


def tokens(node: Node, term: str) -> list[str]:
    """The texts of the tokens, but for those of the bound term."""
    return [text for text in (str(token) for token in node.scan_values(lambda _: True)) if text != term]


def first_values(text: str) -> list[object]:
    """The last column of what the engine gives for a query over nothing."""
    return [row[-1] for row in Store.memory().rows(text)]


@pytest.mark.parametrize("place", BARE)
@settings(max_examples=60, deadline=None)
@given(value=TEXTS)
def test_a_text_is_data_wherever_it_stands(place: str, value: str) -> None:
    """Any text keeps the tree of the query, token for token, and comes back from the engine unchanged."""
    check_data(make(BARE[place], "string", "literal"), value)


@pytest.mark.parametrize("place", BLOCKS)
@settings(max_examples=60, deadline=None)
@given(value=TEXTS)
def test_a_text_is_data_in_values(place: str, value: str) -> None:
    """Any text of an optional parameter keeps the tree of the query, and comes back unchanged."""
    check_data(make(BLOCKS[place], "string", "literal", "required: false"), value)


def check_data(query: SavedQuery, value: str) -> None:
    """Bind a text, and compare tree, tokens and answer with those of a plain one."""
    try:
        bound = bind(query, {"x": [value]}, None)
    except ParameterError:
        with pytest.raises(UnicodeEncodeError):  # a lone surrogate is no text
            value.encode()
        return
    plain = parse(bind(query, {"x": ["plain"]}, None).text)
    found = parse(bound.text)
    assert shape(plain.tree) == shape(found.tree)
    assert tokens(plain.tree, '"plain"') == tokens(found.tree, str(Literal(value)))
    assert [Literal(value)] == first_values(bound.text)


@pytest.mark.parametrize("place", [*BARE, *BLOCKS])
@settings(max_examples=8, deadline=None)
@given(value=TEXTS)
def test_another_parser_sees_the_same_query(place: str, value: str) -> None:
    """In the algebra of rdflib, whose parser is another, nothing but the one term differs from a plain text's."""
    is_bare = place in BARE
    extra = "required: true" if is_bare else "required: false"
    query = make((BARE if is_bare else BLOCKS)[place], "string", "literal", extra)
    assume(not CODE_POINT.search(value))
    try:
        bound = bind(query, {"x": [value]}, None).text
    except ParameterError:
        return
    assert algebra(bind(query, {"x": ["plain"]}, None).text, "plain") == algebra(bound, value)


CODE_POINT = re.compile(r"\\u|\\U|\r")
"""What rdflib reads before it parses: code points in what is no escape, and line ends."""


def algebra(text: str, value: str) -> object:
    """What rdflib makes of a query, with a mark in the place of *value*."""

    def shape(part: object) -> object:
        if isinstance(part, rdflib.Literal):
            is_text = part.datatype is None and part.language is None
            return "the value" if is_text and str(part) == value else part.n3()
        if isinstance(part, CompValue):
            return (part.name, tuple((key, shape(inner)) for key, inner in part.items()))
        if isinstance(part, (list, tuple, ParseResults)):
            return tuple(shape(inner) for inner in part)
        if isinstance(part, dict):
            return tuple((str(shape(key)), shape(inner)) for key, inner in part.items())
        if isinstance(part, (set, frozenset)):
            return tuple(sorted(str(shape(inner)) for inner in part))
        return "a blank node" if isinstance(part, rdflib.BNode) else str(part)

    return shape(translateQuery(parseQuery(text), initNs=None).algebra)


@settings(max_examples=60, deadline=None)
@given(value=TEXTS)
def test_a_text_is_data_in_asks_and_graphs(value: str) -> None:
    """An ASK finds the text equal to itself; a CONSTRUCT gives it back in every triple of its template."""
    try:
        expected = Literal(value)
    except UnicodeEncodeError:
        return
    asked = make("ASK { BIND(VAR AS ?v) FILTER(?v = VAR && NOT EXISTS { ?s ?p VAR }) }", "string", "literal")
    answer = Store.memory().query(bind(asked, {"x": [value]}, None).text)
    assert isinstance(answer, Truth)
    assert answer.value
    made = make(
        "CONSTRUCT { <urn:s> <urn:p> VAR . <urn:t> <urn:p> VAR } WHERE { BIND(VAR AS ?v) } ORDER BY VAR",
        "string",
        "literal",
    )
    graph = Store.memory().query(bind(made, {"x": [value]}, None).text)
    assert isinstance(graph, Graph)
    assert [expected, expected] == [found for _, _, found in graph]


RESOURCES = {
    "verb": "SELECT ?v { BIND(VAR AS ?v) OPTIONAL { ?s VAR ?o } } ORDER BY ?v",
    "ends of a path": "SELECT ?v { BIND(VAR AS ?v) OPTIONAL { VAR (<urn:p>|^<urn:q>)*/!<urn:r> VAR } } ORDER BY ?v",
    "graph": "SELECT ?v { BIND(VAR AS ?v) OPTIONAL { GRAPH VAR { ?s ?p VAR } } } ORDER BY ?v",
    "class in exists": "SELECT ?v { BIND(VAR AS ?v) FILTER NOT EXISTS { ?s a VAR } } ORDER BY ?v",
}


@pytest.mark.parametrize("place", RESOURCES)
@settings(max_examples=60, deadline=None)
@given(value=st.one_of(st.text(), st.text(alphabet="<>{}\"' \\\n#/:?é%20").map(lambda text: f"https://e.org/{text}")))
def test_an_iri_is_data_wherever_it_stands(place: str, value: str) -> None:
    """A text that is no IRI is refused; one that is keeps the tree of the query, and comes back as that IRI."""
    query = make(RESOURCES[place], "iri", "iri")
    try:
        bound = bind(query, {"x": [value]}, None)
    except ParameterError:
        return
    (term,) = bound.values["x"]
    assert isinstance(term, Iri)
    plain = parse(bind(query, {"x": ["urn:plain"]}, None).text)
    assert shape(plain.tree) == shape(parse(bound.text).tree)
    assert [term] == first_values(bound.text)


@pytest.mark.parametrize("path", ["VAR+", "^VAR", "!VAR", "VAR/<urn:p>", "(VAR|<urn:p>)?"])
def test_no_variable_stands_within_a_path(path: str) -> None:
    """SPARQL has no variable among the steps of a path: such a file is refused when it is read, not when it is asked."""
    with pytest.raises(QueryFileError, match=r"not a SPARQL query: line 5, column \d+: found"):
        make(f"SELECT ?s {{ ?s {path} ?o }} ORDER BY ?s", "iri", "iri")


@settings(max_examples=60, deadline=None)
@given(values=st.lists(TEXTS, min_size=1, max_size=5, unique=True))
def test_every_text_of_a_list_is_data(values: list[str]) -> None:
    """A list comes back with each text once, in order of its texts."""
    query = make(
        "SELECT ?v { VALUES VAR { UNDEF } BIND(VAR AS ?v) } ORDER BY ?v", "string", "multi_literal", "multiple: true"
    )
    found = first_values(bind(query, {"x": values}, None).text)
    assert sorted(values) == sorted(term.value for term in found if isinstance(term, Literal))


@settings(max_examples=200, deadline=None)
@given(value=st.one_of(st.text(), st.text(alphabet="<>{}\"' \\\n#/:?é%20").map(lambda text: f"https://e.org/{text}")))
def test_an_iri_is_bound_whole_or_not_at_all(value: str) -> None:
    """A text that is no IRI is refused; one that is comes back as that IRI."""
    query = make(
        "SELECT ?v { BIND(VAR AS ?v) OPTIONAL { ?s VAR VAR . VAR <https://e.org/p>+ VAR } } ORDER BY ?v", "iri", "iri"
    )
    try:
        bound = bind(query, {"x": [value]}, None)
    except ParameterError:
        return
    assert list(bound.values["x"]) == first_values(bound.text)
    assert isinstance(bound.values["x"][0], Iri)


@settings(max_examples=100, deadline=None)
@given(value=st.text(), kind=st.sampled_from(["integer", "decimal", "date", "year", "boolean"]))
def test_other_types_take_nothing_but_their_own(value: str, kind: str) -> None:
    """A text is bound as a typed value or refused; no text breaks the reader."""
    suffix = {"integer": "integer", "year": "xsd_gYear"}.get(kind, f"xsd_{kind}")
    query = make("SELECT ?v { BIND(VAR AS ?v) } ORDER BY ?v", kind, suffix)
    try:
        bound = bind(query, {"x": [value]}, None)
    except ParameterError:
        return
    assert len(first_values(bound.text)) == 1


@settings(max_examples=100, deadline=None)
@given(value=st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_integers_come_back(value: int) -> None:
    """Every integer of 64 bits is bound and compares equal to itself."""
    query = make("SELECT ?v { BIND(VAR + 0 AS ?v) FILTER(VAR = ?v) } ORDER BY ?v", "integer", "integer")
    (found,) = first_values(bind(query, {"x": [str(value)]}, None).text)
    assert isinstance(found, Literal)
    assert str(value) == found.value
