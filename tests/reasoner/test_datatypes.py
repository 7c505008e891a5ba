from __future__ import annotations

import pytest

from metiers_kg.reasoner.datatypes import different, integer_value, is_value_of

XSD = "http://www.w3.org/2001/XMLSchema#"


def _literal(text: str, datatype: str) -> str:
    return f'"{text}"^^<{XSD}{datatype}>'


@pytest.mark.parametrize(
    ("text", "datatype", "asked", "belongs"),
    [
        ("3.0", "decimal", "nonNegativeInteger", True),
        ("3.5", "decimal", "integer", False),
        ("-1", "integer", "nonNegativeInteger", False),
        ("128", "integer", "byte", False),
        ("abc", "string", "integer", False),
        ("2025-02-30T00:00:00", "dateTime", "dateTime", False),
        ("٣", "integer", "integer", False),
        ("9" * 5000, "integer", "integer", True),
        ("9" * 5000, "integer", "int", False),
    ],
)
def test_a_value_belongs_to_a_datatype_or_not(text: str, datatype: str, asked: str, belongs: bool) -> None:
    """Whether a datatype has a value goes by the value, not by the datatype it is written with."""
    assert belongs == is_value_of(_literal(text, datatype), XSD + asked)


def test_an_integer_of_any_length_has_a_value() -> None:
    """An integer of thousands of digits is read like any other."""
    assert 10**5000 - 1 == integer_value(_literal("9" * 5000, "integer"))


def test_two_ways_to_write_a_value_are_not_different() -> None:
    """Values are compared, not texts; what cannot be told is not said to differ."""
    assert [False, True, False] == [
        different(_literal("1", "integer"), _literal("01.0", "decimal")),
        different(_literal("1", "integer"), _literal("2", "integer")),
        different(_literal("1", "integer"), '"1"^^<http://e.org/own>'),
    ]
