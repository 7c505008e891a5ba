"""How jobs evolve: by the table, by the chapters, and what is expected of their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metiers_kg.vocabulary import kind_and_slug, mint
from metiers_kg.web.portraits.model import Chip, Group, Row, Section, Thing
from metiers_kg.web.portraits.statements import Statement
from metiers_kg.web.portraits.subject import Subject, merged

__all__ = ["CATEGORIES", "Line", "Matrix", "cells_of", "evolution_of", "jobs_filed_under", "outlooks_on"]

CATEGORIES = ("content-change", "growth", "emergence")
"""The categories of evolution, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a matrix: a sub-sector, and the jobs of each category in it."""

    sector: Thing
    cells: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sub-sectors by categories.

    Attributes:
        columns: The categories, each with the class of its colour.
        lines: A line for each sub-sector.
    """

    columns: tuple[tuple[Thing, str], ...]
    lines: tuple[Line, ...]


def evolution_of(subject: Subject) -> Section | None:
    """Return how a job evolves, by each voice of the texts; None where none tells."""
    texts = subject.texts
    table = list(subject.about("evolution", "mkg:evolutionOf"))
    in_table = {category for statement in table for category in statement.all("mkg:hasCategory")}
    cells = [
        subject.row(statement, statement.one("mkg:inSubSector"), *_chips(subject, statement))
        for statement in sorted(table, key=lambda s: (subject.thing(s.one("mkg:inSubSector")).label, s.iri))
    ]
    chapters = [
        subject.row(
            statement,
            _section(subject, statement),
            *_chips(subject, statement),
            *([] if statement.one("mkg:hasCategory") in in_table or not table else [_otherwise(subject)]),
        )
        for statement in subject.about("classification", "mkg:classificationOf")
    ]
    groups = (
        Group(texts("portrait-table"), tuple(cells), hint=texts("portrait-table-hint")),
        Group(texts("portrait-chapters"), tuple(chapters)),
        Group(texts("portrait-outlooks"), _outlooks(subject)),
    )
    shown = tuple(group for group in groups if group.rows)
    if not shown:
        return None
    return Section("evolution", texts("portrait-evolution"), shown, count=sum(len(group.rows) for group in shown))


def jobs_filed_under(subject: Subject) -> Section | None:
    """Return the jobs that the table and the chapters file under a category; None where they file none."""
    texts = subject.texts
    table = [
        subject.row(
            statement,
            statement.one("mkg:evolutionOf"),
            *(Chip(sector.label) for sector in subject.things(statement.all("mkg:inSubSector"))),
        )
        for statement in subject.about("evolution", "mkg:hasCategory")
    ]
    chapters = [
        subject.row(statement, statement.one("mkg:classificationOf"))
        for statement in subject.about("classification", "mkg:hasCategory")
    ]
    groups = (
        Group(texts("portrait-table"), merged(sorted(table, key=_label)), hint=texts("portrait-table-hint")),
        Group(texts("portrait-chapters"), merged(sorted(chapters, key=_label))),
    )
    shown = tuple(group for group in groups if group.rows)
    return Section("jobs", texts("portrait-jobs"), shown, count=len(groups[0].rows) or None) if shown else None


def outlooks_on(subject: Subject) -> Section | None:
    """Return what is expected of the number or weight of a group or sub-sector; None where nothing is said."""
    rows = _outlooks(subject)
    if not rows:
        return None
    return Section("outlooks", subject.texts("portrait-outlooks"), (Group("", rows),), count=len(rows))


def cells_of(subject: Subject) -> Section | None:
    """Return the jobs of a sub-sector and of those it is made of, by category; None where there are none."""
    cells: dict[str, dict[str, list[Row]]] = {}
    for statement in subject.others("cells"):
        category = (kind_and_slug(statement.one("mkg:hasCategory")) or ("", ""))[1]
        row = subject.row(statement, statement.one("mkg:evolutionOf"))
        cells.setdefault(statement.one("mkg:inSubSector"), {}).setdefault(category, []).append(row)
    if not cells:
        return None
    order = sorted(cells, key=lambda iri: (iri != subject.iri, subject.thing(iri).label.casefold()))
    lines = tuple(
        Line(
            subject.thing(sector),
            tuple(merged(sorted(cells[sector].get(c, ()), key=_label)) for c in CATEGORIES),
        )
        for sector in order
    )
    jobs = {row.thing.iri for line in lines for cell in line.cells for row in cell if row.thing}
    columns = tuple((subject.thing(mint("category", category)), category) for category in CATEGORIES)
    return Section(
        "jobs",
        subject.texts("portrait-cells"),
        (Matrix(columns, lines),),
        "matrix",
        hint=subject.texts("portrait-table-hint"),
        count=len(jobs),
    )


def _outlooks(subject: Subject) -> tuple[Row, ...]:
    statements: Iterable[Statement] = subject.about("outlook", "mkg:outlookOf")
    return tuple(
        subject.spoken_row(
            statement, *(Chip(subject.word("trend", trend)) for trend in statement.all("mkg:outlookTrend"))
        )
        for statement in statements
    )


def _chips(subject: Subject, statement: Statement) -> list[Chip]:
    """Return what category a statement files a job under, and by when."""
    chips = []
    for iri in statement.all("mkg:hasCategory"):
        chips.append(Chip(subject.thing(iri).label, (kind_and_slug(iri) or ("", ""))[1]))
    return chips + [Chip(subject.thing(iri).label) for iri in statement.all("mkg:atHorizon")]


def _section(subject: Subject, statement: Statement) -> str:
    """Return the last section that a statement rests on, where the profile of a job stands."""
    return next((e.section.iri for e in reversed(subject.basis(statement).excerpts) if e.section.iri), "")


def _otherwise(subject: Subject) -> Chip:
    return Chip(subject.texts("portrait-otherwise"), "care")


def _label(row: Row) -> str:
    return row.thing.label.casefold() if row.thing else ""
