"""What tests ask of a portrait."""

from __future__ import annotations

from metiers_kg.web.portraits import Portrait
from metiers_kg.web.portraits.model import Group, Row, Section


def section(portrait: Portrait, id: str) -> Section:
    """Return a section of a portrait."""
    return next(section for section in portrait.sections if section.id == id)


def groups(portrait: Portrait, id: str) -> dict[str, tuple[Row, ...]]:
    """Return the rows of a section by the title of their group."""
    return {group.title: group.rows for group in section(portrait, id).content if isinstance(group, Group)}


def told(rows: tuple[Row, ...]) -> list[str]:
    """Return what rows are about."""
    return [row.thing.label if row.thing else row.text.text if row.text else "" for row in rows]


def chips(row: Row) -> list[str]:
    """Return the words set off on a row."""
    return [chip.text for chip in (*row.chips, *row.marks)]
