"""Ad-hoc queries in worker processes, since the engine cannot cancel a query but a process can be killed.

The workers open the store for reading, stay warm, and answer one query at a time in bytes. What a text may ask for is
decided by the *check* that the caller gives; it runs in the worker too, so that a hostile text never meets the caller.
"""

from __future__ import annotations

import contextlib
import io
import logging
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, cast

from metiers_kg.errors import (
    BusyError,
    MetiersError,
    NotBuiltError,
    QueryCostError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from metiers_kg.store.answers import Answer, Graph, Rows
from metiers_kg.store.dataset import Store
from metiers_kg.store.formats import GRAPH_FORMATS, ROW_FORMATS, Format
from metiers_kg.store.terms import BlankNode, Iri, Term, Triple

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

__all__ = ["PooledAnswer", "QueryPool", "QueryRunner"]

Kind: TypeAlias = Literal["rows", "graph"]
Check: TypeAlias = Callable[[str], object]

_log = logging.getLogger(__name__)

_MIB = 2**20
_START_SECONDS = 60.0
"""A worker that is not ready by then is given up; it takes about 0.5 s on an idle machine."""


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
    ) -> PooledAnswer:
        """Answer *text*; see ``QueryPool.run``."""
        ...

    def start(self) -> None:
        """Make ready to answer, where that takes time."""
        ...

    def close(self) -> None:
        """Stop the workers."""
        ...


@dataclass(frozen=True, slots=True)
class _Job:
    """One query on its way to a worker."""

    text: str
    rows: str | None
    graph: str | None
    asserted: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


_WARM_UP = _Job("ASK {}", "srj", "ttl", asserted=False, default_graphs=(), named_graphs=())
"""What a worker asks itself before its first query, so that no query's time goes into loading grammars."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a worker sends back: an answer or the error that stands for one."""

    kind: Kind = "rows"
    format: str | None = None
    body: bytes = b""
    error: MetiersError | None = None


@dataclass(frozen=True, slots=True)
class _Limits:
    """What one answer may take, in bytes."""

    answer: int
    memory: int


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
    ) -> None:
        self.timeout = timeout
        self.patience = patience
        self._path = path
        self._check = check
        self._limits = _Limits(answer=answer_mib * _MIB, memory=memory_mib * _MIB)
        # Callers that wait hold a thread each; beyond these they are told at once, so that other answers stay quick.
        self._callers = threading.BoundedSemaphore(workers * 5)
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._closed = False
        self._workers: set[_Worker] = set()
        # Last in, first out: the worker that answered last has the warmest pages.
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
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

        Raises:
            QuerySyntaxError: It is not SPARQL, or asks for what is not offered.
            QueryTimeoutError: It ran past its limit; its process was killed.
            QueryCostError: It needs more memory, or gives a larger answer, than the service allows.
            BusyError: All workers were busy.
            NotBuiltError: The store cannot be opened.
        """
        job = _Job(text, rows, graph, asserted, tuple(default_graphs), tuple(named_graphs))
        if not self._callers.acquire(blocking=False):
            raise BusyError(self._retry_after)
        try:
            reply = self._ask(job, self.timeout if timeout is None else timeout)
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

    def _ask(self, job: _Job, timeout: float) -> _Reply:
        """Have a worker answer, and keep it only where it can answer again."""
        self.start()
        worker = self._take_worker()
        usable = False
        try:
            reply = worker.answer(job, timeout)
            usable = not isinstance(reply.error, QueryCostError)
        except QueryCostError:
            if self._closed:
                raise BusyError from None
            raise
        finally:
            if usable:
                self._idle.put(worker)
            else:
                self._replace(worker)
        return reply

    def _start_worker(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = _Worker(self._path, self._check, self._limits)
            self._workers.add(worker)
        self._idle.put(worker)

    def _take_worker(self) -> _Worker:
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

    def _replace(self, worker: _Worker) -> None:
        worker.kill()
        worker.close()
        with self._lock:
            self._workers.discard(worker)
        self._start_worker()


class _Worker:
    """One process and the pipe to it, as the caller sees them."""

    def __init__(self, path: Path, check: Check | None, limits: _Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._limits = limits
        self._ready = False
        self._process = context.Process(
            target=_serve, args=(theirs, path, check, limits), name="metiers-kg-query", daemon=True
        )
        self._process.start()
        theirs.close()  # so that reading meets the end of the pipe when the process dies
        self.pid = cast(int, self._process.pid)

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        # One that could not open the store has ended, but has yet to say why.
        return self._process.is_alive() or (not self._ready and self._pipe.poll())

    def answer(self, job: _Job, timeout: float) -> _Reply:
        """Send a query and wait for its answer. Any error raised leaves the worker unusable."""
        self._await_readiness()
        try:
            self._pipe.send(job)
            if not self._pipe.poll(timeout):
                raise QueryTimeoutError(timeout)
            return cast(_Reply, self._pipe.recv())
        except (EOFError, OSError) as error:
            self._process.join(timeout=1)
            _log.warning("query worker %d died with exit code %s", self.pid, self._process.exitcode)
            raise QueryCostError(
                f"the engine gave up on this query: it needs more than {self._limits.memory // _MIB} MiB of memory, "
                "or is nested too deeply; make it more selective or simpler"
            ) from error

    def _await_readiness(self) -> None:
        if self._ready:
            return
        if not self._pipe.poll(_START_SECONDS):
            raise BusyError(retry_after=5)
        try:
            opened = cast(_Reply, self._pipe.recv())
        except (EOFError, OSError) as error:
            raise RuntimeError(f"query worker {self.pid} ended before it was ready") from error
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


def _serve(pipe: Connection, path: Path, check: Check | None, limits: _Limits) -> None:
    """Answer queries until the pipe is closed: the whole life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent stops its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        store = Store.open(path)
    except NotBuiltError as error:
        pipe.send(_Reply(error=error))
        return
    _reply(store, check, limits, _WARM_UP)
    _limit_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):  # the parent is gone
        pipe.send(_Reply())
        while True:
            pipe.send(_reply(store, check, limits, pipe.recv()))


