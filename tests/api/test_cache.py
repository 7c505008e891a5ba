"""Answers kept, and made once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from metiers_kg.api.cache import ByteCache, Flights


def test_what_was_asked_for_longest_ago_is_given_up() -> None:
    """Asking for a value keeps it from being the next to go."""
    cache = ByteCache[str, int](40)
    for key in "abcd":
        cache.put(key, 1, 10)
    cache.find("a")
    cache.put("e", 1, 10)

    assert [key for key in "abcde" if cache.find(key)] == ["a", "c", "d", "e"]


def test_the_bound_holds() -> None:
    """A value put again counts once, and one of more than a quarter of the room is not kept."""
    cache = ByteCache[str, int](40)
    cache.put("a", 1, 10)
    cache.put("a", 2, 4)
    cache.put("b", 1, 11)

    assert (cache.find("a"), cache.find("b"), cache.size) == (2, None, 4)


def test_without_room_nothing_is_kept() -> None:
    """A cache of no bytes is none."""
    cache = ByteCache[str, int](0)
    cache.put("a", 1, 1)

    assert len(cache) == 0


def test_a_burst_is_answered_by_one() -> None:
    """Work is done once for all who ask for it while it is done, and again for who asks later."""
    calls, go_on = [], threading.Event()

    def make() -> int:
        calls.append(1)
        go_on.wait(5)
        return len(calls)

    async def ask() -> list[int]:
        asked = [asyncio.ensure_future(flights.join("a", make)) for _ in range(20)]
        await asyncio.sleep(0)
        go_on.set()
        return [*await asyncio.gather(*asked), await flights.join("a", make)]

    with ThreadPoolExecutor(4) as executor:
        flights = Flights[str, int](executor)
        assert asyncio.run(ask()) == [1] * 20 + [2]


def test_who_leaves_takes_nothing_from_the_others() -> None:
    """The answer is still given to those who wait, after the one who asked first has left."""
    go_on = threading.Event()

    async def ask() -> bool:
        first, second = (asyncio.ensure_future(flights.join("a", lambda: go_on.wait(5))) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        go_on.set()
        return await second

    with ThreadPoolExecutor(1) as executor:
        flights = Flights[str, bool](executor)
        assert asyncio.run(ask())


def test_an_error_is_everybodys() -> None:
    """What goes wrong rises for all who ask, and is not kept."""

    def fail() -> int:
        raise ValueError("no")

    async def ask() -> int:
        with pytest.raises(ValueError, match="no"):
            await flights.join("a", fail)
        return await flights.join("a", lambda: 1)

    with ThreadPoolExecutor(1) as executor:
        flights = Flights[str, int](executor)
        assert asyncio.run(ask()) == 1
