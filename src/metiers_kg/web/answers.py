"""What a page shows of the answer to a saved query: its rows, its chart or graph, and where else it can be had."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from metiers_kg.api import Service
from metiers_kg.api.options import MAX_LIMIT, PAGE_ROWS
from metiers_kg.api.pages import Asked
from metiers_kg.explanation import Naming, explain_address
from metiers_kg.queries import Result, SavedQuery
from metiers_kg.store import Graph, Iri
from metiers_kg.vocabulary import PREFIXES
from metiers_kg.web.addresses import query_address, replaced
from metiers_kg.web.sparql_text import highlight
from metiers_kg.web.tables import Grid, WhyLink, name_column, read_grid, read_term
from metiers_kg.web.texts import Texts, choose

__all__ = ["answer_addresses", "read_answer", "read_chart"]

_MOST_TRIPLES = 200
"""The most triples that a page shows of a graph."""

_NUMBERS: Mapping[str, Sequence[str]] = {
    "bar": ("y",),
    "heatmap": ("colour",),
    "line": ("y",),
    "scatter": ("x", "y"),
    "flow": (),
}
"""The charts that are drawn beside a table, and which of their columns hold numbers."""

_FEWEST = 2
"""The least rows that a chart tells more of than the table."""

_MOST_QUERY = 12_000
"""The longest query, in characters of its address, that is handed to the editor."""

_NOT_EMBEDDED = dict.fromkeys(("version", "shape", "bom", "sep"))
"""Options that the view to embed does not take."""

_TYPE = PREFIXES["rdf"] + "type"

_HEADER = re.compile(r"\A(?:#\+.*\n|\s*\n)+")


def read_answer(service: Service, result: Result, texts: Texts, *, has_sparql: bool = True) -> dict[str, object]:
    """Return what the templates need to show an answer, whatever its kind."""
    query, table, names = result.query, result.table, service.names
    graph = None if result.graph is None else list(result.graph)
    grid = None if table is None else read_grid(table, names, texts, query.view, _why_links(service, result, texts))
    text = _HEADER.sub("", result.bound.text)
    editor = "/sparql#" + urlencode({"query": text})
    return {
        "truth": None if result.truth is None else result.truth.value,
        "grid": grid,
        "chart": "" if grid is None else read_chart(query.view, grid),
        "triples": None
        if graph is None
        else [[read_term(t, names, texts) for t in triple] for triple in graph[:_MOST_TRIPLES]],
        "words_of_graph": "" if result.graph is None else _words(service, result.graph, texts),
        "named": _named(query, texts),
        "total": len(graph if graph is not None else table.rows if table is not None else ()),
        "has_next": result.has_next,
        "sparql": highlight(text),
        "editor": editor if has_sparql and len(editor) <= _MOST_QUERY else "",
    }


def answer_addresses(
    result: Result, values: Mapping[str, Sequence[str]], asked: Asked, lang: str, forms: Sequence[str]
) -> dict[str, object]:
    """Return where an answer can be had: its other pages, its *forms*, itself for good, and itself without the rest."""
    name = result.query.name
    page = next((int(value) for option, value in asked if option == "page" and value.isdecimal()), 1)
    own = [(key, value) for key, value in asked if key not in ("lang", "format")]
    kept = replaced(own, {"lang": lang})
    return {
        "page": page,
        "pages": _pages(asked, page, has_next=result.has_next),
        "permalink": query_address(name) + kept,
        "embedded": query_address(name, suffix=None) + "/embed" + replaced(own, {**_NOT_EMBEDDED, "lang": lang}),
        "all_rows": replaced(own, {"lang": lang, "page": None, "limit": str(MAX_LIMIT)}) if result.has_next else "",
        "downloads": {form: query_address(name, {**values, **_kept(asked)}, suffix=form) for form in forms},
    }


def read_chart(view: Mapping[str, str], grid: Grid) -> str:
    """Return the chart of a view as JSON, by the columns that are shown; "" where there is nothing to draw.

    >>> from metiers_kg.web.tables import Cell, Column
    >>> grid = Grid((Column("job", "Métier"), Column("shared", "", is_number=True)), ((Cell("A"), Cell("1")),) * 2)
    >>> read_chart({"chart": "bar", "x": "jobLabel", "y": "shared"}, grid)
    '{"chart": "bar", "x": "job", "y": "shared"}'
    >>> read_chart({"chart": "bar", "x": "jobLabel", "y": "job"}, grid)
    ''
    """
    numbers = _NUMBERS.get(view.get("chart", ""))
    if numbers is None or len(grid.rows) < _FEWEST:
        return ""
    columns = {column.name: column for column in grid.columns}
    drawn = {key: _shown(column, columns) if key != "chart" else column for key, column in view.items()}
    needed = [drawn[key] for key in numbers if key in drawn]
    is_there = all(name in columns for key, name in drawn.items() if key != "chart")
    if not is_there or not all(columns[name].is_number for name in needed):
        return ""
    return json.dumps(drawn)


def _shown(column: str, columns: Iterable[str]) -> str:
    thing = column.removesuffix("Label")
    return thing if thing in columns else column


def _words(service: Service, graph: Graph, texts: Texts) -> str:
    """Return the labels of the properties and classes of a graph as JSON, for what draws it."""
    terms = {predicate.value for _, predicate, _ in graph}
    terms |= {term.value for _, predicate, term in graph if predicate.value == _TYPE and isinstance(term, Iri)}
    found = {iri: service.names.find_label(iri, texts.lang) for iri in sorted(terms - {_TYPE})}
    return json.dumps({iri: label[0] for iri, label in found.items() if label}, ensure_ascii=False)


def _why_links(service: Service, result: Result, texts: Texts) -> list[dict[str, list[WhyLink]]]:
    """Return the links to why each row holds, by column; a triple that does not hold gets none."""
    patterns, table = result.query.why, result.table
    if not patterns or table is None:
        return []
    closure = service.closure
    naming = Naming(closure, service.names, texts.lang)
    rows = []
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        links: dict[str, list[WhyLink]] = {}
        for pattern in patterns:
            for triple in pattern.triples(cells, result.bound.values):
                if closure.holds(triple):
                    link = WhyLink(explain_address(triple), naming.sentence(triple))
                    links.setdefault(pattern.column, []).append(link)
        rows.append(links)
    return rows


def _named(query: SavedQuery, texts: Texts) -> list[str]:
    """Return the columns that the description calls by their name in the query, which their heads then tell too."""
    words = set(re.findall(r"\w+", choose(query.description, texts.lang).text))
    return [c for c in query.columns if c in words and c.casefold() != name_column(c, texts).casefold()]


def _kept(asked: Asked) -> dict[str, list[str]]:
    """Return the options that other formats of the same answer keep.

    A later page begins after so many rows of a web page; other formats have longer pages, so the number is told them.
    """
    given = {name: [value] for name, value in asked if name in ("entailment", "limit", "page") and value}
    if "limit" not in given and given.get("page", ["1"]) != ["1"]:
        given["limit"] = [str(PAGE_ROWS)]
    return given


def _pages(asked: Asked, page: int, *, has_next: bool) -> dict[str, str]:
    """Return the addresses of the pages around this one."""
    addresses = {}
    if page > 1:
        addresses["first-page"] = replaced(asked, {"page": None})
        addresses["previous-page"] = replaced(asked, {"page": str(page - 1)})
    if has_next:
        addresses["next-page"] = replaced(asked, {"page": str(page + 1)})
    return addresses
