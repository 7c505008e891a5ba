from __future__ import annotations

import re

import pytest

from metiers_kg.api.options import OPTIONS
from metiers_kg.queries.declarations import RESERVED, read_parameters
from metiers_kg.queries.header import read_header
from metiers_kg.queries.header_values import HeaderValues
from metiers_kg.queries.parameters import ORDERED, TYPES, Parameter

LABEL = {"fr": "X", "en": "X"}


def declare(name: str = "x", **keys: object) -> tuple[list[Parameter], list[str]]:
    """The parameters of a header with one declaration, and its faults."""
    values = HeaderValues({})
    declared = {"label": LABEL} | {key.replace("_", "-"): value for key, value in keys.items()}
    found = list(read_parameters(values, {"params": {name: declared}}))
    return found, [fault.message for fault in values.faults]


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_can_be_declared(kind: str) -> None:
    """Each type needs no more than a label, an enum its choices."""
    extra = {"choices": ["a"]} if kind == "enum" else {}
    (parameter,), faults = declare(type=kind, **extra)
    assert (kind, []) == (parameter.type, faults)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [("integer", 1, 5), ("decimal", 0.5, 2), ("date", "2020-01-01", "2025-12-31"), ("year", 2000, 2050)],
)
def test_what_is_ordered_has_limits(kind: str, least: object, most: object) -> None:
    """A least and a greatest value are read, and told in what is expected."""
    (parameter,), _ = declare(type=kind, minimum=least, maximum=most)
    assert kind in ORDERED
    assert parameter.expected.endswith(f"from {least} to {most}")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"type": "string", "max_length": 0}, "expected 'max-length' to be a whole number from 1; found 0"),
        (
            {"type": "integer", "max_length": 4},
            "found 'max-length' on the type integer; expected it on string, lang-.*",
        ),
        ({"type": "string", "min_length": 5, "max_length": 4}, "found min-length 5 above max-length 4"),
        ({"type": "iri", "multiple": True, "min_items": 3, "max_items": 2}, "found min-items 3 above max-items 2"),
        (
            {"type": "string", "pattern": "["},
            r"expected 'pattern' with a regular expression; found '\[': unterminated.*",
        ),
        ({"type": "string", "pattern": 5}, "expected 'pattern' with a regular expression; found 5"),
        ({"type": "date", "pattern": "a"}, "found 'pattern' on the type date; expected it on string, lang-string"),
        ({"type": "string", "pattern": "[a-z]+", "default": "B"}, "found default 'B' of 'x'; expected a text that .*"),
        ({"type": "year", "minimum": 25}, "expected 'minimum' to be of type year; found 25"),
        ({"type": "year", "example": 20255}, "found example '20255' of 'x'; expected a year such as 2025"),
        ({"type": "integer", "maximum": 5, "example": 9}, "found example '9' of 'x'; expected an integer, at most 5"),
        ({"type": "enum", "choices": ["a"], "example": "b"}, "found example 'b' of 'x'; expected one of a"),
    ],
)
def test_keys_that_contradict_each_other_are_faults(keys: dict[str, object], message: str) -> None:
    """A declaration that no value can keep, or whose own values break it, is refused."""
    found, (fault,) = declare(**keys)
    assert found == []
    assert re.fullmatch(message, fault), fault


def test_names_of_the_service_are_taken() -> None:
    """A parameter cannot take the name of one that belongs to the service."""
    assert set(OPTIONS) <= set(RESERVED)
    (fault,) = read_header(
        "#+ summary: S\n#+ title: {fr: T, en: T}\n#+ description: {fr: D, en: D}\n"
        "#+ params: {limit: {label: {fr: L, en: L}, type: integer}}\n"
    ).faults
    assert fault.message == "found the parameter 'limit', which belongs to the service; expected another name"
