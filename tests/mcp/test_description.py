from __future__ import annotations

from metiers_kg.mcp.tool import Tool


def test_a_resource_is_told_in_both_directions(tools: dict[str, Tool]) -> None:
    """What a resource says and what points to it come with their labels."""
    answer = tools["describe"].call({"resource": "Analyste"})
    assert (answer.content["iri"], answer.content["label"]) == ("https://w3id.org/metiers-kg/job/a", "Analyst")
    assert answer.content["incoming"] == [
        {
            "property": "skos:related",
            "label": "skos:related",
            "values": [{"value": "https://w3id.org/metiers-kg/job/b", "label": "Biologist"}],
        }
    ]
    assert "is skos:related of: Biologist (job/b)" in answer.text.splitlines()


def test_an_unknown_resource_is_a_fault(tools: dict[str, Tool]) -> None:
    """A name that nothing has is answered with the nearest."""
    answer = tools["describe"].call({"resource": "Chimste"})
    assert answer.is_error
    assert "Chimiste" in answer.text
