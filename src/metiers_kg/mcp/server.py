"""The tools as a server of the Model Context Protocol, whatever carries it: https://modelcontextprotocol.io ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyio import to_thread
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from mcp import types
from metiers_kg import __version__
from metiers_kg.mcp.tool import Tool

__all__ = ["create_server"]

_INSTRUCTIONS = """\
A knowledge graph of the jobs of the future: which jobs change, in which sub-sector, why (technology, economy,
regulation, society), by when, on whose evidence, and with which competences. It holds what a few texts say, each of
its year, its region and its sector (the tool `sources` lists them), and no more. It is not a picture of the labour
market: an absence says nothing.

Use `search` to find a job or competence, then the tool whose description fits the question; `describe` tells all of
one resource; `explain` tells why a statement holds, down to the passage. Name the passage or source when you repeat a
fact, and say whether it was stated or inferred. Labels are in English unless `lang` says fr, nl or de; not all are in
every language.
"""

_READ_ONLY = {"read_only_hint": True, "destructive_hint": False, "idempotent_hint": True, "open_world_hint": False}


def create_server(tools: Mapping[str, Tool]) -> Server[Any]:
    """Return a server that lists *tools* and calls them, each call in a thread of its own."""
    listed = types.ListToolsResult(tools=[_listed(tool) for tool in tools.values()])

    async def list_tools(_context: Any, _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return listed

    async def call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = tools.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"no tool is called {params.name!r}; tools/list names them")
        answer = await to_thread.run_sync(tool.call, params.arguments or {})
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=answer.text)],
            structured_content=dict(answer.content),
            is_error=answer.is_error,
        )

    return Server(
        "metiers-kg",
        version=__version__,
        title="The graph of jobs of the future",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _listed(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes,
        output_schema=tool.gives,
        annotations=types.ToolAnnotations(title=tool.title, **_READ_ONLY),
    )
