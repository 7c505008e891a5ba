"""Where the parameters of a saved query stand in its syntax tree, and what a term may replace there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from lark import Token

from metiers_kg.queries.syntax import Syntax, Variable

__all__ = ["Place", "Role", "find_places"]

Role: TypeAlias = Literal["term", "column", "inner-column", "condition", "block", "target", "bound", "row"]
"""What a variable is in its place.

term: in a triple, an expression, a path's end, GRAPH or DESCRIBE; column: projected by the query; inner-column:
projected by a sub-select; condition: in GROUP BY or ORDER BY; block: of ``VALUES ?x { … }``; and three where no term
can stand: target (``AS ?x``), bound (``BOUND(?x)``), row (``VALUES (?x ?y) { … }``).
"""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a parameter's variable.

    Attributes:
        variable: The variable's name, without its mark.
        role: What it is there.
        start: Where the text to replace begins: the variable, or the inside of its VALUES block.
        end: Where it ends.
        line: The variable's line, from 1.
    """

    variable: str
    role: Role
    start: int
    end: int
    line: int


@lru_cache(maxsize=1024)  # a query is parsed once and bound at every request
def find_places(syntax: Syntax) -> tuple[Place, ...]:
    """Return every place of every variable whose name begins with an underscore, in the order of the text.

    >>> from metiers_kg.queries.syntax import parse
    >>> query = parse("SELECT ?_job_iri { VALUES ?_kind_iri { UNDEF } ?_job_iri ?p ?o FILTER('?_job_iri' != ?o) }")
    >>> [(place.variable, place.role) for place in find_places(query)]
    [('_job_iri', 'column'), ('_kind_iri', 'block'), ('_job_iri', 'term')]
    """
    return tuple(_place(variable) for variable in syntax.variables() if variable.name.startswith("_"))


def _place(variable: Variable) -> Place:
    token, holder = variable.token, variable.holder
    start, end = token.start_pos or 0, token.end_pos or 0
    role = _role(variable)
    if role == "block":
        opening, *_, closing = holder.children[1:]
        if isinstance(opening, Token) and isinstance(closing, Token):
            start, end = opening.end_pos or 0, closing.start_pos or 0
    return Place(variable.name, role, start, end, token.line or 0)


def _role(variable: Variable) -> Role:
    holder = variable.holder
    is_first = holder.children[0] is variable.ancestors[-1]
    match holder.data:
        case "one_var":
            return "block"
        case "full":
            return "row"
        case "projection" if is_first:
            return "inner-column" if any(node.data == "sub_select" for node in variable.ancestors) else "column"
        case "order_condition" | "group_condition" if is_first:
            return "condition"
        case "projection" | "group_condition" | "bind":
            return "target"
    call = next((node for node in reversed(variable.ancestors) if node.data == "call"), None)
    if call is not None and str(call.children[0]).upper() == "BOUND":
        return "bound"
    return "term"
