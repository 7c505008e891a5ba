"""What a portrait of a thing is made of: sections of groups of rows, each row with the passages it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metiers_kg.web.texts import Spoken

__all__ = ["Basis", "Chip", "Excerpt", "Group", "Portrait", "Quote", "Row", "Section", "Thing"]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a page, ready to be linked.

    Attributes:
        iri: Its IRI.
        label: Its label in the reader's language where there is one.
        lang: The language the label is in, or "".
        href: Where to read about it.
    """

    iri: str
    label: str
    lang: str
    href: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words by which to find a piece of text, and its lines in words."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage as a page tells it.

    Attributes:
        passage: The passage, whose label tells document, section and lines.
        source: The document.
        section: The section of the document.
        quotes: Its pieces, in the order of the text.
        lang: The language of the document, or "".
        position: Where it stands, to sort by: the document, then the first character.
    """

    passage: Thing
    source: Thing
    section: Thing
    quotes: tuple[Quote, ...]
    lang: str = ""
    position: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class Chip:
    """A word set off by a colour that repeats its meaning.

    Attributes:
        text: The word.
        tone: The class of the colour: a domain, a category, ``care``, or "".
    """

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """A statement and what it rests on.

    Attributes:
        statement: The statement.
        marks: How it is said, where that is not plainly: read between the lines, conditional.
        excerpts: Its passages.
    """

    statement: Thing
    marks: tuple[Chip, ...]
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is said, in a line.

    Attributes:
        thing: What it is about, linked; None where a text stands alone.
        text: What is said in words, where no thing stands for it.
        chips: What it is: a level, an effect, a category.
        notes: What the statement says besides, in the project's words.
        through: What leads there.
        basis: The statements it rests on.
        why: The path of its explanation, where it was inferred.
    """

    thing: Thing | None = None
    text: Spoken | None = None
    chips: tuple[Chip, ...] = ()
    notes: tuple[Spoken, ...] = ()
    through: tuple[Thing, ...] = ()
    basis: tuple[Basis, ...] = ()
    why: str = ""

    @property
    def marks(self) -> tuple[Chip, ...]:
        """How its statements are said; nothing where one of them says it plainly."""
        if any(not basis.marks for basis in self.basis):
            return ()
        return tuple(dict.fromkeys(mark for basis in self.basis for mark in basis.marks))

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """All passages it rests on, each once."""
        return tuple({e.passage.iri: e for basis in self.basis for e in basis.excerpts}.values())


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title.

    Attributes:
        title: Its title; "" for rows that need none.
        rows: The rows.
        tone: The class of the colour of the title: a domain, or "".
        hint: How to read the rows.
        is_compact: Whether the rows are told in a running line, without their passages in place.
        level: The level of the heading, 3 or 4.
    """

    title: str
    rows: tuple[Row, ...]
    tone: str = ""
    hint: str = ""
    is_compact: bool = False
    level: int = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a portrait, with a place in its table of contents.

    Attributes:
        id: Its fragment in the address.
        title: Its title.
        content: What it holds; for the shape ``rows``, groups.
        shape: Which template shows it: ``portrait-{shape}.html``.
        hint: How to read it.
        count: How many things it tells of; None where that tells nothing.
    """

    id: str
    title: str
    content: Sequence[object]
    shape: str = "rows"
    hint: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Portrait:
    """A thing as its page shows it.

    Attributes:
        sections: Its parts, in order; none is empty.
        lead: What it is, in the project's words.
        chips: What it counts as.
        sentence: For a statement, what it states: words and things.
        told: The passages that the portrait tells, by IRI.
        sources: The documents quoted, with the number of passages of each.
    """

    sections: tuple[Section, ...]
    lead: tuple[Row, ...] = ()
    chips: tuple[Row, ...] = ()
    sentence: tuple[Thing | str, ...] = ()
    told: frozenset[str] = frozenset()
    sources: tuple[object, ...] = ()

    @property
    def has_rows(self) -> bool:
        """Whether it has rows with passages below them."""
        groups = (part for section in self.sections for part in section.content if isinstance(part, Group))
        return any(row.basis for group in groups for row in group.rows)
