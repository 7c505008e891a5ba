"""Metadata of CSV answers, as CSV on the Web has them: https://www.w3.org/TR/tabular-metadata/ .

They are of one answer: what stands in its cells decides the datatypes of its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from metiers_kg.queries.columns import column_titles
from metiers_kg.queries.dialect import Dialect
from metiers_kg.queries.results import Table
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.store import Iri, Literal, Term
from metiers_kg.vocabulary import PREFIXES, mint

__all__ = ["describe_csv", "describe_values"]

_XSD = PREFIXES["xsd"]
# Those of https://www.w3.org/TR/tabular-data-model/#datatypes that literals of the graph or of SPARQL can have.
_DATATYPES = frozenset(
    [
        "anyURI",
        "boolean",
        "byte",
        "date",
        "dateTime",
        "decimal",
        "double",
        "duration",
        "float",
        "gDay",
        "gMonth",
        "gMonthDay",
        "gYear",
        "gYearMonth",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "time",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    ]
)
_INTEGERS = frozenset(name for name in _DATATYPES if name.lower().endswith(("integer", "int", "long", "short", "byte")))
_NUMBERS = _INTEGERS | {"decimal", "double", "float"}
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DATASET = mint("source", "dataset")


def describe_csv(
    query: SavedQuery,
    table: Table,
    url: str,
    dialect: Dialect,
    *,
    data_version: str = "",
    following: str = "",
) -> dict[str, Any]:
    """Return the metadata of an answer in CSV.

    Args:
        query: The query.
        table: The rows of the answer.
        url: Where the CSV is, as a reference from where the metadata are.
        dialect: How it is written.
        data_version: The version of the data, to be told.
        following: Where the rows go on, as *url*; "" where the answer has them all.
    """
    document: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": _texts(query.title),
        "dc:description": _texts(query.description),
        "dc:license": {"@id": _LICENCE},
        "dc:source": {"@id": _DATASET},
        "dc:subject": list(query.tags),
        "schema:version": {"@value": data_version, "@type": "xsd:string"},
        "dialect": {
            "delimiter": dialect.separator,
            "doubleQuote": True,
            "encoding": "utf-8",
            **_head(dialect),
            "lineTerminators": ["\r\n"],
            "quoteChar": '"',
            "trim": False,
        },
        "tableSchema": {"columns": _columns(table)},
    }
    if following:
        document["notes"] = [{"truncated": True, "rows": len(table.rows), "next": following}]
    return document


def _texts(texts: Any) -> list[dict[str, str]]:
    return [{"@value": text, "@language": lang} for lang, text in texts.items()]


def _head(dialect: Dialect) -> dict[str, Any]:
    """Say where the names of the columns stand; readers that take a byte order mark for a letter are led past them."""
    return {"header": False, "headerRowCount": 0, "skipRows": 1} if dialect.bom else {"header": True}


def _columns(table: Table) -> list[dict[str, Any]]:
    titles = {lang: column_titles(table.columns, lang) for lang in ("fr", "en")}
    return [
        {
            "name": column,
            # The head of the CSV is the name, in no language.
            "titles": {"und": column, **{lang: titles[lang][column] for lang in titles}},
            **describe_values(column, [row[place] for row in table.rows if row[place] is not None]),
        }
        for place, column in enumerate(table.columns)
    ]


def describe_values(column: str, cells: Sequence[Term | None]) -> dict[str, Any]:
    """Return what the cells of a column have in common.

    >>> describe_values("n", [Literal(1), Literal(2)]), describe_values("job", [Iri("https://e.org/a")])
    ({'datatype': 'integer'}, {'datatype': 'anyURI', 'valueUrl': '{+job}'})
    >>> describe_values("label", [Literal("Chimiste", language="fr")])
    {'datatype': 'string', 'lang': 'fr'}
    >>> describe_values("any", [Literal(1), Literal("x")])
    {'datatype': 'string'}
    """
    if cells and all(isinstance(cell, Iri) for cell in cells):
        return {"datatype": "anyURI", "valueUrl": f"{{+{column}}}"}
    literals = [cell for cell in cells if isinstance(cell, Literal)]
    if not cells or len(literals) < len(cells):
        return {"datatype": "string"}
    languages = {cell.language for cell in literals}
    if languages != {None}:
        only = next(iter(languages))
        return {"datatype": "string", "lang": only} if len(languages) == 1 else {"datatype": "string"}
    names = {cell.datatype.value.removeprefix(_XSD) for cell in literals}
    if len(names) == 1 and names <= _DATATYPES:
        return {"datatype": names.pop()}
    if names <= _INTEGERS:
        return {"datatype": "integer"}
    return {"datatype": "double" if names <= _NUMBERS else "string"}
