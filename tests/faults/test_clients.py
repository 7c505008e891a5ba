"""Clients that hang, vanish, or send and read slowly: they are given up, and others are answered meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from metiers_kg.project import Project
from tests.faults.conftest import ask, serving

PATIENCE = 2
HEAD = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n"
ENDLESS = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%20.%20%3Fg%20%3Fh%20%3Fi%7D"
LARGE = "SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc%20.%20%7BSELECT%20%3Fd%20%7B%3Fd%20%3Fe%20%3Ff%7D%20LIMIT%2030%7D%7D"


@pytest.fixture(scope="module")
def address(prepared: Project) -> Iterator[str]:
    """A server of one process, with little patience and one worker."""
    options = ("--processes", "1", "--client-timeout", str(PATIENCE), "--query-workers", "1", "--query-timeout", "60")
    with serving(prepared, *options) as (_, found):
        assert ask(found, "/sparql?query=ASK%7B%7D")[0]
        yield found


def connect(address: str) -> socket.socket:
    """Connect, with a short time for every step."""
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE * 8)


def read_to_end(connection: socket.socket) -> bytes:
    """Return what the server sends until it closes."""
    parts = []
    with suppress(ConnectionResetError):
        while data := connection.recv(65536):
            parts.append(data)
    return b"".join(parts)


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET /health HTTP/1.1\r\nHost: x\r\n", HEAD + b"\r\n", HEAD + b"\r\nSELECT", b"\r\n\r\n"],
    ids=["nothing", "half a line", "half a head", "no body", "half a body", "blank lines"],
)
def test_a_client_that_stops_sending_is_given_up(address: str, sent: bytes) -> None:
    """A request that does not arrive in time is 408, and its connection closed, while others are answered."""
    with connect(address) as connection:
        connection.sendall(sent)
        assert ask(address, "/queries/jobs/results.csv")[0]
        answer = read_to_end(connection)

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in head
    assert b'"/problems/too-slow"' in body


def test_a_client_that_sends_a_byte_now_and_then_is_given_up(address: str) -> None:
    """A request that trickles in is given up too: it is the whole that has to arrive in time."""
    began = time.monotonic()
    with connect(address) as connection, suppress(BrokenPipeError, ConnectionResetError):
        for letter in HEAD * 9:
            connection.sendall(bytes([letter]))
            time.sleep(0.1)

    assert time.monotonic() - began < PATIENCE * 8


def test_a_connection_that_was_used_before_has_the_same_patience(address: str) -> None:
    """After an answer, a byte of a next request does not keep a connection for ever."""
    with connect(address) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"\r\n")
        answer = read_to_end(connection)

    assert b" 408 " in answer


def test_a_client_that_reads_no_more_is_given_up(address: str) -> None:
    """An answer that nobody takes is dropped with its connection, and its memory given back."""
    readers = [connect(address) for _ in range(5)]
    for reader in readers:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.sendall(f"GET /sparql?query={LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert ask(address, "/queries/jobs/results.csv")[0]
    deadline = time.monotonic() + PATIENCE * 15
    time.sleep(0.5)
    while connections(address) and time.monotonic() < deadline:
        time.sleep(0.1)
    left = connections(address)
    for reader in readers:
        reader.close()

    assert left == 0


def test_a_client_that_vanishes_frees_its_worker(address: str) -> None:
    """A query whose asker has left is stopped, and its worker answers the next."""
    with connect(address) as connection:
        connection.sendall(f"GET /sparql?query={ENDLESS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.5)
    began = time.monotonic()
    while True:
        with suppress(OSError):
            assert ask(address, "/sparql?query=ASK%7B%7D")[0]
            break
        assert time.monotonic() - began < 20


def test_a_client_that_vanishes_amid_a_body_leaves_nothing(address: str) -> None:
    """A connection that breaks off in the middle of a request leaves no descriptor behind."""
    for _ in range(20):
        connection = connect(address)
        connection.sendall(HEAD + b"\r\nSELECT")
        connection.close()
    deadline = time.monotonic() + PATIENCE * 8
    while connections(address) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert connections(address) == 0


def connections(address: str) -> int:
    """Return how many connections the server at an address has, whatever its clients think of them."""
    table = Path("/proc/net/tcp")
    if not table.is_file():
        pytest.skip("needs to see what connections the system has")
    port = f":{urlsplit(address).port:04X}"
    rows = [line.split() for line in table.read_text(encoding="ascii").splitlines()[1:]]
    return sum(row[1].endswith(port) and row[3] in _OPEN for row in rows)


_OPEN = ("01", "08")
"""Established, or closed by the client alone; see tcp_states.h of Linux. What else there is, the system ends."""
