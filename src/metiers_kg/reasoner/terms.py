"""Triples as texts: lines of canonical N-Triples and their terms."""

from __future__ import annotations

__all__ = ["join", "split"]


def split(line: str) -> tuple[str, str, str]:
    """Return the terms of a canonical N-Triples line.

    >>> split('<a> <b> "c d" .')
    ('<a>', '<b>', '"c d"')
    """
    s, p, o = line.split(" ", 2)
    return s, p, o[:-2]


def join(triple: tuple[str, str, str]) -> str:
    """Return the canonical N-Triples line of a triple.

    >>> join(("<a>", "<b>", "<c>"))
    '<a> <b> <c> .'
    """
    return " ".join(triple) + " ."
