"""Parameters of saved queries: what each one accepts, and the terms that accepted texts stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from rapidfuzz import process

from metiers_kg.errors import ParameterFault, UnknownResourceError
from metiers_kg.queries.names import Names, describe_expected, fold, read_iri
from metiers_kg.store import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES

__all__ = ["TYPES", "Ordered", "Parameter", "read_ordered_value", "read_values"]

Ordered: TypeAlias = int | Decimal | date
"""A least or greatest value."""

TYPES: dict[str, str] = {
    "iri": "iri",
    "string": "literal",
    "lang-string": "",
    "integer": "integer",
    "decimal": "xsd_decimal",
    "date": "xsd_date",
    "boolean": "xsd_boolean",
    "enum": "literal",
}
"""The types, with the suffix of their variables; that of a lang-string is its language."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INT64 = 2**63
_FEW = 12


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
            return "one of the allowed values" if len(self.choices) > _FEW else "one of " + ", ".join(self.choices)
        if self.choices_query:
            return f"a value of the query {self.choices_query!r}"
        if self.class_iri:
            return describe_expected(self.class_iri)
        if self.minimum is not None and self.maximum is not None:
            return f"{_SPOKEN[self.type]} from {self.minimum} to {self.maximum}"
        if self.minimum is not None:
            return f"{_SPOKEN[self.type]}, at least {self.minimum}"
        if self.maximum is not None:
            return f"{_SPOKEN[self.type]}, at most {self.maximum}"
        return _SPOKEN[self.type]


_SPOKEN = {
    "iri": "an IRI",
    "string": "a text",
    "lang-string": "a text",
    "integer": "an integer",
    "decimal": "a decimal number such as 0.5",
    "date": "a date such as 2025-12-31",
    "boolean": "true or false",
    "enum": "one of the allowed values",
}


def read_values(
    parameters: Sequence[Parameter],
    values: Mapping[str, Sequence[str]],
    names: Names | None,
    allowed: Mapping[str, Collection[str]],
) -> tuple[dict[str, tuple[Term, ...]], list[ParameterFault]]:
    """Return the terms of every parameter, and everything that is wrong with the values.

    A blank value counts as left out, as an empty field of a form is. A value given twice counts once.

    Args:
        parameters: All parameters of the query.
        values: The texts given, by parameter.
        names: Finds resources by name; without it, resources are named by IRI.
        allowed: The values of choices that come from other queries, by parameter.
    """
    known = [parameter.name for parameter in parameters]
    faults = [_unknown(name, texts, known) for name, texts in values.items() if name not in known]
    terms: dict[str, tuple[Term, ...]] = {}
    for parameter in parameters:
        given = values.get(parameter.name, ())
        texts = [text for text in ([given] if isinstance(given, str) else given) if text.strip()]
        found: dict[Term, None] = {}
        wrong: list[ParameterFault] = []
        for text in texts if texts else parameter.default:
            term = _read(parameter, text, names, allowed.get(parameter.name))
            if isinstance(term, ParameterFault):
                wrong.append(term)
            else:
                found[term] = None
        terms[parameter.name] = tuple(found)
        faults += wrong or _count_faults(parameter, texts, len(found))
    return terms, faults


def _unknown(name: str, texts: Sequence[str], known: Sequence[str]) -> ParameterFault:
    near = tuple(match for match, _, _ in process.extract(name, known, limit=3, score_cutoff=60))
    expected = "one of the query's parameters" if known else "no parameter: this query has none"
    value = texts if isinstance(texts, str) else ", ".join(texts)
    return ParameterFault(name, value, expected, allowed=tuple(known), suggestions=near)


def _count_faults(parameter: Parameter, texts: Sequence[str], count: int) -> list[ParameterFault]:
    shown = ", ".join(texts)
    if not texts:
        if parameter.required and not parameter.default:
            return [ParameterFault(parameter.name, None, parameter.expected, allowed=parameter.choices)]
        return []
    if not parameter.multiple and len(texts) > 1:
        return [ParameterFault(parameter.name, shown, f"a single value: {parameter.expected}")]
    if parameter.min_items is not None and count < parameter.min_items:
        return [ParameterFault(parameter.name, shown, f"at least {parameter.min_items} different values")]
    if parameter.max_items is not None and count > parameter.max_items:
        return [ParameterFault(parameter.name, shown, f"at most {parameter.max_items} values")]
    return []


def _read(
    parameter: Parameter, text: str, names: Names | None, allowed: Collection[str] | None
) -> Term | ParameterFault:
    """Return the term that a text stands for, or what is wrong with it."""
    try:
        term = _READERS[parameter.type](parameter, text, names)
    except UnknownResourceError as error:
        return ParameterFault(
            parameter.name, text, error.expected, _few_instances(parameter, names), tuple(error.suggestions)
        )
    except ValueError:
        term = None
    if term is not None and not parameter.choices and allowed is None:
        return term
    choices = tuple(allowed) if allowed is not None else parameter.choices
    if term is not None and term.value in choices:
        return term
    near = tuple(match for match, _, _ in process.extract(text, choices, processor=fold, limit=3, score_cutoff=60))
    return ParameterFault(parameter.name, text, parameter.expected, choices if len(choices) <= _FEW else (), near)


def _few_instances(parameter: Parameter, names: Names | None) -> tuple[str, ...]:
    if names is None or parameter.class_iri is None:
        return ()
    instances = names.instances(parameter.class_iri)
    return tuple(sorted(names.label(iri) for iri in instances)) if len(instances) <= _FEW else ()


def _read_iri(parameter: Parameter, text: str, names: Names | None) -> Iri:
    if names is not None and parameter.class_iri is not None:
        return Iri(names.resolve(text, parameter.class_iri))
    iri = read_iri(text)
    if iri is None and names is not None:
        iri = names.resolve(text)
    if iri is None:
        raise ValueError(text)
    return Iri(iri)


def _read_string(_parameter: Parameter, text: str, _names: Names | None) -> Literal:
    return Literal(text)


def _read_lang_string(parameter: Parameter, text: str, _names: Names | None) -> Literal:
    return Literal(text, language=parameter.language or "fr")


def _read_ordered(parameter: Parameter, text: str, _names: Names | None) -> Literal:
    value = read_ordered_value(parameter.type, text.strip())
    if parameter.minimum is not None and value < parameter.minimum:  # type: ignore[operator]  # both of one type
        raise ValueError(text)
    if parameter.maximum is not None and value > parameter.maximum:  # type: ignore[operator]  # both of one type
        raise ValueError(text)
    lexical = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return _typed(lexical, parameter.type)


def _read_boolean(_parameter: Parameter, text: str, _names: Names | None) -> Literal:
    truth = {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text.strip())
    if truth is None:
        raise ValueError(text)
    return _typed(truth, "boolean")


def _typed(lexical: str, datatype: str) -> Literal:
    return Literal(lexical, datatype=Iri(PREFIXES["xsd"] + datatype))


_READERS: dict[str, Callable[[Parameter, str, Names | None], Iri | Literal]] = {
    "iri": _read_iri,
    "string": _read_string,
    "lang-string": _read_lang_string,
    "integer": _read_ordered,
    "decimal": _read_ordered,
    "date": _read_ordered,
    "boolean": _read_boolean,
    "enum": _read_string,
}


def read_ordered_value(type: str, text: str) -> Ordered:
    """Return the value of an integer (64 bits), decimal (18 digits on each side) or date, in XSD's lexical form.

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
    raise ValueError(f"{text!r} is not of type {type}")
