"""Terms and lines of canonical N-Triples (https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples)."""

from __future__ import annotations

import re
from functools import cache

from metiers_kg.vocabulary import PREFIXES

__all__ = ["boolean", "date_time", "decimal", "integer", "is_iri", "literal", "name", "text"]

_XSD = PREFIXES["xsd"]
_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f]')
_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\]')


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def is_iri(value: str) -> bool:
    """Tell whether *value* can stand between angle brackets: absolute, without blanks and the like."""
    return value.startswith(("http://", "https://")) and not _NOT_IN_IRI.search(value)


@cache
def name(prefixed: str) -> str:
    """Return a prefixed name as a term.

    >>> name("skos:prefLabel")
    '<http://www.w3.org/2004/02/skos/core#prefLabel>'
    """
    prefix, _, local = prefixed.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def text(value: str) -> str:
    r"""Return a plain literal.

    >>> print(text('two\nlines, one "quote"'))
    "two\nlines, one \"quote\""
    """
    return f'"{_TO_ESCAPE.sub(_escaped, value)}"'


def literal(value: str, language: str) -> str:
    """Return a literal with its language.

    >>> literal("chimiste", "fr")
    '"chimiste"@fr'
    """
    return f'"{_TO_ESCAPE.sub(_escaped, value)}"@{language}'


def integer(value: int) -> str:
    """Return an integer as a literal."""
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: float, places: int) -> str:
    """Return a number rounded to so many decimal places as a literal, in the canonical form of XML Schema.

    >>> decimal(0.2504, 3), decimal(1, 3)
    ('"0.25"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    whole, _, part = f"{value:.{places}f}".partition(".")
    return f'"{whole}.{part.rstrip("0") or "0"}"^^<{_XSD}decimal>'


def boolean(value: bool) -> str:
    """Return a truth value as a literal."""
    return f'"{str(value).lower()}"^^<{_XSD}boolean>'


def date_time(value: str) -> str:
    """Return a date and time, as XML Schema spells it, as a literal."""
    return f'"{value}"^^<{_XSD}dateTime>'
