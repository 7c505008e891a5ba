"""The datatypes of OWL 2 RL: which values a literal has, for the rules dt-type2, dt-diff and dt-not-type of table 8.

``dt-eq`` is not applied: a literal is not replaced by others that write the same value, as owlrl does not either. What
a text says is kept as it was written.
"""

from __future__ import annotations

import re
from calendar import isleap
from decimal import Decimal
from typing import Any

from metiers_kg.vocabulary import PREFIXES

__all__ = ["DATATYPES", "datatypes_of", "different", "integer_value", "is_literal", "is_value_of", "literal_parts"]

_XSD = PREFIXES["xsd"]
_RDF = PREFIXES["rdf"]

_PLAIN = {f"{_RDF}PlainLiteral", f"{PREFIXES['rdfs']}Literal"}

_BROADER: dict[str, str] = {
    "dateTimeStamp": "dateTime",
    "integer": "decimal",
    "long": "integer",
    "int": "long",
    "short": "int",
    "byte": "short",
    "nonNegativeInteger": "integer",
    "positiveInteger": "nonNegativeInteger",
    "unsignedLong": "nonNegativeInteger",
    "unsignedInt": "unsignedLong",
    "unsignedShort": "unsignedInt",
    "unsignedByte": "unsignedShort",
    "nonPositiveInteger": "integer",
    "negativeInteger": "nonPositiveInteger",
    "normalizedString": "string",
    "token": "normalizedString",
    "language": "token",
    "Name": "token",
    "NCName": "Name",
    "NMTOKEN": "token",
}

_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}

_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_DAY = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DATE_TIME = _DAY + r"T(?:[01][0-9]|2[0-3]|24(?=:00:00)):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
_NCNAME = r"[^\W\d][\w.\-·]*"
_FORMS: dict[str, str] = {
    "string": r"(?s).*",
    "normalizedString": r"[^\r\n\t]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": r"[^\W\d][\w.\-·:]*|:[\w.\-·:]*",
    "NCName": _NCNAME,
    "NMTOKEN": r"[\w.\-·:]+",
    "boolean": r"true|false|0|1",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "float": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "dateTime": f"{_DATE_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_DATE_TIME}{_ZONE}",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}= ?=|(?:[A-Za-z0-9+/] ?){3}=)?",
    "anyURI": r"[^\s<>\"{}|\\^`]*",
} | dict.fromkeys(_RANGES, r"[+-]?[0-9]+")

DATATYPES: frozenset[str] = (
    frozenset(f"{_XSD}{name}" for name in _FORMS) | _PLAIN | {f"{_RDF}XMLLiteral", f"{_RDF}langString"}
)
"""The IRIs of the datatypes whose values are known here."""

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?', re.DOTALL)
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def is_literal(term: str) -> bool:
    """Return True for a literal in N-Triples form."""
    return term[:1] == '"'


def literal_parts(term: str) -> tuple[str, str, str]:
    """Return the text, the datatype's IRI and the language of a literal in N-Triples form.

    >>> literal_parts('"3"^^<http://www.w3.org/2001/XMLSchema#integer>')
    ('3', 'http://www.w3.org/2001/XMLSchema#integer', '')
    >>> literal_parts('"chat"@fr')[1:]
    ('http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'fr')
    """
    found = _LITERAL.fullmatch(term)
    if not found:
        raise ValueError(f"expected a literal in N-Triples form, found {term!r}")
    text, datatype, language = found[1], found[2], found[3]
    if "\\" in text:
        text = re.sub(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", _unescaped, text)
    return text, datatype or (f"{_RDF}langString" if language else f"{_XSD}string"), language or ""


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPES.get(found[3], found[3])


def datatypes_of(datatype: str) -> list[str]:
    """Return a datatype and those broader than it, for dt-type2.

    >>> [iri.rpartition("#")[2] for iri in datatypes_of("http://www.w3.org/2001/XMLSchema#int")]
    ['int', 'long', 'integer', 'decimal']
    """
    found = [datatype]
    while (name := found[-1].removeprefix(_XSD)) in _BROADER:
        found.append(_XSD + _BROADER[name])
    return found


def is_value_of(term: str, datatype: str) -> bool:
    """Return whether a literal's value belongs to a datatype; True where the datatype is not one of `DATATYPES`.

    >>> is_value_of('"-1"^^<http://www.w3.org/2001/XMLSchema#integer>', "http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
    False
    """
    text, own, language = literal_parts(term)
    if datatype not in DATATYPES or own not in DATATYPES or datatype == f"{PREFIXES['rdfs']}Literal":
        return True
    if not _is_written_right(text, own):
        return False
    if datatype == f"{_RDF}PlainLiteral":
        return bool(language) or _root(own) == "string"
    if language or datatype == f"{_RDF}langString":
        return bool(language) and datatype == f"{_RDF}langString"
    if own == datatype or datatype in datatypes_of(own):
        return True
    return _root(own) == _root(datatype) and _is_written_right(_written(text, own), datatype)


def _root(datatype: str) -> str:
    return datatypes_of(datatype)[-1].removeprefix(_XSD)


def _written(text: str, datatype: str) -> str:
    """Return the text of a value as a narrower datatype would have it: a whole decimal without its point."""
    if _root(datatype) == "decimal":
        value = Decimal(text.strip())
        return format(value.to_integral_value(), "f") if value == value.to_integral_value() else text
    return text


def _is_written_right(text: str, datatype: str) -> bool:
    name = datatype.removeprefix(_XSD)
    if name not in _FORMS:
        return True
    plain = text if _root(datatype) == "string" else text.strip(" \t\r\n")
    if not re.fullmatch(_FORMS[name], plain):
        return False
    if name in _RANGES:
        low, high = _RANGES[name]
        value = Decimal(plain)  # int() refuses thousands of digits
        return (low is None or value >= low) and (high is None or value <= high)
    return _root(datatype) != "dateTime" or _is_a_day(plain)


def _is_a_day(text: str) -> bool:
    """Return whether the month of a date has such a day."""
    year, month, day = (int(part) for part in text.partition("T")[0].rsplit("-", 2))
    return day <= (28 + isleap(year) if month == 2 else 31 - (month - 1) % 7 % 2)


def different(one: str, other: str) -> bool:
    """Return True where two literals have different values (dt-diff); False where that is not known.

    >>> different('"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    False
    >>> different('"chat"@fr', '"cat"@en')
    True
    """
    return _value(one) != _value(other) if _value(one) and _value(other) else False


def _value(term: str) -> tuple[Any, ...] | None:
    text, datatype, language = literal_parts(term)
    if language:
        return "text", text, language.lower()
    if datatype not in DATATYPES or not _is_written_right(text, datatype):
        return None
    root = _root(datatype)
    plain = text.strip(" \t\r\n")
    if root == "decimal":
        return root, Decimal(plain)
    if root in {"double", "float"}:
        return root, float(plain.replace("INF", "inf"))
    if root == "boolean":
        return root, plain in {"true", "1"}
    if root == "hexBinary":
        return root, plain.lower()
    if root == "string":
        return "text", text, ""
    return None if root in {"dateTime", "base64Binary"} else (root, plain)


def integer_value(term: str) -> int | None:
    """Return the value of an integer literal in N-Triples form, or None for any other term.

    >>> integer_value('"01"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>')
    1
    """
    if not is_literal(term):
        return None
    text, datatype, _ = literal_parts(term)
    name = datatype.removeprefix(_XSD)
    return int(Decimal(text)) if name in _RANGES and re.fullmatch(_FORMS[name], text) else None
