"""Binding: from the texts given for parameters to the query that the engine runs.

Values become terms of the engine, which validates and escapes them; the terms go to the places that the syntax tree
gives. Text is never searched, so a value can only ever be data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from metiers_kg.errors import ParameterError
from metiers_kg.queries.names import Names
from metiers_kg.queries.parameters import Parameter, read_values
from metiers_kg.queries.places import Place, find_places
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.queries.syntax import Syntax
from metiers_kg.store import Term

__all__ = ["Bound", "bind", "bind_terms"]


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
    return Bound(bind_terms(query.syntax, by_variable), terms)


def bind_terms(syntax: Syntax, terms: Mapping[str, tuple[Parameter, tuple[Term, ...]]]) -> str:
    """Return the text of a query with terms in the places of its parameters, its rows in a total order.

    Args:
        syntax: The query.
        terms: By variable, the parameter and its terms; other VALUES blocks stay as they are.
    """
    edits: list[tuple[int, int, str]] = []
    for number, place in enumerate(find_places(syntax)):
        if place.variable in terms:
            parameter, values = terms[place.variable]
            if parameter.is_bare or place.role == "block":
                edits.append((place.start, place.end, _replacement(place, values, number)))
    bare = {variable for variable, (parameter, _) in terms.items() if parameter.is_bare}
    edits += _tie_breakers(syntax, bare)
    pieces, position = [], 0
    for start, end, replacement in sorted(edits):
        pieces += [syntax.text[position:start], replacement]
        position = end
    return "".join([*pieces, syntax.text[position:]])


def _replacement(place: Place, values: Sequence[Term], number: int) -> str:
    match place.role:
        case "block":
            return " " + " ".join(str(value) for value in values) + " "
        case "column":
            return f"({values[0]} AS ?{place.variable})"
        case "inner-column":
            # Another name: the query around may project the parameter under its own, and no name may be bound twice.
            return f"({values[0]} AS ?{place.variable}_{number})"
        case "condition":
            return f"({values[0]})"
    return str(values[0])


def _tie_breakers(syntax: Syntax, bare: Collection[str]) -> list[tuple[int, int, str]]:
    """Sort rows that the query leaves equal by their columns, so that pages neither repeat nor lose a row."""
    order = syntax.order
    if order is None:
        return []
    sorted_by = {variable.name for variable in syntax.variables() if variable.holder.data == "order_condition"}
    missing = [column for column in syntax.columns if column not in sorted_by and column not in bare]
    return [(order.meta.end_pos, order.meta.end_pos, "".join(f" ?{column}" for column in missing))]
