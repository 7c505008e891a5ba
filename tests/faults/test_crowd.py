"""Very many connections at once."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from metiers_kg.project import Project
from tests.faults.conftest import ask, serving

REQUEST = b"GET /queries/jobs/results.csv HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def crowd(address: str, count: int, *, silent: int = 0) -> tuple[Counter[str], float]:
    """Connect so many times, then ask once on all that are not silent; return what was answered, and the longest wait."""
    parts = urlsplit(address)
    told: Counter[str] = Counter()
    longest = 0.0

    async def connect() -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            return await asyncio.wait_for(asyncio.open_connection(parts.hostname, parts.port), 60)
        except (OSError, TimeoutError):
            return None

    async def ask_once(stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None) -> None:
        nonlocal longest
        if stream is None:
            told["no connection"] += 1
            return
        began = time.monotonic()
        try:
            stream[1].write(REQUEST)
            line = await asyncio.wait_for(stream[0].readline(), 60)
            told[line[9:12].decode() or "closed"] += 1
        except (OSError, TimeoutError) as error:
            told[type(error).__name__] += 1
        longest = max(longest, time.monotonic() - began)

    streams = [await connect() for _ in range(count)]
    try:
        await asyncio.gather(*(ask_once(stream) for stream in streams[silent:]))
        others = await asyncio.to_thread(ask, address, "/health")
        assert others[0]
    finally:
        for stream in streams:
            if stream is not None:
                stream[1].close()
    return told, longest


@pytest.fixture
def descriptors() -> None:
    """Let this process have as many descriptors as the system allows, for its own ends of the connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 3000:
        pytest.skip(f"needs 3000 descriptors, the system allows {hard}")
    if soft < 3000:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3000, hard))


def test_connections_beyond_the_limit_are_told_so(own: Project) -> None:
    """Beyond the limit an answer is 503, others are answered, and once the crowd has left all are again."""
    with serving(own, "--processes", "1", "--max-connections", "50") as (_, address):
        told, _ = asyncio.run(crowd(address, 40))
        many, _ = asyncio.run(crowd_beyond(address, 100))
        time.sleep(1)
        again, _ = asyncio.run(crowd(address, 40))

    assert (told, again) == (Counter({"200": 40}), Counter({"200": 40}))
    assert many == Counter({"200": 50, "503": 50})


async def crowd_beyond(address: str, count: int) -> tuple[Counter[str], float]:
    """As `crowd`, where nobody asks beside it: there is no room."""
    parts = urlsplit(address)
    streams = [await asyncio.open_connection(parts.hostname, parts.port) for _ in range(count)]
    told: Counter[str] = Counter()
    for reader, writer in streams:
        writer.write(REQUEST)
        told[(await asyncio.wait_for(reader.readline(), 30))[9:12].decode()] += 1
    for _, writer in streams:
        writer.close()
    return told, 0.0


def test_few_descriptors_are_made_the_most_of(own: Project) -> None:
    """With few descriptors the server takes as many connections as these allow, says so, and refuses the others."""
    with serving(own, "--processes", "1", descriptors=(300, 400)) as (process, address):
        told, _ = asyncio.run(crowd_beyond(address, 250))
        time.sleep(1)
        after = ask(address, "/health")[0]
        process.terminate()
        assert process.stderr is not None
        warned = process.stderr.read()

    assert told["200"] == 144
    assert told["200"] + told["503"] + told[""] == 250
    assert after
    assert "lets this process have 400 descriptors" in warned


@pytest.mark.usefixtures("descriptors")
def test_a_crowd_is_answered(own: Project) -> None:
    """Three hundred connections at once, most of them silent, are all taken, and others are answered."""
    with serving(own, "--processes", "2") as (_, address):
        told, _ = asyncio.run(crowd(address, 300, silent=200))

    assert told == Counter({"200": 100})


@pytest.mark.long
@pytest.mark.usefixtures("descriptors")
def test_two_thousand_connections(own: Project, record: Callable[..., None]) -> None:
    """Two thousand connections at once are all answered, and others beside them."""
    with serving(own, "--processes", "2") as (_, address):
        told, longest = asyncio.run(crowd(address, 2000))

    assert told == Counter({"200": 2000})
    record(connections=2000, answered=told["200"], longest_seconds=round(longest, 2))
