"""The catalogue: the saved queries of a folder, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rapidfuzz import process

from metiers_kg.errors import QueryFileError, UnknownQueryError
from metiers_kg.queries.names import fold
from metiers_kg.queries.saved_query import SavedQuery

__all__ = ["Catalogue", "find_queries"]


class Catalogue(Mapping[str, SavedQuery]):
    """Saved queries by name, sorted.

    Attributes:
        faults: What is wrong with the files that are left out, by name of the query; one line a fault.

    >>> Catalogue([]).get_query("job-competences")
    Traceback (most recent call last):
    metiers_kg.errors.UnknownQueryError: no saved query is called 'job-competences'
    """

    def __init__(self, queries: list[SavedQuery]) -> None:
        by_name = {query.name: query for query in sorted(queries, key=lambda query: query.name)}
        self.faults: Mapping[str, str] = {}
        self._queries = {name: _with_choices(query, by_name) for name, query in by_name.items()}

    @classmethod
    def read(cls, folder: Path) -> Catalogue:
        """Read every ``*.rq`` that stands directly in *folder*.

        Raises:
            QueryFileError: There is no such folder, or files are wrong: every fault of every file, one a line.
        """
        catalogue = cls.read_sound(folder)
        if catalogue.faults:
            raise QueryFileError("\n".join(catalogue.faults.values()))
        return catalogue

    @classmethod
    def read_sound(cls, folder: Path) -> Catalogue:
        """Read the files that are as they should be; ``faults`` has what is wrong with the others.

        Raises:
            QueryFileError: There is no such folder.
        """
        if not folder.is_dir():
            raise QueryFileError(f"{folder}: expected a folder of saved queries; found none")
        queries: dict[str, SavedQuery] = {}
        faults: dict[str, str] = {}
        for path in sorted(folder.glob("*.rq")):
            try:
                queries[path.stem] = SavedQuery.read(path)
            except QueryFileError as error:
                faults[path.stem] = str(error)
        for name in list(queries):
            try:
                _with_choices(queries[name], queries)
            except QueryFileError as error:
                faults[name] = str(error)
                del queries[name]  # another's choices never come from it: those it needs have choices of their own
        catalogue = cls(list(queries.values()))
        catalogue.faults = faults
        return catalogue

    def get_query(self, name: str) -> SavedQuery:
        """Return the query of that name.

        Raises:
            UnknownQueryError: There is none; with the nearest names.
            QueryFileError: It is left out, since its file is wrong.
        """
        if name in self._queries:
            return self._queries[name]
        if name in self.faults:
            raise QueryFileError(self.faults[name])
        near = process.extract(name, list(self._queries), limit=3, score_cutoff=60)
        raise UnknownQueryError(name, [match for match, _, _ in near])

    def __getitem__(self, name: str) -> SavedQuery:
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)


def find_queries(queries: Iterable[SavedQuery], text: str) -> list[SavedQuery]:
    """Return the queries that have every word of *text* in name, title, description or tags, in whatever language.

    Words may be cut short, and accents left out.

    >>> jobs = SavedQuery.parse("jobs", '''
    ... #+ summary: All jobs
    ... #+ title: {fr: Métiers, en: Jobs}
    ... #+ description: {fr: Les métiers., en: The jobs.}
    ... SELECT ?job { ?job a <https://w3id.org/metiers-kg/ontology#Job> } ORDER BY ?job
    ... ''')
    >>> [len(find_queries([jobs], text)) for text in ("metier", "JOBS all", "competence", "")]
    [1, 1, 0, 1]
    """
    words = fold(text).split()
    return [query for query in queries if all(word in _words(query) for word in words)]


def _words(query: SavedQuery) -> str:
    texts = (query.name, query.summary, *query.title.values(), *query.description.values(), *query.tags)
    return fold(" ".join(texts))


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
