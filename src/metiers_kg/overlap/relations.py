"""Relations: which things a property links, read from N-Triples, lines or a file.

A property is named by its IRI; with @ and a language after it, what counts are its texts in that language.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

__all__ = ["Pairs", "Relations", "relations_of_lines", "scan_relations"]

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""IRIs of subjects with their objects, IRIs or the texts of literals; sorted, each pair once."""

Relations: TypeAlias = Mapping[str, Pairs]
"""The pairs of each property, by its name; a property that links nothing has none."""

_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"(@[A-Za-z0-9-]+)?')
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def relations_of_lines(lines: Iterable[str], properties: Iterable[str]) -> Relations:
    """Return what *properties* link in N-Triples lines: to IRIs and to texts.

    >>> relations_of_lines(["<https://e.org/a> <https://e.org/p> <https://e.org/b> ."], ["https://e.org/p"])
    {'https://e.org/p': [('https://e.org/a', 'https://e.org/b')]}
    >>> relations_of_lines(['<https://e.org/a> <https://e.org/p> "un"@fr .'], ["https://e.org/p@fr", "https://e.org/p@en"])
    {'https://e.org/p@fr': [('https://e.org/a', 'un')], 'https://e.org/p@en': []}
    """
    found: dict[str, set[tuple[str, str]]] = {property_: set() for property_ in properties}
    told = {property_.partition("@")[0] for property_ in found}
    for line in lines:
        subject, property_, rest = line.split(" ", 2)
        if property_[1:-1] not in told or subject[0] != "<" or rest[0] == "_":
            continue
        language, value = _read_object(rest)
        for name in {property_[1:-1], property_[1:-1] + language}:
            if name in found:
                found[name].add((subject[1:-1], value))
    return {property_: sorted(pairs) for property_, pairs in found.items()}


def scan_relations(path: Path, properties: Iterable[str]) -> Relations:
    """Return what *properties* link to IRIs, and those with a language to texts in it, in an N-Triples file.

    The rest of the file is not read.
    """
    found: dict[str, set[tuple[str, str]]] = {property_: set() for property_ in properties}
    if not found or not path.stat().st_size:
        return {property_: [] for property_ in found}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        for match in re.finditer(_pattern(found), text, re.MULTILINE):
            subject, property_, iri, of_text, literal, language = match.groups()
            if of_text is None:
                found[property_.decode()].add((subject.decode(), iri.decode()))
            else:
                pairs = found.get(f"{of_text.decode()}@{language.decode()}")
                if pairs is not None:
                    pairs.add((subject.decode(), _unescape(literal.decode())))
    return {property_: sorted(pairs) for property_, pairs in found.items()}


def _pattern(properties: Iterable[str]) -> bytes:
    """Return what matches a line of one of some properties: subject, property and IRI, or property, text, language."""
    linking = [re.escape(name.encode()) for name in properties if "@" not in name]
    texts = sorted({tuple(name.encode().split(b"@")) for name in properties if "@" in name})
    names, languages = ({re.escape(pair[place]) for pair in texts} for place in (0, 1))
    never = b"(?!)"
    link = rb"<(%s)> <([^>]+)>" % (b"|".join(linking) or never)
    text = rb'<(%s)> "((?:[^"\\\n]|\\.)*)"@(%s)' % (
        b"|".join(sorted(names)) or never,
        b"|".join(sorted(languages)) or never,
    )
    return rb"^<([^>]+)> (?:%s|%s) \.$" % (link, text)


def _read_object(rest: str) -> tuple[str, str]:
    """Return the language of the object of a line, after an @ or "", and its IRI or text."""
    if rest[0] == "<":
        return "", rest[1 : rest.index(">")]
    match = _TEXT.match(rest)
    return (match[2] or "", _unescape(match[1])) if match else ("", "")


def _unescape(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        escape = match[1]
        return chr(int(escape[1:], 16)) if escape[0] in "uU" and len(escape) > 1 else _ESCAPED.get(escape, escape)

    return _ESCAPE.sub(plain, text) if "\\" in text else text
