"""The statements about a thing, as the store has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from metiers_kg.store import Iri, Literal, Store, Term
from metiers_kg.vocabulary import compact, kind_and_slug
from metiers_kg.web.portraits.asking import ask, value_of
from metiers_kg.web.texts import Spoken, choose

__all__ = ["Statement", "read_statements"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    Attributes:
        iri: Its IRI.
        kind: Its kind: ``requirement``, ``impact`` …
        values: What it says, by the short name of the property.
    """

    iri: str
    kind: str
    values: Mapping[str, tuple[Term, ...]]

    def all(self, *properties: str) -> tuple[str, ...]:
        """Return the IRIs and texts that it gives by these properties, each once."""
        return tuple(dict.fromkeys(value_of(term) for name in properties for term in self.values.get(name, ())))

    def one(self, *properties: str) -> str:
        """Return the first of them, or ""."""
        return next(iter(self.all(*properties)), "")

    def says(self, name: str, value: str) -> bool:
        """Tell whether it gives that value by that property."""
        return any(value_of(term) == value for term in self.values.get(name, ()))

    def spoken(self, name: str, lang: str) -> tuple[Spoken, ...]:
        """Return the texts of a property in *lang*, or in the language that stands in for it."""
        found = [term for term in self.values.get(name, ()) if isinstance(term, Literal)]
        stand_in = choose({term.language or "": term.value for term in found}, lang).lang
        return tuple(Spoken(term.value, stand_in) for term in found if (term.language or "") == stand_in)


def read_statements(
    store: Store, thing: str, name: str = "statements", *, asserted: bool = False
) -> tuple[Statement, ...]:
    """Return the statements that the query *name* finds for a thing, sorted by IRI.

    Those about the thing, and the thing itself where it is one, unless another query is named.
    """
    found: dict[str, dict[str, dict[Term, None]]] = {}
    for statement, said, value in ask(store, name, thing, asserted=asserted):
        if isinstance(statement, Iri) and isinstance(said, Iri) and value is not None:
            found.setdefault(statement.value, {}).setdefault(_short(said.value), {})[value] = None
    return tuple(
        Statement(
            iri,
            (kind_and_slug(iri) or ("",))[0],
            {said: tuple(sorted(values, key=str)) for said, values in found[iri].items()},
        )
        for iri in sorted(found)
    )


_short = lru_cache(maxsize=512)(compact)
