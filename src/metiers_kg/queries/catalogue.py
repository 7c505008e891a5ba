"""The catalogue: the saved queries of a folder, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rapidfuzz import process

from metiers_kg.errors import QueryFileError, UnknownQueryError
from metiers_kg.queries.saved_query import SavedQuery

__all__ = ["Catalogue"]


class Catalogue(Mapping[str, SavedQuery]):
    """Saved queries by name, sorted.

    >>> Catalogue([]).get_query("job-competences")
    Traceback (most recent call last):
    metiers_kg.errors.UnknownQueryError: no saved query is called 'job-competences'
    """

    def __init__(self, queries: list[SavedQuery]) -> None:
        by_name = {query.name: query for query in sorted(queries, key=lambda query: query.name)}
        self._queries = {name: _with_choices(query, by_name) for name, query in by_name.items()}

    @classmethod
    def read(cls, folder: Path) -> Catalogue:
        """Read every ``*.rq`` that stands directly in *folder*.

        Raises:
            QueryFileError: There is no such folder, or files are wrong: every fault of every file, one a line.
        """
        if not folder.is_dir():
            raise QueryFileError(f"{folder}: expected a folder of saved queries; found none")
        queries, faults = [], []
        for path in sorted(folder.glob("*.rq")):
            try:
                queries.append(SavedQuery.read(path))
            except QueryFileError as error:
                faults.append(str(error))
        if faults:
            raise QueryFileError("\n".join(faults))
        return cls(queries)

    def get_query(self, name: str) -> SavedQuery:
        """Return the query of that name. Raises UnknownQueryError with the nearest names."""
        if name in self._queries:
            return self._queries[name]
        near = process.extract(name, list(self._queries), limit=3, score_cutoff=60)
        raise UnknownQueryError(name, [match for match, _, _ in near])

    def __getitem__(self, name: str) -> SavedQuery:
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)


def _with_choices(query: SavedQuery, queries: Mapping[str, SavedQuery]) -> SavedQuery:
    """Give a query those that hold the choices of its parameters."""
    found = {}
    for parameter in query.parameters:
        if parameter.choices_query is not None:
            source = queries.get(parameter.choices_query)
            if source is None:
                problem = "expected the name of a saved query"
            elif source.form != "select":
                problem = f"expected a SELECT query, {source.path} is of the form {source.form}"
            elif any(other.required or other.choices_query for other in source.parameters):
                problem = f"expected a query without required parameters, {source.path} has one"
            else:
                found[parameter.name] = source
                continue
            raise QueryFileError(
                f"{query.path}: found 'choices-query' {parameter.choices_query!r} of {parameter.name!r}; {problem}"
            )
    return replace(query, choice_queries=found) if found else query
