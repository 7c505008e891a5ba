"""Listen on a port and answer until told to stop."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Callable

import click
import uvicorn
from fastapi import FastAPI

from metiers_kg.errors import InputError

__all__ = ["serve"]

_GRACE_SECONDS = 5
"""How long answers under way may take once the server is told to stop."""


def serve(
    app: FastAPI, host: str = "127.0.0.1", port: int = 8000, *, announce: Callable[[str], object] = click.echo
) -> None:
    """Serve *app* until SIGINT or SIGTERM, and *announce* the address once it listens; port 0 takes any free one.

    Raises:
        InputError: The port is in use or not allowed, or the host is not an address of this machine.
    """
    listener = _listen(host, port)
    port = listener.getsockname()[1]
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=_GRACE_SECONDS)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    with listener, contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn after it has stopped
        _Server(config, lambda: announce(address)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[], object]) -> None:
        super().__init__(config)
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then tell."""
        await super().startup(sockets)
        if self.started:
            self._on_listening()


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address."""
    if not 0 <= port <= 65535:
        raise InputError(f"--port: found {port}, expected a number from 0 to 65535")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
        # Passed on to every connection: else a body waits up to 40 ms for the client to confirm the headers.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except socket.gaierror as error:
        raise InputError(f"--host: found {host!r}, expected a name or address of this machine") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                f"--port: {port} is already in use on {host}; expected a free port, such as --port {port + 1}"
            ) from error
        if error.errno == errno.EACCES:
            raise InputError(f"--port: {port} is reserved on this machine; expected one from 1024 to 65535") from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise InputError(f"--host: {host!r} is not an address of this machine; try 127.0.0.1") from error
        raise
