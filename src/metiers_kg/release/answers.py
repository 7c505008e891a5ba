"""`compare_answers` asks two releases the saved queries, and gives the rows that differ.

Each release answers by its own file of a query; one that has none, such as an RDF file, by the other's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from metiers_kg.errors import InputError, MissingVocabularyError
from metiers_kg.queries import Catalogue, Names, Result, SavedQuery, answer
from metiers_kg.release.opening import Release
from metiers_kg.store import Iri, Literal, Term

__all__ = ["AnswerDifference", "ChangedRow", "compare_answers"]

Row: TypeAlias = Mapping[str, str]
"""The cells of a row by column, with labels in the place of IRIs that have no column of labels."""

_JOB = "https://w3id.org/metiers-kg/ontology#Job"
_Terms: TypeAlias = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row about the same things that says something else.

    Attributes:
        before: The row as it was.
        after: The row as it is.
        about: The columns of what it is about, which are the same things whatever their labels.
    """

    before: Row
    after: Row
    about: tuple[str, ...]

    @property
    def cells(self) -> dict[str, tuple[str, str]]:
        """What changed, by column: from and to."""
        others = [column for column in self.before if column not in self.about]
        return {c: (self.before[c], self.after[c]) for c in others if self.before[c] != self.after[c]}


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """What changed in the answer to one query.

    Attributes:
        query: Its name.
        title: Its title.
        status: "differs"; "renamed" where things have other labels and nothing else differs; "same"; "left-out" (see
            *note*); "added" or "removed" (the query itself).
        note: Why it was left out, or what else to know.
        parameters: The values that it was asked with.
        removed: The rows that are no more given.
        added: The rows that are given now.
        changed: The rows about the same things that say something else.
        rows: How many rows each release gives.
        renamed: How many rows are the same but for the labels of the things in them.
    """

    query: str
    title: str
    status: str
    note: str = ""
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    removed: tuple[Row, ...] = ()
    added: tuple[Row, ...] = ()
    changed: tuple[ChangedRow, ...] = ()
    rows: tuple[int, int] = (0, 0)
    renamed: int = 0


@dataclass(frozen=True)
class _Side:
    release: Release
    names: Names

    def ask(self, query: SavedQuery, values: Mapping[str, Sequence[str]], lang: str) -> Result:
        return answer(self.release.store, self.names, query, values, lang=lang)


def compare_answers(
    old: Release,
    new: Release,
    fallback: Catalogue,
    *,
    lang: str = "fr",
    all_jobs: bool = False,
    progress: Callable[[str], object] = lambda name: None,
) -> Iterator[AnswerDifference]:
    """Yield what changed in the answer to each saved query, by name.

    A query is asked with its defaults, and with the examples of the parameters that it requires.

    Args:
        old: The release before.
        new: The release after.
        fallback: The queries to ask where neither release has some.
        lang: The language of labels and titles.
        all_jobs: Ask a query about one job for every job that both releases have, too.
        progress: Told the name of each query before it is asked.
    """
    before = old.catalogue or new.catalogue or fallback
    after = new.catalogue or old.catalogue or fallback
    sides = _Side(old, Names(old.store)), _Side(new, Names(new.store))
    jobs = sorted(set.intersection(*({*side.names.instances(_JOB)} for side in sides))) if all_jobs else []
    for name in sorted({*before, *after, *before.faults, *after.faults}):
        progress(name)
        if fault := before.faults.get(name) or after.faults.get(name):
            note = f"left out, since its file is not as it should be: {fault.splitlines()[0]}"
            yield AnswerDifference(name, name, "left-out", note)
            continue
        if name not in before or name not in after:
            there = after if name in after else before
            yield AnswerDifference(name, _title(there[name], lang), "added" if name in after else "removed")
            continue
        queries = before[name], after[name]
        for values in _values(queries[1], jobs):
            yield _compare(sides, queries, values, lang)


def _title(query: SavedQuery, lang: str) -> str:
    return query.title.get(lang) or query.title["en"]


