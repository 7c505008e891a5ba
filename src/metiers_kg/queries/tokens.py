"""The words of SPARQL: from a text to its tokens, with their places. What they mean together is ``syntax``'s."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Token

from metiers_kg.errors import QuerySyntaxError

__all__ = ["UPDATES", "Tokens"]

# The terminals of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, the longest match first. Names may hold any
# character beyond Latin-1's signs: a few more than the recommendation has, which the engine refuses.
_BASE_CHAR = "A-Za-z\u00c0-\U0010ffff"
_NAME_CHAR = _BASE_CHAR + "_0-9\u00b7"
_PREFIX = rf"[{_BASE_CHAR}](?:\.*[{_NAME_CHAR}-])*"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE_CHAR}_0-9:]|{_ESCAPED})(?:\.*(?:[{_NAME_CHAR}:-]|{_ESCAPED}))*"
_CODE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_CHAR_ESCAPE = rf"\\[tbnrf\\\"']|{_CODE}"
_NUMBER = r"(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"

_TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("SPACE", r"[ \t\r\n]+"),
            ("COMMENT", r"#[^\r\n]*"),
            ("IRIREF", rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_CODE})*>"),
            ("VAR", rf"[?$][{_BASE_CHAR}_0-9][{_NAME_CHAR}]*"),
            ("PNAME_LN", rf"(?:{_PREFIX})?:{_LOCAL}"),
            ("PNAME_NS", rf"(?:{_PREFIX})?:"),
            ("BLANK_NODE", rf"_:[{_BASE_CHAR}_0-9](?:\.*[{_NAME_CHAR}-])*"),
            ("WORD", r"[A-Za-z_][A-Za-z0-9_]*"),
            ("STRING_LONG1", rf"'''(?:'{{0,2}}(?:[^'\\]|{_CHAR_ESCAPE}))*'''"),
            ("STRING_LONG2", rf'"""(?:"{{0,2}}(?:[^"\\]|{_CHAR_ESCAPE}))*"""'),
            ("OPEN_LONG", r"'''|\"\"\""),
            ("STRING_SHORT1", rf"'(?:[^'\\\r\n]|{_CHAR_ESCAPE})*'"),
            ("STRING_SHORT2", rf'"(?:[^"\\\r\n]|{_CHAR_ESCAPE})*"'),
            ("SIGNED", rf"[+-]{_NUMBER}"),
            ("DOUBLE", r"[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+"),
            ("DECIMAL", r"[0-9]*\.[0-9]+"),
            ("INTEGER", r"[0-9]+"),
            ("LANGTAG", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
            ("NIL", r"\([ \t\r\n]*\)"),
            ("ANON", r"\[[ \t\r\n]*\]"),
            ("MARK", r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\].;,=<>!+*/|^?-]"),
        )
    )
)

_MARKS = {
    "^^": "DATATYPE",
    "&&": "AND",
    "||": "OR",
    "!=": "NE",
    "<=": "LE",
    ">=": "GE",
    "{": "LBRACE",
    "}": "RBRACE",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    ".": "DOT",
    ";": "SEMICOLON",
    ",": "COMMA",
    "=": "EQ",
    "<": "LT",
    ">": "GT",
    "!": "BANG",
    "+": "PLUS",
    "-": "MINUS",
    "*": "STAR",
    "/": "SLASH",
    "|": "PIPE",
    "^": "CARET",
    "?": "QUESTION",
}

_KEYWORD_LIST = """
    AS ASC ASK BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT EXISTS FALSE FILTER FROM GRAPH GROUP HAVING IN LIMIT NAMED
    NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE SILENT TRUE UNDEF UNION VALUES WHERE
"""
_AGGREGATE_LIST = "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT"
_FUNCTION_LIST = """
    STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
    CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5
    SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR
    REPLACE
"""
_WORD_TYPES = {
    **dict.fromkeys(_FUNCTION_LIST.split(), "FUNCTION"),
    **dict.fromkeys(_AGGREGATE_LIST.split(), "AGGREGATE"),
    **{word: word for word in _KEYWORD_LIST.split()},
    "MINUS": "MINUS_WORD",
}

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "ADD", "MOVE", "COPY", "CREATE", "WITH"))
"""The words that open an update."""


class Tokens(Iterator[Token]):
    """The tokens of a query, one after the other, without white space and comments.

    Raises:
        QuerySyntaxError: A character that no token begins with, or a string without its end.

    >>> [(token.type, str(token), token.column) for token in Tokens("ASK { ?s a 'x' }")][2:4]
    [('VAR', '?s', 7), ('A', 'a', 10)]
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._position, self._line, self._line_start = 0, 1, 0

    def __next__(self) -> Token:
        while self._position < len(self._text):
            match = _TOKEN.match(self._text, self._position)
            if match is None or match.lastgroup is None or match.lastgroup == "OPEN_LONG":
                raise self._refusal()
            kind = _type(match.lastgroup, match[0])
            token = self._take(kind, match.end())
            if kind not in ("SPACE", "COMMENT"):
                return token
        raise StopIteration

    def take_less_than(self, token: Token) -> Token:
        """Give an IRI back and take only its ``<`` or ``<=``, for ``?a<5&&?b>3``, which holds no IRI.

        >>> tokens = Tokens("?a<5&&?b>3")
        >>> _, iri = next(tokens), next(tokens)
        >>> [str(token) for token in (tokens.take_less_than(iri), *tokens)]
        ['<', '5', '&&', '?b', '>', '3']
        """
        self._position = token.start_pos or 0
        if token.startswith("<="):
            return self._take("LE", self._position + 2)
        return self._take("LT", self._position + 1)

    def _take(self, kind: str, end: int) -> Token:
        start = self._position
        line, column = self._line, start - self._line_start + 1
        breaks = self._text.count("\n", start, end) if kind in _MAY_BREAK else 0
        if breaks:
            self._line += breaks
            self._line_start = self._text.rindex("\n", start, end) + 1
        self._position = end
        return Token(
            kind,
            self._text[start:end],
            start_pos=start,
            line=line,
            column=column,
            end_line=self._line,
            end_column=end - self._line_start + 1,
            end_pos=end,
        )

    def _refusal(self) -> QuerySyntaxError:
        place = f"line {self._line}, column {self._position - self._line_start + 1}"
        character = self._text[self._position]
        problem = "a string without its end" if character in "'\"" else f"{character!r}, which begins nothing here"
        return QuerySyntaxError(f"not a SPARQL query: {place}: found {problem}")


_MAY_BREAK = frozenset(("SPACE", "STRING", "NIL", "ANON"))


def _type(group: str, value: str) -> str:
    if group == "WORD":
        return "A" if value == "a" else _WORD_TYPES.get(value.upper(), "WORD")
    if group == "MARK":
        return _MARKS[value]
    return "STRING" if group.startswith("STRING") else group
