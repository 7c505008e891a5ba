"""The text of a query as a page shows it: in pieces, each with what it is, for a style sheet to tell them apart."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Piece", "highlight"]

_PIECES = re.compile(
    r"""
    (?P<comment>(?:(?<=\s)|^)\#[^\n]*)
  | (?P<string>\"\"\".*?\"\"\"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
  | (?P<iri><[^<>\s]*>)
  | (?P<variable>[?$]\w+)
  | (?P<name>\b[A-Za-z][\w-]*:[\w./-]*)
  | (?P<keyword>\b[A-Za-z]+\b)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_WORDS = """
ask as asc avg base bind bound by coalesce concat construct contains count datatype desc describe distinct exists filter
from graph group having if in iri isiri isliteral lang langmatches lcase limit max min minus named not offset optional
order prefix reduced regex replace sample select separator service str strafter strbefore strdt strends strlang strlen
strstarts substr sum ucase undef union values where year
"""
_KEYWORDS = frozenset(_WORDS.split())


class Piece(NamedTuple):
    """A piece of a query: what it is, "" for what needs no mark, and its text."""

    kind: str
    text: str


def highlight(text: str) -> list[Piece]:
    """Return the pieces of a query, which joined are the query.

    >>> [tuple(piece) for piece in highlight("SELECT ?job # all")]
    [('keyword', 'SELECT'), ('', ' '), ('variable', '?job'), ('', ' '), ('comment', '# all')]
    """
    pieces: list[Piece] = []
    end = 0
    for match in _PIECES.finditer(text):
        kind, found = match.lastgroup or "", match[0]
        if kind == "keyword" and found.lower() not in _KEYWORDS:
            continue
        if match.start() > end:
            pieces.append(Piece("", text[end : match.start()]))
        pieces.append(Piece(kind, found))
        end = match.end()
    return [*pieces, Piece("", text[end:])] if end < len(text) else pieces
