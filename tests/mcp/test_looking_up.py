from __future__ import annotations

from metiers_kg.mcp.tool import Tool


def test_names_are_found(tools: dict[str, Tool]) -> None:
    """A name with a slip finds its resource, in the language asked for."""
    answer = tools["search"].call({"q": "chimist", "lang": "fr"})
    assert answer.content["hits"][0]["label"] == "Chimiste"  # type: ignore[index]
    assert answer.text.splitlines()[0] == "Chimiste — job — https://w3id.org/metiers-kg/job/c"


def test_nothing_found_is_said(tools: dict[str, Tool]) -> None:
    """A text that names nothing is no error."""
    answer = tools["search"].call({"q": "zzzz"})
    assert (answer.text, answer.is_error) == ("Nothing has a name like that.", False)


def test_what_is_missing_is_told(tools: dict[str, Tool]) -> None:
    """A call without what is required says what it is."""
    assert tools["search"].call({}).text == "parameter 'q': missing, expected one text to look for"
    assert "parameter 'p': missing, expected The property" in tools["explain"].call({"s": "a", "o": "b"}).text
