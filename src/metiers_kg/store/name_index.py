"""The names of the imported vocabularies on disk, found whole or by the beginnings of their words.

ESCO and ROME have some 300,000 names: read into memory they cost seconds and hundreds of MiB, of which a search needs
little. SQLite finds them with its full-text index (https://www.sqlite.org/fts5.html) in milliseconds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

__all__ = ["FILE", "IndexedName", "NameIndex", "write_name_index"]

FILE = "names.db"
"""Its name in the folder of a built graph."""

_SCHEMA = """
CREATE TABLE names (
  folded TEXT NOT NULL, strength INTEGER NOT NULL, iri TEXT NOT NULL, name TEXT NOT NULL, lang TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5(folded, content='names', tokenize="unicode61 remove_diacritics 0 tokenchars '+#'",
  prefix='3', columnsize=0, detail=none);
"""


class IndexedName(NamedTuple):
    """One name of one concept: 0 preferred, 1 alternative, 2 hidden; *folded* as ``vocabulary.fold`` has it."""

    folded: str
    strength: int
    iri: str
    name: str
    lang: str


def write_name_index(path: Path, names: Iterable[IndexedName]) -> None:
    """Write the index of *names* at *path*, which is not there yet; the same names give the same answers."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        database.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", sorted(names))
        database.execute("CREATE INDEX by_name ON names (folded)")
        database.execute("INSERT INTO words (words) VALUES ('rebuild')")
        database.commit()


class NameIndex:
    """An index that was written, for reading; several threads may ask it at once.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / FILE
    ...     name = IndexedName("infirmier scolaire", 0, "https://e.org/i", "Infirmier scolaire", "fr")
    ...     write_name_index(path, [name])
    ...     index = NameIndex(path)
    ...     [found.name for found in index.beginning(["scol", "inf"], 10)], index.named("infirmier")
    (['Infirmier scolaire'], [])
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def named(self, folded: str) -> list[IndexedName]:
        """Return what has exactly that folded name."""
        return self._ask("SELECT * FROM names WHERE folded = ? ORDER BY strength, iri, name, lang", [folded])

    def beginning(self, words: Sequence[str], most: int) -> list[IndexedName]:
        """Return the names that have words beginning with each of the folded *words*, the shortest first."""
        asked = " AND ".join(f'"{word}"*' for word in words if '"' not in word)
        if not asked:
            return []
        query = """SELECT names.* FROM words JOIN names ON names.rowid = words.rowid
          WHERE words MATCH ? ORDER BY length(names.folded), names.folded, names.strength, names.iri LIMIT ?"""
        return self._ask(query, [asked, most])

    def _ask(self, query: str, values: Sequence[object]) -> list[IndexedName]:
        # Immutable: the file of a release never changes, and its folder may be read-only.
        address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as database:
            return [IndexedName(*row) for row in database.execute(query, values)]
