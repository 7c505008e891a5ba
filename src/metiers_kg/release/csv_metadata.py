"""What the CSV files of an export are, in one document that readers find by its name: ``csv-metadata.json``.

https://www.w3.org/TR/tabular-metadata/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from metiers_kg.queries.columns import column_title
from metiers_kg.queries.csvw import describe_values
from metiers_kg.release.tables import SEPARATOR, Column, EntityTable
from metiers_kg.store import Iri
from metiers_kg.store.description import DATASET, LICENCE

__all__ = ["describe_tables"]


def describe_tables(tables: Sequence[EntityTable], version: str) -> dict[str, Any]:
    """Return the metadata of the tables, each in the file of its name, beside this document.

    Args:
        tables: The tables.
        version: The version of the data.
    """
    keys = {table.name: set(table.columns[0].texts()) for table in tables}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:license": {"@id": LICENCE},
        "dc:source": {"@id": DATASET},
        "schema:version": {"@value": version, "@type": "xsd:string"},
        "dialect": {
            "doubleQuote": True,
            "encoding": "utf-8",
            "header": True,
            "lineTerminators": ["\r\n"],
            "trim": False,
        },
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:title": [{"@value": text, "@language": lang} for lang, text in table.title.items()],
                "tableSchema": {
                    "aboutUrl": "{+iri}",
                    "columns": [_column(column) for column in table.columns],
                    "primaryKey": "iri",
                    **_foreign_keys(table, keys),
                },
            }
            for table in tables
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    values = [value for cell in column.cells for value in cell]
    described = describe_values(column.name, values)
    if column.many:
        described.pop("valueUrl", None)
        described["separator"] = SEPARATOR
    return {
        "name": column.name,
        "titles": {"und": column.name, **{lang: _title(column, lang) for lang in ("fr", "en")}},
        **described,
        **({"required": True} if column.name == "iri" else {}),
    }


def _title(column: Column, lang: str) -> str:
    name = column.title.removesuffix("Label") or column.name
    title = column_title(name.removesuffix(column.lang.capitalize()) if column.lang else name, lang)
    return f"{title} ({column.lang})" if column.lang else title


def _foreign_keys(table: EntityTable, keys: Mapping[str, set[str]]) -> dict[str, Any]:
    found = list(_references(table, keys))
    return {"foreignKeys": found} if found else {}


def _references(table: EntityTable, keys: Mapping[str, set[str]]) -> Iterator[dict[str, Any]]:
    """Yield the columns that always have a value, and always one that is a row of one table."""
    for column in table.columns[1:]:
        values = {value.value for cell in column.cells for value in cell if isinstance(value, Iri)}
        if column.many or not values or not all(column.cells):
            continue
        for name, rows in keys.items():
            if values <= rows:
                yield {
                    "columnReference": column.name,
                    "reference": {"resource": f"{name}.csv", "columnReference": "iri"},
                }
                break
