"""Ad-hoc queries in worker processes, since the engine cannot cancel a query but a process can be killed.

The workers open the store for reading, stay warm, and answer one query at a time in bytes. What a text may ask for is
decided by the *check* that the caller gives; it runs in the worker too, so that a hostile text never meets the caller.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from metiers_kg.errors import BusyError, QueryAbandonedError, QueryCostError, QueryTimeoutError
from metiers_kg.store.cancellation import Cancellation
from metiers_kg.store.formats import GRAPH_FORMATS, ROW_FORMATS, Format
from metiers_kg.store.query_process import MIB, Check, Job, Kind, Limits, Reply
from metiers_kg.store.worker import Worker

__all__ = ["PoolEvent", "PooledAnswer", "QueryPool", "QueryRunner"]

PoolEvent: TypeAlias = Literal["queued", "started", "answered", "refused", "timeout", "cost", "abandoned", "failed"]
"""What happens to a query: it is queued, then refused or started; a started one ends in one of the other ways."""

_log = logging.getLogger(__name__)

_CALLERS_PER_WORKER = 5
"""How many callers a worker may have: the one it answers, and those that wait."""


@dataclass(frozen=True, slots=True)
class PooledAnswer:
    """The answer to an ad-hoc query.

    Attributes:
        kind: "rows" for SELECT and ASK, "graph" for CONSTRUCT and DESCRIBE.
        format: The serialisation of *body*; None where the caller accepts none for this kind.
        body: The answer, serialised; empty where there is no format.
    """

    kind: Kind
    format: Format | None
    body: bytes


class QueryRunner(Protocol):
    """What answers ad-hoc queries: the pool, or a stand-in."""

    def run(
        self,
        text: str,
        *,
        rows: str | None = "srj",
        graph: str | None = "ttl",
        asserted: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        timeout: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> PooledAnswer:
        """Answer *text*; see ``QueryPool.run``."""
        ...

    def start(self) -> None:
        """Make ready to answer, where that takes time."""
        ...

    def close(self) -> None:
        """Stop the workers."""
        ...


class QueryPool:
    """Worker processes that answer ad-hoc queries over one built store. Its methods may be called from any thread.

    Args:
        path: The folder of the built store.
        workers: How many queries run at once.
        timeout: The seconds that a query may take.
        check: Raises QuerySyntaxError for a text that is not to be run. Workers import it by its name.
        patience: The seconds to wait for a free worker before BusyError.
        answer_mib: The largest answer, in MiB.
        memory_mib: The memory a worker may take for a query, in MiB, where the system can limit it.
        preload: Modules that take time to load and that every worker needs.

    Attributes:
        observe: Is told what happens to each query, as it happens, from the thread that asks it.
    """

    def __init__(
        self,
        path: Path,
        *,
        workers: int = 2,
        timeout: float = 10.0,
        check: Check | None = None,
        patience: float = 2.0,
        answer_mib: int = 64,
        memory_mib: int = 1024,
        preload: Sequence[str] = (),
    ) -> None:
        self.timeout = timeout
        self.patience = patience
        self.observe: Callable[[PoolEvent], object] = lambda _event: None
        self._path = path
        self._check = check
        self._preload = tuple(preload)
        self._limits = Limits(answer=answer_mib * MIB, memory=memory_mib * MIB)
        # Callers that wait hold a thread each; beyond these they are told at once, so that other answers stay quick.
        self._callers = threading.BoundedSemaphore(workers * _CALLERS_PER_WORKER)
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._closed = False
        self._workers: set[Worker] = set()
        # Last in, first out: the worker that answered last has the warmest pages.
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._to_start = workers

    def start(self) -> None:
        """Start the workers, where they are not started: the first query does, unless somebody did before."""
        with self._starting:
            while self._to_start:
                self._to_start -= 1
                self._start_worker()

    def run(
        self,
        text: str,
        *,
        rows: str | None = "srj",
        graph: str | None = "ttl",
        asserted: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        timeout: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> PooledAnswer:
        """Answer a query of somebody's own.

        Args:
            text: The query.
            rows: The format for SELECT and ASK, a name in ``ROW_FORMATS``; None where none is acceptable.
            graph: The format for CONSTRUCT and DESCRIBE, a name in ``GRAPH_FORMATS``; None where none is acceptable.
            asserted: Leave out what was inferred, suggested or measured.
            default_graphs: IRIs of the graphs to see instead of the union.
            named_graphs: IRIs of the graphs that GRAPH may name.
            timeout: The seconds it may take, instead of the pool's own.
            cancellation: Stops the query when its caller leaves.

        Raises:
            QuerySyntaxError: It is not SPARQL, or asks for what is not offered.
            QueryTimeoutError: It ran past its limit; its process was killed.
            QueryCostError: It needs more memory, or gives a larger answer, than the service allows.
            QueryAbandonedError: Its caller left; its process was killed.
            BusyError: All workers were busy.
            NotBuiltError: The store cannot be opened.
        """
        job = Job(text, rows, graph, asserted, tuple(default_graphs), tuple(named_graphs))
        self.observe("queued")
        if not self._callers.acquire(blocking=False):
            self.observe("refused")
            raise BusyError(self._retry_after)
        try:
            reply = self._ask(job, self.timeout if timeout is None else timeout, cancellation or Cancellation())
        finally:
            self._callers.release()
        if reply.error is not None:
            raise reply.error
        formats = ROW_FORMATS if reply.kind == "rows" else GRAPH_FORMATS
        return PooledAnswer(reply.kind, formats[reply.format] if reply.format else None, reply.body)

    @property
    def pids(self) -> frozenset[int]:
        """The process ids of the workers."""
        with self._lock:
            return frozenset(worker.pid for worker in self._workers)

    def close(self) -> None:
        """Stop the workers, even in the middle of a query."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, set()
        for worker in workers:
            worker.kill()  # whoever waits for one meets the end of its pipe

    def __enter__(self) -> QueryPool:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def _retry_after(self) -> int:
        """The seconds after which a worker is likely to be free."""
        return max(1, round(self.timeout / 2))

    def _ask(self, job: Job, timeout: float, cancellation: Cancellation) -> Reply:
        """Have a worker answer, and keep it only where it can answer again."""
        try:
            self.start()
            worker = self._take_worker()
        except BaseException:
            self.observe("refused")
            raise
        self.observe("started")
        usable = False
        outcome: PoolEvent = "failed"
        try:
            reply = worker.answer(job, timeout, cancellation)
            outcome = "cost" if isinstance(reply.error, QueryCostError) else "answered"
            usable = outcome == "answered" and not cancellation.is_cancelled
        except QueryAbandonedError:
            outcome = "abandoned"
            raise
        except QueryTimeoutError:
            outcome = "timeout"
            raise
        except QueryCostError:
            if self._closed:
                raise BusyError from None
            outcome = "cost"
            raise
        finally:
            if usable:
                self._idle.put(worker)
            else:
                self._replace(worker)
            self.observe(outcome)
        return reply

    def _start_worker(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = Worker(self._path, self._check, self._limits, self._preload)
            self._workers.add(worker)
        self._idle.put(worker)

    def _take_worker(self) -> Worker:
        while not self._closed:
            try:
                worker = self._idle.get(timeout=self.patience)
            except queue.Empty:
                raise BusyError(self._retry_after) from None
            if worker.is_alive():
                return worker
            _log.warning("query worker %d died while idle and is replaced", worker.pid)
            self._replace(worker)
        raise BusyError

    def _replace(self, worker: Worker) -> None:
        worker.kill()
        worker.close()
        with self._lock:
            self._workers.discard(worker)
        self._start_worker()
