"""The house rules of saved queries: what SPARQL allows and this catalogue does not, and the form of parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from lark import Token

from metiers_kg.errors import QuerySyntaxError
from metiers_kg.queries.header import Fault, Header
from metiers_kg.queries.parameters import Parameter
from metiers_kg.queries.places import Place, find_places
from metiers_kg.queries.substitution import substitute
from metiers_kg.queries.syntax import Syntax, parse
from metiers_kg.queries.values import read_values
from metiers_kg.store import Iri, Literal, Store

__all__ = ["check_house_rules"]

_FILE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_house_rules(name: str, syntax: Syntax, header: Header) -> list[Fault]:
    """Return everything in a query that breaks a house rule.

    >>> from metiers_kg.queries.syntax import parse
    >>> [fault.message for fault in check_house_rules("jobs", parse("SELECT ?s { ?s ?p ?o }"), Header())]
    ['found no ORDER BY; expected rows in a stable order']
    """
    faults = [
        *_check_name(name),
        *_check_text(syntax),
        *_check_columns(syntax, header),
        *_check_parameters(syntax, header),
        *_check_why(syntax, header),
    ]
    return faults or list(_check_terms(syntax, header))


def _check_name(name: str) -> Iterator[Fault]:
    if not _FILE_NAME.fullmatch(name):
        yield Fault(f"found the name {name!r}; expected lower-case letters and digits joined by hyphens")


def _check_text(syntax: Syntax) -> Iterator[Fault]:
    for token in syntax.tokens("SERVICE"):
        yield Fault("found SERVICE; expected a query that asks this graph alone", token.line)
    for node in syntax.tree.find_data("select_clause"):
        last = node.children[-1]
        if isinstance(last, Token) and last.type == "STAR":
            yield Fault("found SELECT *; expected the columns by name", last.line)
    for node in syntax.tree.find_data("aggregate"):
        function = cast(Token, node.children[0])
        kinds = [child.type for child in node.children if isinstance(child, Token)]
        if function.upper() == "COUNT" and "DISTINCT" not in kinds:
            yield Fault("found COUNT without DISTINCT; a triple in two graphs would count twice", function.line)
    if syntax.form == "select" and syntax.order is None:
        yield Fault("found no ORDER BY; expected rows in a stable order")
    unknown = syntax.undeclared()
    if unknown is not None:
        prefix = str(unknown).partition(":")[0]
        yield Fault(
            f"found {str(unknown)!r}; expected 'PREFIX {prefix}:' above it, for tools that lack it", unknown.line
        )


def _check_columns(syntax: Syntax, header: Header) -> Iterator[Fault]:
    expected = header.expect.get("columns")
    line = header.lines.get(("expect", "columns"), header.lines.get(("expect",)))
    if expected is not None and expected != list(syntax.columns):
        yield Fault(f"found 'columns' {expected}; expected those of the query, {list(syntax.columns)}", line)
    least = header.expect.get("min-rows")
    if least is not None and (not isinstance(least, int) or isinstance(least, bool) or least < 0):
        line = header.lines.get(("expect", "min-rows"), header.lines.get(("expect",)))
        yield Fault(f"found 'min-rows' {least!r}; expected a whole number", line)
    for key, column in header.view.items():
        if key != "chart" and column not in syntax.columns:
            line = header.lines.get(("view", key), header.lines.get(("view",)))
            columns = f"one of {', '.join(syntax.columns)}" if syntax.columns else "no view, as there are no columns"
            yield Fault(f"found {key!r} {column!r} in 'view'; expected {columns}", line)


def _check_why(syntax: Syntax, header: Header) -> Iterator[Fault]:
    """The columns and parameters of a why-pattern are there, and a row can be explained by one of its cells."""
    resources = [parameter.name for parameter in header.parameters if parameter.type == "iri"]
    for number, pattern in enumerate(header.why):
        line = header.lines.get(("why", number), header.lines.get(("why",)))
        for column in (*pattern.columns, *pattern.when):
            if column not in syntax.columns:
                yield Fault(f"found {column!r} in 'why'; expected one of {', '.join(syntax.columns)}", line)
        for name in pattern.parameters:
            if name not in resources:
                expected = f"one of ${', $'.join(resources)}" if resources else "a parameter of type iri; there is none"
                yield Fault(f"found '${name}' in 'why'; expected {expected}", line)
        if not pattern.columns:
            yield Fault("found no column in a triple of 'why'; expected one, in whose cells its link stands", line)


def _check_parameters(syntax: Syntax, header: Header) -> Iterator[Fault]:
    places: dict[str, list[Place]] = {}
    for place in find_places(syntax):
        places.setdefault(place.variable, []).append(place)
    declared = {parameter.variable: parameter for parameter in header.parameters}
    for variable, where in places.items():
        if variable not in declared:
            near = [parameter for parameter in header.parameters if variable.startswith(f"_{parameter.name}_")]
            hint = f"?{near[0].variable}, as {near[0].name!r} is declared" if near else "a parameter of the header"
            # A header with faults may have lost the declaration; its own faults are enough.
            if near or not header.faults:
                yield Fault(f"found ?{variable}; expected {hint}", where[0].line)
    for variable, parameter in declared.items():
        line = header.lines.get(("params", parameter.name))
        if variable not in places:
            yield Fault(f"found no ?{variable} in the query; expected it, as {parameter.name!r} is declared", line)
        else:
            yield from _check_places(parameter, places[variable], syntax)


def _check_places(parameter: Parameter, places: Sequence[Place], syntax: Syntax) -> Iterator[Fault]:
    blocks = [place for place in places if place.role == "block"]
    if parameter.is_bare:
        for place in places:
            if place.role in _NO_TERM:
                yield Fault(
                    f"found ?{place.variable} {_NO_TERM[place.role]}; expected it where a term can stand", place.line
                )
        return
    for place in places:
        if place.role in ("target", "row"):
            yield Fault(f"found ?{place.variable} {_NO_TERM[place.role]}; expected VALUES to bind it alone", place.line)
    if not blocks:
        yield Fault(
            f"found ?{parameter.variable} without VALUES; expected 'VALUES ?{parameter.variable} {{ … }}', "
            "since it is optional, a list, or has a default",
            places[0].line,
        )
    for block in blocks:
        yield from _check_block(parameter, block, syntax)


_NO_TERM = {
    "block": "in VALUES",
    "row": "in VALUES of several variables",
    "target": "after AS",
    "bound": "in BOUND",
}


def _check_block(parameter: Parameter, block: Place, syntax: Syntax) -> Iterator[Fault]:
    """The block holds the default, or UNDEF, so that other tools give the default answer."""
    terms, _ = read_values([parameter], {}, None, {})
    expected = [str(term) for term in terms[parameter.name]] or ["UNDEF"]
    content = syntax.text[block.start : block.end].strip()
    prologue = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in syntax.prefixes().items())
    try:
        rows = Store.memory().rows(f"{prologue} SELECT ?v {{ VALUES ?v {{ {content} \n}} }}")
        found = ["UNDEF" if value is None else str(value) for (value,) in rows]
    except QuerySyntaxError:
        found = [content]
    if found != expected:
        yield Fault(
            f"found VALUES ?{block.variable} {{ {content} }}; expected {{ {' '.join(expected)} }}, "
            "the default of the header, or UNDEF where it has none",
            block.line,
        )


def _check_terms(syntax: Syntax, header: Header) -> Iterator[Fault]:
    """A term of each parameter's type may stand where its variable does, and the engine takes the whole."""
    bound = {
        parameter.variable: (parameter, (_IRI if parameter.type == "iri" else _TEXT,))
        for parameter in header.parameters
        if parameter.is_bare
    }
    for variable, (parameter, terms) in bound.items():
        try:
            parse(substitute(syntax, {variable: (parameter, terms)}))
        except QuerySyntaxError as error:
            line = header.lines.get(("params", parameter.name))
            yield Fault(f"found ?{variable} where no term of type {parameter.type} can stand: {error}", line)
            return
    try:
        Store.memory().query(substitute(syntax, bound))
    except QuerySyntaxError as error:
        yield Fault(f"found a query that the engine refuses: {error}")


_IRI = Iri("https://w3id.org/metiers-kg/job/sample")
_TEXT = Literal("sample")
