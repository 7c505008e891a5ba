from __future__ import annotations

import re

from metiers_kg.mcp.tool import Tool


def test_each_query_is_a_tool(tools: dict[str, Tool]) -> None:
    """A saved query is a tool of its name; where a tool has that name already, ``query-`` stands before it."""
    assert ["search", "describe", "explain", "is-related", "jobs", "query-search"] == list(tools)
    assert all(name == tool.name and re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name, tool in tools.items())
