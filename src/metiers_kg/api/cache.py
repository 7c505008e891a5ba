"""Answers kept for who asks next, within a bound of bytes, and made once however many ask at a time."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from typing import Generic, TypeVar

__all__ = ["ByteCache", "Flights"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ByteCache(Generic[K, V]):
    """Values by key, up to a number of bytes; what was asked for longest ago is given up first. Threads may share it.

    >>> cache = ByteCache[str, bytes](20)
    >>> for key in "abcdef":
    ...     cache.put(key, b"four", 4)
    >>> cache.find("a"), cache.find("f"), cache.size
    (None, b'four', 20)
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.size = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: K) -> V | None:
        """Return the value of a key, or None."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            self._kept.move_to_end(key)
            return kept[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value of *size* bytes; one that would take more than a quarter of the room is not kept."""
        if size > self.max_bytes // 4:
            return
        with self._lock:
            replaced = self._kept.pop(key, None)
            self.size += size - (replaced[1] if replaced else 0)
            self._kept[key] = (value, size)
            while self.size > self.max_bytes:
                _, (_, given_up) = self._kept.popitem(last=False)
                self.size -= given_up

    def __len__(self) -> int:
        return len(self._kept)


class Flights(Generic[K, V]):
    """Work in threads; who asks for what is being made waits for that."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._flying: dict[K, Future[V]] = {}
        self._lock = threading.RLock()  # work that is done at once lands while it starts

    async def join(self, key: K, make: Callable[[], V]) -> V:
        """Return what *make* gives, called once for all who ask for *key* meanwhile; its errors are everybody's."""
        with self._lock:
            future = self._flying.get(key)
            if future is None:
                future = self._flying[key] = self._executor.submit(make)
                future.add_done_callback(lambda _: self._land(key))
        # Shielded, so that one who leaves does not take the answer from the others.
        return await asyncio.shield(asyncio.wrap_future(future))

    def _land(self, key: K) -> None:
        with self._lock:
            self._flying.pop(key, None)
