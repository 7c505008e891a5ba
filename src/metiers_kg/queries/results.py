"""Tables: rows of terms, and the formats they are written in.

The SPARQL formats (srj, srx, csv, tsv) read like the engine's own, though the rows may be one page of its answer, with
labels in another language. Flat JSON and text are for people and scripts.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted  # as JSON in UTF-8 has a text
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from metiers_kg.queries.names import Names, short_name
from metiers_kg.queries.text_table import render_text
from metiers_kg.store import BlankNode, Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES

__all__ = ["TABLE_FORMATS", "Table", "label_column"]

_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset(
    _XSD + name
    for name in [
        "integer",
        "byte",
        "short",
        "int",
        "long",
        "unsignedByte",
        "unsignedShort",
        "unsignedInt",
        "unsignedLong",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
    ]
)
_REALS = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_NUMBERS = _INTEGERS | _REALS


def label_column(column: str) -> str:
    """Return the name of the column that holds the labels of a column of IRIs.

    >>> label_column("job")
    'jobLabel'
    """
    return f"{column}Label"


@dataclass(frozen=True, slots=True)
class Table:
    r"""Rows of terms under named columns; an empty cell is None.

    >>> table = Table(("job", "jobLabel"), [(Iri("https://w3id.org/metiers-kg/job/chimiste"), Literal("Chimiste"))])
    >>> table.records()
    [{'job': 'https://w3id.org/metiers-kg/job/chimiste', 'jobLabel': 'Chimiste'}]
    >>> print(table.write("csv").decode().replace("\r", ""))
    job,jobLabel
    https://w3id.org/metiers-kg/job/chimiste,Chimiste
    <BLANKLINE>
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Term | None, ...]]

    def write(self, format: str, *, names: Names | None = None, lang: str = "fr", width: int | None = None) -> bytes:
        """Return the table in one of ``TABLE_FORMATS``.

        Args:
            format: The short name of a format.
            names: Labels the IRIs that have no label column, in ``json`` and ``text``.
            lang: The language of those labels.
            width: Characters of a line of ``text``; the terminal's by default.

        Raises:
            ValueError: There is no such format.
        """
        if format == "json":
            return _write_json(self, names, lang).encode()
        if format == "text":
            return self.to_text(names, lang, width).encode()
        if format not in _WRITERS:
            raise ValueError(f"no table format {format!r}; expected one of {', '.join(TABLE_FORMATS)}")
        return _WRITERS[format](self).encode("utf-8", "surrogatepass")

    def records(self, names: Names | None = None, lang: str = "fr") -> list[dict[str, object]]:
        """Return the rows as flat records with native numbers and truth values.

        With *names*, a column of IRIs without a label column gets one beside it.
        """
        labelled = self.unlabelled() if names is not None else frozenset()
        records = []
        for row in self.rows:
            record: dict[str, object] = {}
            for column, term in zip(self.columns, row, strict=True):
                record[column] = _native(term)
                if names is not None and column in labelled:
                    record[label_column(column)] = names.label(term.value, lang) if isinstance(term, Iri) else None
            records.append(record)
        return records

    def to_text(self, names: Names | None = None, lang: str = "fr", width: int | None = None) -> str:
        """Return the rows for a terminal: labels in the place of IRIs, long cells wrapped, the number of rows below."""
        shown = [column for column in self.columns if label_column(column) not in self.columns]
        places = [self.columns.index(column) for column in shown]
        rows = [[_readable(row[place], names, lang) for place in places] for row in self.rows]
        titles = [self._title(column) for column in shown]
        numeric = [self._has_numbers(column) for column in shown]
        text = render_text(titles, rows, numeric, width or shutil.get_terminal_size().columns) if shown else ""
        count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        return f"{text}\n{count}\n" if text else f"{count}\n"

    def unlabelled(self) -> frozenset[str]:
        """Return the columns of IRIs that have no column of labels."""
        return frozenset(
            column
            for place, column in enumerate(self.columns)
            if label_column(column) not in self.columns and any(isinstance(row[place], Iri) for row in self.rows)
        )

    def _title(self, column: str) -> str:
        stem = column.removesuffix("Label")
        return stem if stem and label_column(stem) == column and stem in self.columns else column

    def _has_numbers(self, column: str) -> bool:
        place = self.columns.index(column)
        cells = [row[place] for row in self.rows if row[place] is not None]
        return bool(cells) and all(isinstance(cell, Literal) and cell.datatype.value in _NUMBERS for cell in cells)


