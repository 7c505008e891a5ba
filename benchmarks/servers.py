"""The servers that are put side by side, each started as its users start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from metiers_kg.queries import Bound, SavedQuery

__all__ = ["SRJ", "Contender", "Running", "contenders", "started"]

_BIN = Path(sys.executable).parent
SRJ = "Accept: application/sparql-results+json"


@dataclass(frozen=True)
class Contender:
    """A server, and how the same query is asked of it.

    Attributes:
        name: What it is called in the table.
        command: How it is started; ``{port}`` stands for the port.
        by_name: Whether it is asked by the query's name, as this service is, or by its text.
        path: Where its endpoint is, where it is asked by text.
        start_limit: The seconds that its start may take.
        is_killed: Whether it is stopped by force: one whose loop is stuck in a query hears nothing else.
    """

    name: str
    command: tuple[str, ...]
    by_name: bool = False
    path: str = "/"
    start_limit: float = 60.0
    is_killed: bool = False

    def target(self, query: SavedQuery, bound: Bound) -> str:
        """Return the path that asks a saved query with the values of its example."""
        if self.by_name:
            return f"/queries/{query.name}/results.srj?{urlencode(query.example_values, doseq=True)}".removesuffix("?")
        return f"{self.path}?query={quote(bound.text)}"


@dataclass(frozen=True)
class Running:
    """A server that answers.

    Attributes:
        address: ``http://127.0.0.1:port``.
        start_seconds: From the command to the first answer.
        pid: Its process.
    """

    address: str
    start_seconds: float
    pid: int

    def ask(self, target: str, seconds: float = 30.0) -> bytes:
        """Return the body of an answer."""
        request = Request(self.address + target, headers=dict([SRJ.split(": ")]))  # noqa: S310  on this machine
        with urlopen(request, timeout=seconds) as answer:  # noqa: S310  on this machine
            return bytes(answer.read())

    @property
    def resident_mib(self) -> float:
        """The memory of the process and those it started."""
        return sum(_resident_kib(pid) for pid in _family(self.pid)) / 1024

    @property
    def cpu_seconds(self) -> float:
        """The seconds of the processor that the process and those it started have taken."""
        return sum(_cpu_ticks(pid) for pid in _family(self.pid)) / os.sysconf("SC_CLK_TCK")


def contenders(build: Path, ours: str, cached: str, oxigraph: str, rdflib: str) -> list[Contender]:
    """Return the servers over what stands in a build folder, under these names."""
    serve = (sys.executable, "-m", "benchmarks.serve_build", str(build), "{port}")
    location = ("--location", str(build / "store"), "--bind", "127.0.0.1:{port}")
    listen = ("--host", "127.0.0.1", "--port", "{port}")
    return [
        Contender(ours, (*serve, "0"), by_name=True),
        Contender(cached, (*serve, "64"), by_name=True),
        Contender(
            oxigraph,
            (str(_BIN / "oxigraph"), "serve-read-only", "--union-default-graph", *location),
            path="/query",
        ),
        Contender(
            rdflib,
            (str(_BIN / "rdflib-endpoint"), "serve", *listen, str(build / "metiers.nt")),
            start_limit=900.0,
            is_killed=True,
        ),
    ]


@contextmanager
def started(contender: Contender, first: str) -> Iterator[Running]:
    """Start a server, wait until it answers *first*, and stop it afterwards.

    Raises:
        TimeoutError: It does not answer in time.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    process = subprocess.Popen(
        [part.format(port=port) for part in contender.command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        running = Running(f"http://127.0.0.1:{port}", 0.0, process.pid)
        while True:
            try:
                running.ask(first)
                break
            except (URLError, ConnectionError):
                if process.poll() is not None or time.perf_counter() - began > contender.start_limit:
                    raise TimeoutError(f"{contender.name} does not answer") from None
                time.sleep(0.02)
        running = Running(running.address, time.perf_counter() - began, process.pid)
        time.sleep(3)  # what a server starts beside, such as the workers for queries of one's own, is there by then
        yield running
    finally:
        process.kill() if contender.is_killed else process.terminate()
        process.wait(timeout=30)


def _family(pid: int) -> Sequence[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):  # a thread that has ended meanwhile
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    return found


def _cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def _resident_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
