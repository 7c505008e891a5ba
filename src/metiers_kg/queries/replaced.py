"""What is deprecated, and what replaces it: ``owl:deprecated`` and ``dcterms:isReplacedBy``."""

from __future__ import annotations

from metiers_kg.store import Iri, Store

__all__ = ["find_successors"]

_SUCCESSORS = """SELECT ?successor {{ {iri} owl:deprecated true OPTIONAL {{ {iri} dcterms:isReplacedBy ?successor }} }}
  ORDER BY ?successor"""


def find_successors(store: Store, iri: str) -> tuple[str, ...] | None:
    """Return what replaces a resource, sorted: none where nothing does; None where it is not deprecated.

    >>> store = Store.memory('''
    ... @prefix owl: <http://www.w3.org/2002/07/owl#> .
    ... @prefix dcterms: <http://purl.org/dc/terms/> .
    ... <https://e.org/old> owl:deprecated true ; dcterms:isReplacedBy <https://e.org/new> .
    ... ''')
    >>> find_successors(store, "https://e.org/old"), find_successors(store, "https://e.org/new")
    (('https://e.org/new',), None)
    """
    rows = [successor for (successor,) in store.rows(_SUCCESSORS.format(iri=Iri(iri)))]
    return tuple(successor.value for successor in rows if isinstance(successor, Iri)) if rows else None
