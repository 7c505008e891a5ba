"""Several processes that answer at one address: Python runs on one processor at a time, the engine's queries on all.

The first process answers nothing itself: it starts the others, replaces one that dies (the engine may abort one),
and passes on the word to stop. Each opens the graph by itself, since the engine's threads do not outlive a fork; the
kernel shares connections out among their sockets (SO_REUSEPORT, which balances on Linux alone).
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import click
from starlette.types import ASGIApp

from metiers_kg.api.connection import Limits
from metiers_kg.api.server import address_of, listen, serve
from metiers_kg.errors import MetiersError

__all__ = ["serve_together"]

_log = logging.getLogger(__name__)

_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGCHLD})
_ENDS_AT_START = 3
"""How many processes in a row may end before they answer; then something is wrong that another start does not mend."""
_GRACE_SECONDS = 5.0
"""How long a process may take to end after the requests under way have had their time."""
_LOOK_SECONDS = 0.01


@dataclass(slots=True)
class _Child:
    """One process that answers.

    Attributes:
        pid: Its process id.
        told: The end of the pipe by which it tells that it answers, or why it does not.
        answers: Whether it has told so.
    """

    pid: int
    told: int
    answers: bool = False


def serve_together(
    count: int,
    make_app: Callable[[], ASGIApp],
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    shutdown_timeout: float = 15.0,
    limits: Limits | None = None,
    announce: Callable[[str], object] = click.echo,
) -> None:
    """Serve in *count* processes, each with an application that *make_app* makes in it, until SIGINT or SIGTERM.

    The address is announced once the first of them answers; see ``serve`` for the rest. The caller must have neither
    threads nor signal handlers of its own.

    Raises:
        InputError: The port is in use or not allowed, or the host is not an address of this machine.
        MetiersError: What *make_app* raises.
    """
    listen(host, port).close()  # a port that somebody else has would be shared with them unasked
    with listen(host, port, backlog=None) as held:
        address = held.getsockname()
        group = _Group(count, make_app, host, address[1], shutdown_timeout, limits or Limits())
        kept = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            stopped_by = group.run(lambda: announce(address_of(host, address[1])))
        finally:
            group.stop()
            signal.pthread_sigmask(signal.SIG_SETMASK, kept)
    if stopped_by == signal.SIGTERM:
        # Who asks how this ended is told what one process alone would tell, even where it was started to ignore it.
        signal.signal(stopped_by, signal.SIG_DFL)
        signal.raise_signal(stopped_by)


class _Group:
    """The processes that answer, as the first process sees them."""

    def __init__(
        self,
        count: int,
        make_app: Callable[[], ASGIApp],
        host: str,
        port: int,
        shutdown_timeout: float,
        limits: Limits,
    ) -> None:
        self._count = count
        self._make_app = make_app
        self._host, self._port = host, port
        self._shutdown_timeout = shutdown_timeout
        self._limits = limits
        self._children: dict[int, _Child] = {}
        self._ends_at_start = 0
        # Never written: a child whose end of it is closed knows that the first process is gone.
        self._lifeline = os.pipe()

    def run(self, announce: Callable[[], object]) -> signal.Signals:
        """Keep the processes going until a signal to stop, which is returned."""
        gc.freeze()  # what is there before a fork stays shared as long as nobody writes to it
        for _ in range(self._count):
            self._start()
        announced = False
        while True:
            waiting = any(not child.answers for child in self._children.values())
            got = signal.sigtimedwait(_SIGNALS, _LOOK_SECONDS) if waiting else signal.sigwaitinfo(_SIGNALS)
            if got is not None and got.si_signo != signal.SIGCHLD:
                return signal.Signals(got.si_signo)
            for child in list(self._children.values()):
                if not child.answers and self._has_told(child):
                    self._ends_at_start = 0
                    if not announced:
                        announce()
                        announced = True
            self._replace_dead()

    def stop(self) -> None:
        """Have the processes finish what is under way, and end those that do not."""
        for pid in self._children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + self._shutdown_timeout + _GRACE_SECONDS
        while self._children:
            for pid in list(self._children):
                if os.waitpid(pid, os.WNOHANG)[0]:
                    self._forget(pid)
                elif time.monotonic() > deadline:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(_LOOK_SECONDS)
        for end in self._lifeline:
            os.close(end)

    def _start(self) -> None:
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            os.close(self._lifeline[1])
            self._answer(write)
        os.close(write)
        os.set_blocking(read, False)
        self._children[pid] = _Child(pid, read)

    def _answer(self, told: int) -> None:
        """Answer requests, in a process of its own; never returns."""
        try:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)  # until the server listens, and minds them, it just ends
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            serve(
                self._make_app(),
                self._host,
                self._port,
                shutdown_timeout=self._shutdown_timeout,
                limits=self._limits,
                announce=lambda _address: os.write(told, pickle.dumps(None)),
                lifeline=self._lifeline[0],
            )
        except MetiersError as error:
            os.write(told, pickle.dumps(error))
        except BaseException:  # noqa: BLE001  nothing may return into the first process's stack
            _log.exception("a server process failed")
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)

    def _has_told(self, child: _Child) -> bool:
        """Tell whether a process answers by now. Raises what it has told that went wrong."""
        try:
            data = os.read(child.told, 2**16)
        except BlockingIOError:
            return False
        if not data:
            return False
        error = pickle.loads(data)  # noqa: S301  from a process of this program
        if error is not None:
            raise error
        child.answers = True
        return True

    def _replace_dead(self) -> None:
        for pid in list(self._children):
            if not os.waitpid(pid, os.WNOHANG)[0]:
                continue
            child = self._children[pid]
            if not child.answers:
                self._has_told(child)  # its last word may be why
            self._ends_at_start += not child.answers
            self._forget(pid)
            if self._ends_at_start >= _ENDS_AT_START:
                raise RuntimeError("the server processes end before they answer; the log says why")
            _log.warning("server process %d died and is replaced", pid)
            self._start()

    def _forget(self, pid: int) -> None:
        os.close(self._children.pop(pid).told)
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            from prometheus_client.multiprocess import mark_process_dead

            mark_process_dead(pid)  # type: ignore[no-untyped-call]
