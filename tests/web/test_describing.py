"""All that the graph says of a resource, property by property."""

from __future__ import annotations

from metiers_kg.web.describing import Statements, read_definitions, read_description
from metiers_kg.web.texts import Texts
from tests.web.samples import description


def test_values_in_other_languages_stand_apart() -> None:
    """The values in the reader's language come first; those in others are kept beside them."""
    described = read_description(description(), Texts("fr"))["described"]
    assert isinstance(described, list)
    names = next(s for s in described if isinstance(s, Statements) and s.predicate.iri.endswith("altLabel"))

    assert (["Bio-informaticienne"], ["Data biologist"]) == (
        [value.text for value in names.values],
        [value.text for value in names.foreign],
    )


def test_passages_told_elsewhere_are_left_out() -> None:
    """What a portrait quotes in its place is not told again."""
    resource = description()
    told = {excerpt.passage.iri for excerpt in resource.passages}

    assert [] == read_description(resource, Texts("fr"), told)["passages"]
    assert [] != read_description(resource, Texts("fr"))["passages"]


def test_a_definition_speaks_the_language_of_the_reader() -> None:
    """The definition is told in the reader's language, or in English."""
    assert ["Qui organise les données."] == [text.text for text in read_definitions(description(), "fr")]
    assert ["en"] == [text.lang for text in read_definitions(description(), "de")]
