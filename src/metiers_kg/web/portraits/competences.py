"""Competences: those that a job or a group asks for, and who asks for one."""

from __future__ import annotations

from collections.abc import Iterable

from metiers_kg.vocabulary import expand, kind_and_slug
from metiers_kg.web.portraits.model import Chip, Group, Row, Section
from metiers_kg.web.portraits.statements import Statement
from metiers_kg.web.portraits.subject import Subject, merged

__all__ = ["competences_of", "required_by"]

_KINDS = ("mkg:Knowledge", "mkg:Skill", "mkg:Attitude", "mkg:LanguageSkill", "mkg:Qualification")
_LEVELS = ("essential", "optional", "emerging")


def competences_of(subject: Subject) -> Section | None:
    """Return what a job or a group asks for, by kind, the essential first; None where nothing is said."""
    asked = list(subject.about("requirement", "mkg:requirementOf"))
    if not asked:
        return None
    whys = subject.out("mkg:requiresCompetence")
    rows = _sorted(subject, asked, "mkg:concernsCompetence", whys)
    classes = subject.known.classes
    groups = [
        Group(
            subject.thing(expand(kind) or "").label,
            tuple(row for row in rows if row.thing and kind in classes.get(row.thing.iri, ())),
        )
        for kind in _KINDS
    ]
    others = tuple(row for row in rows if row.thing and not classes.get(row.thing.iri))
    return Section(
        "competences",
        subject.texts("portrait-competences"),
        tuple(group for group in (*groups, Group("", others)) if group.rows),
        hint=subject.texts("portrait-competences-hint"),
        count=len(rows),
    )


def required_by(subject: Subject) -> Section | None:
    """Return the jobs and groups that ask for a competence, and those that ask for a narrower one."""
    texts = subject.texts
    whys = subject.into("mkg:requiresCompetence")
    rows = _sorted(subject, subject.about("requirement", "mkg:concernsCompetence"), "mkg:requirementOf", whys)
    jobs = tuple(row for row in rows if row.thing and _kind(row.thing.iri) == "job")
    through = merged(
        Row(
            thing=subject.thing(found["job"]),
            through=(subject.thing(found["through"]),),
            why=subject.into("mkg:requiresKindOfCompetence").get(found["job"], ""),
        )
        for found in subject.saved("jobs-requiring-competence", "competence")
        if found["through"] != subject.iri
    )
    groups = (
        Group(texts("portrait-jobs"), jobs),
        Group(texts("portrait-groups"), tuple(row for row in rows if row not in jobs)),
        Group(texts("portrait-through-narrower"), through, hint=texts("portrait-inferred-hint"), is_compact=True),
    )
    if not any(group.rows for group in groups):
        return None
    return Section(
        "jobs", texts("portrait-required-by"), tuple(group for group in groups if group.rows), count=len(rows) or None
    )


def _sorted(subject: Subject, asked: Iterable[Statement], end: str, whys: dict[str, str]) -> tuple[Row, ...]:
    """Return requirements as rows about what stands at their other *end*, one for each thing."""

    def order(statement: Statement) -> tuple[int, str]:
        level = subject.known.levels.get(statement.iri, "")
        place = _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
        return place, subject.thing(statement.one(end)).label.casefold()

    rows = []
    for statement in sorted(asked, key=order):
        level = subject.known.levels.get(statement.iri)
        chips = (Chip(subject.word("level", level), level),) if level else ()
        other = statement.one(end)
        rows.append(subject.row(statement, other, *chips, why=whys.get(other, "")))
    return merged(rows)


def _kind(iri: str) -> str:
    return (kind_and_slug(iri) or ("",))[0]
