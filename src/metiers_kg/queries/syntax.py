"""The syntax tree of a SPARQL query: what its form, columns and variables are, and where each stands.

The grammar is the recommendation's, for an LALR(1) parser: a saved query takes 1 ms, 60 kB take 0.2 s, and depth costs
no recursion. The engine has the last word on what the grammar is too wide for (arguments of functions, scopes).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, TypeAlias, cast

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer
from lark.parsers.lalr_interactive_parser import InteractiveParser
from rapidfuzz import process

from metiers_kg.errors import QuerySyntaxError
from metiers_kg.queries.tokens import UPDATES, Tokens
from metiers_kg.vocabulary import PREFIXES

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "MAX_TOKENS", "Form", "Node", "Syntax", "Variable", "check_read_only", "parse"]

Form: TypeAlias = Literal["select", "ask", "construct", "describe"]
Node: TypeAlias = Tree[Token]

MAX_LENGTH = 65_536
"""Characters of a query."""
MAX_TOKENS = 10_000
"""Words and marks of a query: the engine overflows its stack on longer chains."""
MAX_DEPTH = 100
"""Brackets within brackets: the engine overflows its stack on thousands."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One place of a variable in a query.

    Attributes:
        name: The variable's name, without its mark.
        token: The token, with its place.
        ancestors: The nodes above it, the root first; the last one but one says what it is there for.
    """

    name: str
    token: Token
    ancestors: tuple[Node, ...]

    @property
    def holder(self) -> Node:
        """The node that holds the variable, such as a projection or a sort condition."""
        return self.ancestors[-2]


@dataclass(frozen=True, slots=True, eq=False)  # one is told from another by identity, so that its places can be kept
class Syntax:
    """A parsed query.

    Attributes:
        text: The query as given.
        tree: Its syntax tree; every token knows its place in *text*.
        form: What kind of query it is.
    """

    text: str
    tree: Node
    form: Form

    @property
    def body(self) -> Node:
        """The query itself, between its prologue and what follows it."""
        return cast(Node, self.tree.children[1])

    @property
    def columns(self) -> tuple[str, ...]:
        """The projected names, in order; none for ``SELECT *`` and for queries that are no SELECT.

        >>> parse("SELECT ?job (COUNT(?c) AS ?n) { ?job ?p ?c } GROUP BY ?job").columns
        ('job', 'n')
        """
        if self.form != "select":
            return ()
        clause = cast(Node, self.body.children[0])
        return tuple(_last_variable(part) for part in clause.children if isinstance(part, Tree))

    @property
    def order(self) -> Node | None:
        """The ORDER BY clause of the query itself, not of a sub-select."""
        for part in self.body.children:
            if isinstance(part, Tree) and part.data == "modifiers":
                return next(
                    (node for node in part.children if isinstance(node, Tree) and node.data == "order_by"), None
                )
        return None

    def variables(self) -> Iterator[Variable]:
        """Yield every place of every variable, in the order of the text."""
        stack: list[tuple[Node | Token, tuple[Node, ...]]] = [(self.tree, ())]
        while stack:
            node, ancestors = stack.pop()
            if isinstance(node, Tree):
                path = (*ancestors, node)
                stack.extend((child, path) for child in reversed(node.children))
            elif node.type == "VAR":
                yield Variable(str(node)[1:], node, ancestors)

    def tokens(self, *types: str) -> list[Token]:
        """Return the tokens of some types, in the order of the text."""
        found: list[Token] = []
        stack: list[Node | Token] = [self.tree]
        while stack:
            node = stack.pop()
            if isinstance(node, Tree):
                stack.extend(reversed(node.children))
            elif node.type in types:
                found.append(node)
        return found

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that the query declares.

        >>> parse("PREFIX e: <https://e.org/> ASK { e:a ?p ?o }").prefixes()
        {'e': 'https://e.org/'}
        """
        declared = {}
        for node in cast(Node, self.tree.children[0]).children:
            if isinstance(node, Tree) and node.data == "prefix":
                _, name, iri = node.children
                declared[str(name)[:-1]] = str(iri)[1:-1]
        return declared

    def undeclared(self, known: frozenset[str] = frozenset()) -> Token | None:
        """Return the first prefixed name whose prefix is neither declared nor *known*, if any."""
        declared = known | self.prefixes().keys()
        names = self.tokens("PNAME_LN", "PNAME_NS")
        return next((name for name in names if str(name).partition(":")[0] not in declared), None)


def parse(text: str) -> Syntax:
    """Parse a SPARQL 1.1 query.

    Raises:
        QuerySyntaxError: The text is not a query; the message says where, what was found and what was expected. Or it
            is longer than MAX_LENGTH or MAX_TOKENS, or deeper than MAX_DEPTH.

    >>> parse("ASK { ?job a ?class }").form
    'ask'
    >>> parse("SELECT ?job { ?job a }")
    Traceback (most recent call last):
    metiers_kg.errors.QuerySyntaxError: not a SPARQL query: line 1, column 22: found '}'
    """
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(f"found a query of {len(text):,} characters, expected at most {MAX_LENGTH:,}")
    tree = _read_tree(text)
    form = str(cast(Node, tree.children[1]).data)
    return Syntax(text, tree, cast(Form, "construct" if form == "construct_where" else form))


