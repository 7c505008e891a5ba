"""CSV in the dialects that spreadsheets want: another separator, and a byte order mark.

Neither changes a value. In particular a text that begins with ``=`` stays as it is: RFC 4180 has no way to mark it as a
text, and SPARQL's CSV is the text itself (https://www.w3.org/TR/sparql11-results-csv-tsv/). Who opens tables of others
in a spreadsheet takes the workbook, where each text is one.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from metiers_kg.queries.results import Table
from metiers_kg.store import Iri, Literal, Term

__all__ = ["SEPARATORS", "Dialect", "write_csv"]

SEPARATORS: tuple[str, ...] = (",", ";")
"""What parts cells: RFC 4180's comma, or the semicolon that Excel expects where a comma marks decimals."""

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells Excel that a file is UTF-8."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How CSV is written.

    Attributes:
        bom: Whether it begins with a byte order mark.
        separator: One of ``SEPARATORS``.
    """

    bom: bool = False
    separator: str = SEPARATORS[0]


def write_csv(table: Table, dialect: Dialect) -> bytes:
    r"""Return *table* as CSV; cells that hold the separator, a quote or a line end are quoted.

    >>> write_csv(Table(("n", "label"), [(Literal(1), Literal("un; deux"))]), Dialect(bom=True, separator=";"))
    b'\xef\xbb\xbfn;label\r\n1;"un; deux"\r\n'
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=dialect.separator, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_text(term) for term in row] for row in table.rows)
    return ((BOM if dialect.bom else "") + file.getvalue()).encode("utf-8", "surrogatepass")


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, (Iri, Literal)) else str(term)
