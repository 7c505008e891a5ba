"""The form of a saved query: a field for each parameter, with what it offers, what is filled in, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from metiers_kg.errors import ParameterFault
from metiers_kg.queries import Choice, Parameter, SavedQuery
from metiers_kg.queries.names import fold
from metiers_kg.vocabulary import kind_and_slug
from metiers_kg.web.tables import badge, name_value
from metiers_kg.web.texts import Spoken, Texts, choose

__all__ = ["Field", "Offer", "Option", "call", "means", "read_fields", "short_value"]

Offer: TypeAlias = Callable[[SavedQuery, str], Sequence[Choice]]
"""What gives the choices of a parameter; none where any value goes."""

_MOST_SELECTABLE = 100
"""Longer lists are completed while typing, not opened."""

_MOST_CHECKED = 8
"""The longest list of boxes to tick; a longer one scrolls."""

_MOST_TOLD = 20
"""The most allowed values that an error names; a longer list is in the field itself."""

_BLANKS = 2
"""The empty fields added to a list of free values."""

_INPUTS = {"integer": "number", "year": "number", "decimal": "text", "date": "date"}


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a field offers."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter as a form shows it.

    Attributes:
        parameter: The parameter.
        label: What the field is called.
        description: What the parameter means.
        control: How it is filled in: ``select``, ``boxes``, ``list`` (a text completed from the options) or ``text``.
        input_type: The type of an input.
        options: What it offers.
        values: What is filled in, for free texts and lists.
        chosen: What is filled in, as a reader calls it.
        defaults: What holds where nothing is filled in, as a reader calls it.
        example: A value to try, as a reader calls it.
        expected: What would be right.
        faults: What is wrong with what was given.
        form: What parts its names on the page from those of other forms there.
        expected_else: What else would be right, by what a fault says that it expected.
    """

    parameter: Parameter
    label: Spoken
    description: Spoken
    control: str
    input_type: str
    options: tuple[Option, ...]
    values: tuple[str, ...]
    chosen: tuple[str, ...]
    defaults: tuple[str, ...]
    example: str
    expected: str
    faults: tuple[ParameterFault, ...]
    form: str = ""
    expected_else: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The parameter's name."""
        return self.parameter.name

    @property
    def id(self) -> str:
        """What it is called on the page."""
        return f"{self.form}-{self.name}" if self.form else self.name

    def expected_by(self, fault: ParameterFault) -> str:
        """Return what would be right instead of what is at fault."""
        return self.expected_else.get(fault.expected, self.expected)

    @property
    def is_group(self) -> bool:
        """Whether it takes more than one input."""
        return self.control == "boxes" or (self.parameter.multiple and self.control != "select")

    @property
    def inputs(self) -> tuple[str, ...]:
        """What stands in its inputs, with room for more where it takes a list."""
        return (*self.values, *[""] * _BLANKS) if self.parameter.multiple else (self.values or ("",))

    def told_values(self, fault: ParameterFault) -> tuple[str, ...]:
        """Return the allowed values that are worth telling beside the field."""
        return fault.allowed if len(fault.allowed) <= _MOST_TOLD else ()


def read_fields(
    query: SavedQuery,
    values: Mapping[str, Sequence[str]],
    faults: Sequence[ParameterFault],
    offer: Offer,
    texts: Texts,
    class_label: Callable[[str], str],
) -> list[Field]:
    """Return the fields of a query's form.

    Args:
        query: The query.
        values: What is filled in, as given: a choice's value, its label or its short name.
        faults: What is wrong with it.
        offer: Gives the choices of a parameter.
        texts: The texts of the pages.
        class_label: Gives the label of a class.
    """
    return [
        _read_field(
            parameter,
            values.get(parameter.name, ()),
            tuple(fault for fault in faults if fault.parameter == parameter.name),
            offer(query, parameter.name),
            texts,
            class_label,
        )
        for parameter in query.parameters
    ]


