"""Measures and practices: those that deal with a thing, and what one deals with."""

from __future__ import annotations

from metiers_kg.web.portraits.model import Chip, Group, Row, Section
from metiers_kg.web.portraits.subject import Subject, merged

__all__ = ["dealt_with", "measures_on"]


def measures_on(subject: Subject) -> Section | None:
    """Return the strategies and recruitment practices that deal with a thing; None where there are none."""
    texts = subject.texts
    strategies = [
        subject.row(statement, statement.iri, *_roles(subject, statement.says("mkg:hasActor", subject.iri)))
        for statement in subject.about("strategy", "mkg:addresses", "mkg:hasActor", "mkg:concerns")
    ]
    practices = [
        subject.row(statement, statement.iri, *_types(subject, statement.all("mkg:practiceType")))
        for statement in subject.about("recruitment", "mkg:concerns", "mkg:addresses", "mkg:hasActor")
    ]
    groups = (
        Group(texts("portrait-strategies"), _sorted(strategies)),
        Group(texts("portrait-recruiting"), _sorted(practices)),
    )
    shown = tuple(group for group in groups if group.rows)
    if not shown:
        return None
    return Section("measures", texts("portrait-measures"), shown, count=sum(len(group.rows) for group in shown))


def dealt_with(subject: Subject) -> Section | None:
    """Return what a strategy or a recruitment practice deals with, and who acts; None where it names nothing."""
    itself, texts = subject.itself, subject.texts
    if itself is None:
        return None
    kinds = (
        ("portrait-actors", "mkg:hasActor"),
        ("portrait-addresses", "mkg:addresses"),
        ("portrait-concerns", "mkg:concerns"),
    )
    titles = {
        "portrait-actors": texts("portrait-actors"),
        "portrait-addresses": texts("portrait-addresses"),
        "portrait-concerns": texts("portrait-concerns"),
    }
    groups = tuple(
        Group(
            titles[title],
            tuple(
                Row(thing=thing, chips=_kinds(subject, thing.iri), basis=())
                for thing in subject.things(itself.all(name))
            ),
        )
        for title, name in kinds
        if itself.all(name)
    )
    return Section("about", texts("portrait-about"), groups) if groups else None


def _sorted(rows: list[Row]) -> tuple[Row, ...]:
    return merged(sorted(rows, key=lambda row: row.thing.label.casefold() if row.thing else ""))


def _roles(subject: Subject, is_actor: bool) -> list[Chip]:
    return [Chip(subject.word("link", "actor"))] if is_actor else []


def _types(subject: Subject, types: tuple[str, ...]) -> list[Chip]:
    return [Chip(subject.word("type", code)) for code in types]


def _kinds(subject: Subject, iri: str) -> tuple[Chip, ...]:
    domains = subject.domains(iri)
    if domains:
        return tuple(Chip(subject.word("domain", domain), domain) for domain in domains)
    return (Chip(subject.kind_word(iri)),)
