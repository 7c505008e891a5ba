"""The command itself, started and spoken to as assistants do."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import anyio
from mcp.client.stdio import StdioServerParameters

from mcp import Client
from metiers_kg.project import Project

COMMAND = [sys.executable, "-m", "metiers_kg"]


def ask(server: Any) -> tuple[int, str]:
    """The number of tools, and the text of a search."""

    async def run() -> tuple[int, str]:
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            result = await client.call_tool("search", {"q": "data manager", "limit": 1})
            return len(tools), result.content[0].text  # type: ignore[union-attr]

    return anyio.run(run)


def test_over_standard_input_and_output(project: Project) -> None:
    """A program that starts the command has the tools of a theme, and its answers."""
    server = StdioServerParameters(
        command=COMMAND[0],
        args=[*COMMAND[1:], "mcp", "--tag", "overlap"],
        env={"METIERS_KG_BUILD": str(project.build)},
    )
    number, text = ask(server)
    assert 3 < number < 20
    assert text == "Data manager — job — https://w3id.org/metiers-kg/job/datamanager"


def test_over_http(project: Project) -> None:
    """The command says at which address it listens, and answers there."""
    with subprocess.Popen(
        [*COMMAND, "mcp", "--http", "127.0.0.1:0"],
        stdout=subprocess.PIPE,
        text=True,
        env={"METIERS_KG_BUILD": str(project.build)},
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.endswith("/mcp")
            number, text = ask(address)
        finally:
            process.terminate()
    assert number > 60
    assert text.endswith("job/datamanager")
