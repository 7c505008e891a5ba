from __future__ import annotations

import pytest

from metiers_kg.errors import QuerySyntaxError
from metiers_kg.queries.tokens import Tokens


def types(text: str) -> list[str]:
    """The types of a text's tokens."""
    return [token.type for token in Tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?a<?b", ["VAR", "LT", "VAR"]),
        ("?a <b> ?c", ["VAR", "IRIREF", "VAR"]),
        ("1.", ["INTEGER", "DOT"]),
        ("1.5 .5 1e3 1.e3 .5E-3", ["DECIMAL", "DECIMAL", "DOUBLE", "DOUBLE", "DOUBLE"]),
        ("?a+1 ?a - 1", ["VAR", "SIGNED", "VAR", "MINUS", "INTEGER"]),
        ("a A", ["A", "WORD"]),
        ("a: a:b : :b a:b.", ["PNAME_NS", "PNAME_LN", "PNAME_NS", "PNAME_LN", "PNAME_LN", "DOT"]),
        (r"a:b\#c%20d", ["PNAME_LN"]),
        ("_:b1 [] [ ] ()", ["BLANK_NODE", "ANON", "ANON", "NIL"]),
        ("'a' \"a\" '''a'b''' \"\"\"a\n\"b\"\"\"", ["STRING"] * 4),
        ("'x'@fr-BE 'x'^^a:b", ["STRING", "LANGTAG", "STRING", "DATATYPE", "PNAME_LN"]),
        ("select SeLeCt minus count str", ["SELECT", "SELECT", "MINUS_WORD", "AGGREGATE", "FUNCTION"]),
        ("?é ?_x ?1", ["VAR", "VAR", "VAR"]),
        ("<p>?/<q>*|^<r>+", ["IRIREF", "QUESTION", "SLASH", "IRIREF", "STAR", "PIPE", "CARET", "IRIREF", "PLUS"]),
    ],
)
def test_words_have_their_type(text: str, expected: list[str]) -> None:
    """A text is cut where the recommendation's terminals end, the longest first."""
    assert expected == types(text)


def test_comments_and_strings_hold_no_words() -> None:
    """A variable in a comment, a string or an IRI is no variable."""
    assert ["STRING", "IRIREF"] == types("# ?x\n'?x # ?x' <?x#?x>")


def test_tokens_know_their_place() -> None:
    """Lines and columns count from 1, over strings of several lines."""
    last = list(Tokens("'''a\nb'''\n  ?x"))[-1]
    assert (3, 3, 12, 14) == (last.line, last.column, last.start_pos, last.end_pos)


@pytest.mark.parametrize("text", ["'abc", '"a\nb"', "'''abc''", '"\\x"'])
def test_strings_without_an_end_are_refused(text: str) -> None:
    """A string that does not end is named, with its place."""
    with pytest.raises(QuerySyntaxError, match="line 1, column 1: found a string without its end"):
        types(text)


@pytest.mark.parametrize("text", ["\\u0053ERVICE", "\x0c", "`", "\ufeff", "~"])
def test_other_characters_are_refused(text: str) -> None:
    """What begins no token is no white space either: escapes outside strings cannot hide a word."""
    with pytest.raises(QuerySyntaxError, match="line 1, column 1"):
        types(text)


def test_an_iri_can_be_taken_as_an_operator() -> None:
    """Where no IRI can stand, ``<`` and ``<=`` compare."""
    tokens = Tokens("?a<=?b>=?c")
    _, iri = next(tokens), next(tokens)
    assert ["LE", "VAR", "GE", "VAR"] == [token.type for token in (tokens.take_less_than(iri), *tokens)]
