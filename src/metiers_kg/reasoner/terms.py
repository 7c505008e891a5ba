"""Triples as texts: lines of canonical N-Triples and their terms."""

from __future__ import annotations

__all__ = ["Triple", "split"]

Triple = tuple[str, str, str]
"""Subject, predicate and object in N-Triples form."""


def split(line: str) -> Triple:
    """Return the terms of a canonical N-Triples line.

    >>> split('<a> <b> "c d" .')
    ('<a>', '<b>', '"c d"')
    """
    s, p, o = line.split(" ", 2)
    return s, p, o[:-2]
