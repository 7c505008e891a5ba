"""The answer of a saved query as a page shows it: which columns, and what stands in each cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from math import isfinite

from metiers_kg.api.resources import href
from metiers_kg.queries import Names, Table
from metiers_kg.queries.columns import column_title
from metiers_kg.store import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES
from metiers_kg.web.texts import Texts, spaced

__all__ = ["Cell", "Column", "Grid", "WhyLink", "badge", "name_column", "name_value", "read_grid", "read_term"]

_XSD = PREFIXES["xsd"]
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_FRACTIONS = {_XSD + name for name in ("decimal", "double", "float")}
_BOOLEAN = _XSD + "boolean"
_LEAST, _MOST = Decimal("0.001"), Decimal(10) ** 12
"""Fractions between these are rounded to three digits; smaller and greater ones are shown as they stand."""

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")

_BADGES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("statedas", "explicit"): ("stated-explicit", "sure"),
    ("statedas", "inferred"): ("stated-inferred", "care"),
    ("modality", "stated"): ("modality-stated", "sure"),
    ("modality", "conditional"): ("modality-conditional", "care"),
    ("inferred", "true"): ("inferred", "care"),
    ("inferred", "false"): ("asserted", "sure"),
}
"""What is shown as a badge: by the end of the column's name and the value, the text and the tone."""


@dataclass(frozen=True, slots=True)
class WhyLink:
    """A link to the explanation of a triple.

    Attributes:
        href: Where it leads.
        title: The triple in words.
    """

    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        text: What is read.
        lang: The language it is in, where known.
        href: Where it leads, or "".
        tone: The tone of a badge; "" where it is none.
        number: The number it shows, for a bar; None where it is none.
        why: Links to why the row holds.
        code: The code that it says in words, the same in every language; "" where it says none.
    """

    text: str
    lang: str = ""
    href: str = ""
    tone: str = ""
    number: float | None = None
    why: tuple[WhyLink, ...] = ()
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        name: Its name in the query.
        label: What its head says.
        is_number: Whether numbers stand in it.
        most: The greatest number in it, where it is drawn as bars; else None.
    """

    name: str
    label: str
    is_number: bool = False
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be shown."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_grid(
    table: Table,
    names: Names,
    texts: Texts,
    view: Mapping[str, object] | None = None,
    why: Sequence[Mapping[str, Sequence[WhyLink]]] = (),
) -> Grid:
    """Return a table as a page shows it: ``xLabel`` is what the link to ``x`` reads, and ``x`` itself is hidden.

    *why* has, for each row, the links to explanations by column.
    """
    places = {name: place for place, name in enumerate(table.columns)}
    shown = [name for name in table.columns if not (name.endswith("Label") and name.removesuffix("Label") in places)]
    columns = [(name, places[name], places.get(f"{name}Label")) for name in shown]
    rows = tuple(
        tuple(
            _explained(
                _read_cell(name, row[place], None if label is None else row[label], names, texts), links.get(name)
            )
            for name, place, label in columns
        )
        for row, links in zip(table.rows, why or ({},) * len(table.rows), strict=True)
    )
    return Grid(
        columns=tuple(_read_column(name, [row[i] for row in rows], view or {}, texts) for i, name in enumerate(shown)),
        rows=rows,
    )


def read_term(term: Term | None, names: Names, texts: Texts) -> Cell:
    """Return how one term is shown: a thing by its label, a literal by its text.

    >>> from metiers_kg.store import Store
    >>> read_term(Literal("0.3333333"), Names(Store.memory("")), Texts("fr")).text
    '0.3333333'
    >>> read_term(Literal(0.3333333), Names(Store.memory("")), Texts("fr")).text
    '0,333'
    """
    match term:
        case None:
            return Cell("")
        case Iri(value=iri):
            text, lang = names.find_label(iri, texts.lang) or (names.label(iri, texts.lang), "")
            return Cell(text, lang, href(iri))
        case Literal(value=text, language=str(lang)):
            return Cell(text, lang)
        case Literal(value=text, datatype=datatype):
            return _read_value(text, datatype.value, texts)
    return Cell(str(term))