def _native(term: Term | None) -> object:
    """A term as JSON has it: numbers and truth values where the text is one, else its text."""
    if isinstance(term, Literal):
        datatype = term.datatype.value
        try:
            if datatype in _INTEGERS:
                return int(term.value)
            if datatype in _REALS:
                number = float(term.value)
                return number if math.isfinite(number) else term.value
        except ValueError:
            return term.value
        if datatype == _XSD + "boolean":
            return {"true": True, "1": True, "false": False, "0": False}.get(term.value, term.value)
        return term.value
    return _plain(term) if term is not None else None


def _plain(term: Term | None) -> str:
    """A term as CSV has it: the text alone."""
    if term is None:
        return ""
    return term.value if isinstance(term, (Iri, Literal)) else str(term)


def _readable(term: Term | None, names: Names | None, lang: str) -> str:
    if isinstance(term, Iri):
        return names.label(term.value, lang) if names is not None else short_name(term.value)
    # A terminal obeys control characters: a text may not hold any.
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _plain(term))


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


# XML 1.0 has no way to write these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _write_csv(table: Table) -> str:
    """RFC 4180, with CRLF, as https://www.w3.org/TR/sparql11-results-csv-tsv/ asks."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_plain(term) for term in row] for row in table.rows)
    return file.getvalue()


# The abbreviations of Turtle that the engine uses in TSV.
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile("true|false"),
}


def _write_tsv(table: Table) -> str:
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    texts = _Texts(_tsv_term)
    lines += ["\t".join([texts[term] for term in row]) for row in table.rows]
    return "\n".join(lines) + "\n"


def _tsv_term(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        bare = _BARE.get(term.datatype.value)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
    return str(term)


def _write_srj(table: Table) -> str:
    """Follow https://www.w3.org/TR/sparql11-results-json/ ."""
    texts = _Texts(_srj_term)
    keys = [_quoted(column) + ":" for column in table.columns]
    bindings = [
        "{" + ",".join([key + texts[term] for key, term in zip(keys, row, strict=True) if term is not None]) + "}"
        for row in table.rows
    ]
    columns = ",".join(map(_quoted, table.columns))
    return f'{{"head":{{"vars":[{columns}]}},"results":{{"bindings":[{",".join(bindings)}]}}}}'


def _write_json(table: Table, names: Names | None, lang: str) -> str:
    """Write what ``records`` returns, without making it."""
    labelled = table.unlabelled() if names is not None else frozenset()
    texts = _Texts(_json_cell)
    labels = _Texts(
        lambda term: _quoted(names.label(term.value, lang)) if names is not None and isinstance(term, Iri) else "null"
    )
    cells = [
        (place, _quoted(name) + ":", written)
        for place, column in enumerate(table.columns)
        for name, written in [(column, texts), *([(label_column(column), labels)] if column in labelled else [])]
    ]
    rows = ["{" + ",".join([key + written[row[place]] for place, key, written in cells]) + "}" for row in table.rows]
    return f"[{','.join(rows)}]"


class _Texts(dict[Term | None, str]):
    """What is written for each term, found once: most terms of a table stand in it many times."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, term: Term | None) -> str:
        text = self[term] = self._write(term)
        return text


def _srj_term(term: Term) -> str:
    members = [f'"{name}":{_quoted(text)}' for name, text in _json_term(term).items()]
    return "{" + ",".join(members) + "}"


def _json_cell(term: Term | None) -> str:
    found = _native(term)
    return _quoted(found) if type(found) is str else json.dumps(found)


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        raise TypeError(f"{term}: a term that SPARQL 1.1 results cannot hold")
    found = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
    elif term.datatype.value != _XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def _write_srx(table: Table) -> str:
    """Follow https://www.w3.org/TR/rdf-sparql-XMLres/ ."""
    head = "".join(f"<variable name={quoteattr(column)}/>" for column in table.columns)
    pieces = [
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">',
        f"<head>{head}</head><results>",
    ]
    texts = _Texts(_xml_term)
    opened = [f"<binding name={quoteattr(column)}>" for column in table.columns]
    for row in table.rows:
        pieces.append("<result>")
        pieces += [tag + texts[term] + "</binding>" for tag, term in zip(opened, row, strict=True) if term is not None]
        pieces.append("</result>")
    return "".join([*pieces, "</results></sparql>"])


def _xml_term(term: Term) -> str:
    found = _json_term(term)
    text = escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", found["value"]), {"\r": "&#13;"})
    if found["type"] != "literal":
        return f"<{found['type']}>{text}</{found['type']}>"
    attribute = "".join(f" {key}={quoteattr(found[key])}" for key in ("xml:lang", "datatype") if key in found)
    return f"<literal{attribute}>{text}</literal>"


_WRITERS: Mapping[str, Callable[[Table], str]] = {
    "srj": _write_srj,
    "srx": _write_srx,
    "csv": _write_csv,
    "tsv": _write_tsv,
}

TABLE_FORMATS: tuple[str, ...] = (*_WRITERS, "json", "text")
"""The short names of the formats."""
