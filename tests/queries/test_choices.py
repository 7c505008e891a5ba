from __future__ import annotations

from collections.abc import Callable

import pytest

from metiers_kg.errors import ParameterError
from metiers_kg.queries import Catalogue, Choice, Names, SavedQuery, choices
from metiers_kg.store import Store

Make = Callable[..., SavedQuery]


def test_instances_of_a_class_are_offered(saved: Make, store: Store, names: Names) -> None:
    """A parameter of a class offers its instances and its subclasses', by label in the language asked for."""
    query = saved(
        "ASK { ?s ?p ?_c_iri }", "c: {label: {fr: C, en: C}, type: iri, class: mkg:Competence, required: true}"
    )
    base = "https://w3id.org/metiers-kg/competence/"
    expected = [Choice(base + "qualite", "Qualité"), Choice(base + "statistique", "Statistics")]
    assert expected == choices(store, names, query, "c", lang="en")


def test_choices_of_a_query_are_offered(saved: Make, store: Store, names: Names) -> None:
    """The first column of another query holds the choices, each once."""
    source = saved("SELECT ?l { ?s skos:notation ?l } ORDER BY ?l", name="codes")
    query = saved(
        "ASK { VALUES ?_n_literal { UNDEF } }", "n: {label: {fr: N, en: N}, type: string, choices-query: codes}"
    )
    catalogue = Catalogue([source, query])
    assert [Choice("S1", "S1")] == choices(store, names, catalogue["query"], "n")


@pytest.mark.parametrize(("kind", "expected"), [("boolean", ["true", "false"]), ("string", [])])
def test_types_offer_what_they_can(saved: Make, store: Store, names: Names, kind: str, expected: list[str]) -> None:
    """A truth value has two choices, a text none."""
    suffix = {"boolean": "xsd_boolean", "string": "literal"}[kind]
    query = saved(f"ASK {{ ?s ?p ?_x_{suffix} }}", f"x: {{label: {{fr: X, en: X}}, type: {kind}, required: true}}")
    assert expected == [choice.value for choice in choices(store, names, query, "x")]


def test_unknown_parameters_are_refused(saved: Make, store: Store, names: Names) -> None:
    """A query has no choices for a parameter that it has not."""
    with pytest.raises(ParameterError, match="parameter 'x'"):
        choices(store, names, saved("ASK {}"), "x")
