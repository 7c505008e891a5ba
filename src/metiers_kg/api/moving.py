"""From one release to the next while requests come in: each is answered wholly by the one or wholly by the other.

A look a second tells whether a build has replaced the graph. The application that answers from the new one is made
aside, then takes the requests that come from then on; the old one finishes those it has, and is closed.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from metiers_kg.api.service import Service
from metiers_kg.errors import MetiersError

__all__ = ["Moving", "Served"]

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_TRY_AGAIN_SECONDS = 15.0
"""How long after a release could not be opened it is tried again."""


@dataclass(frozen=True, slots=True)
class Served:
    """An application, and the service that it answers from."""

    app: FastAPI
    service: Service


@dataclass(slots=True, eq=False)
class _Release:
    """A release with the requests that it answers.

    Attributes:
        served: What answers.
        under_way: How many requests it has.
        is_over: Whether no more will come.
        started: Set once its application has started.
        done: Set once it has answered the last.
    """

    served: Served
    under_way: int = 0
    is_over: bool = False
    started: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self) -> None:
        """Take no more requests."""
        self.is_over = True
        if not self.under_way:
            self.done.set()

    async def live(self) -> None:
        """Start the application, and stop it once it has answered its last request."""
        async with self.served.app.router.lifespan_context(self.served.app):
            self.started.set()
            await self.done.wait()


class Moving:
    """An ASGI application that answers from the release that is built, also when another is built meanwhile.

    Args:
        make: Makes what answers from the release that is built now; the first time given None, then what it replaces.
        look_seconds: How often it is looked whether there is another.

    Raises:
        MetiersError: What *make* raises the first time.
    """

    def __init__(self, make: Callable[[FastAPI | None], Served], look_seconds: float = _LOOK_SECONDS) -> None:
        self._make = make
        self._look_seconds = look_seconds
        self._current = _Release(make(None))
        self._alive: dict[_Release, asyncio.Task[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live as long as the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        release = self._current
        release.under_way += 1
        try:
            await release.served.app(scope, receive, send)
        finally:
            release.under_way -= 1
            if release.is_over and not release.under_way:
                release.done.set()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._start(self._current)
        watching = asyncio.create_task(self._watch())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        watching.cancel()
        for release in self._alive:
            release.done.set()  # the server has waited for requests under way as long as it would
        await asyncio.gather(watching, *self._alive.values(), return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _start(self, release: _Release) -> None:
        """Start an application, in a task that also stops it."""
        life = self._alive[release] = asyncio.create_task(release.live())
        life.add_done_callback(lambda _: self._alive.pop(release, None))
        started = asyncio.create_task(release.started.wait())
        await asyncio.wait({life, started}, return_when=asyncio.FIRST_COMPLETED)
        started.cancel()
        if life.done():
            life.result()

    async def _watch(self) -> None:
        """Move to each release that takes the place of the one that answers."""
        not_before = 0.0
        while True:
            await asyncio.sleep(self._look_seconds)
            held = self._current.served.service.held
            if held is None or held.is_in_place or time.monotonic() < not_before:
                continue
            try:
                await self._move()
            except (MetiersError, OSError) as error:
                _log.warning("the new release cannot be served, and the one before it still is: %s", error)
                not_before = time.monotonic() + _TRY_AGAIN_SECONDS

    async def _move(self) -> None:
        old, new = self._current, _Release(await run_in_threadpool(self._make, self._current.served.app))
        await self._start(new)
        self._current = new
        old.end()
        versions = (one.served.service.data_version for one in (old, new))
        _log.info("release %s is served no more, but %s", *versions)
        self._alive[old].add_done_callback(lambda _: _give_back(old.served.service))


def _give_back(service: Service) -> None:
    """Give back the files and the memory of a service whose application has stopped."""
    if service.held is not None:
        service.held.let_go()
    gc.unfreeze()  # an application is all circles, and was set aside from what is looked through
    gc.collect()
    gc.freeze()
