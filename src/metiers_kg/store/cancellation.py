"""A caller's word that it no longer wants its answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Cancellation"]


class Cancellation:
    """Stops the work done for one caller, from any thread, at once or as soon as the work begins.

    Attributes:
        is_cancelled: Whether the caller has left.

    >>> stopped = []
    >>> cancellation = Cancellation()
    >>> with cancellation.stops(lambda: stopped.append("worker")):
    ...     cancellation.cancel()
    >>> stopped, cancellation.is_cancelled
    (['worker'], True)
    """

    def __init__(self) -> None:
        self.is_cancelled = False
        self._lock = threading.Lock()
        self._stop: Callable[[], object] | None = None

    def cancel(self) -> None:
        """Stop what is being done, and what would be begun."""
        with self._lock:
            self.is_cancelled = True
            if self._stop is not None:
                self._stop()

    @contextmanager
    def stops(self, stop: Callable[[], object]) -> Iterator[None]:
        """Call *stop* when the caller leaves while this lasts; at once where it has left."""
        with self._lock:
            self._stop = stop
            if self.is_cancelled:
                stop()
        try:
            yield
        finally:
            with self._lock:  # who is being stopped is not another's yet
                self._stop = None
