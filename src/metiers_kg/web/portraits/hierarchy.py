"""What a thing belongs to, what it is made of, and what the texts hold to be nearly the same."""

from __future__ import annotations

from metiers_kg.vocabulary import expand, kind_and_slug
from metiers_kg.web.portraits.model import Group, Row, Section
from metiers_kg.web.portraits.subject import Subject, merged

__all__ = ["hierarchy_of"]


def hierarchy_of(subject: Subject) -> Section | None:
    """Return what is broader, narrower and close, with the passages that say so; None where nothing is."""
    texts = subject.texts
    broader = _told(subject, "skos:broader", "rdf:subject", "rdf:object", subject.out("skos:broader"))
    if subject.itself:  # a measure tells by its own passages what it is part of
        broader = tuple(
            row if row.basis or not row.thing else subject.row(subject.itself, row.thing.iri) for row in broader
        )
    narrower = _told(subject, "skos:broader", "rdf:object", "rdf:subject", _parts(subject))
    parts = {statement.iri: statement for statement in subject.about(subject.kind, "skos:broader")}
    narrower = tuple(
        subject.row(parts[row.thing.iri], row.thing.iri) if row.thing and row.thing.iri in parts else row
        for row in narrower
    )
    direct = {row.thing.iri for row in broader if row.thing}
    further = tuple(
        Row(thing=subject.thing(iri), why=why)
        for iri, why in subject.out("skos:broaderTransitive").items()
        if iri not in direct
    )
    close = merged(
        (
            *_told(subject, "skos:closeMatch", "rdf:subject", "rdf:object", {}),
            *_told(subject, "skos:closeMatch", "rdf:object", "rdf:subject", {}),
        )
    )
    groups = (
        Group(texts("portrait-broader"), broader),
        Group(texts("portrait-further"), further, is_compact=True),
        Group(texts("portrait-narrower"), narrower),
        Group(texts("portrait-close"), close),
    )
    shown = tuple(group for group in groups if group.rows)
    return Section("hierarchy", texts("portrait-hierarchy"), shown) if shown else None


def _told(subject: Subject, name: str, here: str, there: str, links: dict[str, str]) -> tuple[Row, ...]:
    """Return what the texts say by a property, and what the graph links by it besides, sorted by label."""
    predicate = expand(name) or ""
    rows = [
        subject.row(statement, statement.one(there))
        for statement in subject.about("assertion", here)
        if statement.says("rdf:predicate", predicate)
    ]
    told = {row.thing.iri for row in rows if row.thing}
    rows += [Row(thing=subject.thing(iri), why=why) for iri, why in links.items() if iri not in told]
    return tuple(sorted(merged(rows), key=lambda row: row.thing.label.casefold() if row.thing else ""))


def _parts(subject: Subject) -> dict[str, str]:
    """Return the things of the same kind that have this one as their broader one."""
    into = subject.into("skos:broader").items()
    return {iri: why for iri, why in into if (kind_and_slug(iri) or ("",))[0] == subject.kind}
