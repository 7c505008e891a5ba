"""Choices: what a form offers for a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metiers_kg.errors import ParameterError, ParameterFault
from metiers_kg.queries.binding import bind
from metiers_kg.queries.names import Names
from metiers_kg.queries.parameters import Parameter
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.store import Iri, Store, Term

__all__ = ["Choice", "choices", "read_choices"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter may take.

    Attributes:
        value: The text to give for it.
        label: What a form shows.
    """

    value: str
    label: str


def choices(store: Store, names: Names, query: SavedQuery, parameter: str, *, lang: str = "fr") -> list[Choice]:
    """Return what a form offers for a parameter: its choices, or the instances of its class, sorted by label.

    Empty where any text goes.

    Raises:
        ParameterError: The query has no such parameter.

    >>> query = SavedQuery.parse("said", '''
    ... #+ summary: Statements by how they are stated
    ... #+ title: {fr: Énoncés, en: Statements}
    ... #+ description: {fr: Les énoncés., en: The statements.}
    ... #+ params:
    ... #+   as: {label: {fr: Dit, en: Said}, type: enum, choices: [explicit, inferred], required: true}
    ... PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
    ... SELECT ?s { ?s mkg:statedAs ?_as_literal } ORDER BY ?s
    ... ''')
    >>> [choice.value for choice in choices(Store.memory(), Names(Store.memory()), query, "as")]
    ['explicit', 'inferred']
    """
    for declared in query.parameters:
        if declared.name == parameter:
            found = [
                Choice(value, _label(value, names, lang, declared)) for value in _values(store, names, query, declared)
            ]
            return found if declared.type != "iri" else sorted(found, key=lambda choice: (choice.label, choice.value))
    known = tuple(declared.name for declared in query.parameters)
    raise ParameterError([ParameterFault(parameter, None, "one of the query's parameters", allowed=known)])


def read_choices(store: Store, source: SavedQuery) -> list[Term]:
    """Return the terms in the first column of a query that holds choices, each once."""
    rows = store.rows(bind(source, {}, None).text)
    return list(dict.fromkeys(row[0] for row in rows if row[0] is not None))


def _values(store: Store, names: Names, query: SavedQuery, parameter: Parameter) -> Iterator[str]:
    source = query.choice_queries.get(parameter.name)
    if source is not None:
        yield from (term.value for term in read_choices(store, source) if hasattr(term, "value"))
    elif parameter.choices:
        yield from parameter.choices
    elif parameter.class_iri is not None:
        yield from names.instances(parameter.class_iri)
    elif parameter.type == "boolean":
        yield from ("true", "false")


def _label(value: str, names: Names, lang: str, parameter: Parameter) -> str:
    return names.label(str(Iri(value).value), lang) if parameter.type == "iri" else value
