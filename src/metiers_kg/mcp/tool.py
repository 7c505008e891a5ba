"""A tool for assistants: what it takes, what it gives, and how its faults are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TypeAlias

from metiers_kg.errors import (
    InputError,
    MetiersError,
    MissingVocabularyError,
    ParameterError,
    ParameterFault,
    UnknownResourceError,
)
from metiers_kg.queries.schemas import Schema

__all__ = ["Answer", "Arguments", "Tool", "read_arguments", "refuse_others", "take_integer", "take_one", "take_text"]

Arguments: TypeAlias = Mapping[str, object]
"""What a tool is called with, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool gives.

    Attributes:
        text: For who reads: an assistant, or the person beside it.
        content: The same for a program, as JSON has it.
        is_error: Whether the call was at fault; the text then says what would be right.
    """

    text: str
    content: Mapping[str, object]
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that an assistant may ask.

    Attributes:
        name: What it is called by: letters, digits and hyphens.
        title: What a person calls it.
        description: What it answers, how to read it, and the limits of the data.
        takes: The JSON Schema of its arguments.
        gives: The JSON Schema of the content of its answers.
        ask: Answers; what is wrong is raised.
        example: Arguments to try it with.
    """

    name: str
    title: str
    description: str
    takes: Schema
    gives: Schema
    ask: Callable[[Arguments], Answer] = field(repr=False)
    example: Arguments = field(default_factory=dict)

    def call(self, arguments: Arguments) -> Answer:
        """Answer, or tell the fault as an answer that an assistant can mend its call by."""
        try:
            return self.ask(arguments)
        except ParameterError as error:
            faults = [asdict(fault) for fault in error.faults]
            return Answer("\n".join(_told(fault) for fault in error.faults), {"errors": faults}, is_error=True)
        except MissingVocabularyError as error:
            missing = [asdict(vocabulary) for vocabulary in error.missing]
            return Answer(str(error), {"missing": missing}, is_error=True)
        except UnknownResourceError as error:
            return Answer(str(error), {"suggestions": list(error.suggestions)}, is_error=True)
        except (InputError, MetiersError) as error:
            return Answer(str(error), {}, is_error=True)


def read_arguments(arguments: Arguments) -> dict[str, list[str]]:
    """Return arguments as the texts that a form would give: numbers and truth values written out, null left out.

    Raises:
        ParameterError: A value is an object, or a list within a list.

    >>> read_arguments({"job": "Datamanager", "size": 3, "share": 1e-3, "all": True, "kinds": ["a", "b"], "of": None})
    {'job': ['Datamanager'], 'size': ['3'], 'share': ['0.001'], 'all': ['true'], 'kinds': ['a', 'b'], 'of': []}
    """
    return {name: _texts(name, value if isinstance(value, list) else [value]) for name, value in arguments.items()}


def take_one(texts: dict[str, list[str]], name: str, allowed: Sequence[str], default: str) -> str:
    """Take the one text of *name* out of *texts*. Raises ParameterError where it is none of *allowed*."""
    value = take_text(texts, name, default=default, expected=f"one of {', '.join(allowed)}")
    if value not in allowed:
        expected = f"one of {', '.join(allowed)}"
        raise ParameterError([ParameterFault(name, value, expected, allowed=tuple(allowed))])
    return value


def take_integer(texts: dict[str, list[str]], name: str, most: int, default: int, *, least: int = 1) -> int:
    """Take the whole number of *name* out of *texts*. Raises ParameterError where it is none from *least* to *most*."""
    expected = f"an integer from {least} to {most}"
    value = take_text(texts, name, default=str(default), expected=expected)
    if value.isascii() and value.isdecimal() and len(value) <= len(str(most)) and least <= int(value) <= most:
        return int(value)
    raise ParameterError([ParameterFault(name, value, expected)])


def take_text(texts: dict[str, list[str]], name: str, *, expected: str, default: str | None = None) -> str:
    """Take the one text of *name* out of *texts*. Raises ParameterError where there is none, or more than one."""
    values = [value for value in texts.pop(name, []) if value.strip()]
    if len(values) == 1:
        return values[0]
    if not values and default is not None:
        return default
    raise ParameterError([ParameterFault(name, ", ".join(values) or None, expected)])


def refuse_others(texts: Mapping[str, Sequence[str]], known: Sequence[str]) -> None:
    """Raise ParameterError where anything is left in *texts*: arguments that are none of *known*."""
    if texts:
        expected = f"one of the arguments {', '.join(known)}"
        raise ParameterError(
            [
                ParameterFault(name, ", ".join(values), expected, tuple(known), tuple(get_close_matches(name, known)))
                for name, values in texts.items()
            ]
        )


def _texts(name: str, values: Sequence[object]) -> list[str]:
    texts = []
    for value in values:
        match value:
            case None:
                continue
            case bool():
                texts.append("true" if value else "false")
            case int() | str():
                texts.append(str(value))
            case float():
                texts.append(_decimal(value))
            case _:
                raise ParameterError([ParameterFault(name, str(value), "a text, number, truth value, or list of them")])
    return texts


def _decimal(value: float) -> str:
    """Return a number without an exponent; whole ones without a point, as JSON does not tell 3 from 3.0."""
    try:
        number = Decimal(repr(value))
        return f"{number.quantize(1):f}" if number == number.to_integral_value() else f"{number:f}"
    except InvalidOperation:  # infinite, or no number
        return repr(value)


def _told(fault: ParameterFault) -> str:
    text = str(fault)
    return f"{text} (allowed: {', '.join(fault.allowed)})" if fault.allowed else text
