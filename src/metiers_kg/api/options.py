"""The parameters that belong to the service, such as language, limit and format. Any other is refused.

``bom`` and ``sep`` are of CSV alone, ``shape`` of flat JSON, ``version`` of what a kept release has too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from starlette.datastructures import QueryParams

from metiers_kg.api.negotiation import REPRESENTATIONS, negotiate_language
from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.queries import LANGUAGES
from metiers_kg.queries.dialect import SEPARATORS, Dialect
from metiers_kg.store.releases import VERSION

__all__ = [
    "ENTAILMENTS",
    "MAX_LIMIT",
    "OPTIONS",
    "PAGE_ROWS",
    "SHAPES",
    "Options",
    "read_options",
    "unknown_parameter",
]

OPTIONS: tuple[str, ...] = ("lang", "entailment", "limit", "page", "format", "version", "shape", "bom", "sep")
"""Names that no saved query may use for a parameter of its own."""

ENTAILMENTS: tuple[str, ...] = ("owl-rl", "asserted")
"""What may be concluded: all that OWL 2 RL gives, or nothing but what was stated."""

SHAPES: tuple[str, ...] = ("array", "object")
"""Flat JSON: the rows alone, or an object that has them with what they are and whether there are more."""

MAX_LIMIT = 10_000
"""The most rows that one answer gives; where there are more, it says so."""

PAGE_ROWS = 200
"""The rows that a web page shows where the reader names no limit."""


_PLAIN = Dialect()


@dataclass(frozen=True, slots=True)
class Options:
    """How to answer, whatever is asked.

    Attributes:
        lang: The language of labels and pages.
        asserted: Whether to leave out what was inferred.
        limit: The most rows, or None where the client names none.
        page: The page of rows, from 1.
        format: The short name of the representation, or None where the client names none.
        version: The version of the release to answer from, or None for the one that is served.
        shape: One of ``SHAPES``.
        dialect: How CSV is written.
    """

    lang: str
    asserted: bool = False
    limit: int | None = None
    page: int = 1
    format: str | None = None
    version: str | None = None
    shape: str = SHAPES[0]
    dialect: Dialect = _PLAIN


def read_options(
    parameters: QueryParams,
    accept_language: str | None,
    taken: Collection[str],
    own: Collection[str] | None = (),
) -> tuple[Options, dict[str, list[str]]]:
    """Read the service's parameters, and return the values of the others by name.

    A parameter without a value is left out: forms send their empty fields so.

    Args:
        parameters: What the address or a form gives.
        accept_language: The Accept-Language header.
        taken: The service's parameters that this address takes.
        own: The other parameters that it takes; None where somebody else judges them.

    Raises:
        ParameterError: A parameter is unknown, given twice, or has a value that is not allowed.
    """
    faults: list[ParameterFault] = []
    options: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    for name in dict.fromkeys(parameters.keys()):
        values = [value for value in parameters.getlist(name) if value]
        if name in taken and name in OPTIONS:
            faults += _faults(name, values)
            options.update({name: values[-1]} if values else {})
        elif name not in OPTIONS and (own is None or name in own):
            others.update({name: values} if values else {})
        else:
            faults.append(unknown_parameter(name, parameters[name], [*(own or ()), *taken]))
    if faults:
        raise ParameterError(faults)
    return (
        Options(
            lang=options.get("lang") or negotiate_language(accept_language),
            asserted=options.get("entailment") == "asserted",
            limit=int(options["limit"]) if "limit" in options else None,
            page=int(options.get("page", "1")),
            format=options.get("format"),
            version=options.get("version"),
            shape=options.get("shape", SHAPES[0]),
            dialect=Dialect(bom=options.get("bom") == "1", separator=options.get("sep", SEPARATORS[0])),
        ),
        others,
    )


def unknown_parameter(name: str, value: str, allowed: Sequence[str]) -> ParameterFault:
    """Return the fault of a parameter that an address does not take."""
    names = tuple(dict.fromkeys(allowed))
    return ParameterFault(
        parameter=name,
        value=value,
        expected="no such parameter" if not names else "one of the parameters " + ", ".join(names),
        allowed=names,
        suggestions=tuple(get_close_matches(name, names)),
    )


def _faults(name: str, values: list[str]) -> list[ParameterFault]:
    """Return what is wrong with the values of one of the service's parameters."""
    if not values:
        return []
    if len(values) > 1:
        return [ParameterFault(name, ", ".join(values), "one value")]
    value = values[0]
    if name in _CHOICES:
        allowed = _CHOICES[name]
        if value in allowed:
            return []
        return [
            ParameterFault(
                name, value, "one of " + ", ".join(allowed), allowed, tuple(get_close_matches(value, allowed))
            )
        ]
    if name == "version":
        if VERSION.fullmatch(value):
            return []
        return [ParameterFault(name, value, "the version of a release, such as X-Data-Version and /releases tell")]
    most = _MOST[name]
    if value.isascii() and value.isdecimal() and len(value) <= len(str(most)) and 1 <= int(value) <= most:
        return []
    return [ParameterFault(name, value, f"an integer from 1 to {most}")]


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "lang": LANGUAGES,
    "entailment": ENTAILMENTS,
    "format": tuple(REPRESENTATIONS),
    "shape": SHAPES,
    "bom": ("0", "1"),
    "sep": SEPARATORS,
}
_MOST: Mapping[str, int] = {"limit": MAX_LIMIT, "page": 1_000_000}
