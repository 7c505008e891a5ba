"""The passages of the sources: what each quotes, where it stands, and which comes before and after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from metiers_kg.store import Store
from metiers_kg.web.portraits.asking import ask, value_of
from metiers_kg.web.portraits.model import Excerpt, Quote, Thing
from metiers_kg.web.texts import Texts

__all__ = ["Passage", "PassageIndex", "Piece", "told_lines"]


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A piece of a text: its first character, its words, its lines (None where they are not known)."""

    start: int
    quote: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as the store has it."""

    iri: str
    source: str
    section: str
    pieces: tuple[Piece, ...]

    @property
    def position(self) -> tuple[str, int]:
        """Where it stands, to sort by."""
        return self.source, self.pieces[0].start


class PassageIndex:
    """All passages of a graph, read once."""

    def __init__(self, passages: Mapping[str, Passage], languages: Mapping[str, str]) -> None:
        self._passages = passages
        self._languages = languages

    @classmethod
    def read(cls, store: Store) -> PassageIndex:
        """Read the passages of a store."""
        places: dict[str, tuple[str, str]] = {}
        pieces: dict[str, set[Piece]] = {}
        for passage, source, section, start, first, last, quote in ask(store, "passages"):
            iri = value_of(passage)
            places[iri] = value_of(source), value_of(section)
            lines = [int(value_of(line)) if value_of(line).isdecimal() else None for line in (start, first, last)]
            pieces.setdefault(iri, set()).add(Piece(lines[0] or 0, value_of(quote), *lines[1:]))
        languages = {
            value_of(source): value_of(value)
            for source, name, value in ask(store, "documents")
            if value_of(name).endswith("/language")
        }
        return cls({iri: Passage(iri, *places[iri], tuple(sorted(found))) for iri, found in pieces.items()}, languages)

    def __contains__(self, iri: str) -> bool:
        return iri in self._passages

    def find(self, iri: str) -> Passage | None:
        """Return the passage of that IRI, or None."""
        return self._passages.get(iri)

    @cached_property
    def _in_order(self) -> dict[str, list[Passage]]:
        sections: dict[str, list[Passage]] = {}
        for passage in sorted(self._passages.values(), key=lambda passage: (passage.position, passage.iri)):
            sections.setdefault(passage.section, []).append(passage)
        return sections

    def of_section(self, section: str) -> Sequence[Passage]:
        """Return the passages of a section, in the order of the text."""
        return self._in_order.get(section, ())

    def sections_of(self, source: str) -> list[str]:
        """Return the sections of a document, in the order of the text."""
        return [section for section, passages in self._in_order.items() if section and passages[0].source == source]

    def around(self, iri: str) -> tuple[str, str]:
        """Return the passages before and after one in its section; "" where there is none."""
        passage = self._passages.get(iri)
        if passage is None:
            return "", ""
        order = [found.iri for found in self.of_section(passage.section)]
        place = order.index(iri)
        return (order[place - 1] if place else ""), (order[place + 1] if place + 1 < len(order) else "")

    def excerpt(self, iri: str, thing: Callable[[str], Thing], texts: Texts) -> Excerpt | None:
        """Return a passage as a page tells it, or None where there is none; *thing* names and links an IRI."""
        passage = self._passages.get(iri)
        if passage is None:
            return None
        return Excerpt(
            thing(iri),
            thing(passage.source),
            thing(passage.section) if passage.section else Thing("", "", "", ""),
            tuple(Quote(piece.quote, told_lines(piece.first, piece.last, texts)) for piece in passage.pieces),
            self._languages.get(passage.source, ""),
            passage.position,
        )


def told_lines(first: int | None, last: int | None, texts: Texts) -> str:
    """Return the lines of a piece of text in words.

    >>> told_lines(12, 12, Texts("en")), told_lines(12, 14, Texts("fr")), told_lines(None, None, Texts("fr"))
    ('line 12', 'lignes 12 à 14', '')
    """
    if first is None:
        return ""
    if last is None or last == first:
        return texts("line", start=first)
    return texts("lines", start=first, end=last)
