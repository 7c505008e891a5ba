"""All tools by name: the three that look things up, and one for each saved query."""

from __future__ import annotations

from metiers_kg.mcp.description import describe_tool
from metiers_kg.mcp.knowledge import Knowledge
from metiers_kg.mcp.looking_up import explain_tool, search_tool
from metiers_kg.mcp.query_tools import query_tool
from metiers_kg.mcp.tool import Tool

__all__ = ["read_toolbox"]


def read_toolbox(knowledge: Knowledge) -> dict[str, Tool]:
    """Return the tools by name.

    A saved query has its own name; one that is called as a tool that looks things up has ``query-`` before it.
    """
    tools = {tool.name: tool for tool in (search_tool(knowledge), describe_tool(knowledge), explain_tool(knowledge))}
    for query in knowledge.catalogue.values():
        name = f"query-{query.name}" if query.name in tools else query.name
        tools[name] = query_tool(query, knowledge, name)
    return tools
