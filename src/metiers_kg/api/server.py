"""Listen on a port and answer until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import math
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast

import click
import uvicorn
from starlette.types import ASGIApp

from metiers_kg.api.connection import Connection, Limits, raise_descriptor_limit
from metiers_kg.errors import InputError

__all__ = ["address_of", "listen", "serve"]

_log = logging.getLogger(__name__)

_LIMITS = Limits()
_TICKS = 10


def serve(
    app: ASGIApp,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    shutdown_timeout: float = 15.0,
    limits: Limits = _LIMITS,
    announce: Callable[[str], object] = click.echo,
    lifeline: int | None = None,
) -> None:
    """Serve *app* until SIGINT or SIGTERM, and *announce* the address once it listens; port 0 takes any free one.

    Requests under way then have *shutdown_timeout* seconds to be answered; new ones are refused. With a *lifeline*, the
    end of a pipe, the address may be that of other processes too, and the server stops once the other end is closed.
    Clients that take more than *limits* are not waited for.

    Raises:
        InputError: The port is in use or not allowed, or the host is not an address of this machine.
    """
    listener = listen(host, port, is_shared=lifeline is not None)
    address = address_of(host, listener.getsockname()[1])
    limits = replace(limits, connections=raise_descriptor_limit(limits.connections, _log.warning))
    config = uvicorn.Config(
        app,
        http=cast(type[asyncio.Protocol], partial(Connection, limits=limits)),
        log_config=None,  # the log is the process's, not the server's
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application believes those it is told to
        timeout_graceful_shutdown=math.ceil(shutdown_timeout),
    )
    with listener, contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn after it has stopped
        _Server(config, lambda: announce(address), lifeline).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that tells when it listens, and stops when its lifeline is cut."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[], object], lifeline: int | None) -> None:
        super().__init__(config)
        self._on_listening = on_listening
        self._lifeline = lifeline

    async def on_tick(self, counter: int) -> bool:
        """Every tenth of a second: do what the server does; every second, end the connections of slow clients."""
        if counter % _TICKS == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.end_if_slow()
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then tell."""
        await super().startup(sockets)
        if self.started:
            if self._lifeline is not None:
                asyncio.get_running_loop().add_reader(self._lifeline, self._let_go)
            self._on_listening()

    def _let_go(self) -> None:
        self.should_exit = True


def address_of(host: str, port: int) -> str:
    """Return the address to tell.

    >>> address_of("::1", 8000)
    'http://[::1]:8000'
    """
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def listen(host: str, port: int, *, is_shared: bool = False, backlog: int | None = 2048) -> socket.socket:
    """Return a socket bound to the address; *is_shared* lets other processes of this user listen there too.

    Without a *backlog* it holds the address for those that will share it, and does not listen.

    Raises:
        InputError: The port is in use or not allowed, or the host is not an address of this machine.
    """
    if not 0 <= port <= 65535:
        raise InputError(f"--port: found {port}, expected a number from 0 to 65535")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        if backlog is None:
            listener = socket.socket(family, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listener.bind((host, port))
            return listener
        listener = socket.create_server((host, port), family=family, backlog=backlog, reuse_port=is_shared)
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