def check_read_only(text: str) -> Form:
    """Return the form of an ad-hoc query, which may read and do nothing else.

    Raises:
        QuerySyntaxError: The text is not a query, is an update, asks another service, or is too long or too deep.

    >>> check_read_only("SELECT ?job { ?job a mkg:Job }")
    'select'
    >>> check_read_only("DELETE WHERE { ?s ?p ?o }")
    Traceback (most recent call last):
    metiers_kg.errors.QuerySyntaxError: line 1, column 1: found DELETE, an update; this service only reads
    """
    syntax = parse(text)
    for token in syntax.tokens("SERVICE"):
        raise QuerySyntaxError(
            f"{_place(token)}: found SERVICE; this service asks no other, query the other one yourself"
        )
    unknown = syntax.undeclared(frozenset(PREFIXES))
    if unknown is not None:
        prefix = str(unknown).partition(":")[0]
        near = _nearest(prefix, list(PREFIXES))
        raise QuerySyntaxError(f"{_place(unknown)}: the prefix {prefix!r} of {str(unknown)!r} is not declared{near}")
    return syntax.form


_DEPTHS = {"LBRACE": 1, "LPAR": 1, "LSQB": 1, "RBRACE": -1, "RPAR": -1, "RSQB": -1}


def _read_tree(text: str) -> Node:
    tokens = Tokens(text)
    machine = _parser().parse_interactive()
    depth = 0
    try:
        for number, token in enumerate(tokens):
            depth += _DEPTHS.get(token.type, 0)
            if depth > MAX_DEPTH:
                raise QuerySyntaxError(f"{_place(token)}: found more than {MAX_DEPTH} brackets within brackets")
            if number >= MAX_TOKENS:
                raise QuerySyntaxError(f"{_place(token)}: found more than {MAX_TOKENS:,} words and marks in one query")
            try:
                machine.feed_token(token)
            except UnexpectedToken:
                if token.type != "IRIREF" or "LT" not in _accepted(machine):
                    raise
                machine.feed_token(tokens.take_less_than(token))
        return cast(Node, machine.feed_token(Token("$END", "")))
    except UnexpectedToken as error:
        raise QuerySyntaxError(_explain(text, error.token, sorted(_accepted(machine)))) from None


def _accepted(machine: InteractiveParser) -> set[str]:
    return cast(set[str], machine.accepts())  # type: ignore[no-untyped-call]  # Lark leaves it without types


class _NoLexer(Lexer):
    """Stands where Lark wants a lexer; the parser is fed by hand, since ``<`` begins an IRI in some places only."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, _text: object) -> Iterator[Token]:  # type: ignore[override]  # Lark passes the text alone
        return iter(())


@functools.cache
def _parser() -> Lark:
    grammar = files("metiers_kg.queries").joinpath("sparql.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_NoLexer)


def _last_variable(projection: Node) -> str:
    """The name of ``?x`` or of ``(… AS ?x)``."""
    holder = next(part for part in reversed(projection.children) if isinstance(part, Tree))
    return str(holder.children[0])[1:]


def _place(token: Token) -> str:
    return f"line {token.line}, column {token.column}"


_SPOKEN = {
    "VAR": "a variable",
    "IRIREF": "an IRI",
    "PNAME_LN": "a prefixed name",
    "PNAME_NS": "a prefix",
    "STRING": "a string",
    "RBRACE": "'}'",
    "LBRACE": "'{'",
    "RPAR": "')'",
    "LPAR": "'('",
    "RSQB": "']'",
    "DOT": "'.'",
    "COMMA": "','",
    "SEMICOLON": "';'",
    "EQ": "'='",
    "INTEGER": "a whole number",
    "MINUS_WORD": "MINUS",
    "FUNCTION": "a function",
    "AGGREGATE": "an aggregate",
    "BLANK_NODE": "a blank node",
    "$END": "the end of the query",
}
_FEW = 6


def _explain(text: str, token: Token, expected: list[str]) -> str:
    if token.type == "$END":
        found, place = "the end of the query", f"line {text.count(chr(10)) + 1}"
    else:
        found, place = repr(str(token)), _place(token)
    if token.type == "WORD" and str(token).upper() in UPDATES and "SELECT" in expected:
        return f"{place}: found {str(token).upper()}, an update; this service only reads"
    message = f"not a SPARQL query: {place}: found {found}"
    missing = [name for name in ("RBRACE", "RPAR", "RSQB") if name in expected]
    if len(expected) <= _FEW:
        message += ", expected " + " or ".join(_SPOKEN.get(name, name) for name in expected)
    elif token.type == "$END" and missing:
        message += f", expected {_SPOKEN[missing[0]]} before it"
    if token.type == "WORD":
        message += _nearest(str(token).upper(), [name for name in expected if name not in _SPOKEN])
    return message


def _nearest(text: str, choices: list[str]) -> str:
    best = process.extractOne(text, choices, score_cutoff=70)
    return f"; did you mean {best[0]}?" if best else ""
