"""The fields of a form: which control, what it offers, and what is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from metiers_kg.errors import ParameterFault
from metiers_kg.queries import Choice, Parameter, SavedQuery
from metiers_kg.vocabulary import ONTOLOGY, mint
from metiers_kg.web.forms import Field, read_fields
from metiers_kg.web.texts import Texts

JOBS = [Choice(mint("job", slug), label) for slug, label in (("chimiste", "Chimiste"), ("datamanager", "Data manager"))]


def read(
    parameter: Parameter,
    given: Sequence[str] = (),
    offered: Sequence[Choice] = (),
    faults: Sequence[ParameterFault] = (),
    lang: str = "fr",
) -> Field:
    """Return the field of one parameter."""
    query = SavedQuery.parse("q", QUERY)
    object.__setattr__(query, "parameters", (parameter,))
    [field] = read_fields(query, {"p": given}, faults, lambda *_: offered, Texts(lang), lambda _: "Métier")
    return field


QUERY = """\
#+ summary: Jobs
#+ title: {fr: Métiers, en: Jobs}
#+ description: {fr: "Tous.", en: "All."}
SELECT ?job { ?job a <https://w3id.org/metiers-kg/ontology#Job> } ORDER BY ?job
"""


def test_few_choices_are_selected() -> None:
    """A single value among few is chosen from a list."""
    field = read(Parameter(name="p", type="iri", class_iri=ONTOLOGY + "Job"), offered=JOBS)

    assert field.control == "select"
    assert ["chimiste", "datamanager"] == [option.value for option in field.options]


def test_many_choices_are_completed() -> None:
    """A single value among hundreds is typed, with the labels to complete it."""
    offered = [Choice(mint("competence", f"c{n}"), f"Compétence {n}") for n in range(101)]

    field = read(Parameter(name="p", type="iri"), ["c7"], offered)

    assert (field.control, field.inputs) == ("list", ("Compétence 7",))


def test_several_values_among_few_are_ticked() -> None:
    """Several values among few are boxes to tick, among many a list."""
    parameter = Parameter(name="p", type="iri", multiple=True)

    assert read(parameter, offered=JOBS).control == "boxes"
    assert read(parameter, offered=JOBS * 5).control == "select"


def test_a_value_is_known_by_iri_slug_path_and_label() -> None:
    """However a value was written, the option that it means is chosen."""
    parameter = Parameter(name="p", type="iri")
    ways = [mint("job", "datamanager"), "datamanager", "job/datamanager", "DATA manager"]

    chosen = [[o.value for o in read(parameter, [way], JOBS).options if o.chosen] for way in ways]

    assert [["datamanager"]] * 4 == chosen


def test_a_value_that_is_not_offered_is_kept() -> None:
    """A value that is not among the choices is shown as given, so that it can be corrected."""
    fault = ParameterFault("p", "nobody", "a job")

    field = read(Parameter(name="p", type="iri"), ["nobody"], JOBS, [fault])

    assert [("nobody", True)] == [(o.value, o.chosen) for o in field.options if o.value == "nobody"]
    assert (fault,) == field.faults


def test_a_default_is_filled_in() -> None:
    """What holds without a choice is chosen in the form, and told."""
    field = read(Parameter(name="p", type="enum", default=("rising",)), offered=[Choice("rising", "rising")])

    assert field.options[0].chosen
    assert ("rising",) == field.defaults
    assert () == field.chosen


def test_codes_are_offered_in_words() -> None:
    """A code among the choices is called by its words; its value stays the code."""
    offered = [Choice(code, code) for code in ("explicit", "inferred")]

    field = read(Parameter(name="statedAs", type="enum"), offered=offered)

    assert [("explicit", "dit par le texte"), ("inferred", "déduit à la lecture")] == [
        (option.value, option.label) for option in field.options
    ]


def test_free_values_have_room_for_more() -> None:
    """A list of free texts has an input for each and some that are empty."""
    field = read(Parameter(name="p", type="string", multiple=True), ["a"])

    assert ("a", "", "") == field.inputs
    assert field.is_group


def test_what_is_expected_is_said_in_the_language_of_the_reader() -> None:
    """The field says what would be right."""
    assert "un nombre entier, de 1 à 50" == read(Parameter(name="p", type="integer", minimum=1, maximum=50)).expected
    assert "an integer, at least 1" == read(Parameter(name="p", type="integer", minimum=1), lang="en").expected
    assert "une date comme 2025-12-31" == read(Parameter(name="p", type="date")).expected
    assert (
        "un nom, un code ou un IRI (Métier)"
        == read(Parameter(name="p", type="iri", class_iri=ONTOLOGY + "Job")).expected
    )


def test_inputs_fit_their_types() -> None:
    """Integers and dates have inputs of their own; decimals are typed as text, for any language's browser."""
    types = {
        type_: read(Parameter(name="p", type=type_)).input_type for type_ in ("integer", "date", "decimal", "string")
    }

    assert {"integer": "number", "date": "date", "decimal": "text", "string": "text"} == types
