"""Answers on standard output, in the formats of the command."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from metiers_kg import __version__
from metiers_kg.errors import InputError

if TYPE_CHECKING:
    from metiers_kg.cli.context import Session
    from metiers_kg.queries import Result, Table
    from metiers_kg.queries.dialect import Dialect

__all__ = ["GRAPH_NAMES", "ROW_NAMES", "one_of", "put", "put_plain_workbook", "put_table", "put_truth", "put_workbook"]

ROW_NAMES = ("table", "json", "csv", "tsv", "xlsx", "srj", "srx")
"""The formats of rows."""

GRAPH_NAMES = ("ttl", "nt", "jsonld", "rdf")
"""The formats of graphs."""


def put_table(table: Table, format_name: str, session: Session, lang: str, dialect: Dialect) -> None:
    """Write rows. Raises InputError where the format is none of rows."""
    from metiers_kg.queries.dialect import Dialect, write_csv

    chosen = one_of(format_name, ROW_NAMES)
    if chosen == "csv" and dialect != Dialect():
        put(write_csv(table, dialect))
        return
    put(table.write("text" if chosen == "table" else chosen, names=session.names, lang=lang))


def put_workbook(result: Result, session: Session, lang: str, page: int) -> None:
    """Write the rows of a saved query, or its truth value, with what they are."""
    from metiers_kg.queries import Table
    from metiers_kg.queries.sheets import tell_result
    from metiers_kg.queries.workbook import write_workbook
    from metiers_kg.store import ENGINE, Literal

    table = result.table or Table(("boolean",), [(Literal(bool(result.truth and result.truth.value)),)])
    facts = {"data-version": session.data_version, "query-version": result.query.version[:12]}
    facts["engine"] = f"metiers-kg/{__version__} {ENGINE}"
    _put_binary(write_workbook(table, tell_result(result, table, facts, lang, session.names, page=page)))


def put_plain_workbook(table: Table, lang: str) -> None:
    """Write the rows of a query of the user's."""
    from metiers_kg.queries.sheets import tell_table
    from metiers_kg.queries.workbook import write_workbook

    _put_binary(write_workbook(table, tell_table(table, lang, {})))


def _put_binary(data: bytes) -> None:
    if sys.stdout.isatty():
        raise InputError("--format: found xlsx on a terminal, expected a file or a pipe, such as `> rows.xlsx`")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def put_truth(value: bool, format_name: str) -> None:
    """Write the answer to an ASK. Raises InputError where the format has no place for it."""
    chosen = one_of(format_name, ROW_NAMES)
    if chosen in ("table", "csv", "tsv"):
        click.echo(str(value).lower())
    elif chosen == "json":
        click.echo(json.dumps({"boolean": value}))
    else:
        raise InputError(f"--format: found {chosen!r}, expected one of table, json, csv, tsv for a yes-or-no query")


def one_of(format_name: str, allowed: tuple[str, ...]) -> str:
    """Return the name of a format. Raises InputError where it is not allowed for the query at hand."""
    if format_name not in allowed:
        raise InputError(f"--format: found {format_name!r}, expected one of {', '.join(allowed)} for this query")
    return format_name


def put(data: bytes) -> None:
    """Write a text to standard output, ended by a line end."""
    sys.stdout.buffer.write(data)
    if data and not data.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
