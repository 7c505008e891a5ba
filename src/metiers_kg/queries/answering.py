"""Answering: a saved query, values for its parameters, and what they give."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from weakref import WeakKeyDictionary

from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.queries.binding import Bound, bind
from metiers_kg.queries.choices import read_choices
from metiers_kg.queries.names import Names
from metiers_kg.queries.requirements import check_requirements
from metiers_kg.queries.results import Table, label_column
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.queries.syntax import Syntax
from metiers_kg.store import ROW_FORMATS, Graph, Iri, Literal, Rows, Store, Term, Triple, Truth

__all__ = ["LANGUAGES", "Result", "answer", "answer_bound", "prepare", "write_whole"]

LANGUAGES: tuple[str, ...] = ("fr", "en", "nl", "de")
"""The languages of labels; saved queries select the first."""


_ENGINE_FORMATS = frozenset({"srj", "tsv"})
"""What the engine writes in the same bytes as ``Table.write``, and options of a format leave as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a saved query gives: a table, a truth value or a graph.

    Attributes:
        query: The query.
        bound: Its text with values in place, and the values.
        columns: The names of the columns; none without a table.
        table: The rows of a SELECT, of one page where a limit was given.
        truth: The answer to an ASK; ``truth.value`` is the truth, ``truth.write`` its formats.
        graph: The triples of a CONSTRUCT or DESCRIBE, which may be read and written more than once.
        has_next: Whether rows follow those of the table.
    """

    query: SavedQuery
    bound: Bound
    columns: tuple[str, ...] = ()
    table: Table | None = None
    truth: Truth | None = None
    graph: Graph | None = None
    has_next: bool = False


def answer(
    store: Store,
    names: Names | None,
    query: SavedQuery,
    values: Mapping[str, Sequence[str]],
    *,
    lang: str = "fr",
    asserted: bool = False,
    limit: int | None = None,
    page: int = 1,
) -> Result:
    """Run a saved query.

    Args:
        store: The graph.
        names: Finds resources by name and labels them; without it, IRIs alone name them and labels stay French.
        query: The saved query.
        values: The texts given for its parameters.
        lang: The language of the columns ``xLabel`` beside a column ``x`` of IRIs; a label that does not exist in it is
            left in French, or else in English.
        asserted: Leave out what was inferred, suggested or measured.
        limit: The most rows of the table.
        page: Which rows, from 1: page 2 begins after *limit* rows.

    Raises:
        MissingVocabularyError: The query requires ESCO, ROME or their correspondences, and they are not imported.
        ParameterError: Every value that is unknown, missing, malformed or not allowed.

    >>> query = SavedQuery.parse("kinds", '''
    ... #+ summary: What there is
    ... #+ title: {fr: Genres, en: Kinds}
    ... #+ description: {fr: Les genres., en: The kinds.}
    ... SELECT DISTINCT ?kind { ?s a ?kind } ORDER BY ?kind
    ... ''')
    >>> store = Store.memory("<https://e.org/a> a <https://e.org/B>, <https://e.org/C> .")
    >>> result = answer(store, None, query, {}, limit=1)
    >>> result.table.records(), result.has_next
    ([{'kind': 'https://e.org/B'}], True)
    """
    return answer_bound(
        store, names, query, prepare(store, names, query, values), lang=lang, asserted=asserted, limit=limit, page=page
    )


def prepare(store: Store, names: Names | None, query: SavedQuery, values: Mapping[str, Sequence[str]]) -> Bound:
    """Put values in a saved query, where it can be run. Raises what ``answer`` raises of query and values."""
    check_requirements(store, query)
    return bind(query, values, names, _allowed(store, query, values))


def answer_bound(
    store: Store,
    names: Names | None,
    query: SavedQuery,
    bound: Bound,
    *,
    lang: str = "fr",
    asserted: bool = False,
    limit: int | None = None,
    page: int = 1,
) -> Result:
    """Run a saved query that ``prepare`` has put values in; otherwise as ``answer``."""
    _check_service_parameters(lang, limit, page)
    found = store.query(bound.text, asserted=asserted)
    if isinstance(found, Truth):
        return Result(query=query, bound=bound, truth=found)
    if isinstance(found, Graph):
        return Result(query=query, bound=bound, graph=Graph([Triple(*triple) for triple in found]))
    return _tabulate(found, Result(query=query, bound=bound), names, lang, limit, page)


def write_whole(
    store: Store, query: SavedQuery, bound: Bound, format: str, *, lang: str = "fr", asserted: bool = False, limit: int
) -> tuple[bytes, int] | None:
    r"""Return the table of a saved query as the engine writes it, in half the time, and its number of rows.

    These are the bytes that ``answer_bound`` and ``Table.write`` give, but for control characters, which TSV may have
    as they are. None where they would not be: in another format than ``srj`` and ``tsv``, where labels are to be
    translated, and where there may be more than *limit* rows.

    >>> query = SavedQuery.parse("kinds", '''
    ... #+ summary: What there is
    ... #+ title: {fr: Genres, en: Kinds}
    ... #+ description: {fr: Les genres., en: The kinds.}
    ... SELECT DISTINCT ?kind { ?s a ?kind } ORDER BY ?kind
    ... ''')
    >>> store = Store.memory("<https://e.org/a> a <https://e.org/B>, <https://e.org/C> .")
    >>> write_whole(store, query, prepare(store, None, query, {}), "tsv", limit=2)
    (b'?kind\n<https://e.org/B>\n<https://e.org/C>\n', 2)
    >>> write_whole(store, query, prepare(store, None, query, {}), "tsv", limit=1) is None
    True
    """
    if format not in _ENGINE_FORMATS or (lang != LANGUAGES[0] and _label_pairs(query.columns)):
        return None
    if not _ends_in_order(query.syntax):
        return None
    # One more than may be given: a query that finds millions of rows does not fill the memory with them.
    found = store.query(f"{bound.text}\nLIMIT {limit + 1}", asserted=asserted)
    return found.write_at_most(ROW_FORMATS[format], limit) if isinstance(found, Rows) else None


@lru_cache(maxsize=1024)
def _ends_in_order(syntax: Syntax) -> bool:
    """Tell whether ORDER BY is the last of a SELECT, so that a LIMIT may follow."""
    if syntax.form != "select" or syntax.order is None:
        return False
    last_of_order = list(syntax.order.scan_values(lambda _: True))[-1]
    last = list(syntax.tree.scan_values(lambda _: True))[-1]
    return bool(last.end_pos == last_of_order.end_pos)


def _check_service_parameters(lang: str, limit: int | None, page: int) -> None:
    faults = []
    if lang not in LANGUAGES:
        faults.append(ParameterFault("lang", lang, f"one of {', '.join(LANGUAGES)}", allowed=LANGUAGES))
    if limit is not None and limit < 1:
        faults.append(ParameterFault("limit", str(limit), "a whole number from 1"))
    if page < 1:
        faults.append(ParameterFault("page", str(page), "a whole number from 1"))
    if page > 1 and limit is None:
        faults.append(ParameterFault("limit", None, "a number of rows, beside a page"))
    if faults:
        raise ParameterError(faults)


def _allowed(store: Store, query: SavedQuery, values: Mapping[str, Sequence[str]]) -> dict[str, Collection[str]]:
    """The values of choices that come from other queries, for the parameters that are given."""
    return {
        parameter: _choices_from(store, source)
        for parameter, source in query.choice_queries.items()
        if values.get(parameter)
    }


_CHOICES: WeakKeyDictionary[Store, dict[tuple[str, str], Collection[str]]] = WeakKeyDictionary()
"""The values that queries with choices gave; a store is open for reading only, so that they stay."""


def _choices_from(store: Store, source: SavedQuery) -> Collection[str]:
    kept = _CHOICES.setdefault(store, {})
    key = (source.name, source.version)
    if key not in kept:
        kept[key] = [term.value for term in read_choices(store, source) if isinstance(term, (Iri, Literal))]
    return kept[key]


def _tabulate(found: Rows, result: Result, names: Names | None, lang: str, limit: int | None, page: int) -> Result:
    # Rows are skipped here and not by LIMIT and OFFSET: a query may have its own, and they would then mean another set.
    start = 0 if limit is None else (page - 1) * limit
    stop = None if limit is None else start + limit + 1
    rows = list(islice(found, start, stop))
    has_next = limit is not None and len(rows) > limit
    rows = rows[:limit]
    if names is not None and lang != LANGUAGES[0]:
        rows = _translate(found.columns, rows, names, lang)
    return Result(
        query=result.query,
        bound=result.bound,
        columns=found.columns,
        table=Table(found.columns, rows),
        has_next=has_next,
    )


def _translate(
    columns: tuple[str, ...], rows: list[tuple[Term | None, ...]], names: Names, lang: str
) -> list[tuple[Term | None, ...]]:
    """Put the labels of the column ``x`` in *lang* in the column ``xLabel``."""
    pairs = _label_pairs(columns)
    translated = []
    for row in rows:
        cells = list(row)
        for source, target in pairs:
            subject = row[source]
            label = names.find_label(subject.value, lang) if isinstance(subject, Iri) else None
            if label is not None:
                text, language = label
                cells[target] = Literal(text, language=language) if language else Literal(text)
        translated.append(tuple(cells))
    return translated


@lru_cache(maxsize=1024)
def _label_pairs(columns: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the places of the columns that have a column of labels, each with the place of that."""
    return [
        (columns.index(column), columns.index(label_column(column)))
        for column in columns
        if label_column(column) in columns
    ]
