"""A load generator: many connections, each asking again as soon as it is answered, in one loop of one process.

It reads no more of an answer than where it ends, so that it is not what is measured: some 30,000 answers a second.
Run as a program it prints its result as JSON, so that it has an interpreter of its own.
"""

from __future__ import annotations

import json
import math
import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

__all__ = ["Load", "ask", "measure"]

_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: *(\d+)")
_CHUNKED = re.compile(rb"\r\n[Tt]ransfer-[Ee]ncoding: *chunked")
_LAST_CHUNK = b"0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load.

    Attributes:
        seconds: How long it was asked.
        answers: How many answers came.
        p50: The seconds within which half of them came.
        p95: The seconds within which 95 of 100 came.
        bytes: The bytes of all answers.
        statuses: How many answers had which status.
        waiting: How many requests were still without an answer at the end, and for a second at least.
    """

    seconds: float
    answers: int
    p50: float
    p95: float
    bytes: int
    statuses: dict[str, int] = field(default_factory=dict)
    waiting: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


def measure(address: str, targets: Sequence[str], *, clients: int, seconds: float, headers: Sequence[str] = ()) -> Load:
    """Ask *address* for *targets* in turn, by *clients* connections at once, for *seconds*; in a process of its own.

    Args:
        address: ``http://host:port``.
        targets: Paths with their queries.
        clients: The number of connections.
        seconds: How long.
        headers: Lines to send with every request.
    """
    task = {"address": address, "targets": list(targets), "clients": clients, "seconds": seconds, "headers": [*headers]}
    done = subprocess.run(
        [sys.executable, __file__], input=json.dumps(task), stdout=subprocess.PIPE, text=True, check=True
    )
    return Load(**json.loads(done.stdout))


def ask(address: str, targets: Sequence[str], *, clients: int, seconds: float, headers: Sequence[str] = ()) -> Load:
    """Do what ``measure`` does, in this process."""
    parts = urlsplit(address)
    lines = "".join(f"{line}\r\n" for line in headers)
    requests = [f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n{lines}\r\n".encode() for target in targets]
    selector = selectors.DefaultSelector()
    times: list[float] = []
    statuses: dict[bytes, int] = {}
    size = 0
    turn = 0
    began = time.perf_counter()
    end = began + seconds
    connections = []
    for number in range(clients):
        connection = socket.create_connection((parts.hostname, parts.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        state = [connection, number * len(requests) // clients, 0.0, b"", -1]
        selector.register(connection, selectors.EVENT_READ, state)
        connections.append(state)
    for state in connections:
        state[2] = time.perf_counter()
        state[0].send(requests[state[1] % len(requests)])
    while (now := time.perf_counter()) < end:
        for key, _ in selector.select(min(1.0, end - now)):
            state = key.data
            connection = state[0]
            data = connection.recv(1 << 18)
            if not data:
                raise ConnectionError(f"{address} closed a connection after {state[3][:200]!r}")
            if state[3]:
                data = state[3] + data
            if state[4] < 0:
                head = data.find(b"\r\n\r\n")
                if head < 0:
                    state[3] = data
                    continue
                length = _LENGTH.search(data, 0, head + 2)
                if length:
                    state[4] = head + 4 + int(length[1])
                elif _CHUNKED.search(data, 0, head + 2):
                    state[4] = sys.maxsize
                else:
                    state[4] = head + 4  # 304 and the like
            if len(data) < state[4] and not (state[4] == sys.maxsize and data.endswith(_LAST_CHUNK)):
                state[3] = data
                continue
            now = time.perf_counter()
            times.append(now - state[2])
            size += len(data)
            status = data[9:12]
            statuses[status] = statuses.get(status, 0) + 1
            turn = state[1] = state[1] + 1
            state[2], state[3], state[4] = now, b"", -1
            connection.send(requests[turn % len(requests)])
    took = time.perf_counter() - began
    waiting = sum(time.perf_counter() - state[2] > 1 for state in connections)
    for state in connections:
        state[0].close()
    times.sort()

    def quantile(share: float) -> float:
        return times[min(len(times) - 1, int(len(times) * share))] if times else math.inf

    return Load(
        seconds=took,
        answers=len(times),
        p50=quantile(0.5),
        p95=quantile(0.95),
        bytes=size,
        statuses={status.decode("latin-1"): count for status, count in statuses.items()},
        waiting=waiting,
    )


if __name__ == "__main__":
    print(json.dumps(asdict(ask(**json.load(sys.stdin)))))