def _values(query: SavedQuery, jobs: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    yield query.example_values
    of_jobs = [p.name for p in query.parameters if p.required and p.class_iri == _JOB]
    if len(of_jobs) == 1:
        yield from (query.example_values | {of_jobs[0]: [job]} for job in jobs)


def _compare(
    sides: tuple[_Side, _Side], queries: tuple[SavedQuery, SavedQuery], values: Mapping[str, list[str]], lang: str
) -> AnswerDifference:
    was, now = queries
    title = _title(now, lang)
    if was.columns != now.columns:
        gone = ", ".join(sorted({*was.columns} - {*now.columns})) or "none"
        new = ", ".join(sorted({*now.columns} - {*was.columns})) or "none"
        note = f"left out: its columns are others, so that rows cannot be compared: gone {gone}, new {new}"
        return AnswerDifference(now.name, title, "left-out", note, values)
    found = []
    for side, query in zip(sides, queries, strict=True):
        try:
            found.append(side.ask(query, values, lang))
        except MissingVocabularyError as error:
            titles = " and ".join(missing.title for missing in error.missing)
            note = f"left out, since {side.release.name} has no {titles}"
            return AnswerDifference(now.name, title, "left-out", note, values)
        except InputError as error:
            note = f"left out, since {side.release.name} cannot answer: {error}"
            return AnswerDifference(now.name, title, "left-out", note, values)
    columns, rows = found[1].columns or _columns(found[1]), [_rows(result) for result in found]
    lost, got, renamed = _difference(columns, rows[0], rows[1])
    told = [
        [_tell(side.names, columns, row, lang) for row in some] for side, some in zip(sides, (lost, got), strict=True)
    ]
    pairs = _pairs(_about(columns, [*lost, *got]), lost, got)
    paired = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    differs = bool(lost or got)
    other = "the query itself changed too" if differs else "the query changed, its rows did not"
    return AnswerDifference(
        query=now.name,
        title=title,
        status="differs" if differs else "renamed" if renamed else "same",
        note=other if was.version != now.version else "",
        parameters=values,
        removed=tuple(row for i, row in enumerate(told[0]) if i not in paired[0]),
        added=tuple(row for j, row in enumerate(told[1]) if j not in paired[1]),
        changed=tuple(ChangedRow(told[0][i], told[1][j], tuple(columns[n] for n in about)) for i, j, about in pairs),
        rows=(len(rows[0]), len(rows[1])),
        renamed=renamed,
    )


def _columns(result: Result) -> tuple[str, ...]:
    return ("answer",) if result.truth is not None else ("subject", "predicate", "object")


def _rows(result: Result) -> list[_Terms]:
    if result.table is not None:
        return list(result.table.rows)
    if result.graph is not None:
        return sorted(result.graph, key=str)
    return [(Literal(bool(result.truth and result.truth.value)),)]


def _difference(
    columns: Sequence[str], was: Sequence[_Terms], now: Sequence[_Terms]
) -> tuple[list[_Terms], list[_Terms], int]:
    """Return the rows that each alone has, in their order, each as often as it has it more, and how many are renamed.

    A thing that has another label is the same thing: the labels beside IRIs do not make a row another.
    """
    told = [n for n, column in enumerate(columns) if column.removesuffix("Label") not in {*columns} - {column}]
    keys = [[tuple(str(row[n]) for n in told) for row in rows] for rows in (was, now)]
    more = Counter(keys[0]) - Counter(keys[1]), Counter(keys[1]) - Counter(keys[0])
    wholes = [Counter(tuple(map(str, row)) for row in rows) for rows in (was, now)]
    lost, got = _take(was, keys[0], more[0]), _take(now, keys[1], more[1])
    return lost, got, max(0, sum((wholes[0] - wholes[1]).values()) - len(lost))


def _take(rows: Sequence[_Terms], keys: Sequence[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> list[_Terms]:
    taken = []
    for row, key in zip(rows, keys, strict=True):
        if wanted[key] > 0:
            wanted[key] -= 1
            taken.append(row)
    return taken


def _about(columns: Sequence[str], rows: Sequence[_Terms]) -> list[int]:
    """Return the places of the columns that hold things in every row; none where all do."""
    found = [n for n in range(len(columns)) if rows and all(isinstance(row[n], Iri) for row in rows)]
    return found if len(found) < len(columns) else []


def _pairs(about: Sequence[int], lost: Sequence[_Terms], got: Sequence[_Terms]) -> list[tuple[int, int, Sequence[int]]]:
    """Return the places of the rows about the same things, and the columns of these.

    They are what tells a row from all others: all things in it, or else fewer and fewer of the first, since what a row
    is about comes before the passage that it rests on.
    """
    pairs: list[tuple[int, int, Sequence[int]]] = []
    for count in range(len(about), 0, -1):
        done = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
        keyed = [
            [(tuple(str(row[c]) for c in about[:count]), n) for n, row in enumerate(rows) if n not in taken]
            for rows, taken in zip((lost, got), done, strict=True)
        ]
        counts = [Counter(key for key, _ in some) for some in keyed]
        places = dict(keyed[1])
        pairs += [(n, places[key], about[:count]) for key, n in keyed[0] if counts[0][key] == 1 and counts[1][key] == 1]
    return sorted(pairs, key=lambda pair: pair[0])


def _tell(names: Names, columns: Sequence[str], row: _Terms, lang: str) -> dict[str, str]:
    cells = {}
    for column, term in zip(columns, row, strict=True):
        if f"{column}Label" in columns:
            continue
        text = "" if term is None else getattr(term, "value", str(term))
        cells[column.removesuffix("Label") or column] = names.label(text, lang) if isinstance(term, Iri) else text
    return cells
