"""Writing an answer as long as it is not too large."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from metiers_kg.store.answers import Answer, Graph, Rows
from metiers_kg.store.formats import GRAPH_FORMATS, ROW_FORMATS
from metiers_kg.store.terms import BlankNode, Iri, Term, Triple

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

__all__ = ["TooLargeError", "write_bounded"]


class TooLargeError(Exception):
    """An answer is larger than allowed."""


def write_bounded(answer: Answer, format_name: str, limit: int) -> bytes:
    r"""Return an answer in one of ``ROW_FORMATS`` or ``GRAPH_FORMATS``.

    Raises:
        TooLargeError: It is larger than *limit* bytes; this is told as soon as it is known.

    >>> from metiers_kg.store import Store
    >>> store = Store.memory("<https://e.org/a> a <https://e.org/B> , <https://e.org/C> .")
    >>> write_bounded(store.query("SELECT ?c { ?s a ?c } ORDER BY ?c LIMIT 1"), "csv", 100)
    b'c\r\nhttps://e.org/B\r\n'
    >>> write_bounded(store.query("SELECT ?c { ?s a ?c }"), "csv", 30)
    Traceback (most recent call last):
    ...
    metiers_kg.store.bounded.TooLargeError
    """
    if isinstance(answer, Graph):
        return Graph(_bounded(answer, limit)).write(GRAPH_FORMATS[format_name])
    format = ROW_FORMATS[format_name]
    if isinstance(answer, Rows):
        # Rows.write would gather the whole answer before its size is known.
        with _BoundedBuffer(limit) as buffer:
            answer.write_to(buffer, format)
            return buffer.getvalue()
    return answer.write(format)


def _bounded(triples: Iterable[tuple[Iri | BlankNode, Iri, Term]], limit: int) -> Iterator[Triple]:
    """Pass triples on until they take more than *limit* bytes as N-Triples."""
    size = 0
    for subject, predicate, object_ in triples:
        triple = Triple(subject, predicate, object_)
        size += len(str(triple))
        if size > limit:
            raise TooLargeError
        yield triple


class _BoundedBuffer(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._room = limit

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        self._room -= written
        if self._room < 0:
            raise TooLargeError
        return written
