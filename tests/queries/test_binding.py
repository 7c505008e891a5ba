from __future__ import annotations

from collections.abc import Callable

import pytest

from metiers_kg.errors import ParameterError
from metiers_kg.queries import Names, SavedQuery, bind
from metiers_kg.store import Iri, Literal, Store, Term

JOBS = "job: {label: {fr: Métier, en: Job}, type: iri, class: mkg:Job, required: true}"
CATEGORIES = "c: {label: {fr: C, en: C}, type: iri, class: mkg:Competence, multiple: true}"
REQUIRED = "SELECT ?c { ?_job_iri mkg:requiresCompetence ?c } ORDER BY ?c"
LISTED = """SELECT DISTINCT ?job { VALUES ?_c_multi_iri { UNDEF } ?job mkg:requiresCompetence ?_c_multi_iri }
ORDER BY ?job"""

Make = Callable[..., SavedQuery]


def slugs(store: Store, text: str) -> list[str]:
    """The last parts of the IRIs in the first column."""
    return [row[0].value.rsplit("/", 1)[1] for row in store.rows(text) if isinstance(row[0], Iri)]


def test_a_label_finds_its_job(saved: Make, store: Store, names: Names) -> None:
    """A job given by its English label is asked about by its IRI."""
    bound = bind(saved(REQUIRED, JOBS), {"job": ["bioinformatician"]}, names)
    assert slugs(store, bound.text) == ["statistique"]
    assert bound.values == {"job": (Iri("https://w3id.org/metiers-kg/job/bio-informaticien"),)}


def test_a_list_left_out_means_all(saved: Make, store: Store, names: Names) -> None:
    """UNDEF stays where no value is given, and lets every row through."""
    bound = bind(saved(LISTED, CATEGORIES), {}, names)
    assert slugs(store, bound.text) == ["bio-informaticien", "data-manager"]
    assert bound.values == {"c": ()}


def test_a_list_lets_its_values_through(saved: Make, store: Store, names: Names) -> None:
    """Rows of any value of a list are found, each once."""
    query = saved(LISTED, CATEGORIES)
    assert slugs(store, bind(query, {"c": ["competence/qualite"]}, names).text) == ["data-manager"]
    both = bind(query, {"c": ["Statistique", "competence/qualite", "S1"]}, names)
    assert slugs(store, both.text) == ["bio-informaticien", "data-manager"]


def test_a_default_stands_in_the_text(saved: Make) -> None:
    """A parameter with a default runs with it when left out, and with the value when given."""
    query = saved(
        "SELECT ?n { VALUES ?_n_integer { 3 } BIND(?_n_integer AS ?n) } ORDER BY ?n",
        "n: {label: {fr: N, en: N}, type: integer, default: 3}",
    )
    store = Store.memory()
    assert [["3"], ["5"]] == [
        [str(row[0].value) for row in store.rows(bind(query, values, None).text) if isinstance(row[0], Literal)]
        for values in ({}, {"n": ["5"]})
    ]


def test_a_value_cannot_leave_its_place(saved: Make) -> None:
    """What looks like the end of a string and of a group is data."""
    query = saved(
        "SELECT ?word { BIND(?_word_literal AS ?word) } ORDER BY ?word",
        "word: {label: {fr: Mot, en: Word}, type: string, required: true}",
    )
    hostile = '") } # \\" \n ?s ?p ?o'
    found: list[tuple[Term | None, ...]] = list(Store.memory().rows(bind(query, {"word": [hostile]}, None).text))
    assert [(Literal(hostile),)] == found


def test_places_in_sub_selects_and_exists_are_reached(saved: Make, store: Store) -> None:
    """One required parameter is bound in every group of a query, its projections included."""
    query = saved(
        """SELECT ?_c_iri ?job (COUNT(DISTINCT ?other) AS ?n) {
          { SELECT ?_c_iri ?job { ?job mkg:requiresCompetence ?_c_iri } GROUP BY ?_c_iri ?job }
          FILTER EXISTS { ?job mkg:requiresCompetence ?_c_iri }
          ?job mkg:requiresCompetence ?other MINUS { ?job mkg:requiresCompetence/a ?_c_iri }
        } GROUP BY ?_c_iri ?job HAVING (STR(?_c_iri) != "") ORDER BY ?_c_iri ?job""",
        "c: {label: {fr: C, en: C}, type: iri, required: true}",
    )
    bound = bind(query, {"c": ["competence/statistique"]}, None)
    assert [("statistique", "bio-informaticien", "1"), ("statistique", "data-manager", "2")] == [
        tuple(cell.value.rsplit("/", 1)[-1] for cell in row if isinstance(cell, (Iri, Literal)))
        for row in store.rows(bound.text)
    ]


def test_faults_rise_together(saved: Make, names: Names) -> None:
    """One error holds every fault of a request."""
    with pytest.raises(ParameterError) as caught:
        bind(saved(REQUIRED, JOBS), {"job": ["bio-informaticein"], "page": ["2"]}, names)
    assert [("page", ()), ("job", ("Bio-informaticien",))] == [
        (fault.parameter, fault.suggestions) for fault in caught.value.faults
    ]
