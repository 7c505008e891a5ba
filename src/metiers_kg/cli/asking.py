"""``query``, ``queries`` and ``sparql``."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from metiers_kg.cli.context import Session
from metiers_kg.cli.options import lang_option
from metiers_kg.cli.output import (
    GRAPH_NAMES,
    one_of,
    put,
    put_plain_workbook,
    put_table,
    put_truth,
    put_workbook,
)
from metiers_kg.errors import InputError, NotBuiltError

if TYPE_CHECKING:
    from metiers_kg.queries import SavedQuery

__all__ = ["queries", "query", "sparql"]

_FORMAT = click.option(
    "--format",
    "-f",
    "format_name",
    default="table",
    show_default=True,
    metavar="NAME",
    help="table, json, csv, tsv, xlsx, srj, srx; for CONSTRUCT: ttl, nt, jsonld, rdf.",
)
_BOM = click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, as Excel wants.")
_SEP = click.option(
    "--sep",
    type=click.Choice([",", ";"]),
    default=",",
    show_default=True,
    help="csv: what parts cells; a French Excel expects ;",
)
_ENTAILMENT = click.option(
    "--entailment",
    type=click.Choice(["owl-rl", "asserted"]),
    default="owl-rl",
    show_default=True,
    help="asserted leaves out what the reasoner inferred.",
)
_LONGEST_PATH = 1024
_CAUTION = {
    "fr": "note : ce que disent les textes lus (metiers-kg query sources), à leur date, et rien de plus ; "
    "un fait erroné se signale par un ticket, avec l’adresse de l’énoncé et ce que dit le passage",
    "en": "note: what the texts that were read say (metiers-kg query sources), at their date, and no more; "
    "report a wrong fact by a ticket, with the address of the statement and what the passage says",
}
_CAUTION |= {"nl": _CAUTION["en"], "de": _CAUTION["en"]}


@click.command()
@click.argument("name")
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat for a list.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N rows.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Which N rows.")
@lang_option
@_ENTAILMENT
@_FORMAT
@_BOM
@_SEP
@click.pass_obj
def query(
    session: Session,
    name: str,
    params: tuple[str, ...],
    limit: int | None,
    page: int,
    lang: str,
    entailment: str,
    format_name: str,
    sep: str,
    *,
    bom: bool,
) -> None:
    """Run a saved query: metiers-kg query job-competences -p job="Bio-informaticien".

    `metiers-kg queries` lists them, `metiers-kg queries NAME` tells the parameters of one. A workbook goes to a file:
    metiers-kg query coverage --format xlsx > coverage.xlsx
    """
    from metiers_kg.queries import answer
    from metiers_kg.queries.dialect import Dialect

    values = _values(params)
    saved = session.catalogue.get_query(name)
    result = answer(
        session.store,
        session.names,
        saved,
        values,
        lang=lang,
        asserted=entailment == "asserted",
        limit=limit,
        page=page,
    )
    if result.graph is not None:
        from metiers_kg.store import GRAPH_FORMATS

        chosen = one_of("ttl" if format_name == "table" else format_name, GRAPH_NAMES)
        put(result.graph.write(GRAPH_FORMATS[chosen]))
    elif result.truth is not None and format_name != "xlsx":
        put_truth(result.truth.value, format_name)
    elif format_name == "xlsx":
        put_workbook(result, session, lang, page)
    elif result.table is not None:
        put_table(result.table, format_name, session, lang, Dialect(bom, sep))
        if format_name == "table":
            click.echo(_CAUTION[lang], err=True)
        if result.has_next:
            click.echo(f"note: there are more rows; --page {page + 1} gives the next", err=True)


@click.command()
@click.argument("name", required=False)
@lang_option
@click.option("--tag", metavar="TAG", help="Only the queries of a theme.")
@click.option(
    "--format",
    "-f",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table to read, json for programs.",
)
@click.pass_obj
def queries(session: Session, name: str | None, lang: str, tag: str | None, format_name: str) -> None:
    """List the saved queries, or tell what one of them asks for.

    Where a file is wrong, what is wrong goes to standard error, the others are listed, and the exit status is 1.
    """
    if name:
        found = session.catalogue.get_query(name)
        click.echo(
            json.dumps(_as_json(found), ensure_ascii=False, indent=2)
            if format_name == "json"
            else _describe(found, _needs(session, found), lang)
        )
        return
    chosen = [saved for saved in session.catalogue.values() if not tag or tag in saved.tags]
    if not chosen:
        tags = sorted({t for saved in session.catalogue.values() for t in saved.tags})
        raise InputError(f"--tag: found {tag!r}, expected one of {', '.join(tags)}")
    if format_name == "json":
        click.echo(json.dumps([_as_json(saved) for saved in chosen], ensure_ascii=False, indent=2))
    else:
        _print_list(chosen, lang)
    if session.catalogue.faults:
        sys.exit(1)


def _print_list(chosen: Sequence[SavedQuery], lang: str) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable

    shown = RichTable(box=None, pad_edge=False)
    shown.add_column("query", no_wrap=True)
    shown.add_column("asks")
    shown.add_column("parameters")
    for saved in chosen:
        parameters = ", ".join(p.name if p.required else f"[{p.name}]" for p in saved.parameters)
        shown.add_row(saved.name, saved.title.get(lang, saved.title["en"]), parameters.replace("[", r"\["))
    Console().print(shown)


@click.command()
@click.argument("text_or_file")
@_ENTAILMENT
@lang_option
@_FORMAT
@_BOM
@_SEP
@click.pass_obj
def sparql(
    session: Session, text_or_file: str, entailment: str, lang: str, format_name: str, sep: str, *, bom: bool
) -> None:
    """Run a SPARQL query of yours: a text, a file, or - for standard input.

    The project's prefixes (mkg:, skos:, prov:, …) need not be declared. Updates and SERVICE are refused.
    """
    from metiers_kg.queries import Table, check_read_only
    from metiers_kg.queries.dialect import Dialect
    from metiers_kg.store import GRAPH_FORMATS, ROW_FORMATS, Graph, Truth

    dialect = Dialect(bom, sep)
    text = _read(text_or_file)
    check_read_only(text)
    # The engine does not stop for Python's handler: an interrupt ends the process, and nothing is lost.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    result = session.store.query(text, asserted=entailment == "asserted")
    if isinstance(result, Graph):
        chosen = one_of("ttl" if format_name == "table" else format_name, GRAPH_NAMES)
        put(result.write(GRAPH_FORMATS[chosen]))
    elif isinstance(result, Truth):
        put_truth(result.value, format_name)
    elif format_name in ROW_FORMATS and dialect == Dialect():
        put(result.write(ROW_FORMATS[format_name]))
    elif format_name == "xlsx":
        put_plain_workbook(Table(result.columns, list(result)), lang)
    else:
        put_table(Table(result.columns, list(result)), format_name, session, lang, dialect)


def _values(params: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f'-p {param}: expected NAME=VALUE, such as job="Bio-informaticien"')
        values.setdefault(name.strip(), []).append(value)
    return values


def _read(text_or_file: str) -> str:
    """Return the query: what standard input or the file holds, else the text itself."""
    if text_or_file == "-":
        return sys.stdin.read()
    # No query does without a blank, and no file name that is worth telling has a brace or a line end.
    if len(text_or_file) > _LONGEST_PATH or any(letter in text_or_file for letter in "{\n"):
        return text_or_file
    path = Path(text_or_file)
    if path.is_file():
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: expected a SPARQL query in UTF-8; byte {error.start} is not") from error
    if not any(letter.isspace() for letter in text_or_file):
        raise InputError(f"{path}: no such file; expected a SPARQL query or a file that holds one")
    return text_or_file


def _needs(session: Session, saved: SavedQuery) -> list[str]:
    """Return a line for each vocabulary that a query requires: whether the built graph has it, or how to have it."""
    from metiers_kg.queries import find_missing

    try:
        missing = {one.vocabulary: one.command for one in find_missing(session.store, saved)} if saved.requires else {}
    except NotBuiltError:
        return [f"Requires {name}." for name in saved.requires]
    return [
        f"Requires {name} ({f'not imported: `{missing[name]}`' if name in missing else 'imported'})."
        for name in saved.requires
    ]


def _describe(saved: SavedQuery, needs: Sequence[str], lang: str) -> str:
    lines = [
        click.style(saved.title.get(lang, saved.title["en"]), bold=True),
        "",
        saved.description.get(lang, saved.description["en"]).strip(),
        "",
    ]
    lines += [*needs, ""] if needs else []
    if not saved.parameters:
        lines.append("No parameters.")
    for p in saved.parameters:
        need = "required" if p.required else f"default {', '.join(p.default)}" if p.default else "left out = all"
        many = ", may be repeated" if p.multiple else ""
        lines.append(f"  -p {p.name}=…  {p.label.get(lang) or p.label.get('en', '')}: {p.expected} ({need}{many})")
    example = " ".join(f'-p {p.name}="{p.example}"' for p in saved.parameters if p.required and p.example)
    lines += ["", f"  metiers-kg query {saved.name} {example}".rstrip(), f"  columns: {', '.join(saved.columns)}"]
    return "\n".join(lines)


def _as_json(saved: SavedQuery) -> dict[str, object]:
    return {
        "name": saved.name,
        "title": dict(saved.title),
        "summary": saved.summary,
        "description": dict(saved.description),
        "tags": list(saved.tags),
        "requires": list(saved.requires),
        "parameters": [
            {
                "name": p.name,
                "label": dict(p.label),
                "type": p.type,
                "class": p.class_iri,
                "required": p.required,
                "multiple": p.multiple,
                "choices": list(p.choices),
                "default": list(p.default),
                "example": p.example,
            }
            for p in saved.parameters
        ],
        "columns": list(saved.columns),
        "why": [{"s": pattern.s, "p": pattern.p, "o": pattern.o} for pattern in saved.why],
    }
