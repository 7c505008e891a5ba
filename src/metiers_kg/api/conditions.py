"""Conditions: whether a client already has what it asks for (RFC 9110, section 13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

__all__ = ["coded_tag", "http_date", "is_older", "known_tag"]


def coded_tag(tag: str, coding: str | None) -> str:
    """Return the strong tag of a representation in a content coding, which differs from that of any other coding.

    >>> coded_tag('"abc"', "br"), coded_tag('"abc"', None)
    ('"abc-br"', '"abc"')
    """
    return tag if coding is None else f'{tag[:-1]}-{coding}"'


def known_tag(if_none_match: str | None, tag: str, codings: Sequence[str] = ()) -> str | None:
    """Return the tag under which a client has what *tag* names, or None; tags are compared weakly (section 13.1.2).

    Args:
        if_none_match: The header.
        tag: The tag of what is asked for, as it is without a content coding.
        codings: The codings that the client takes: it may have the representation in any of them, or in none.

    >>> known_tag('"x", W/"abc-br"', '"abc"', ["br"])
    '"abc-br"'
    >>> known_tag('"abc-br"', '"abc"', ["gzip"]) is None
    True
    >>> known_tag("*", '"abc"')
    '"abc"'
    """
    if if_none_match is None:
        return None
    if if_none_match.strip() == "*":
        return tag
    known = {candidate.strip().removeprefix("W/") for candidate in if_none_match.split(",")}
    return next((own for own in (tag, *(coded_tag(tag, coding) for coding in codings)) if own in known), None)


def is_older(modified: datetime | None, if_modified_since: str | None) -> bool:
    """Tell whether nothing has changed since the date of the header; a date that cannot be read is none (13.1.3).

    >>> modified = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    >>> is_older(modified, "Sun, 22 Nov 2026 20:30:00 GMT"), is_older(modified, "Sun, 22 Nov 2026 20:29:59 GMT")
    (True, False)
    """
    if modified is None or if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return modified.replace(microsecond=0) <= (since if since.tzinfo is not None else since.replace(tzinfo=UTC))


@lru_cache(maxsize=256)
def http_date(time: datetime) -> str:
    """Return a time as headers have it (section 5.6.7).

    >>> http_date(datetime(2026, 11, 22, 20, 30, 43, tzinfo=UTC))
    'Sun, 22 Nov 2026 20:30:43 GMT'
    """
    return format_datetime(time.astimezone(UTC).replace(microsecond=0), usegmt=True)
