"""The graph for assistants: each saved query is a tool of the Model Context Protocol, beside search, describe, explain.

The tools are functions of the data and know no protocol; ``server`` gives them to the protocol's SDK, which is imported
when it is used. Nothing here writes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metiers_kg.mcp.endpoint import Endpoint
    from metiers_kg.mcp.knowledge import Knowledge
    from metiers_kg.mcp.listening import listen, speak
    from metiers_kg.mcp.server import create_server
    from metiers_kg.mcp.toolbox import read_toolbox

__all__ = ["Endpoint", "Knowledge", "create_server", "listen", "read_toolbox", "speak"]

_HOMES = {
    "Endpoint": "endpoint",
    "Knowledge": "knowledge",
    "create_server": "server",
    "listen": "listening",
    "read_toolbox": "toolbox",
    "speak": "listening",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