def _reply(store: Store, check: Check | None, limits: _Limits, job: _Job) -> _Reply:
    """Answer one query, or say why not. What the engine itself does not survive, the parent sees as a death."""
    try:
        if check is not None:
            check(job.text)
        answer = store.query(
            job.text, asserted=job.asserted, default_graphs=job.default_graphs, named_graphs=job.named_graphs
        )
        kind: Kind = "graph" if isinstance(answer, Graph) else "rows"
        format_name = job.graph if kind == "graph" else job.rows
        if format_name is None:
            return _Reply(kind)
        return _Reply(kind, format_name, _write(answer, format_name, limits.answer))
    except QuerySyntaxError as error:
        return _Reply(error=QuerySyntaxError(str(error)))  # without its cause, which may not travel
    except _TooLargeError:
        return _Reply(
            error=QueryCostError(
                f"the answer is larger than {limits.answer // _MIB} MiB; ask for less, with LIMIT or a narrower pattern"
            )
        )
    except MemoryError:
        return _Reply(
            error=QueryCostError(f"the query needs more than {limits.memory // _MIB} MiB of memory; make it selective")
        )
    except RecursionError:
        return _Reply(error=QuerySyntaxError("not a query this service runs: it is nested too deeply"))
    except (RuntimeError, ValueError) as error:  # an unknown function, say, which the engine finds while running
        return _Reply(error=QuerySyntaxError(f"not a query this service runs: {error}"))


def _write(answer: Answer, format_name: str, limit: int) -> bytes:
    """Serialise an answer. Raises _TooLargeError as soon as it is larger than *limit* bytes."""
    if isinstance(answer, Graph):
        return Graph(_bounded(answer, limit)).write(GRAPH_FORMATS[format_name])
    format = ROW_FORMATS[format_name]
    if isinstance(answer, Rows):
        # Rows.write would gather the whole answer before its size is known.
        with _BoundedBuffer(limit) as buffer:
            answer.write_to(buffer, format)
            return buffer.getvalue()
    return answer.write(format)


def _bounded(triples: Iterable[tuple[Iri | BlankNode, Iri, Term]], limit: int) -> Iterator[Triple]:
    """Pass triples on until they take more than *limit* bytes as N-Triples."""
    size = 0
    for subject, predicate, object_ in triples:
        triple = Triple(subject, predicate, object_)
        size += len(str(triple))
        if size > limit:
            raise _TooLargeError
        yield triple


class _TooLargeError(Exception):
    """An answer is larger than allowed."""


class _BoundedBuffer(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._room = limit

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        self._room -= written
        if self._room < 0:
            raise _TooLargeError
        return written


def _end_with_parent() -> None:
    """End this process when its parent has ended, also in the middle of a query."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _limit_memory(memory: int) -> None:
    """Let this process take *memory* bytes more than it has now, where the system can say and enforce it."""
    try:
        import resource  # absent on Windows

        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory, mapped + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # running out ends in an abort, which would write a core file
