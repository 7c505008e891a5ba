"""What a thing is called and what is said of it in words: definitions, names, remarks."""

from __future__ import annotations

from collections.abc import Iterator

from metiers_kg.api.pages import Value
from metiers_kg.vocabulary import expand
from metiers_kg.web.portraits.model import Chip, Group, Row, Section
from metiers_kg.web.portraits.statements import Statement
from metiers_kg.web.portraits.subject import Subject
from metiers_kg.web.texts import Spoken, choose

__all__ = ["lead_of", "names_of", "remarks_of"]


def lead_of(subject: Subject) -> tuple[Row, ...]:
    """Return what the thing is, each definition with the passage that gives it where one does."""
    own = subject.itself.spoken("rdfs:comment", subject.lang) if subject.itself else ()
    return (*_texts(subject, "skos:definition"), *(Row(text=text) for text in own))


def remarks_of(subject: Subject) -> Section | None:
    """Return what the texts say of the thing besides, or None where they say nothing."""
    rows = list(_texts(subject, "mkg:remark"))
    if not rows:
        return None
    return Section("said", subject.texts("portrait-said"), (Group("", tuple(rows)),), count=len(rows))


def names_of(subject: Subject) -> Section | None:
    """Return the names of the thing in all languages, those of the texts with their passages."""
    texts, labels = subject.texts, subject.description.labels
    preferred = tuple(
        Row(text=Spoken(labels[code], code), chips=(Chip(subject.word("language", code)),))
        for code in dict.fromkeys((*(c for c in ("fr", "en", "nl", "de") if c in labels), *labels))
    )
    told = list(_assertions(subject, "skos:altLabel")) + list(_assertions(subject, "skos:hiddenLabel"))
    said = [(statement, text) for statement in told for text in _objects(statement)]
    known = {text.text for _, text in said}
    others = sorted(
        (v for name in ("skos:altLabel", "skos:hiddenLabel") for v in _values(subject, name) if v.text not in known),
        key=lambda value: (value.language, value.text.casefold()),
    )
    groups = (
        Group(texts("portrait-names-preferred"), preferred, is_compact=True),
        Group(
            texts("portrait-names-told"),
            tuple(
                Row(text=text, chips=_spelling(subject, statement), basis=(subject.basis(statement),))
                for statement, text in sorted(said, key=lambda pair: pair[1].text.casefold())
            ),
        ),
        Group(
            texts("portrait-names-added"),
            tuple(Row(text=Spoken(value.text, value.language)) for value in others),
            hint=texts("portrait-names-added-hint"),
            is_compact=True,
        ),
    )
    if not said and not others:  # the head of the page tells the main names
        return None
    return Section("names", texts("portrait-names"), tuple(group for group in groups if group.rows))


def _texts(subject: Subject, name: str) -> Iterator[Row]:
    """Iterate over what is said by a property, in the reader's language or in what stands in for it."""
    known: set[str] = set()
    for statement in sorted(_assertions(subject, name), key=lambda s: _place(subject, s)):
        known |= {text.text for text in _objects(statement)}
        for text in statement.spoken("rdf:object", subject.lang):
            yield Row(text=text, basis=(subject.basis(statement),))
    values = _values(subject, name)
    stand_in = choose({value.language: value.text for value in values}, subject.lang).lang
    for value in values:
        if value.language == stand_in and value.text not in known:
            basis = (subject.basis(subject.itself),) if subject.itself else ()
            yield Row(text=Spoken(value.text, value.language), basis=basis)


def _assertions(subject: Subject, name: str) -> Iterator[Statement]:
    for statement in subject.about("assertion", "rdf:subject"):
        if statement.says("rdf:predicate", expand(name) or ""):
            yield statement


def _objects(statement: Statement) -> list[Spoken]:
    return [
        Spoken(t.value, getattr(t, "language", "") or "") for t in statement.values["rdf:object"] if hasattr(t, "value")
    ]


def _spelling(subject: Subject, statement: Statement) -> tuple[Chip, ...]:
    is_hidden = statement.says("rdf:predicate", expand("skos:hiddenLabel") or "")
    return (Chip(subject.word("kind", "other-spelling")),) if is_hidden else ()


def _values(subject: Subject, name: str) -> list[Value]:
    iri = expand(name)
    return [value for found in subject.description.outgoing if found.predicate.iri == iri for value in found.values]


def _place(subject: Subject, statement: Statement) -> tuple[str, int]:
    found = subject.excerpts(statement.all("prov:wasDerivedFrom"))
    return found[0].position if found else ("", 0)
