"""Listening on a port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
from fastapi import FastAPI

from metiers_kg.api.server import listen, serve
from metiers_kg.errors import InputError


def test_address_is_told_once_it_listens() -> None:
    """The address is announced when a request to it is answered, and an interrupt ends the server quietly."""
    app = FastAPI()
    app.get("/")(lambda: "hello")
    told: list[str] = []
    answers: list[bytes] = []

    def ask() -> None:
        while not told:
            time.sleep(0.01)
        with urllib.request.urlopen(told[0], timeout=5) as response:  # noqa: S310  the address is our own
            answers.append(response.read())
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=ask)
    thread.start()
    serve(app, port=0, announce=told.append)
    thread.join()

    assert answers == [b'"hello"']
    assert told[0].startswith("http://127.0.0.1:")


def test_port_in_use() -> None:
    """A port in use is told with another that may be free."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(InputError, match=f"{port} is already in use"):
            serve(FastAPI(), port=port)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 70000, "from 0 to 65535"),
        ("127.0.0.1", -1, "from 0 to 65535"),
        ("no such host", 0, "--host"),
        ("192.0.2.1", 0, "not an address of this machine"),
    ],
)
def test_impossible_addresses(host: str, port: int, message: str) -> None:
    """A host or port that cannot be listened on is an error of the input."""
    with pytest.raises(InputError, match=message):
        serve(FastAPI(), host, port)


def test_answers_are_not_held_back() -> None:
    """The body of an answer does not wait for the client to confirm its headers, which takes up to 40 ms."""
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


STOPPING = """
import asyncio, sys
from fastapi import FastAPI
from metiers_kg.api.server import serve

app = FastAPI()

@app.get("/slow")
async def slow():
    print("asked", flush=True)
    await asyncio.sleep(1)
    return "done"

serve(app, port=0, shutdown_timeout=10, announce=lambda address: print(address, flush=True))
"""


def test_requests_under_way_are_finished() -> None:
    """Told to stop, the server answers what is under way, refuses what is new, and ends."""
    with subprocess.Popen([sys.executable, "-c", STOPPING], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        answers: list[bytes] = []

        def ask() -> None:
            with urllib.request.urlopen(f"{address}/slow", timeout=10) as response:  # noqa: S310  the address is our own
                answers.append(response.read())

        thread = threading.Thread(target=ask)
        thread.start()
        assert server.stdout.readline() == "asked\n"
        server.terminate()
        refused = False
        while thread.is_alive() and not refused:
            try:
                socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=1).close()
            except ConnectionRefusedError:
                refused = True
            time.sleep(0.02)
        thread.join()
        server.wait(timeout=10)

    assert (answers, refused) == ([b'"done"'], True)
