"""Tables as Excel workbooks (Office Open XML, ECMA-376): the rows on one sheet, what they are on a second.

The same table gives the same bytes: nothing of the clock or the machine gets into the file.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from metiers_kg.errors import InputError
from metiers_kg.queries.results import Table
from metiers_kg.store import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["MOST_ROWS", "Told", "write_workbook"]

MOST_ROWS = 1_048_575
"""The most rows that a sheet holds below its head."""

_LONGEST = 32_767  # characters of a cell
_LONGEST_LINK = 2_079
_MOST_LINKS = 65_530
_DIGITS = 15  # of a number; Excel makes zeros of those that follow
_WIDTHS = (8, 60)
_CUT = " […]"

_XSD = PREFIXES["xsd"]
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float", "gYear")} | {
    _XSD + prefix + name
    for prefix in ("", "unsigned")
    for name in ("byte", "short", "int", "long", "Byte", "Short", "Int", "Long")
}
_NUMBERS |= {_XSD + sign + "Integer" for sign in ("nonNegative", "positive", "nonPositive", "negative")}
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900, so earlier days are not its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the second sheet tells of the rows.

    Attributes:
        sheet: The name of the first sheet.
        about: The name of the second.
        title: What the rows are.
        facts: Names with their values: query, parameters, versions …
        columns: What the head of each column means, by its name.
        cut: What is said of cells that hold more than Excel does; ``{count}`` is their number.
    """

    sheet: str
    about: str
    title: str
    facts: Sequence[tuple[str, str]] = ()
    columns: Sequence[tuple[str, str]] = ()
    cut: str = "Cells cut at 32,767 characters, the most that Excel holds: {count}"


def write_workbook(table: Table, told: Told) -> bytes:
    """Return *table* as a workbook (.xlsx).

    Numbers, dates and truth values are those of Excel; an IRI of the web is a link. Every text is written as a text, so
    that one which begins with ``=`` is no formula. A number of more than 15 digits, a time with a zone and a day before
    March 1900 are not Excel's and stay texts.

    Raises:
        InputError: The table has more than ``MOST_ROWS`` rows.

    >>> data = write_workbook(Table(("n",), [(Literal(3),)]), Told(sheet="Rows", about="About", title="Numbers"))
    >>> data[:2]
    b'PK'
    """
    import xlsxwriter  # half the time that a small query takes; only this format needs it

    if len(table.rows) > MOST_ROWS:
        raise InputError(f"found {len(table.rows)} rows, expected at most {MOST_ROWS}, all that an Excel sheet holds")
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    # The day that the ZIP format counts from: a clock would give other bytes each time.
    book.set_properties({"title": told.title, "created": datetime(1980, 1, 1)})
    sheet = _Sheet(book, book.add_worksheet(told.sheet))
    sheet.fill(table)
    _tell(book, told, sheet.cut)
    book.close()
    return file.getvalue()


class _Sheet:
    """The sheet of the rows while it is written."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._bold = book.add_format({"bold": True})
        self._link = book.add_format({"font_color": "#0563C1", "underline": 1})
        self._date = book.add_format({"num_format": "yyyy-mm-dd"})
        self._time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._links = 0
        self.cut = 0

    def fill(self, table: Table) -> None:
        """Write the head and the rows."""
        widths = [len(column) for column in table.columns]
        for place, column in enumerate(table.columns):
            self._sheet.write_string(0, place, column, self._bold)
        for number, row in enumerate(table.rows, start=1):
            for place, term in enumerate(row):
                if term is not None:
                    widths[place] = max(widths[place], min(len(str(getattr(term, "value", term))), _WIDTHS[1]))
                    self._write(number, place, term)
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, min(max(width + 2, _WIDTHS[0]), _WIDTHS[1]))
        self._sheet.freeze_panes(1, 0)
        if table.columns and table.rows:
            self._sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def _write(self, row: int, column: int, term: Term) -> None:
        match term:
            case Iri(value=iri):
                self._write_iri(row, column, iri)
            case Literal(value=text, language=None, datatype=datatype):
                self._write_value(row, column, _native(text, datatype.value))
            case Literal(value=text):
                self._write_value(row, column, text)
            case _:
                self._write_value(row, column, str(term))

    def _write_iri(self, row: int, column: int, iri: str) -> None:
        is_link = iri.startswith(("http://", "https://")) and len(iri) <= _LONGEST_LINK and self._links < _MOST_LINKS
        # The library leaves a link out that it finds fault with, and the cell would be empty.
        if is_link and self._sheet.write_url(row, column, iri, self._link, string=iri) == 0:
            self._links += 1
        else:
            self._write_value(row, column, iri)

    def _write_value(self, row: int, column: int, value: Any) -> None:
        match value:
            case bool():
                self._sheet.write_boolean(row, column, value)
            case int() | float():
                self._sheet.write_number(row, column, value)
            case datetime():
                self._sheet.write_datetime(row, column, value, self._time)
            case date():
                self._sheet.write_datetime(row, column, value, self._date)
            case _:
                text = _writable(str(value))
                if _units(text) > _LONGEST:
                    self.cut += 1
                    text = text.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
                self._sheet.write_string(row, column, text)


def _native(text: str, datatype: str) -> object:
    """Return the value of a literal as Excel has it, or its text where Excel has no such value.

    >>> _native("12", _XSD + "integer"), _native("2024-05-01", _XSD + "date"), _native("1", _XSD + "boolean")
    (12, datetime.date(2024, 5, 1), True)
    >>> _native("12345678901234567890", _XSD + "integer"), _native("1789-07-14", _XSD + "date")
    ('12345678901234567890', '1789-07-14')
    """
    if datatype in _NUMBERS:
        digits = re.sub(r"[eE].*", "", text).strip("+-").replace(".", "").strip("0")
        if not _NUMBER.fullmatch(text) or len(digits) > _DIGITS:
            return text
        number = int(text) if _INTEGER.fullmatch(text) and len(text) <= _DIGITS + 1 else float(text)
        return number if math.isfinite(number) else text
    if datatype == _XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    try:
        if datatype == _XSD + "date":
            day = date.fromisoformat(text)
            return day if day >= _FIRST_DAY and len(text) == len("2024-05-01") else text
        if datatype == _XSD + "dateTime":
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo is None and moment.date() >= _FIRST_DAY else text
    except ValueError:
        return text
    return text


def _writable(text: str) -> str:
    """Return a text without what cannot be written as UTF-8; the library escapes what XML cannot hold."""
    return text.encode("utf-8", "replace").decode() if any("\ud800" <= letter <= "\udfff" for letter in text) else text


def _units(text: str) -> int:
    """Return the length of a text as Excel counts it, in UTF-16."""
    return len(text) if len(text) <= _LONGEST // 2 else len(text.encode("utf-16-le")) // 2


def _tell(book: Workbook, told: Told, cut: int) -> None:
    """Write the sheet about the rows."""
    sheet = book.add_worksheet(told.about)
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    facts = [*told.facts, *([("", told.cut.format(count=cut))] if cut else [])]
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, told.title[:_LONGEST], bold)
    row = 2
    for name, value in facts:
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, _writable(value)[: _LONGEST // 2], wrapped)
        row += 1
    row += 1
    for name, value in told.columns:
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, value, wrapped)
        row += 1
