"""One query worker as its pool sees it: a process, the pipe to it, and how both end."""

from __future__ import annotations

import logging
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from typing import cast

from metiers_kg.errors import BusyError, QueryAbandonedError, QueryCostError, QueryTimeoutError
from metiers_kg.store.cancellation import Cancellation
from metiers_kg.store.query_process import MIB, Check, Job, Limits, Reply, serve_queries

__all__ = ["Worker"]

_log = logging.getLogger(__name__)

_START_SECONDS = 60.0
"""A worker that is not ready by then is given up; the first takes about 0.5 s on an idle machine, the others 0.05 s."""

_STARTING = Lock()


def _context(preload: Sequence[str]) -> BaseContext:
    """Return how workers are started: split off a process that has the code loaded, where the system can do that.

    A worker that replaces one that was killed then costs a tenth of the processor's time that a new start would.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["metiers_kg.store.split_process", serve_queries.__module__, *preload])
    return context


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program that was started: Python would have every worker load it, with the whole server."""
    main = sys.modules["__main__"]
    with _STARTING:
        spec, file = main.__spec__, main.__dict__.pop("__file__", None)
        main.__spec__ = None
        try:
            yield
        finally:
            main.__spec__ = spec
            if file is not None:
                main.__file__ = file


class Worker:
    """A process that is started at once and answers one query at a time.

    Args:
        path: The folder of the built store.
        check: Raises QuerySyntaxError for a text that is not to be run.
        limits: What one answer may take.
        preload: Modules to have loaded.

    Attributes:
        pid: The process id.
    """

    def __init__(self, path: Path, check: Check | None, limits: Limits, preload: Sequence[str] = ()) -> None:
        context = _context(preload)
        self._pipe, theirs = context.Pipe()
        self._limits = limits
        self._ready = False
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=serve_queries, args=(theirs, path, check, limits), name="metiers-kg-query", daemon=True
        )
        with _without_main():
            self._process.start()
        theirs.close()  # so that reading meets the end of the pipe when the process dies
        self.pid = cast(int, self._process.pid)

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        # One that could not open the store has ended, but has yet to say why.
        return self._process.is_alive() or (not self._ready and self._pipe.poll())

    def answer(self, job: Job, timeout: float, cancellation: Cancellation) -> Reply:
        """Send a query and wait for its answer, *timeout* seconds at most. Any error raised leaves the worker unusable.

        Raises:
            QueryTimeoutError: There is no answer in time; the process still runs.
            QueryAbandonedError: *cancellation* came first.
            QueryCostError: The process died of the query.
            BusyError: The process is not ready yet.
            NotBuiltError: The store cannot be opened.
        """
        with cancellation.stops(self._process.kill):
            try:
                self._await_readiness()
                return self._exchange(job, timeout)
            except (EOFError, OSError) as error:
                if cancellation.is_cancelled:
                    raise QueryAbandonedError from error
                self._process.join(timeout=1)
                if not self._ready:
                    raise RuntimeError(f"query worker {self.pid} ended before it was ready") from error
                _log.warning("query worker %d died with exit code %s", self.pid, self._process.exitcode)
                raise QueryCostError(
                    f"the engine gave up on this query: it needs more than {self._limits.memory // MIB} MiB of memory, "
                    "or is nested too deeply; make it more selective or simpler"
                ) from error

    def _exchange(self, job: Job, timeout: float) -> Reply:
        self._pipe.send(job)
        if not self._pipe.poll(timeout):
            raise QueryTimeoutError(timeout)
        reply = cast(Reply, self._pipe.recv())
        return reply if reply.format is None else replace(reply, body=self._pipe.recv_bytes())

    def _await_readiness(self) -> None:
        if self._ready:
            return
        if not self._pipe.poll(_START_SECONDS):
            raise BusyError(retry_after=5)
        opened = cast(Reply, self._pipe.recv())
        if opened.error is not None:
            raise opened.error
        self._ready = True

    def kill(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        self._process.kill()
        self._process.join()

    def close(self) -> None:
        """Close the pipe; only its user may, or a descriptor might be read that is already another file's."""
        self._pipe.close()
