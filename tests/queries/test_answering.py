from __future__ import annotations

from collections.abc import Callable

import pytest

from metiers_kg.errors import ParameterError
from metiers_kg.queries import Catalogue, Names, Result, SavedQuery, answer
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
