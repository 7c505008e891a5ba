from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from metiers_kg.errors import ParameterFault
from metiers_kg.queries import Names, Parameter
from metiers_kg.queries.values import read_values

XSD = "http://www.w3.org/2001/XMLSchema#"
MKG = "https://w3id.org/metiers-kg/ontology#"


def read(parameter: Parameter, *texts: str, names: Names | None = None) -> list[str]:
    """The terms of one parameter, as N-Triples. Fails where a fault is found."""
    terms, faults = read_values([parameter], {parameter.name: texts}, names, {})
    assert faults == []
    return [str(term) for term in terms[parameter.name]]


def faults_of(parameter: Parameter, *texts: str, names: Names | None = None) -> list[ParameterFault]:
    """What is wrong with the values of one parameter."""
    return read_values([parameter], {parameter.name: texts}, names, {})[1]


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("string", "de l'eau", '"de l\'eau"'),
        ("string", ' ") } # ', '" \\") } # "'),
        ("lang-string", "eau", '"eau"@fr'),
        ("integer", " +042 ", f'"42"^^<{XSD}integer>'),
        ("integer", "-9223372036854775808", f'"-9223372036854775808"^^<{XSD}integer>'),
        ("decimal", "0.50", f'"0.50"^^<{XSD}decimal>'),
        ("decimal", ".5", f'"0.5"^^<{XSD}decimal>'),
        ("decimal", "123456789012345678", f'"123456789012345678"^^<{XSD}decimal>'),
        ("date", "2024-02-29", f'"2024-02-29"^^<{XSD}date>'),
        ("year", " 2025 ", f'"2025"^^<{XSD}gYear>'),
        ("year", "0800", f'"0800"^^<{XSD}gYear>'),
        ("boolean", "1", f'"true"^^<{XSD}boolean>'),
        ("boolean", "false", f'"false"^^<{XSD}boolean>'),
        ("iri", "https://e.org/é", "<https://e.org/é>"),
        ("iri", "<urn:x:y>", "<urn:x:y>"),
        ("iri", "skos:broader", "<http://www.w3.org/2004/02/skos/core#broader>"),
        ("iri", "job/laborantin", "<https://w3id.org/metiers-kg/job/laborantin>"),
    ],
)
def test_values_become_terms_of_their_type(kind: str, text: str, term: str) -> None:
    """A text of the type's lexical form becomes its term, in canonical form."""
    assert [term] == read(Parameter(name="x", type=kind), text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "abc"),
        ("integer", "1.0"),
        ("integer", "1_000"),
        ("integer", "１"),
        ("integer", "9223372036854775808"),
        ("integer", "9" * 5000),
        ("decimal", "1e3"),
        ("decimal", "NaN"),
        ("decimal", "0,5"),
        ("decimal", "."),
        ("date", "2025-02-29"),
        ("date", "20250101"),
        ("date", "2025-W01-1"),
        ("date", "01/02/2025"),
        ("year", "25"),
        ("year", "0000"),
        ("year", "2025-01"),
        ("year", "-2025"),
        ("boolean", "TRUE"),
        ("boolean", "oui"),
        ("iri", "abc"),
        ("iri", "https://e.org/a b"),
        ("iri", "https://e.org/> ?s ?p <x"),
        ("iri", "job/bio informaticien"),
        ("string", "\ud800"),
    ],
)
def test_other_texts_are_faults(kind: str, text: str) -> None:
    """A text that is not of the type never becomes a term."""
    fault = ParameterFault("x", text, Parameter(name="x", type=kind).expected)
    assert [fault] == faults_of(Parameter(name="x", type=kind), text)


@pytest.mark.parametrize(
    ("parameter", "text", "expected"),
    [
        (Parameter(name="x", type="integer", minimum=1, maximum=5), "6", "an integer from 1 to 5"),
        (
            Parameter(name="x", type="decimal", minimum=Decimal("0.5")),
            "0.4",
            "a decimal number such as 0.5, at least 0.5",
        ),
        (
            Parameter(name="x", type="date", maximum=date(2025, 1, 1)),
            "2025-01-02",
            "a date such as 2025-12-31, at most 2025-01-01",
        ),
        (Parameter(name="x", type="year", minimum=2000, maximum=2050), "1999", "a year such as 2025 from 2000 to 2050"),
        (Parameter(name="x", type="string", max_length=3), "abcd", "a text of at most 3 characters"),
        (Parameter(name="x", type="string", min_length=2, max_length=3), "a", "a text of 2 to 3 characters"),
        (Parameter(name="x", type="lang-string", min_length=2), "a", "a text of at least 2 characters"),
        (Parameter(name="x", type="string", pattern="[A-Z][0-9]+"), "A1 ", "a text that matches [A-Z][0-9]+"),
    ],
)
def test_limits_hold(parameter: Parameter, text: str, expected: str) -> None:
    """A value outside its limits is a fault that names them."""
    (fault,) = faults_of(parameter, text)
    assert expected == fault.expected


