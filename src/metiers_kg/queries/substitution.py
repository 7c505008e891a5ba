"""Substitution: terms put in the places that the syntax tree gives for parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lark import Token, Tree

from metiers_kg.queries.parameters import Parameter
from metiers_kg.queries.places import Place, find_places
from metiers_kg.queries.syntax import Node, Syntax
from metiers_kg.store import Term

__all__ = ["substitute"]


def substitute(syntax: Syntax, terms: Mapping[str, tuple[Parameter, tuple[Term, ...]]]) -> str:
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
    edits += _tie_breakers(syntax, frozenset(bare))
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


@lru_cache(maxsize=1024)
def _tie_breakers(syntax: Syntax, bare: frozenset[str]) -> list[tuple[int, int, str]]:
    """Sort rows that the query leaves equal by their columns, so that pages neither repeat nor lose a row.

    By their texts: the engine's order of mixed numbers, dates and texts is not a total one, and its sort may then abort
    the process (seen in pyoxigraph 0.5.13; 3 < 1000 by number, "1000" < "2020-01-01" < "3" by text).
    """
    order = syntax.order
    if order is None:
        return []
    sorted_by = {str(name)[1:] for name in _plain_conditions(order)}
    missing = [column for column in syntax.columns if column not in sorted_by and column not in bare]
    end = list(order.scan_values(lambda _: True))[-1].end_pos or 0
    return [(end, end, "".join(f" STR(?{column})" for column in missing))]


def _plain_conditions(order: Node) -> Iterator[Token]:
    """The variables of ``ORDER BY ?x ?y``, without those in expressions."""
    for condition in order.find_data("order_condition"):
        first = condition.children[0]
        if isinstance(first, Tree) and first.data == "var":
            yield from (child for child in first.children if isinstance(child, Token))
