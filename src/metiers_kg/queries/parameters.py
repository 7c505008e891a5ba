"""Parameters of saved queries: what each one accepts. ``values`` reads the texts that are given for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from metiers_kg.queries.names import describe_expected

__all__ = ["MOST_TOLD", "ORDERED", "TEXTS", "TYPES", "Ordered", "Parameter", "read_ordered_value"]

Ordered: TypeAlias = int | Decimal | date
"""A least or greatest value."""

TYPES: dict[str, str] = {
    "iri": "iri",
    "string": "literal",
    "lang-string": "",
    "integer": "integer",
    "decimal": "xsd_decimal",
    "date": "xsd_date",
    "year": "xsd_gYear",
    "boolean": "xsd_boolean",
    "enum": "literal",
}
"""The types, with the suffix of their variables; that of a lang-string is its language."""

ORDERED: tuple[str, ...] = ("integer", "decimal", "date", "year")
"""The types that have a least and a greatest value."""

TEXTS: tuple[str, ...] = ("string", "lang-string")
"""The types that have a length and a pattern."""

MOST_TOLD = 12
"""The most allowed values that a fault lists."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_INT64 = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a saved query, as its header declares it.

    Attributes:
        name: Its name: letters and digits.
        type: One of ``TYPES``.
        label: What a form calls it, by language.
        description: What it means, by language.
        class_iri: The class that an IRI must be an instance of.
        required: Whether a value must be given.
        multiple: Whether it is a list.
        min_items: The fewest values, where any is given.
        max_items: The most values.
        minimum: The least value.
        maximum: The greatest value.
        min_length: The fewest characters of a text.
        max_length: The most characters of a text.
        pattern: The regular expression that the whole of a text matches.
        choices: The allowed values: texts, or IRIs in full.
        choices_query: The name of another saved query whose first column holds the allowed values.
        default: The values that stand in the query's text; empty means all.
        example: A value to try.
        language: The language of a lang-string.

    >>> Parameter(name="category", type="iri", multiple=True).variable
    '_category_multi_iri'
    """

    name: str
    type: str
    label: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    class_iri: str | None = None
    required: bool = False
    multiple: bool = False
    min_items: int | None = None
    max_items: int | None = None
    minimum: Ordered | None = None
    maximum: Ordered | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    choices_query: str | None = None
    default: tuple[str, ...] = ()
    example: str | None = None
    language: str | None = None

    @property
    def variable(self) -> str:
        """The name of its variable, without the question mark."""
        suffix = TYPES[self.type] or self.language or "fr"
        return f"_{self.name}_multi_{suffix}" if self.multiple else f"_{self.name}_{suffix}"

    @property
    def is_bare(self) -> bool:
        """Whether the query holds the bare variable; else a VALUES block of it."""
        return self.required and not self.multiple and not self.default

    @property
    def expected(self) -> str:
        """What one value must be, as a phrase.

        >>> Parameter(name="size", type="integer", minimum=1, maximum=50).expected
        'an integer from 1 to 50'
        """
        if self.choices:
            return "one of the allowed values" if len(self.choices) > MOST_TOLD else "one of " + ", ".join(self.choices)
        if self.choices_query:
            return f"a value of the query {self.choices_query!r}"
        if self.class_iri:
            return describe_expected(self.class_iri)
        what = _SPOKEN[self.type] + _bounds(self.minimum, self.maximum)
        length = _bounds(self.min_length, self.max_length).removeprefix(",").removeprefix(" from")
        what += f" of{length} characters" if length else ""
        return what if self.pattern is None else f"{what} that matches {self.pattern}"


def _bounds(least: object, most: object) -> str:
    """Return what a phrase adds for a least and a greatest value.

    >>> _bounds(1, 50), _bounds(1, None), _bounds(None, None)
    (' from 1 to 50', ', at least 1', '')
    """
    if least is not None and most is not None:
        return f" from {least} to {most}"
    if least is not None:
        return f", at least {least}"
    return "" if most is None else f", at most {most}"


_SPOKEN = {
    "iri": "an IRI",
    "string": "a text",
    "lang-string": "a text",
    "integer": "an integer",
    "decimal": "a decimal number such as 0.5",
    "date": "a date such as 2025-12-31",
    "year": "a year such as 2025",
    "boolean": "true or false",
    "enum": "one of the allowed values",
}


def read_ordered_value(type: str, text: str) -> Ordered:
    """Return the value of an integer (64 bits), decimal (18 digits on each side), date or year, in XSD's lexical form.

    Raises:
        ValueError: The text is none.

    >>> read_ordered_value("decimal", "0.50")
    Decimal('0.50')
    >>> read_ordered_value("date", "2025-02-30")
    Traceback (most recent call last):
    ValueError: day is out of range for month
    """
    if type == "integer" and _INTEGER.fullmatch(text) and -_INT64 <= int(text) < _INT64:
        return int(text)
    if type == "decimal" and _DECIMAL.fullmatch(text):
        return Decimal(text)
    if type == "date" and _DATE.fullmatch(text):
        return date.fromisoformat(text)
    if type == "year" and _YEAR.fullmatch(text) and text != "0000":
        return int(text)
    raise ValueError(f"{text!r} is not of type {type}")
