"""Choose a representation and a language: what the address names wins over what the headers prefer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import mimeparse

from metiers_kg.queries import LANGUAGES
from metiers_kg.store import GRAPH_FORMATS, ROW_FORMATS

__all__ = [
    "GRAPH_TYPES",
    "REPRESENTATIONS",
    "ROW_TYPES",
    "NotAcceptableError",
    "Representation",
    "negotiate",
    "negotiate_language",
    "prefers_html",
    "split_suffix",
]


@dataclass(frozen=True, slots=True)
class Representation:
    """A form that a document is given in.

    Attributes:
        name: The short name, used as ``?format=`` and as a suffix.
        media_type: Its media type.
        is_text: Whether its content type names the character set.
    """

    name: str
    media_type: str
    is_text: bool = False

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type


REPRESENTATIONS: dict[str, Representation] = {
    r.name: r
    for r in (
        Representation("html", "text/html", is_text=True),
        Representation("json", "application/json"),
        Representation("rq", "application/sparql-query"),
        Representation("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        *(
            Representation(f.name, f.media_type, is_text=f.media_type.startswith("text/"))
            for f in (*ROW_FORMATS.values(), *GRAPH_FORMATS.values())
        ),
    )
}
"""Every form this service gives anything in."""

ROW_TYPES: tuple[Representation, ...] = tuple(REPRESENTATIONS[name] for name in ROW_FORMATS)
"""What the engine writes rows in, the preferred first."""

GRAPH_TYPES: tuple[Representation, ...] = tuple(REPRESENTATIONS[name] for name in GRAPH_FORMATS)
"""What the engine writes triples in, the preferred first."""


class NotAcceptableError(Exception):
    """Nothing that is offered is accepted.

    Attributes:
        wanted: What was asked for.
        offered: What there is.
    """

    def __init__(self, wanted: str, offered: Sequence[Representation]) -> None:
        self.wanted = wanted
        self.offered = tuple(offered)
        super().__init__(f"found {wanted!r}, expected one of " + ", ".join(r.media_type for r in offered))


def negotiate(offered: Sequence[Representation], accept: str | None, named: str | None = None) -> Representation:
    """Choose among what is *offered*, the preferred first.

    Args:
        offered: What there is.
        accept: The Accept header; what it does not rank is ranked by *offered* (RFC 9110, section 12.5.1).
        named: The short name in the address, which wins over the header.

    Raises:
        NotAcceptableError: None is accepted, or *named* is not among them.

    >>> negotiate(ROW_TYPES, "text/csv, */*;q=0.1").name
    'csv'
    >>> negotiate(ROW_TYPES, "text/csv", named="tsv").name
    'tsv'
    """
    if named is not None:
        for representation in offered:
            if representation.name == named:
                return representation
        raise NotAcceptableError(named, offered)
    ranges = ",".join(_media_ranges(accept or ""))
    if not accept or not accept.strip():
        ranges = "*/*"
    # On a tie mimeparse takes the last of what it is given.
    media_type = mimeparse.best_match([r.media_type for r in reversed(offered)], ranges) if ranges else ""
    for representation in offered:
        if representation.media_type == media_type:
            return representation
    raise NotAcceptableError(accept or "", offered)


def prefers_html(accept: str | None) -> bool:
    """Tell whether a client would rather read a page than data.

    >>> prefers_html("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    True
    >>> prefers_html("*/*")
    False
    """
    try:
        return negotiate((REPRESENTATIONS["json"], REPRESENTATIONS["html"]), accept).name == "html"
    except NotAcceptableError:
        return False


def negotiate_language(accept_language: str | None, offered: Sequence[str] = LANGUAGES) -> str:
    """Choose the language that an Accept-Language header ranks highest, by its primary subtag; else the first offered.

    >>> negotiate_language("de-AT;q=0.8, en-GB")
    'en'
    >>> negotiate_language("pt")
    'fr'
    """
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate((accept_language or "").split(",")):
        tag, _, parameters = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        quality = _quality(parameters)
        if language == "*":
            language = offered[0]
        if language in offered and quality > 0:
            ranked.append((-quality, place, language))
    return min(ranked)[2] if ranked else offered[0]


def split_suffix(name: str) -> tuple[str, str | None]:
    """Part the last segment of a path from the short name of a representation at its end.

    >>> split_suffix("bio-informaticien.ttl")
    ('bio-informaticien', 'ttl')
    >>> split_suffix("bio-informaticien")
    ('bio-informaticien', None)
    """
    stem, dot, suffix = name.rpartition(".")
    return (stem, suffix) if dot and stem and suffix in REPRESENTATIONS else (name, None)


_LISTED = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
"""A member of a list; a comma in a quoted text parts nothing (RFC 9110, section 5.6.1)."""

_RANGE = re.compile(r"\s*(\*/\*|[\w!#$%&'+.^`|~-]+/(?:\*|[\w!#$%&'+.^`|~-]+)|\*)\s*(?:;(.*))?", re.DOTALL)
_WEIGHT = re.compile(r';\s*q\s*=\s*"?([^;"\s]*)')


def _media_ranges(accept: str) -> list[str]:
    """Return the ranges of an Accept header with their weights, without what is malformed and without parameters.

    What is offered here differs in its type alone, and other parameters may hold what a list is parted by.

    >>> _media_ranges('text/csv;note="a,b";q=0.2, TEXT/*, */csv, nonsense')
    ['text/csv;q=0.2', 'text/*']
    """
    ranges = []
    for member in _LISTED.findall(accept.lower()):
        found = _RANGE.fullmatch(member)
        if found is not None:
            weight = _WEIGHT.search(re.sub(r'"(?:[^"\\]|\\.)*"', '""', f";{found[2] or ''}"))
            ranges.append(found[1] + (f";q={weight[1]}" if weight else ""))
    return ranges


def _quality(parameters: str) -> float:
    """Return the weight in the parameters of a range: 1 where there is none, 0 where it is nonsense."""
    name, equals, value = parameters.strip().partition("=")
    if not equals or name.strip().lower() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
