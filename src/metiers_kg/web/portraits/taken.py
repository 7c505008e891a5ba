"""All that was taken from a document, a section or a passage, in the order of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from metiers_kg.vocabulary import KINDS, kind_and_slug
from metiers_kg.web.portraits.model import Chip, Excerpt, Group, Row, Section, Thing
from metiers_kg.web.portraits.subject import Subject

__all__ = ["Taken", "TakenFrom", "around_of", "rests_on", "taken_from"]

_MOST_IN_PLACE = 450
"""The most things that the page of a document tells in place; of a longer one, the pages of its sections do."""

_FIRST = (
    *("job", "job-group", "competence", "factor", "sub-sector", "organisation", "place"),
    *("evolution", "classification", "outlook", "impact", "requirement", "relation", "activity", "observation"),
    *("strategy", "recruitment", "assertion"),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A passage, and what was taken from it: the word for its kind, the thing, how it is said."""

    excerpt: Excerpt
    items: tuple[tuple[str, Thing, tuple[Chip, ...]], ...]


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """A section of a document, and what was taken from it.

    Attributes:
        section: It.
        passages: Its passages in the order of the text; empty where they are told elsewhere.
        counts: How many things of each kind, the most first.
        total: How many things in all.
        quoted: How many passages.
        is_whole: Whether the page is about this section alone.
    """

    section: Thing
    passages: tuple[Taken, ...]
    counts: tuple[tuple[str, int], ...]
    total: int
    quoted: int
    is_whole: bool = False


def taken_from(subject: Subject) -> Section | None:
    """Return what was taken from a document, section by section, or from a section; None where nothing was."""
    items: dict[str, list[str]] = {}
    index = subject.known.passages
    is_section = bool(index.of_section(subject.iri))
    for passage, item in subject.ask("taken-from-section" if is_section else "taken-from-source"):
        items.setdefault(passage, []).append(item)
    if not items:
        return None
    sections = [subject.iri] if is_section else index.sections_of(subject.iri)
    everything = {item for found in items.values() for item in found}
    in_place = is_section or len(everything) <= _MOST_IN_PLACE
    content = []
    for section in sections:
        passages = [told.iri for told in index.of_section(section) if told.iri in items]
        found = {item for iri in passages for item in items[iri]}
        counts = Counter(_kind(item) for item in found)
        taken = []
        for iri in passages if in_place else ():
            excerpt = subject.excerpt(iri)
            if excerpt is not None:
                taken.append(Taken(excerpt, _items(subject, items[iri])))
        content.append(
            TakenFrom(
                subject.thing(section),
                tuple(taken),
                tuple((_word(subject, kind), count) for kind, count in counts.most_common()),
                len(found),
                len(passages),
                is_section,
            )
        )
    return Section("taken", subject.texts("portrait-taken"), tuple(content), "taken", count=len(everything))


def rests_on(subject: Subject) -> Section | None:
    """Return what rests on a passage, by kind; None where nothing does."""
    found: dict[str, list[str]] = {}
    for (item,) in subject.ask("resting-on"):
        found.setdefault(_kind(item), []).append(item)
    groups = tuple(
        Group(
            _capital(_word(subject, kind)),
            tuple(Row(thing=thing, chips=_marks(subject, thing.iri)) for thing in subject.things(found[kind])),
        )
        for kind in sorted(found, key=_rank)
    )
    if not groups:
        return None
    total = sum(len(group.rows) for group in groups)
    return Section("rests", subject.texts("portrait-rests"), groups, count=total)


def around_of(subject: Subject) -> Section | None:
    """Return a passage itself, with those around it in its section; for a section, those around it in its document."""
    index = subject.known.passages
    passage = index.find(subject.iri)
    if passage is not None:
        before, after = index.around(subject.iri)
        excerpt = subject.excerpt(subject.iri)
        content = (excerpt, subject.thing(before) if before else None, subject.thing(after) if after else None)
        return Section("quote", subject.texts("portrait-quote"), content, "passage")
    first = next(iter(index.of_section(subject.iri)), None)
    if first is None:
        return None
    order = index.sections_of(first.source)
    place = order.index(subject.iri)
    before, after = (order[place - 1] if place else ""), (order[place + 1] if place + 1 < len(order) else "")
    content = (None, subject.thing(before) if before else None, subject.thing(after) if after else None)
    return Section("around", subject.texts("portrait-place"), (*content, subject.thing(first.source)), "passage")


def _items(subject: Subject, iris: Iterable[str]) -> tuple[tuple[str, Thing, tuple[Chip, ...]], ...]:
    order = sorted(dict.fromkeys(iris), key=lambda iri: (_rank(_kind(iri)), subject.thing(iri).label.casefold(), iri))
    return tuple((_word(subject, _kind(iri)), subject.thing(iri), _marks(subject, iri)) for iri in order)


def _marks(subject: Subject, iri: str) -> tuple[Chip, ...]:
    words = {"inferred": "stated-inferred", "conditional": "modality-conditional"}
    return tuple(Chip(subject.texts(words[mark]), "care") for mark in subject.known.marks.get(iri, ()))


def _kind(iri: str) -> str:
    return (kind_and_slug(iri) or ("other",))[0]


def _word(subject: Subject, kind: str) -> str:
    return subject.texts.name("kinds", kind) or kind


def _rank(kind: str) -> tuple[int, int]:
    return (_FIRST.index(kind) if kind in _FIRST else len(_FIRST)), (KINDS.index(kind) if kind in KINDS else len(KINDS))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