def short_value(value: str) -> str:
    """Return the shortest text by which a resource of ours is accepted; any other value as it stands.

    >>> short_value("https://w3id.org/metiers-kg/job/bio-informaticien")
    'bio-informaticien'
    """
    minted = kind_and_slug(value)
    return minted[1] if minted and "#" not in value else value


def _read_field(
    parameter: Parameter,
    given: Sequence[str],
    faults: tuple[ParameterFault, ...],
    offered: Sequence[Choice],
    texts: Texts,
    class_label: Callable[[str], str],
) -> Field:
    offered = [Choice(choice.value, _label(parameter, choice, texts)) for choice in offered]
    given = [value for value in given if value.strip()]
    chosen = given or parameter.default
    control = _control(parameter, offered)
    options = tuple(
        Option(short_value(choice.value), choice.label, any(means(choice, value) for value in chosen))
        for choice in offered
    )
    if control in ("select", "boxes"):  # what was given and is not on offer is shown as it was given
        unknown = [value for value in given if not any(means(choice, value) for choice in offered)]
        options = (*options, *(Option(value, value, chosen=True) for value in unknown))
    return Field(
        parameter=parameter,
        label=choose(parameter.label, texts.lang) if parameter.label else Spoken(parameter.name, ""),
        description=choose(parameter.description, texts.lang),
        control=control,
        input_type=_INPUTS.get(parameter.type, "text") if control == "text" else "text",
        options=options,
        values=tuple(call(value, offered) for value in chosen),
        chosen=tuple(call(value, offered) for value in given),
        defaults=tuple(call(value, offered) for value in parameter.default),
        example=call(parameter.example, offered) if parameter.example is not None else "",
        expected=_expected(parameter, texts, class_label),
        faults=faults,
    )


def _label(parameter: Parameter, choice: Choice, texts: Texts) -> str:
    """Return what a choice is called: a code by its words where it has any."""
    if choice.label != choice.value:
        return choice.label
    if parameter.type == "boolean":
        return texts("yes" if choice.value == "true" else "no")
    worn = badge(parameter.name, choice.value, texts)
    return worn.text if worn else name_value(parameter.name, choice.value, texts) or choice.label


def _control(parameter: Parameter, offered: Sequence[Choice]) -> str:
    if not offered:
        return "text"
    if parameter.multiple:
        return "boxes" if len(offered) <= _MOST_CHECKED else "select"
    return "select" if len(offered) <= _MOST_SELECTABLE else "list"


def means(choice: Choice, value: str) -> bool:
    """Tell whether a text, as people write it, names a choice."""
    minted = kind_and_slug(choice.value)
    return value in (choice.value, *((minted[1], "/".join(minted)) if minted else ())) or (
        fold(value) == fold(choice.label)
    )


def call(value: str, offered: Sequence[Choice]) -> str:
    """Return what a reader calls a value: the label of the choice that it names, if any."""
    return next((choice.label for choice in offered if means(choice, value)), value)


def _expected(parameter: Parameter, texts: Texts, class_label: Callable[[str], str]) -> str:
    """Say what one value must be, in the reader's language."""
    if parameter.choices or parameter.choices_query or parameter.type == "enum":
        return texts("expected-choice")
    if parameter.class_iri:
        return texts("expected-class", kind=class_label(parameter.class_iri))
    what = texts("expected-string" if parameter.type == "lang-string" else f"expected-{parameter.type}")
    what = _with_length(parameter, what, texts)
    least, most = parameter.minimum, parameter.maximum
    if least is not None and most is not None:
        return texts("expected-between", what=what, least=least, most=most)
    if least is not None:
        return texts("expected-least", what=what, least=least)
    return what if most is None else texts("expected-most", what=what, most=most)


def _with_length(parameter: Parameter, what: str, texts: Texts) -> str:
    """Add how long a text may be, and the pattern that it matches."""
    least, most = parameter.min_length, parameter.max_length
    if least is not None or most is not None:
        what = texts("expected-length", what=what, least=least or 1, most="…" if most is None else most)
    return what if parameter.pattern is None else texts("expected-pattern", what=what, pattern=parameter.pattern)
