"""Conditions of requests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from metiers_kg.api.conditions import is_older, known_tag

TAG = '"abc"'
BUILT = datetime(2026, 11, 22, 20, 30, 43, 500, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (None, None),
        ('"abc"', TAG),
        ('W/"abc"', TAG),
        (' "x" ,"abc"', TAG),
        ('"x", W/"abc-gzip"', '"abc-gzip"'),
        ('"abc-br"', None),
        ("*", TAG),
        (" * ", TAG),
        ('"*"', None),
        ("abc", None),
        ("", None),
    ],
)
def test_known_tag(header: str | None, known: str | None) -> None:
    """A tag of the representation in a coding that the client takes is known; that of another is not."""
    assert known_tag(header, TAG, ("gzip",)) == known


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Sun, 22 Nov 2026 20:30:43 GMT", True),
        ("Sunday, 22-Nov-26 20:30:43 GMT", True),
        ("Sun Nov 22 20:30:43 2026", True),
        ("Sun, 22 Nov 2026 20:30:42 GMT", False),
        ("yesterday", False),
        ("", False),
        (None, False),
    ],
)
def test_is_older(header: str | None, expected: bool) -> None:
    """The three forms of a date are read, to the second; what is none is no condition (RFC 9110, section 13.1.3)."""
    assert is_older(BUILT, header) is expected


def test_without_a_date_everything_may_be_new() -> None:
    """What has no date is given again."""
    assert not is_older(None, "Sun, 22 Nov 2026 20:30:43 GMT")
