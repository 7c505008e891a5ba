"""What the service counts of itself, in the text format of Prometheus (https://prometheus.io/docs/instrumenting/).

Labels are of bounded number: templates of routes, names of the catalogue, known methods. Each application has its own
registry. Where several processes serve one port, the variable PROMETHEUS_MULTIPROC_DIR names a folder in which each
keeps its numbers, and the answer of any of them is the sum.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from metiers_kg.api.exchange import Exchange
from metiers_kg.store.pool import PoolEvent

__all__ = ["CONTENT_TYPE", "Metrics"]

# When a counter was made doubles what is sent, and nobody asks for it.
disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE: str = CONTENT_TYPE_LATEST

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds: saved queries take about one thousandth, ad-hoc ones up to their limit."""

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
_KILLING: frozenset[PoolEvent] = frozenset({"timeout", "cost", "abandoned", "failed"})
_REFRESH_SECONDS = 2.0
"""How old the memory that is told may be."""


class Metrics:
    """The numbers of one application.

    Args:
        queries: The names of the saved queries; no other becomes a label.
        workers: Gives the process ids of the query workers.

    >>> metrics = Metrics(["jobs"])
    >>> metrics.observe_pool("queued")
    >>> "metiers_kg_adhoc_queries_waiting 1.0" in metrics.write().decode().splitlines()
    True
    """

    def __init__(self, queries: Collection[str] = (), workers: Callable[[], Collection[int]] = tuple) -> None:
        self.count(queries, workers)
        self._registry = registry = CollectorRegistry()
        self._is_one_of_many = "PROMETHEUS_MULTIPROC_DIR" in os.environ
        self._lock = threading.Lock()
        self._refreshed = 0.0
        if not self._is_one_of_many:
            ProcessCollector(registry=registry)

        def counter(name: str, told: str, *labels: str) -> Counter:
            return Counter(f"metiers_kg_{name}", told, labels, registry=registry)

        def histogram(name: str, told: str, *labels: str) -> Histogram:
            return Histogram(f"metiers_kg_{name}", told, labels, registry=registry, buckets=_BUCKETS)

        def gauge(name: str, told: str, *labels: str) -> Gauge:
            return Gauge(f"metiers_kg_{name}", told, labels, registry=registry, multiprocess_mode="livesum")

        self._requests = counter(
            "http_requests", "Requests, by the template of their route.", "method", "route", "status"
        )
        self._seconds = histogram("http_request_seconds", "How long requests took, to the last byte.", "route")
        self._asked = counter(
            "saved_query_requests",
            "Requests for results of a saved query: ok, unchanged (304), refused (4xx), error, timeout (504).",
            "query",
            "outcome",
        )
        self._query_seconds = histogram("saved_query_seconds", "How long results of a saved query took.", "query")
        self._rows = counter("saved_query_rows", "Rows, or triples, that a saved query gave.", "query")
        self._adhoc = counter(
            "adhoc_queries",
            "Queries of the client's own: answered, refused (503), timeout, cost, abandoned, failed.",
            "outcome",
        )
        self._killed = counter("adhoc_workers_killed", "Query workers that were killed or died.", "reason")
        self._running = gauge("adhoc_queries_running", "Queries of the client's own that run now.")
        self._waiting = gauge("adhoc_queries_waiting", "Queries of the client's own that wait for a worker.")
        self._memory = gauge("resident_memory_bytes", "Memory of the processes of the service.", "role")

    def count(self, queries: Collection[str], workers: Callable[[], Collection[int]]) -> None:
        """Count from now on by these names, and these workers; see the arguments of the class."""
        self._queries = frozenset(queries)
        self._workers = workers

    def observe(self, exchange: Exchange) -> None:
        """Count a request."""
        method = exchange.method if exchange.method in _METHODS else "other"
        self._requests.labels(method, exchange.route, str(exchange.status)).inc()
        self._seconds.labels(exchange.route).observe(exchange.seconds)
        if exchange.query in self._queries:
            self._asked.labels(exchange.query, _outcome(exchange.status)).inc()
            self._query_seconds.labels(exchange.query).observe(exchange.seconds)
            if exchange.rows:
                self._rows.labels(exchange.query).inc(exchange.rows)
        self._refresh()

    def observe_pool(self, event: PoolEvent) -> None:
        """Count what happened to a query of the client's own. Threads may call it."""
        with self._lock:
            if event == "queued":
                self._waiting.inc()
            elif event == "started":
                self._waiting.dec()
                self._running.inc()
            else:
                (self._waiting if event == "refused" else self._running).dec()
                self._adhoc.labels(event).inc()
                if event in _KILLING:
                    self._killed.labels(event).inc()

    def write(self) -> bytes:
        """Return all numbers in the text format."""
        self._refresh()
        if not self._is_one_of_many:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)

    def _refresh(self) -> None:
        """Measure the memory, where that was a while ago."""
        now = time.monotonic()
        if now - self._refreshed < _REFRESH_SECONDS:
            return
        self._refreshed = now
        self._memory.labels("server").set(_resident_bytes(os.getpid()))
        self._memory.labels("query-workers").set(sum(_resident_bytes(pid) for pid in self._workers()))


def _outcome(status: int) -> str:
    if status == 304:
        return "unchanged"
    if status < 400:
        return "ok"
    if status == 504:
        return "timeout"
    return "refused" if status < 500 else "error"


def _resident_bytes(pid: int) -> int:
    """Return the memory of a process; 0 where it is gone, or the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
