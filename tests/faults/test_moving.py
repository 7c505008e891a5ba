"""Builds while serving: the server moves to each new release without dropping a request."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from metiers_kg.build.run import build_graph
from metiers_kg.project import Project
from tests.faults.conftest import ask, run, say, serving

SAVED = "/queries/jobs/results.csv"
ADHOC = "/sparql?query=SELECT%20%3Fn%20%7B%20%3Fj%20a%20mkg:Job%20;%20skos:altLabel%20%3Fn%20%7D&format=csv"
NEIGHBOURS = "/search?q=chimiste&format=json"


class Readers:
    """Threads that ask without a pause, and keep what they were told."""

    def __init__(self, address: str, count: int) -> None:
        self._address = address
        self._is_over = threading.Event()
        self.answers: defaultdict[tuple[str, str], set[bytes]] = defaultdict(set)
        self.failures: list[str] = []
        self.asked = 0
        paths = (SAVED, ADHOC, NEIGHBOURS)
        self._threads = [threading.Thread(target=self._read, args=(paths[n % 3],)) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def _read(self, path: str) -> None:
        while not self._is_over.is_set():
            try:
                body, version = ask(self._address, path)
                self.answers[path, version].add(body)
            except OSError as error:
                self.failures.append(f"{path}: {error!r}")
            self.asked += 1

    def stop(self) -> None:
        """Have all finish."""
        self._is_over.set()
        for thread in self._threads:
            thread.join()


def versions(address: str, processes: int) -> set[str]:
    """Return the versions that so many processes tell, asked often enough to meet each."""
    return {ask(address, "/health")[0].split(b'"data_version": "')[1][:12].decode() for _ in range(processes * 12)}


def wait_for(address: str, old: set[str], processes: int) -> set[str]:
    """Wait up to 60 s until every process tells another version than before."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        now = versions(address, processes)
        if len(now) == 1 and not now & old:
            return now
        time.sleep(0.1)
    raise AssertionError(f"still at {now}")


def rebuild_while_read(project: Project, rebuilds: int, processes: int, readers: int) -> dict[str, int]:
    """Build again and again while readers ask; return how much was asked and what went wrong."""
    say(project, "nom 0")
    assert run(project, "build").returncode == 0
    with serving(project, "--processes", str(processes)) as (_, address):
        told = versions(address, processes)
        reading = Readers(address, readers)
        try:
            for turn in range(1, rebuilds + 1):
                say(project, f"nom {turn}")
                done = run(project, "build", "--keep", "1")
                assert done.returncode == 0, done.stderr
                told = wait_for(address, told, processes)
        finally:
            reading.stop()
    assert reading.failures == []
    saved = {version: bodies for (path, version), bodies in reading.answers.items() if path == SAVED}
    assert len(saved) == rebuilds + 1
    assert all(len(bodies) == 1 for bodies in saved.values()), "one version, one answer"
    names = {
        body.split(b"\r\n")[1] for (path, _), bodies in reading.answers.items() if path == ADHOC for body in bodies
    }
    assert names == {f"nom {turn}".encode() for turn in range(rebuilds + 1)}
    return {"rebuilds": rebuilds, "processes": processes, "requests": reading.asked, "failures": 0}


def test_a_build_while_serving(own: Project) -> None:
    """Readers of two processes see no failure while the graph is built anew, and each answer is of one release."""
    assert rebuild_while_read(own, rebuilds=2, processes=2, readers=3)["requests"] > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_many_builds_while_serving(own: Project, record: Callable[..., None]) -> None:
    """The same for many builds and more readers."""
    record(**rebuild_while_read(own, rebuilds=20, processes=3, readers=9))


def test_requests_under_way_finish_on_the_release_they_began_with(own: Project) -> None:
    """A request that is under way when the server moves is answered from the release before, by workers that last."""
    slow = (
        "/sparql?format=csv&query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20(SAMPLE(%3Fname)%20AS%20%3Fone)%20%7B"
        "%20%3Fj%20skos:altLabel%20%3Fname%20.%20%7B%20SELECT%20%3Fc%20%7B%20%3Fa%20%3Fb%20%3Fc%20%7D%20LIMIT%20900%20%7D%20"
        "%3Fd%20%3Fe%20%3Ff%20.%20"
        "FILTER(STRLEN(STR(%3Fc))%20%2B%20STRLEN(STR(%3Ff))%20%3C%20{most})%7D"
    )
    say(own, "avant")
    build_graph(own)
    with serving(own, "--processes", "1", "--query-timeout", "100") as (_, address):
        before = versions(address, 1)
        answers: list[bytes] = []
        thread = threading.Thread(target=lambda: answers.append(ask(address, slow.format(most=9), timeout=120)[0]))
        thread.start()
        say(own, "après")
        build_graph(own)
        wait_for(address, before, 1)
        after, _ = ask(address, ADHOC)
        thread.join()

    assert b"avant" in answers[0]
    assert "après".encode() in after


def test_a_release_that_cannot_be_opened_is_not_moved_to(own: Project) -> None:
    """Where what takes the place of the graph cannot be read, the server goes on with what it has, and says why."""
    with serving(own, "--processes", "1") as (process, address):
        before = ask(address, SAVED)[0]
        own.build.rename(own.root / "away")
        own.build.mkdir()
        (own.build / "manifest.json").write_text("{", encoding="utf-8")
        time.sleep(3)
        during = ask(address, SAVED)[0]
        adhoc = ask(address, "/sparql?query=ASK%7B%3Fs%20a%20mkg:Job%7D")[0]
        process.terminate()
        assert process.stderr is not None
        told = process.stderr.read()

    assert before == during
    assert b"true" in adhoc
    assert "the new release cannot be served" in told
    assert "/proc/" not in told


def test_queries_move_too(own: Project) -> None:
    """A saved query that is added and built is served, without a start; one whose file is wrong stops no other."""
    query = (own.queries / "jobs.rq").read_text(encoding="utf-8")
    with serving(own, "--processes", "1") as (_, address):
        before = versions(address, 1)
        (own.queries / "jobs-again.rq").write_text(query, encoding="utf-8")
        (own.queries / "wrong.rq").write_text("SELECT", encoding="utf-8")
        build_graph(own)
        wait_for(address, before, 1)

        assert ask(address, "/queries/jobs-again/results.csv")[0] == ask(address, SAVED)[0]


def open_files(pid: int) -> list[str]:
    """Return the files and folders that a process has open."""
    return [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs to see what a process has open")
def test_a_release_that_was_left_is_let_go(own: Project) -> None:
    """A server that has moved holds one build folder, and the next build removes the one before."""
    with serving(own, "--processes", "1") as (process, address):
        for turn in range(2):
            before = versions(address, 1)
            say(own, f"nom {turn}")
            build_graph(own, keep=0)
            wait_for(address, before, 1)
        deadline = time.monotonic() + 20
        while len([name for name in open_files(process.pid) if str(own.root) in name]) > 1:
            assert time.monotonic() < deadline, open_files(process.pid)
            time.sleep(0.1)
    beside = [path.name for path in own.root.glob(".build.*")]

    assert len(beside) <= 1
    build_graph(own, force=True, keep=0)
    assert [path.name for path in own.root.glob(".build.*")] == []
