"""Streamable HTTP: the tools at one address of a web server, without sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from anyio import to_thread

from metiers_kg.mcp.tool import Tool

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings
    from starlette.types import Receive, Scope, Send

__all__ = ["Endpoint"]

_HERE = ("127.0.0.1", "localhost", "::1")


class Endpoint:
    """An ASGI application that answers the protocol at whatever address it is mounted.

    The SDK is imported and the tools are made at the first request. A request stands for itself: there are no sessions
    to keep, any worker can answer, and there is nothing to GET: a stream would stay open and never say anything.
    """

    def __init__(self, tools: Callable[[], Mapping[str, Tool]], host: str = "127.0.0.1") -> None:
        self._tools = tools
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        manager = await to_thread.run_sync(self._manage)  # the first import takes a second
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    def _manage(self) -> StreamableHTTPSessionManager:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        return StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, security_settings=self._security
        )

    @cached_property
    def _server(self) -> Server[Any]:
        from metiers_kg.mcp.server import create_server

        return create_server(self._tools())

    @cached_property
    def _security(self) -> TransportSecuritySettings | None:
        """A server of this machine alone answers no page of elsewhere that a browser was led to (DNS rebinding)."""
        from mcp.server.transport_security import TransportSecuritySettings

        if self._host not in _HERE:
            return None
        names = [f"[{host}]" if ":" in host else host for host in _HERE]
        return TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[*names, *(f"{name}:*" for name in names)],
            allowed_origins=[f"http://{name}:*" for name in names],
        )
