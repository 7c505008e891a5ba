"""Reads lines of canonical N-Triples where a whole engine would be too much: labels, types, what is broader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Statement", "read_statements"]

_LINE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<[^>]*>)?) \.')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Statement(NamedTuple):
    """A triple: the object is an IRI, or a text with its language ("" where it has none)."""

    subject: str
    predicate: str
    iri: str
    text: str
    language: str


def read_statements(lines: Iterable[str], predicates: Iterable[str]) -> Iterator[Statement]:
    r"""Yield the triples of some *predicates* (IRIs); other lines are passed over unread.

    >>> line = '<http://e.org/a> <http://e.org/name> "\\"A\\""@fr .'
    >>> [(s.text, s.language) for s in read_statements([line], ["http://e.org/name"])]
    [('"A"', 'fr')]
    """
    wanted = {f"<{predicate}>" for predicate in predicates}
    for line in lines:
        start = line.find(" ") + 1
        if line[start : line.find(" ", start)] in wanted and (match := _LINE.match(line)):
            subject, predicate, iri, text, language = match.groups(default="")
            yield Statement(subject, predicate, iri, _unescape(text), language)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CHARACTERS.get(match[3], match[3])
