"""The tools over standard input and output, or over HTTP on an address of their own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping

import anyio
import click
import uvicorn
from mcp.server.stdio import stdio_server
from starlette.applications import Starlette
from starlette.routing import Route

from metiers_kg.mcp.endpoint import Endpoint
from metiers_kg.mcp.server import create_server
from metiers_kg.mcp.tool import Tool

__all__ = ["PATH", "listen", "speak"]

PATH = "/mcp"
"""Where the tools are over HTTP."""


def speak(tools: Mapping[str, Tool]) -> None:
    """Answer the program that started this one, over standard input and output, until it closes them."""

    async def run() -> None:
        server = create_server(tools)
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    with contextlib.suppress(KeyboardInterrupt):
        anyio.run(run)


def listen(tools: Mapping[str, Tool], host: str, port: int, *, announce: Callable[[str], object] = click.echo) -> None:
    """Answer over HTTP at ``http://HOST:PORT/mcp`` until told to stop; *announce* is told the address."""
    app = Starlette(routes=[Route(PATH, Endpoint(lambda: tools, host), methods=["POST"])])
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False)
    _Server(config, announce).run()


class _Server(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], object]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Start listening, then tell where."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._announce(f"http://{f'[{host}]' if ':' in host else host}:{port}{PATH}")
