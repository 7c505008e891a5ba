"""The answer of a saved query, written in the form that was chosen; where rows follow, the body says so too.

Headers are lost when a body is saved. SPARQL's JSON and XML have a place for links; the object form of flat JSON and
the workbook say it in words. RFC 4180 has no place for it, and a line that is no row would be read as one: CSV and TSV
say it in the name of the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from metiers_kg.api.negotiation import Representation
from metiers_kg.api.options import Options
from metiers_kg.api.repeatable import ENGINE_NAME, version_headers
from metiers_kg.queries import Names, Result, Table
from metiers_kg.queries.dialect import Dialect, write_csv
from metiers_kg.queries.sheets import tell_result
from metiers_kg.queries.workbook import write_workbook
from metiers_kg.store import GRAPH_FORMATS, ROW_FORMATS, Literal

__all__ = ["Origin", "file_name", "write_body"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer comes from.

    Attributes:
        data_version: The version of the release.
        page: The page of rows.
        next: The reference to the rows that follow; "" where there are none.
    """

    data_version: str
    page: int = 1
    next: str = ""


def file_name(query: str, form: str, page: int, *, has_next: bool) -> str:
    """Return the name that an answer is saved under: one that is not whole says which page it is.

    >>> file_name("jobs", "csv", 1, has_next=False), file_name("jobs", "csv", 1, has_next=True)
    ('jobs.csv', 'jobs.page-1-of-more.csv')
    >>> file_name("jobs", "csv", 3, has_next=False)
    'jobs.page-3-last.csv'
    """
    if page == 1 and not has_next:
        return f"{query}.{form}"
    return f"{query}.page-{page}-{'of-more' if has_next else 'last'}.{form}"


def write_body(result: Result, chosen: Representation, options: Options, names: Names, origin: Origin) -> bytes:
    """Return *result* as *chosen*.

    Raises:
        TypeError: The result is of none of the kinds that queries give.
    """
    form, lang = chosen.name, options.lang
    if result.graph is not None:
        return result.graph.write(GRAPH_FORMATS[form])
    if result.truth is not None:
        if form == "json":
            return _json({"boolean": result.truth.value})
        if form == "xlsx":
            return _workbook(result, Table(("boolean",), [(Literal(result.truth.value),)]), lang, names, origin)
        return result.truth.write(ROW_FORMATS[form])
    table = result.table
    if table is None:
        raise TypeError("expected a table, a truth value or a graph")
    if form == "xlsx":
        return _workbook(result, table, lang, names, origin)
    if form == "csv" and options.dialect != Dialect():
        return write_csv(table, options.dialect)
    body = table.write(form, names=names, lang=lang)
    if form == "json" and options.shape == "object":
        return _object(result, body, lang, origin)
    return _with_link(body, form, origin.next) if origin.next else body


def _with_link(body: bytes, form: str, link: str) -> bytes:
    """Say in the head of SPARQL's JSON or XML where the rows go on (results-json, 3.1.2; XMLres, 2.2)."""
    if form == "srj":
        return body.replace(b'{"head":{', b'{"head":{"link":[' + _json(link) + b"],", 1)
    if form == "srx":
        return body.replace(b"</head>", f"<link href={quoteattr(link)}/></head>".encode(), 1)
    return body


def _object(result: Result, rows: bytes, lang: str, origin: Origin) -> bytes:
    versions = version_headers(origin.data_version, result.query)
    told: Mapping[str, object] = {
        "query": result.query.name,
        "parameters": _values(result),
        "dataVersion": versions["X-Data-Version"],
        "queryVersion": versions["X-Query-Version"],
        "engine": versions["X-Engine"],
        "lang": lang,
        "columns": list(result.columns),
        "page": origin.page,
        "truncated": bool(origin.next),
        "next": origin.next or None,
    }
    return _json(told)[:-1] + b',"rows":' + rows + b"}"


def _workbook(result: Result, table: Table, lang: str, names: Names, origin: Origin) -> bytes:
    versions = version_headers(origin.data_version, result.query)
    facts = {"data-version": origin.data_version, "query-version": versions["X-Query-Version"], "engine": ENGINE_NAME}
    return write_workbook(table, tell_result(result, table, facts, lang, names, page=origin.page))


def _values(result: Result) -> dict[str, Sequence[str]]:
    return {name: [getattr(t, "value", str(t)) for t in terms] for name, terms in result.bound.values.items() if terms}


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
