"""What a job does, with whom, and in which groups it is; who a group is made of."""

from __future__ import annotations

from collections.abc import Iterable

from metiers_kg.vocabulary import expand
from metiers_kg.web.portraits.model import Chip, Group, Row, Section
from metiers_kg.web.portraits.statements import Statement
from metiers_kg.web.portraits.subject import Subject, merged

__all__ = ["members_of", "work_of"]

_VERBS = ("worksWith", "directs", "isSupervisedBy")


def work_of(subject: Subject) -> Section | None:
    """Return what a job or group does, with whom it works, and the groups it is in; None where no text tells."""
    texts = subject.texts
    activities = tuple(subject.spoken_row(statement) for statement in _in_order(subject, subject.about("activity")))
    groups = [Group(texts("portrait-activities"), activities)]
    told: dict[str, list[Row]] = {}
    for statement in subject.about("relation", "mkg:relationOf"):
        for verb in _VERBS:
            for other in statement.all(f"mkg:{verb}"):
                told.setdefault(verb, []).append(subject.row(statement, other))
    for verb in _VERBS:
        word = subject.word("relation", verb)
        groups.append(Group(word[:1].upper() + word[1:], merged(told.get(verb, ()))))
    groups.append(Group(texts("portrait-told-by-others"), _told_by_others(subject)))
    memberships = [s for s in _members(subject) if s.says("rdf:object", subject.iri)]
    groups.append(
        Group(
            texts("portrait-member-of"),
            merged(subject.row(statement, statement.one("rdf:subject")) for statement in memberships),
            hint=texts("portrait-member-of-hint"),
        )
    )
    shown = tuple(group for group in groups if group.rows)
    title = texts("portrait-work-with") if subject.kind in ("organisation",) else texts("portrait-work")
    return Section("work", title, shown, count=len(activities) or None) if shown else None


def members_of(subject: Subject) -> Section | None:
    """Return the members that the texts list of a group; None where they list none."""
    listed = [statement for statement in _members(subject) if statement.says("rdf:subject", subject.iri)]
    rows = merged(subject.row(statement, statement.one("rdf:object")) for statement in _in_order(subject, listed))
    if not rows:
        return None
    return Section("members", subject.texts("portrait-members"), (Group("", rows),), count=len(rows))


def _told_by_others(subject: Subject) -> tuple[Row, ...]:
    """Return the relations that are told of others, from this side."""
    rows = []
    for statement in subject.about("relation"):
        for verb in _VERBS:
            if statement.says(f"mkg:{verb}", subject.iri):
                chip = Chip(subject.word("relation", verb))
                rows.append(subject.row(statement, statement.one("mkg:relationOf"), chip))
    return merged(rows)


def _members(subject: Subject) -> Iterable[Statement]:
    member = expand("skos:member") or ""
    return (statement for statement in subject.about("assertion") if statement.says("rdf:predicate", member))


def _in_order(subject: Subject, statements: Iterable[Statement]) -> list[Statement]:
    """Return statements in the order of the texts."""

    def place(statement: Statement) -> tuple[tuple[str, int], str]:
        found = subject.excerpts(statement.all("prov:wasDerivedFrom"))
        return (found[0].position if found else ("", 0)), statement.iri

    return sorted(statements, key=place)
