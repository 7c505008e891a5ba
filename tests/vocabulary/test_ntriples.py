"""Terms as the engine spells them."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.sources.triples import Triples
from metiers_kg.vocabulary.ntriples import boolean, date_time, integer, is_iri, literal, text

TEXTS = st.text(alphabet=st.characters(codec="utf-8"))


@given(TEXTS)
def test_literal_is_spelled_as_the_engine_does(value: str) -> None:
    """Any text, control characters included, is escaped as in the engine's own N-Triples."""
    assert str(pyoxigraph.Literal(value)) == text(value)
    assert str(pyoxigraph.Literal(value, language="fr")) == literal(value, "fr")


def test_typed_literals_are_spelled_as_the_engine_does() -> None:
    """Integers, truth values and dates have the engine's spelling."""
    assert str(pyoxigraph.Literal(12)) == integer(12)
    assert str(pyoxigraph.Literal(False)) == boolean(False)
    xsd = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
    assert str(pyoxigraph.Literal("2016-12-20T17:43:43Z", datatype=xsd)) == date_time("2016-12-20T17:43:43Z")


@given(TEXTS)
def test_line_holds_no_line_end_but_its_own(value: str) -> None:
    """A line can be told from the next by its line feed alone."""
    triples = Triples()
    triples.add("<http://e.org/s>", "<http://e.org/p>", text(value))
    (line,) = triples.take_lines()

    assert [f"{line}\n".encode()] == f"{line}\n".encode().splitlines(keepends=True)


@pytest.mark.parametrize(
    "value", ["http://e.org/a b", "http://e.org/<a>", "urn:a", "", 'http://e.org/"', "http://e.org/\n"]
)
def test_what_cannot_stand_between_angle_brackets_is_no_iri(value: str) -> None:
    """Blanks, brackets, quotes and other schemes are refused."""
    assert not is_iri(value)