def badge(name: str, value: str, texts: Texts) -> Cell | None:
    """Return the badge for a value of a column or property, or None where it is shown as it is.

    >>> badge("statedAs", "inferred", Texts("en"))
    Cell(text='read between the lines', lang='', href='', tone='care', number=None, why=())
    """
    for (ending, shown), (key, tone) in _BADGES.items():
        if shown == value and name.lower().endswith(ending):
            return Cell(texts(key), tone=tone)
    return None


def name_value(name: str, value: str, texts: Texts) -> str | None:
    """Return the words for a code in a column, or for several parted by commas; None where it has none.

    >>> name_value("level", "optional", Texts("fr")), name_value("otherKind", "job", Texts("fr"))
    ('un atout', 'métier')
    >>> name_value("domains", "economic, societal", Texts("fr"))
    'économique, sociétal'
    """
    words = [_name_code(name, code, texts) for code in value.split(", ")]
    return ", ".join(word for word in words if word) if all(words) else None


def _name_code(name: str, code: str, texts: Texts) -> str | None:
    ending = _WORDS.split(name)[-1].lower()  # otherKind is a kind
    columns = dict.fromkeys((name, ending, ending.removesuffix("s")))
    found = next((word for column in columns if (word := texts.name("values", f"{column}.{code}"))), None)
    return texts.name("kinds", code) if found is None and ending == "kind" else found


def name_column(name: str, texts: Texts) -> str:
    """Return what the head of a column says.

    >>> [name_column(name, Texts("fr")) for name in ("job", "tableCategory", "sharedWeight")]
    ['Métier', 'Catégorie (tableau)', 'Shared weight']
    """
    return spaced(column_title(name, texts.lang), texts.lang)


def _read_cell(name: str, term: Term | None, label: Term | None, names: Names, texts: Texts) -> Cell:
    if isinstance(term, Literal):
        found = badge(name, term.value, texts)
        if found is not None:
            return replace(found, code=term.value)
        if not term.language:
            known = name_value(name, term.value, texts)
            if known is not None:
                return Cell(known, code=term.value)
    cell = read_term(term, names, texts)
    # The query names its language; the reader's own is better where the thing has a name in it.
    if isinstance(label, Literal) and (not cell.href or cell.lang != texts.lang):
        return Cell(label.value, label.language or "", cell.href)
    return cell


def _explained(cell: Cell, links: Sequence[WhyLink] | None) -> Cell:
    return replace(cell, why=tuple(links)) if links else cell


def _read_value(text: str, datatype: str, texts: Texts) -> Cell:
    """Return how a typed value is shown; one that its type does not allow, as it stands."""
    if datatype == _BOOLEAN and text in ("true", "1", "false", "0"):
        return Cell(texts("yes") if text in ("true", "1") else texts("no"), code=text)
    if datatype not in _INTEGERS and datatype not in _FRACTIONS:
        return Cell(text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Cell(text)
    if not isfinite(number) or not isfinite(float(number)):
        return Cell(text)
    if datatype in _FRACTIONS and (number == 0 or _LEAST <= abs(number) < _MOST):
        rounded = number.quantize(_LEAST)
        shown = rounded if rounded != number else number
        return Cell(texts.number(f"{shown:f}"), number=float(number))
    return Cell(text, number=float(number))


def _read_column(name: str, cells: Sequence[Cell], view: Mapping[str, object], texts: Texts) -> Column:
    numbers = [cell.number for cell in cells if cell.number is not None]
    is_number = bool(numbers) and all(cell.number is not None or not cell.text for cell in cells)
    is_bar = is_number and view.get("chart") == "bar" and view.get("y") == name and max(numbers) > 0
    return Column(name, name_column(name, texts), is_number, max(numbers) if is_bar else None)
