"""Binding: from the texts given for parameters to the query that the engine runs.

Values become terms of the engine, which validates and escapes them; the terms go to the places that the syntax tree
gives. Text is never searched, so a value can only ever be data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from metiers_kg.errors import ParameterError
from metiers_kg.queries.names import Names
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.queries.substitution import substitute
from metiers_kg.queries.values import read_values
from metiers_kg.store import Term

__all__ = ["Bound", "bind"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A saved query with its values in place.

    Attributes:
        text: The query that the engine runs.
        values: The terms of every parameter; none stands for all.
    """

    text: str
    values: Mapping[str, tuple[Term, ...]]


def bind(
    query: SavedQuery,
    values: Mapping[str, Sequence[str]],
    names: Names | None,
    allowed: Mapping[str, Collection[str]] | None = None,
) -> Bound:
    """Put values in a saved query.

    Args:
        query: The saved query.
        values: The texts given, by parameter; a blank text counts as left out.
        names: Finds resources by label, slug or code; without it, only IRIs name them and classes are not checked.
        allowed: For parameters whose choices come from another query, the allowed values.

    Raises:
        ParameterError: Every value that is unknown, missing, malformed or not allowed.

    >>> query = SavedQuery.parse("size", '''
    ... #+ summary: Passages of a size
    ... #+ title: {fr: Passages, en: Passages}
    ... #+ description: {fr: Les passages., en: The passages.}
    ... #+ params: {size: {label: {fr: Taille, en: Size}, type: integer, required: true}}
    ... PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
    ... SELECT ?passage { ?passage mkg:order ?_size_integer } ORDER BY ?passage
    ... ''')
    >>> print(bind(query, {"size": ["3"]}, None).text.splitlines()[-1])
    SELECT ?passage { ?passage mkg:order "3"^^<http://www.w3.org/2001/XMLSchema#integer> } ORDER BY ?passage
    >>> bind(query, {"size": ["trois"]}, None)
    Traceback (most recent call last):
    metiers_kg.errors.ParameterError: parameter 'size': found 'trois', expected an integer
    """
    terms, faults = read_values(query.parameters, values, names, allowed or {})
    if faults:
        raise ParameterError(faults)
    given = [parameter for parameter in query.parameters if parameter.is_bare or terms[parameter.name] != ()]
    by_variable = {parameter.variable: (parameter, terms[parameter.name]) for parameter in given}
    return Bound(substitute(query.syntax, by_variable), terms)
