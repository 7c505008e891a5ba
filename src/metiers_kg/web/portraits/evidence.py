"""The passages a thing rests on, and the documents a portrait quotes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from metiers_kg.web.portraits.model import Section, Thing
from metiers_kg.web.portraits.subject import Subject
from metiers_kg.web.texts import choose

__all__ = ["Document", "documents_of", "passages_of", "read_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A source.

    Attributes:
        source: It.
        title: Its own title.
        lang: The language of the title, or "".
        author: Who wrote it, or "".
        date: When it was issued, as far as known.
        address: Where it is published, or "".
        count: How many of its passages the portrait quotes.
    """

    source: Thing
    title: str
    lang: str
    author: str
    date: str
    address: str
    count: int = 0


def passages_of(subject: Subject) -> Section | None:
    """Return the passages that name the thing, or that state it; None where there are none."""
    found = subject.excerpts(subject.out("prov:wasDerivedFrom"))
    if not found:
        return None
    title = subject.texts("portrait-stated-in") if subject.itself else subject.texts("portrait-passages")
    return Section("passages", title, found, "quotes", count=len(found))


def documents_of(subject: Subject) -> tuple[Document, ...]:
    """Return the documents that the portrait has quoted so far, the most quoted first."""
    counts = Counter(excerpt.source.iri for excerpt in subject.told.values())
    if subject.iri in subject.known.documents:  # the page of a document quotes few of its passages
        index = subject.known.passages
        counts[subject.iri] = sum(len(index.of_section(section)) for section in index.sections_of(subject.iri))
    return tuple(
        read_document(subject, iri, count) for iri, count in sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    )


def read_document(subject: Subject, iri: str, count: int = 0) -> Document:
    """Return what is known of a source, *count* of whose passages are quoted."""
    told = subject.known.documents.get(iri, {})

    def one(name: str) -> str:
        return choose(told.get(name, {}), subject.lang).text

    title = choose(told.get("dcterms:title", {}), subject.lang)
    author = one("dcterms:creator")
    whole = subject.known.documents.get(one("dcterms:isPartOf"), {})
    return Document(
        source=subject.thing(iri),
        title=title.text,
        lang=title.lang,
        author=subject.thing(author).label if author.startswith("http") else author,
        date=one("dcterms:issued"),
        address=one("foaf:page") or choose(whole.get("foaf:page", {}), subject.lang).text,
        count=count,
    )
