"""Tables of the graph's entities, as ``tables.toml`` declares them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from metiers_kg.release.described import Described, term_of
from metiers_kg.release.paths import follow
from metiers_kg.release.terms import is_blank, is_iri, read_text
from metiers_kg.store import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES

__all__ = ["SEPARATOR", "Column", "EntityTable", "make_tables"]

SEPARATOR = "|"
"""What parts the values of a cell that holds several."""

_TYPE = term_of("rdf:type")


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Its name.
        cells: The values of each row; at most one, unless *many*.
        many: Whether a cell may hold several values.
        title: What its title is made of where that is another column's.
        lang: The language that it is in.
    """

    name: str
    cells: Sequence[Sequence[Term]]
    many: bool = False
    title: str = ""
    lang: str = ""

    def texts(self) -> list[str]:
        """Return the cells as a CSV file has them."""
        part = (lambda text: text.replace(SEPARATOR, "/")) if self.many else str
        return [SEPARATOR.join(part(getattr(value, "value", "")) for value in cell) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class EntityTable:
    """A table.

    Attributes:
        name: Its name, that of its file.
        title: What it holds, by language.
        columns: Its columns; the first is ``iri``, the key.
    """

    name: str
    title: Mapping[str, str]
    columns: Sequence[Column] = field(repr=False)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows as a CSV file has them."""
        return list(zip(*(column.texts() for column in self.columns), strict=True))


def make_tables(described: Described) -> list[EntityTable]:
    """Return the tables that have a row, in the order of ``tables.toml``."""
    made = [_make(described, name, declared) for name, declared in _read().items()]
    return [table for table in made if table.columns[0].cells]


def _make(described: Described, name: str, declared: Mapping[str, Any]) -> EntityTable:
    within = f"<{PREFIXES[declared['within']]}" if "within" in declared else "<"
    found = {
        subject
        for class_ in declared["classes"]
        for subject in described.pointing(term_of(class_), _TYPE)
        if subject.startswith(within)
    }
    rows = sorted(found)
    columns = [Column("iri", [[Iri(row[1:-1])] for row in rows])]
    for lang in declared["labels"]:
        texts = [described.find_label(row, lang) for row in rows]
        cells = [[Literal(text, language=lang)] if text else [] for text in texts]
        columns.append(Column(f"label{lang.capitalize()}", cells, title="label", lang=lang))
    for column, told in declared["columns"].items():
        columns += _columns(described, rows, column, {"path": told} if isinstance(told, str) else told)
    return EntityTable(name, declared["title"], columns)


def _columns(described: Described, rows: Sequence[str], name: str, told: Mapping[str, Any]) -> list[Column]:
    if "words" in told:
        words = [[w for w, path in told["words"].items() if follow(described, row, path)] for row in rows]
        return [_column(name, [[Literal(w) for w in some or [told["else"]] if w] for some in words])]
    found = [follow(described, row, told.get("ref") or told["path"]) for row in rows]
    if "ref" not in told:
        cells: Sequence[Sequence[Term]] = [[_term(value) for value in values] for values in found]
        if lang := told.get("lang"):
            cells = [[c for c in cell if isinstance(c, Literal) and c.language == lang] for cell in cells]
        return [_column(name, cells, many=told.get("many", False), lang=told.get("lang", ""))]
    columns = [_column(name, [[_term(value) for value in values] for values in found], many=told.get("many", False))]
    for lang in told.get("labels", ("fr", "en")):
        labels = [[Literal(described.label(value, lang)) for value in values] for values in found]
        columns.append(_column(f"{name}Label{lang.capitalize()}", labels, columns[0].many, f"{name}Label", lang))
    return columns


def _column(name: str, cells: Sequence[Sequence[Term]], many: bool = False, title: str = "", lang: str = "") -> Column:
    # What has one value in the data so far may have two in another's.
    return Column(name, cells, many or any(len(cell) > 1 for cell in cells), title, lang)


def _term(value: str) -> Term:
    if is_iri(value):
        return Iri(value[1:-1])
    if is_blank(value):
        return Literal(value)
    text, language, datatype = read_text(value)
    return Literal(text, language=language) if language else Literal(text, datatype=Iri(datatype) if datatype else None)


@cache
def _read() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files(__package__) / "tables.toml").read_text(encoding="utf-8"))
