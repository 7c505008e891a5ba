"""The links of a thing to ESCO, ROME and ISCO-08, as they were reviewed."""

from __future__ import annotations

from dataclasses import dataclass

from metiers_kg.web.portraits.model import Section, Thing
from metiers_kg.web.portraits.subject import Subject

__all__ = ["MatchLink", "links_of"]

_QUERIES = {"job": ("job-links", "job"), "competence": ("competence-links", "competence")}


@dataclass(frozen=True, slots=True)
class MatchLink:
    """A link to a concept of a published vocabulary.

    Attributes:
        scheme: The vocabulary.
        version: The release that was read.
        concept: The concept.
        code: Its code there, or "".
        relation: What it is to the thing: exact, close, broader …
        confidence: How sure its reviewer is, from 0 to 1.
        told_confidence: The same in words.
        justification: How it was found.
        author: Who reviewed it.
        date: When.
        comment: What the reviewer says of it, or "".
    """

    scheme: str
    version: str
    concept: Thing
    code: str
    relation: str
    confidence: float
    told_confidence: str
    justification: str
    author: str
    date: str
    comment: str


def links_of(subject: Subject) -> Section | None:
    """Return the links of a job or competence to published vocabularies; None where there are none."""
    query = _QUERIES.get(subject.kind)
    rows = subject.saved(*query) if query else []
    links = tuple(
        MatchLink(
            scheme=subject.word("scheme", row["scheme"]),
            version=row["version"],
            concept=_concept(subject, row),
            code=row["code"],
            relation=subject.word("relation", row["relation"]),
            confidence=float(row["confidence"] or 0),
            told_confidence=subject.texts.number(row["confidence"]),
            justification=subject.texts.name("values", f"justification.{row['justification']}") or row["justification"],
            author=row["author"],
            date=row["date"][:10],
            comment=row["comment"],
        )
        for row in rows
    )
    if not links:
        return None
    return Section(
        "links",
        subject.texts("portrait-links"),
        links,
        "links",
        hint=subject.texts("portrait-links-hint"),
        count=len(links),
    )


def _concept(subject: Subject, row: dict[str, str]) -> Thing:
    """Return the concept by its name in the vocabulary where that is imported, else by the one kept with the link."""
    thing = subject.thing(row["concept"])
    is_named = subject.service.names.find_label(row["concept"], subject.lang) is not None
    return (
        thing
        if is_named
        else Thing(thing.iri, row["conceptLabel"], "en" if row["scheme"] != "rome" else "fr", thing.href)
    )
