from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from metiers_kg.errors import ParameterError
from metiers_kg.queries import Catalogue, Names, Result, SavedQuery, answer, answer_bound, prepare, write_whole
from metiers_kg.store import GRAPH_FORMATS, Store

Make = Callable[..., SavedQuery]

LABELLED = """SELECT ?c ?cLabel { ?j mkg:requiresCompetence ?c . ?c skos:prefLabel ?cLabel FILTER(LANG(?cLabel) = "fr") }
ORDER BY ?c"""


def column(result: Result, name: str) -> list[object]:
    """The values of a column, as flat JSON has them."""
    assert result.table is not None
    return [record[name] for record in result.table.records()]


def numbers(count: int) -> Store:
    """As many subjects with one value each."""
    return Store.memory("\n".join(f"<https://e.org/{i:02}> <https://e.org/p> {i % 3} ." for i in range(count)))


NUMBERS = "SELECT ?s ?n { ?s <https://e.org/p> ?n } ORDER BY ?n"


def test_a_select_gives_a_table(saved: Make, store: Store, names: Names) -> None:
    """Columns and rows of a SELECT come as a table, all of them without a limit."""
    result = answer(store, names, saved(LABELLED), {})
    assert result.columns == ("c", "cLabel")
    assert column(result, "cLabel") == ["Qualité", "Statistique", "Statistique"]
    assert not result.has_next


def test_pages_hold_every_row_once(saved: Make) -> None:
    """Pages follow one another without repeating or losing a row, though the query leaves ties."""
    store, query = numbers(10), saved(NUMBERS)
    pages = [answer(store, None, query, {}, limit=4, page=page) for page in (1, 2, 3, 4)]
    assert [4, 4, 2, 0] == [len(column(page, "s")) for page in pages]
    assert [True, True, False, False] == [page.has_next for page in pages]
    assert column(answer(store, None, query, {}), "s") == [cell for page in pages for cell in column(page, "s")]


def test_a_page_that_ends_with_the_rows_has_no_next(saved: Make) -> None:
    """A page that the rows just fill is the last."""
    assert not answer(numbers(4), None, saved(NUMBERS), {}, limit=4).has_next


def test_a_limit_of_the_query_keeps_its_meaning(saved: Make) -> None:
    """Pages go through the rows that the query itself lets through."""
    query = saved(NUMBERS + " LIMIT 5")
    result = answer(numbers(10), None, query, {}, limit=4, page=2)
    assert (len(column(result, "s")), result.has_next) == (1, False)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("fr", ["Qualité", "Statistique"]), ("en", ["Qualité", "Statistics"]), ("de", ["Qualité", "Statistik"])],
)
def test_labels_are_in_the_language_asked_for(
    saved: Make, store: Store, names: Names, lang: str, expected: list[str]
) -> None:
    """The label of an IRI replaces the French one of the query; where there is none, French stays."""
    result = answer(store, names, saved(LABELLED.replace("SELECT", "SELECT DISTINCT")), {}, lang=lang)
    assert expected == column(result, "cLabel")


def test_translated_labels_tell_their_language(saved: Make, store: Store, names: Names) -> None:
    """A label keeps the tag of the language it is in."""
    result = answer(store, names, saved(LABELLED), {}, lang="en")
    assert result.table is not None
    assert ['"Qualité"@fr', '"Statistics"@en'] == [str(row[1]) for row in result.table.rows][:2]


def test_an_ask_gives_a_truth(saved: Make, store: Store, names: Names) -> None:
    """The answer to an ASK is true or false."""
    query = saved(
        "ASK { ?_job_iri mkg:requiresCompetence ?c }",
        "job: {label: {fr: J, en: J}, type: iri, class: mkg:Job, required: true}",
    )
    truths = [answer(store, names, query, {"job": [job]}).truth for job in ("data manager", "pilote-d-installation")]
    assert [True, False] == [truth.value for truth in truths if truth is not None]


def test_a_construct_gives_a_graph_to_write_twice(saved: Make, store: Store, names: Names) -> None:
    """The triples of a CONSTRUCT may be written in one format and then in another."""
    graph = answer(store, names, saved("CONSTRUCT { ?c a skos:Concept } { ?j mkg:requiresCompetence ?c }"), {}).graph
    assert graph is not None
    lines = graph.write(GRAPH_FORMATS["nt"]).splitlines()
    assert (2, 2) == (len(lines), len(graph.write(GRAPH_FORMATS["nt"]).splitlines()))


