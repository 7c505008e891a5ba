from __future__ import annotations

import pytest

from metiers_kg.errors import MissingVocabulary, MissingVocabularyError, ParameterError, UnknownResourceError
from metiers_kg.mcp.tool import Answer, Arguments, Tool, read_arguments, take_integer


def tool_that_raises(error: Exception) -> Tool:
    """A tool that does nothing but fail."""

    def ask(arguments: Arguments) -> Answer:
        raise error

    return Tool(name="t", title="T", description="", takes={}, gives={}, ask=ask)


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("Data manager", ["Data manager"]),
        (3, ["3"]),
        (3.0, ["3"]),
        (0.0001, ["0.0001"]),
        (1e21, ["1000000000000000000000"]),
        (float("nan"), ["NaN"]),
        (False, ["false"]),
        (["a", None, 2], ["a", "2"]),
        ([], []),
    ],
)
def test_arguments_are_read_as_a_form_gives_them(value: object, texts: list[str]) -> None:
    """A value of JSON becomes the text that a person would type."""
    assert {"x": texts} == read_arguments({"x": value})


@pytest.mark.parametrize("value", [{"a": 1}, [["a"]]])
def test_objects_are_no_arguments(value: object) -> None:
    """An object, or a list within a list, is a fault that names the argument."""
    with pytest.raises(ParameterError, match=r"parameter 'x': found .*, expected a text, number"):
        read_arguments({"x": value})


@pytest.mark.parametrize("text", ["0", "51", "ten", "1.5", "１"])
def test_whole_numbers_have_limits(text: str) -> None:
    """A number outside its limits is a fault that names them."""
    with pytest.raises(ParameterError, match=f"parameter 'limit': found '{text}', expected an integer from 1 to 50"):
        take_integer({"limit": [text]}, "limit", 50, 10)


@pytest.mark.parametrize(
    ("error", "text", "content"),
    [
        (
            MissingVocabularyError("q", [MissingVocabulary("esco", "ESCO", "metiers-kg import esco PATH…")]),
            "'q' needs ESCO, not imported here",
            {"missing": [{"vocabulary": "esco", "title": "ESCO", "command": "metiers-kg import esco PATH…"}]},
        ),
        (
            UnknownResourceError("chmist", "a job", ["Chimiste"]),
            "found 'chmist', expected a job; did you mean 'Chimiste'?",
            {"suggestions": ["Chimiste"]},
        ),
    ],
)
def test_faults_are_answers(error: Exception, text: str, content: object) -> None:
    """What a call is at fault for is told in words and for programs, never raised."""
    answer = tool_that_raises(error).call({})
    assert answer.is_error
    assert answer.text.startswith(text)
    assert content == answer.content


def test_failures_are_not_faults() -> None:
    """What is no fault of the call rises."""
    with pytest.raises(ZeroDivisionError):
        tool_that_raises(ZeroDivisionError()).call({})
