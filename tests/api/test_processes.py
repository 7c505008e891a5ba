"""Several processes at one address."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process answers")

SERVING = """
import os, time
from fastapi import FastAPI
from metiers_kg.api.processes import serve_together
from metiers_kg.errors import NotBuiltError

def make_app():
    if {fails}:
        raise NotBuiltError("no graph")
    app = FastAPI()
    app.get("/pid")(lambda: os.getpid())
    app.get("/slow")(lambda: print("asked", flush=True) or time.sleep(1) or os.getpid())
    return app

serve_together(2, make_app, port=0, announce=lambda address: print(address, flush=True))
"""


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start two processes, and give the first one with their address."""
    command = [sys.executable, "-c", SERVING.format(fails=False)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def ask(address: str) -> int:
    """Return the number that an address gives."""
    with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310  the address is our own
        return int(response.read())


def pids(address: str, count: int) -> set[int]:
    """Ask who answers until so many have, or for 20 s."""
    found: set[int] = set()
    deadline = time.monotonic() + 20
    while len(found) < count and time.monotonic() < deadline:
        with contextlib.suppress(OSError):  # a connection that a killed process had taken
            found.add(ask(f"{address}/pid"))
    return found


def is_alive(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def wait_until_gone(found: set[int]) -> bool:
    """Wait up to 10 s for processes to end."""
    deadline = time.monotonic() + 10
    while any(map(is_alive, found)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(is_alive, found))


def test_both_answer_and_both_stop(server: tuple[subprocess.Popen[str], str]) -> None:
    """Connections come to both processes; told to stop, all end."""
    process, address = server
    found = pids(address, 2)
    process.terminate()

    assert len(found) == 2
    assert process.wait(timeout=20) == -signal.SIGTERM
    assert wait_until_gone(found)


def test_one_that_dies_is_replaced(server: tuple[subprocess.Popen[str], str]) -> None:
    """A process that is killed is followed by another, and the address answers meanwhile and afterwards."""
    _, address = server
    first, second = pids(address, 2)
    os.kill(first, signal.SIGKILL)
    wait_until_gone({first})

    assert len(pids(address, 2) - {first}) == 2
    assert is_alive(second)


def test_none_outlives_the_first(server: tuple[subprocess.Popen[str], str]) -> None:
    """Where the first process is killed without a word, the others end too."""
    process, address = server
    found = pids(address, 2)
    process.kill()

    assert wait_until_gone(found)


def test_requests_under_way_are_finished(server: tuple[subprocess.Popen[str], str]) -> None:
    """Told to stop, the processes answer what is under way."""
    process, address = server
    command = [sys.executable, "-c", f"import urllib.request as u; print(u.urlopen('{address}/slow').read().decode())"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert process.stdout is not None
        assert process.stdout.readline() == "asked\n"
        process.terminate()
        answer, _ = client.communicate(timeout=20)

    assert answer.strip().isdecimal()


def test_what_is_wrong_is_told_by_the_first() -> None:
    """An application that cannot be made is an error of the whole, not of a process that nobody sees."""
    done = subprocess.run(
        [sys.executable, "-c", SERVING.format(fails=True)], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert done.stderr.strip().endswith("NotBuiltError: no graph")


def test_an_address_that_is_taken_is_not_shared(server: tuple[subprocess.Popen[str], str]) -> None:
    """A second service at the same port is refused, though its processes could listen there."""
    _, address = server
    script = SERVING.format(fails=False).replace("port=0", f"port={address.rpartition(':')[2]}")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert "is already in use" in done.stderr


def test_a_process_that_is_still_starting_is_stopped_too() -> None:
    """Told to stop as soon as the address is known, all end at once, also where they were started to ignore that."""
    script = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + SERVING.format(fails=False).replace(
        "    app = FastAPI()", "    time.sleep(0 if os.getpid() % 2 else 2)\n    app = FastAPI()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()

        assert process.wait(timeout=15) == -signal.SIGTERM