def test_limits_include_their_ends() -> None:
    """The least and the greatest value are allowed."""
    parameter = Parameter(name="x", type="integer", minimum=1, maximum=5, multiple=True)
    assert [f'"1"^^<{XSD}integer>', f'"5"^^<{XSD}integer>'] == read(parameter, "1", "5")


def test_choices_hold() -> None:
    """A value that is no choice is a fault with all choices, when few, and the nearest."""
    parameter = Parameter(name="as", type="enum", choices=("explicit", "inferred"))
    fault = ParameterFault(
        "as", "Explicite", "one of explicit, inferred", allowed=("explicit", "inferred"), suggestions=("explicit",)
    )
    assert [fault] == faults_of(parameter, "Explicite")


def test_choices_of_another_query_hold() -> None:
    """A value that the other query does not list is a fault."""
    parameter = Parameter(name="unit", type="string", choices_query="units")
    faults = read_values([parameter], {"unit": ["km"]}, None, {"unit": ["EUR", "person"]})[1]
    assert [ParameterFault("unit", "km", "a value of the query 'units'", allowed=("EUR", "person"))] == faults


def test_all_faults_are_told_at_once() -> None:
    """Unknown, missing, repeated and malformed values come in one list."""
    parameters = [
        Parameter(name="job", type="iri", required=True),
        Parameter(name="year", type="integer"),
        Parameter(name="horizon", type="string"),
    ]
    faults = read_values(parameters, {"jbo": ["x"], "year": ["mmxx"], "horizon": ["a", "b"]}, None, {})[1]
    assert [
        ParameterFault(
            "jbo", "x", "one of the query's parameters", allowed=("job", "year", "horizon"), suggestions=("job",)
        ),
        ParameterFault("job", None, "an IRI"),
        ParameterFault("year", "mmxx", "an integer"),
        ParameterFault("horizon", "a, b", "a single value: a text"),
    ] == faults


def test_lists_have_a_length() -> None:
    """A list that is too short or too long is a fault; a value given twice counts once."""
    parameter = Parameter(name="x", type="string", multiple=True, min_items=2, max_items=3)
    expected = [[], ["at least 2 different values"], [], ["at most 3 values"]]
    given = [(), ("a", "a"), ("a", "b", "a"), ("a", "b", "c", "d")]
    assert expected == [[fault.expected for fault in faults_of(parameter, *texts)] for texts in given]


def test_blank_values_are_left_out() -> None:
    """An empty field of a form means all, and is missing where a value is required."""
    assert read(Parameter(name="x", type="string"), "", " ") == []
    assert [ParameterFault("x", None, "a text")] == faults_of(Parameter(name="x", type="string", required=True), "")


def test_defaults_stand_in() -> None:
    """A parameter that is left out has its default."""
    assert [f'"3"^^<{XSD}integer>'] == read(Parameter(name="x", type="integer", default=("3",)))


def test_a_text_for_a_list_is_one_value() -> None:
    """A text given in the place of a list of texts is not taken letter by letter."""
    assert read_values([Parameter(name="x", type="string")], {"x": "abc"}, None, {})[1] == []


def test_instances_of_a_class_are_named_by_label(names: Names) -> None:
    """A label, slug, code or IRI becomes the IRI of the instance."""
    parameter = Parameter(name="c", type="iri", class_iri=MKG + "Competence", multiple=True)
    expected = ["<https://w3id.org/metiers-kg/competence/statistique>"]
    assert expected == read(parameter, "statistics", "S1", "competence/statistique", "statistique", names=names)


def test_what_is_no_instance_is_a_fault_with_the_nearest_labels(names: Names) -> None:
    """A misspelt name is answered with the names of instances that resemble it."""
    parameter = Parameter(name="c", type="iri", class_iri=MKG + "Competence")
    fault = ParameterFault(
        "c",
        "statistque",
        "the name, code or IRI of an instance of mkg:Competence",
        allowed=("Qualité", "Statistique"),
        suggestions=("Statistique",),
    )
    assert [fault] == faults_of(parameter, "statistque", names=names)
