"""What a query gives: rows, a truth value or a graph; each read once, in order, and written in its formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, TypeAlias, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from metiers_kg.store.formats import Format
from metiers_kg.store.terms import Term
from metiers_kg.vocabulary import PREFIXES

__all__ = ["Answer", "Graph", "Rows", "Truth"]


_ROW_MARKS = {"srj": (b"},{", 1), "tsv": (b"\n", -1)}
"""What stands between two rows, and how many rows there are where it stands nowhere."""

_NO_ROW = b'"bindings":[]}}'


class Rows:
    """The rows of a SELECT, in the query's order. Iterating or writing consumes them.

    Attributes:
        columns: The names of the columns, as projected.
    """

    def __init__(self, solutions: QuerySolutions) -> None:
        self._solutions = solutions
        self.columns: tuple[str, ...] = tuple(variable.value for variable in solutions.variables)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        for solution in self._solutions:
            yield tuple(solution)

    def write(self, format: Format) -> bytes:
        """Return the rows in one of ``ROW_FORMATS``."""
        return cast(bytes, self._solutions.serialize(format=cast(QueryResultsFormat, format.engine)))

    def write_at_most(self, format: Format, rows: int) -> tuple[bytes, int] | None:
        """Return the rows in ``srj`` or ``tsv``, and how many there are; None where there may be more than *rows*.

        The engine writes them without a Python object for each. It does not count them; what stands between two rows
        is counted instead, which a text might hold too, so that more may be counted than there are, never fewer.
        """
        between, around = _ROW_MARKS[format.name]
        body = self.write(format)
        found = body.count(between) + around
        if found == 1 and body.endswith(_NO_ROW):
            found = 0
        return (body, found) if found <= rows else None

    def write_to(self, output: IO[bytes], format: Format) -> None:
        """Write the rows in one of ``ROW_FORMATS`` as they are found, so that *output* can stop what grows too far."""
        self._solutions.serialize(output, format=cast(QueryResultsFormat, format.engine))


class Truth:
    """The answer to an ASK.

    Attributes:
        value: True or false.
    """

    def __init__(self, answer: QueryBoolean) -> None:
        self._answer = answer
        self.value = bool(answer)

    def write(self, format: Format) -> bytes:
        """Return the answer in one of ``ROW_FORMATS``."""
        return cast(bytes, self._answer.serialize(format=cast(QueryResultsFormat, format.engine)))


class Graph:
    """Triples: the answer to a CONSTRUCT or DESCRIBE, or gathered by hand. Iterating or writing consumes an answer."""

    def __init__(self, triples: QueryTriples | Iterable[Triple]) -> None:
        self._triples = triples

    def __iter__(self) -> Iterator[tuple[NamedNode | BlankNode, NamedNode, Term]]:
        for triple in self._triples:
            yield (
                cast(NamedNode | BlankNode, triple.subject),
                triple.predicate,
                cast(NamedNode | Literal, triple.object),
            )

    def write(self, format: Format) -> bytes:
        """Return the triples, each once, sorted, in one of ``GRAPH_FORMATS``."""
        unique = sorted(set(self._triples), key=str)
        written = " ".join(map(str, unique))
        prefixes = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}" in written}
        return cast(bytes, serialize(unique, format=cast(RdfFormat, format.engine), prefixes=prefixes))


Answer: TypeAlias = Rows | Truth | Graph
