"""The queries of the portraits, each in a file of its own, and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from metiers_kg.store import Iri, Literal, Store, Term

__all__ = ["ask", "value_of"]


def ask(
    store: Store, name: str, thing: str = "", *, asserted: bool = False, **numbers: int
) -> Iterator[tuple[Term | None, ...]]:
    """Iterate over the rows of the query *name*, about *thing* where it is about one.

    *numbers* stand for the words ``$name`` of its text.

    Raises ValueError where *thing* is no IRI.

    >>> list(ask(Store.memory(""), "statements", "https://w3id.org/metiers-kg/job/x"))
    []
    """
    text = _read(name)
    if thing:
        text = text.replace("$thing", str(Iri(thing)))
    for word, number in numbers.items():
        text = text.replace(f"${word}", str(number))
    return store.rows(text, asserted=asserted)


def value_of(term: Term | None) -> str:
    """Return the IRI or the text of a term; "" for none.

    >>> value_of(Literal("Chimie", language="fr")), value_of(None)
    ('Chimie', '')
    """
    return term.value if isinstance(term, Iri | Literal) else ""


@cache
def _read(name: str) -> str:
    return (files(__package__) / "queries" / f"{name}.rq").read_text(encoding="utf-8")
