from __future__ import annotations

import re

import pytest

from metiers_kg.queries.header import read_header

TITLES = "#+ summary: S\n#+ title: {fr: T, en: T}\n#+ description: {fr: D, en: D}\n"


def faults_of(text: str) -> list[tuple[int | None, str]]:
    """The faults of a header, with their lines."""
    return [(fault.line, fault.message) for fault in read_header(text).faults]


def param(yaml: str) -> list[tuple[int | None, str]]:
    """The faults of a header with one parameter."""
    return faults_of(TITLES + f"#+ params:\n#+   x: {{label: {{fr: X, en: X}}, {yaml}}}\n")


def test_a_header_is_read_whole() -> None:
    """Every key of ours is read, on one line or several."""
    header = read_header(
        "#+ summary: Jobs\n#+ title: {fr: Métiers, en: Jobs, nl: Beroepen}\n"
        "#+ description:\n#+   fr: |\n#+     Les métiers.\n#+     Tous.\n#+   en: Jobs.\n"
        "#+ tags: [jobs]\n#+ requires: [esco]\n#+ view: {chart: bar, x: job}\n#+ expect: {min-rows: 1}\n"
        "#+ license: https://creativecommons.org/licenses/by/4.0/\n"
        "#+ params:\n#+   day: {label: {fr: Jour, en: Day}, type: date, minimum: 2020-01-01, default: 2025-01-01}\n"
    )
    assert header.faults == []
    assert (header.summary, header.title["nl"], header.tags, header.requires) == (
        "Jobs",
        "Beroepen",
        ("jobs",),
        ("esco",),
    )
    assert header.description["fr"] == "Les métiers.\nTous."
    assert [("day", "date", ("2025-01-01",))] == [(p.name, p.type, p.default) for p in header.parameters]


def test_values_of_yaml_are_read_as_a_form_gives_them() -> None:
    """Truth values, dates and numbers of YAML are texts of our types."""
    header = read_header(
        TITLES
        + "#+ params:\n"
        + "#+   a: {label: {fr: A, en: A}, type: boolean, default: true}\n"
        + "#+   b: {label: {fr: B, en: B}, type: integer, choices: [1, 2], default: 2}\n"
        + "#+   c: {label: {fr: C, en: C}, type: iri, choices: [mkg:Skill, category/growth]}\n"
    )
    assert header.faults == []
    assert [("true",), ("2",), ()] == [parameter.default for parameter in header.parameters]
    assert header.parameters[2].choices == (
        "https://w3id.org/metiers-kg/ontology#Skill",
        "https://w3id.org/metiers-kg/category/growth",
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("SELECT", 1, "expected a header in lines that begin with '#+'; found none"),
        ("\n#+ a: [\n#+ b", 3, "expected a header in YAML; found a fault: did not find expected ',' or ']'"),
        (
            "#+ summary: a\n#+ title: b: c",
            2,
            "expected a header in YAML; found a fault: mapping values are not allowed in this context; "
            "a text that holds ': ' needs quotes",
        ),
        ("\n#+ jobs", 2, "expected a header of keys and values; found none"),
        (TITLES + "#+ title: {fr: U, en: U}", 4, "found the key 'title' twice; expected it once"),
        (TITLES + "#+ tags: jobs", 4, "expected 'tags' with a list of words; found 'jobs'"),
        (TITLES + "#+ view: bar", 4, "expected 'view' with keys and values; found 'bar'"),
        (TITLES + "#+ params: [x]", 4, "expected 'params' with parameters by name; found ['x']"),
        (TITLES + "#+ params:\n#+   a_b: {}", 5, "found the parameter 'a_b'; expected a name of letters and digits"),
        (TITLES + "#+ params:\n#+   a: iri", 5, "expected 'a' with 'label' and 'type'; found 'iri'"),
        (TITLES.replace(", en: T", ""), 2, "expected 'title' with a text in fr and one in en; found no en"),
        (
            TITLES.replace("en: D", "en: D, it: D"),
            3,
            "expected 'description' with a text in fr and one in en; found the language 'it'",
        ),
        (TITLES.replace("summary: S", "summary: [S]"), 1, "expected 'summary' with a line of text; found ['S']"),
    ],
)
def test_faults_of_a_header_have_their_line(text: str, line: int, message: str) -> None:
    """A fault names its line, what was found and what was expected."""
    assert [(line, message)] == faults_of(text)


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("type: int", "expected 'type' of 'x' to be one of iri, string, .*; found 'int'"),
        ("type: iri, clas: mkg:Job", "found 'clas' in 'x'; expected one of .*; did you mean 'class'?"),
        ("type: iri, class: nobody", "found 'class' 'nobody'; expected an IRI or a prefixed name"),
        ("type: string, class: mkg:Job", "found 'class' 'mkg:Job'; expected 'type: iri' beside it"),
        ("type: iri, required: 1", "expected 'required' to be true or false; found 1"),
        ("type: iri, multiple: true, max-items: 0", "expected 'max-items' to be a whole number from 1; found 0"),
        ("type: iri, max-items: 2", "found 'max-items' on 'x'; expected it beside 'multiple: true'"),
        ("type: string, minimum: 2", "found 'minimum' on the type string; expected it on integer, decimal, date, year"),
        ("type: integer, minimum: two", "expected 'minimum' to be of type integer; found 'two'"),
        ("type: integer, minimum: 3, maximum: 2", "found minimum 3 above maximum 2"),
        ("type: enum", "expected 'choices' or 'choices-query' for 'x', an enum; found neither"),
        (
            "type: enum, choices: [a], choices-query: b",
            "found both 'choices' and 'choices-query'; expected one of them",
        ),
        ("type: enum, choices: [a], default: b", "found default 'b' of 'x'; expected one of a"),
        ("type: integer, choices: [1, b]", "found choices 'b' of 'x'; expected .*"),
        ("type: integer, default: [1, 2]", "found default '1, 2' of 'x'; expected a single value: an integer"),
        (
            "type: iri, default: Laborantin",
            "found 'default' 'Laborantin'; expected an IRI, a prefixed name or kind/slug",
        ),
        ("type: iri, choices-query: Some Query", "expected 'choices-query' to be the name of a saved query; .*"),
        ("type: string, lang: fr", "found 'lang' 'fr'; expected one of fr, en, nl, de on a lang-string"),
        ("type: iri, example: [a]", "expected 'example' to be one value; found .*"),
    ],
)
def test_faults_of_a_parameter(yaml: str, message: str) -> None:
    """A parameter whose keys are wrong or contradict each other is refused, with its line."""
    ((line, found),) = param(yaml)
    assert line == 5
    assert re.fullmatch(message.replace("?", r"\?"), found.replace("\n", " ")), found
