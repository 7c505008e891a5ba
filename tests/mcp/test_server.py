"""The tools as the protocol gives them, to the SDK's own client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from mcp import Client, MCPError
from metiers_kg.explanation import TripleExplainer
from metiers_kg.mcp.knowledge import Knowledge
from metiers_kg.mcp.server import create_server
from metiers_kg.mcp.tool import Tool
from metiers_kg.mcp.toolbox import read_toolbox
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, find_missing
from metiers_kg.store import Store, StoredClosure


def talk(tools: dict[str, Tool], act: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """Connect a client to a server in this process, and return what *act* does with it."""

    async def run() -> Any:
        async with Client(create_server(tools), mode=mode) as client:
            return await act(client)

    return anyio.run(run)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_tools_are_listed(tools: dict[str, Tool], mode: str) -> None:
    """Clients of today's and of the earlier protocol see every tool, marked as one that only reads."""

    async def act(client: Client) -> Any:
        return (await client.list_tools()).tools

    listed = talk(tools, act, mode)
    assert list(tools) == [tool.name for tool in listed]
    assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in listed)
    assert all(tool.description and tool.title and tool.output_schema for tool in listed)


def test_faults_are_errors_of_the_tool(tools: dict[str, Tool]) -> None:
    """A wrong value is a result marked as an error, which the assistant reads; no error of the protocol."""

    async def act(client: Client) -> Any:
        return await client.call_tool("jobs", {"from": 10})

    result = talk(tools, act)
    assert result.is_error
    assert result.content[0].text == "parameter 'from': found '10', expected an integer from 1 to 9"
    assert result.structured_content["errors"][0]["parameter"] == "from"


def test_unknown_tools_are_errors_of_the_protocol(tools: dict[str, Tool]) -> None:
    """A name that no tool has is refused."""

    async def act(client: Client) -> None:
        with pytest.raises(MCPError, match="no tool is called 'jbos'"):
            await client.call_tool("jbos", {})

    talk(tools, act)


def test_every_tool_answers_its_example(project: Project, store: Store, names: Names, catalogue: Catalogue) -> None:
    """Each tool of this repository answers its example; the client finds the content as the tool's schema has it."""
    explainer = TripleExplainer(StoredClosure(store, project.build / "unstated.nq"), names)
    tools = read_toolbox(Knowledge(store, names, catalogue, lambda: explainer, "test"))

    async def act(client: Client) -> Any:
        listed = (await client.list_tools()).tools
        return {tool.name: await client.call_tool(tool.name, dict(tools[tool.name].example)) for tool in listed}

    results = talk(tools, act)
    assert len(catalogue) + 3 == len(results)
    lacking = {query.name for query in catalogue.values() if find_missing(store, query)}
    assert lacking == {name for name, result in results.items() if result.is_error}
    assert all(result.content[0].text for result in results.values())