def test_suggestions_can_be_left_out(saved: Make) -> None:
    """With *asserted*, what was inferred is not seen."""
    graph = "<https://w3id.org/metiers-kg/graph/"
    store = Store.memory(
        f'<https://e.org/a> <https://e.org/p> "said" {graph}data> .\n'
        f'<https://e.org/a> <https://e.org/p> "inferred" {graph}inferred> .',
        nquads=True,
    )
    query = saved("SELECT ?o { ?s ?p ?o } ORDER BY ?o")
    assert [["inferred", "said"], ["said"]] == [
        column(answer(store, None, query, {}, asserted=asserted), "o") for asserted in (False, True)
    ]


def test_choices_of_another_query_are_enforced(saved: Make, store: Store, names: Names) -> None:
    """A value that the query of the choices does not give is refused."""
    codes = saved("SELECT ?l { ?s skos:notation ?l } ORDER BY ?l", name="codes")
    query = saved(
        "SELECT ?s { VALUES ?_n_literal { UNDEF } ?s skos:notation ?_n_literal } ORDER BY ?s",
        "n: {label: {fr: N, en: N}, type: string, choices-query: codes}",
    )
    catalogue = Catalogue([codes, query])
    assert len(column(answer(store, names, catalogue["query"], {"n": ["S1"]}), "s")) == 1
    with pytest.raises(ParameterError, match="found 'S2', expected a value of the query 'codes'"):
        answer(store, names, catalogue["query"], {"n": ["S2"]})


@pytest.mark.parametrize(
    ("options", "parameter"),
    [({"lang": "it"}, "lang"), ({"limit": 0}, "limit"), ({"limit": 5, "page": 0}, "page"), ({"page": 2}, "limit")],
)
def test_service_parameters_are_checked(saved: Make, store: Store, options: dict[str, object], parameter: str) -> None:
    """A language, limit or page that cannot be is refused by name."""
    with pytest.raises(ParameterError) as caught:
        answer(store, None, saved("ASK {}"), {}, **options)  # type: ignore[arg-type]  # as a request gives them
    assert [parameter] == [fault.parameter for fault in caught.value.faults]


def test_columns_of_mixed_values_are_sorted_safely(saved: Make) -> None:
    """Numbers, dates and texts in one column break ties by their text; the engine's own order of them is not total."""
    values = "\n".join(
        f'<https://e.org/{i}> <https://e.org/p> {i}, {i}.5, "v{i}", "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>, 1.0e3 .'
        for i in range(200)
    )
    result = answer(Store.memory(values), None, saved("SELECT ?p ?o { ?s ?p ?o } ORDER BY ?p"), {})
    assert len(column(result, "o")) == 1000


ODD = r"""
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://e.org/a> <https://e.org/p> "line\nline\ttab \\ \"quoted\" é 🧪 },{" , "mot"@fr , 12 , 1.50 , 1e3 , "x"^^xsd:integer , true ,
    "2025-01-01"^^xsd:date , <https://e.org/b> , _:b .
"""


@pytest.mark.parametrize("format", ["srj", "tsv"])
@pytest.mark.parametrize("filtered", ["", "FILTER(false)", "FILTER(isIRI(?o))"])
def test_what_the_engine_writes_is_what_we_write(saved: Make, format: str, filtered: str) -> None:
    """The engine's own writing of a table gives the bytes and the number of rows that ours gives, for any value."""
    store = Store.memory(ODD)
    query = saved(f"SELECT ?s ?o ?none {{ ?s <https://e.org/p> ?o {filtered} }} ORDER BY ?s  # the last word")
    bound = prepare(store, None, query, {})
    table = answer_bound(store, None, query, bound).table
    assert table is not None
    written = write_whole(store, query, bound, format, limit=20)
    assert written is not None

    without_names = re.compile(rb"(?<=_:)\w+|(?<=bnode\",\"value\":\")\w+")
    assert without_names.sub(b"", written[0]) == without_names.sub(b"", table.write(format))
    assert len(table.rows) <= written[1] <= len(table.rows) + 1  # one text looks like the end of a row


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (NUMBERS, {"format": "srj", "limit": 5}),
        (NUMBERS, {"format": "csv", "limit": 50}),
        (NUMBERS, {"format": "json", "limit": 50}),
        (f"{NUMBERS} LIMIT 3", {"format": "srj", "limit": 50}),
        (f"{NUMBERS} VALUES ?n {{ 1 }}", {"format": "srj", "limit": 50}),
        (LABELLED, {"format": "srj", "limit": 50, "lang": "en"}),
    ],
)
def test_what_the_engine_does_not_write(saved: Make, text: str, options: dict[str, Any]) -> None:
    """Pages, translations and other forms are not the engine's, nor is a query with a LIMIT of its own."""
    store = numbers(10)
    query = saved(text)

    assert write_whole(store, query, prepare(store, None, query, {}), **options) is None
