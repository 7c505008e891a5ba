"""The life of a query worker: a process that opens the store for reading and answers one query at a time, in bytes.

It ends with its parent, gives way to the processes that answer everybody else, and takes no more memory than it may.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, TypeAlias

from metiers_kg.errors import MetiersError, NotBuiltError, QueryCostError, QuerySyntaxError
from metiers_kg.store.answers import Graph
from metiers_kg.store.bounded import TooLargeError, write_bounded
from metiers_kg.store.dataset import Store

__all__ = ["MIB", "Check", "Job", "Kind", "Limits", "Reply", "serve_queries"]

Kind: TypeAlias = Literal["rows", "graph"]
Check: TypeAlias = Callable[[str], object]

MIB = 2**20

_NICENESS = 10
"""How far the workers stand back: on a machine whose every core runs a heavy query, other answers still come first."""


@dataclass(frozen=True, slots=True)
class Job:
    """One query on its way to a worker; see ``QueryPool.run`` for its parts."""

    text: str
    rows: str | None
    graph: str | None
    asserted: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker sends back: an answer, whose bytes follow it where it has a format, or the error for one."""

    kind: Kind = "rows"
    format: str | None = None
    body: bytes = b""
    error: MetiersError | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take, in bytes."""

    answer: int
    memory: int


_WARM_UP = Job("ASK {}", "srj", "ttl", asserted=False, default_graphs=(), named_graphs=())
"""What a worker asks itself before its first query, so that no query's time goes into loading grammars."""


def serve_queries(pipe: Connection, path: Path, check: Check | None, limits: Limits) -> None:
    """Answer queries until the pipe is closed: the whole life of a worker process."""
    # Both signals reach the whole group, at Ctrl-C or from a service manager; the parent lets its workers finish.
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        store = Store.open(path)
    except NotBuiltError as error:
        pipe.send(Reply(error=error))
        return
    _answer(store, check, limits, _WARM_UP)
    _limit_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):  # the parent is gone
        pipe.send(Reply())
        while True:
            reply = _answer(store, check, limits, pipe.recv())
            pipe.send(replace(reply, body=b""))
            if reply.format is not None:
                pipe.send_bytes(reply.body)  # as they are: pickling would copy them twice


def _answer(store: Store, check: Check | None, limits: Limits, job: Job) -> Reply:
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
            return Reply(kind)
        return Reply(kind, format_name, write_bounded(answer, format_name, limits.answer))
    except QuerySyntaxError as error:
        return Reply(error=QuerySyntaxError(str(error)))  # without its cause, which may not travel
    except TooLargeError:
        return Reply(
            error=QueryCostError(
                f"the answer is larger than {limits.answer // MIB} MiB; ask for less, with LIMIT or a narrower pattern"
            )
        )
    except MemoryError:
        return Reply(
            error=QueryCostError(f"the query needs more than {limits.memory // MIB} MiB of memory; make it selective")
        )
    except RecursionError:
        return Reply(error=QuerySyntaxError("not a query this service runs: it is nested too deeply"))
    except (RuntimeError, ValueError) as error:  # an unknown function, say, which the engine finds while running
        return Reply(error=QuerySyntaxError(f"not a query this service runs: {error}"))


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
