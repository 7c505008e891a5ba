"""Ad-hoc queries in worker processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from metiers_kg.errors import (
    BusyError,
    NotBuiltError,
    QueryAbandonedError,
    QueryCostError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from metiers_kg.store import Store
from metiers_kg.store.cancellation import Cancellation
from metiers_kg.store.pool import QueryPool

DATA = "".join(
    f'<https://e.org/{i}> <https://e.org/p> "{i}" <https://w3id.org/metiers-kg/graph/data> .\n' for i in range(300)
) + ("<https://e.org/0> <https://e.org/q> <https://e.org/1> <https://w3id.org/metiers-kg/graph/inferred> .\n")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# 300 to the fourth: hours of work in little memory.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f) }"


def is_running(pid: int) -> bool:
    """Tell whether a process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(true: object, seconds: float = 5.0) -> bool:
    """Wait for a condition."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store of 301 triples."""
    folder = tmp_path_factory.mktemp("pool")
    (folder / "data.nq").write_text(DATA)
    Store.create(folder / "store", folder / "data.nq")
    return folder / "store"


@pytest.fixture(scope="module")
def pool(store_path: Path) -> Iterator[QueryPool]:
    """Give one worker with small limits, shared by the tests that leave it working."""
    with QueryPool(store_path, workers=1, timeout=20, answer_mib=1, memory_mib=256) as pool:
        yield pool


def test_rows(pool: QueryPool) -> None:
    """A SELECT is answered in the row format asked for."""
    answer = pool.run(COUNT, rows="csv")

    assert (
        answer.kind,
        answer.format and answer.format.media_type,
        answer.body,
    ) == ("rows", "text/csv", b"n\r\n301\r\n")


def test_truth(pool: QueryPool) -> None:
    """An ASK is answered in the row format asked for."""
    assert pool.run("ASK { ?s ?p ?o }").body == b'{"head":{},"boolean":true}'


def test_graph(pool: QueryPool) -> None:
    """A CONSTRUCT is answered in the graph format asked for."""
    answer = pool.run("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } ORDER BY ?s LIMIT 1", graph="nt")

    assert (answer.kind, answer.body) == ("graph", b'<https://e.org/0> <https://e.org/p> "0" .\n')


def test_unacceptable_kind_is_named(pool: QueryPool) -> None:
    """A query whose kind of answer the caller cannot take is told by its kind alone."""
    answer = pool.run("SELECT * { ?a ?b ?c . ?d ?e ?f }", rows=None)

    assert (answer.kind, answer.format, answer.body) == ("rows", None, b"")


def test_asserted(pool: QueryPool) -> None:
    """The inferred graph is left out on demand."""
    assert pool.run(COUNT, rows="csv", asserted=True).body == b"n\r\n300\r\n"


def test_graphs_of_the_protocol(pool: QueryPool) -> None:
    """default-graph-uri narrows what a query sees."""
    inferred = ["https://w3id.org/metiers-kg/graph/inferred"]

    assert pool.run(COUNT, rows="csv", default_graphs=inferred).body == b"n\r\n1\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT",
        "DROP ALL",
        "SELECT (<https://e.org/unknown>(?s) AS ?x) { ?s ?p ?o }",
        "SELECT ?s { ?s ?p \ud800 }",
        "\0",
    ],
)
def test_syntax_errors_travel_back(pool: QueryPool, text: str) -> None:
    """A text that is not a query is told so, and the worker stays."""
    before = pool.pids

    with pytest.raises(QuerySyntaxError):
        pool.run(text)

    assert before == pool.pids


def test_check_runs_in_the_worker(store_path: Path) -> None:
    """The caller's check decides what is run."""
    with (
        # Any importable function will do; this one refuses what is not JSON.
        QueryPool(store_path, workers=1, check=json.loads) as pool,
        pytest.raises(QuerySyntaxError, match="Expecting value"),
    ):
        pool.run(COUNT)


def test_workers_start_with_the_first_query(store_path: Path) -> None:
    """A pool that nobody has asked has no process; the first query starts all of them."""
    pool = QueryPool(store_path, workers=2)
    before = pool.pids
    pool.run(COUNT)
    after = pool.pids
    pool.close()

    assert (0, 2) == (len(before), len(after))


def test_worker_that_cannot_start(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that ends before it is ready is an error of the service, not of the query."""
    with monkeypatch.context() as patch:
        patch.setattr("metiers_kg.store.worker.serve_queries", os._exit)  # given a pipe, it ends with a TypeError
        pool = QueryPool(store_path, workers=1)
        pool.start()
    with pool, pytest.raises(RuntimeError, match="before it was ready"):
        pool.run(COUNT)


def test_timeout_kills_and_replaces(store_path: Path) -> None:
    """A query past its limit is killed with its process; the next one is answered."""
    with QueryPool(store_path, workers=1) as pool:
        pool.run(COUNT)
        (pid,) = pool.pids
        started = time.monotonic()

        with pytest.raises(QueryTimeoutError, match="after 0"):
            pool.run(ENDLESS, timeout=0.5)

        assert time.monotonic() - started < 2
        assert not is_running(pid)
        assert pool.run(COUNT, rows="csv").body == b"n\r\n301\r\n"


def test_caller_that_leaves_frees_its_worker(store_path: Path) -> None:
    """A query whose caller leaves is stopped with its process, and the next one is answered."""
    with QueryPool(store_path, workers=1) as pool:
        pool.run(COUNT)
        (pid,) = pool.pids
        cancellation = Cancellation()
        leaving = threading.Timer(0.3, cancellation.cancel)
        leaving.start()

        with pytest.raises(QueryAbandonedError):
            pool.run(ENDLESS, cancellation=cancellation)

        assert not is_running(pid)
        assert pool.run(COUNT, rows="csv").body == b"n\r\n301\r\n"


def test_caller_that_has_left_before(store_path: Path) -> None:
    """A query whose caller left while it waited is not run."""
    cancellation = Cancellation()
    cancellation.cancel()
    with QueryPool(store_path, workers=1) as pool, pytest.raises(QueryAbandonedError):
        pool.run(ENDLESS, cancellation=cancellation)


def test_events(store_path: Path) -> None:
    """Who observes the pool is told how each query fares."""
    told: list[str] = []
    with QueryPool(store_path, workers=1, answer_mib=1) as pool:
        pool.observe = told.append
        pool.run(COUNT)
        with pytest.raises(QueryTimeoutError):
            pool.run(ENDLESS, timeout=0.2)
        with pytest.raises(QueryCostError):
            pool.run("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    with pytest.raises(BusyError):
        pool.run(COUNT)

    ends = ("answered", "timeout", "cost")
    assert [*(event for end in ends for event in ("queued", "started", end)), "queued", "refused"] == told


def test_workers_stand_back(pool: QueryPool) -> None:
    """A worker runs at a lower priority than what answers everybody else."""
    pool.run(COUNT)

    assert all(os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0) for pid in pool.pids)


def test_workers_outlive_a_signal_to_the_group(pool: QueryPool) -> None:
    """A worker goes on when a service manager tells all processes to stop: the parent stops it once it is done."""
    pool.run(COUNT)
    before = pool.pids
    parents = {int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1]) for pid in before}
    for pid in before | parents - {os.getpid()}:
        os.kill(pid, signal.SIGTERM)
    time.sleep(0.1)

    assert pool.run(COUNT, rows="csv").body == b"n\r\n301\r\n"
    assert before == pool.pids


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "CONSTRUCT { ?a ?b ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    ],
)
def test_no_query_takes_the_machine(pool: QueryPool, text: str) -> None:
    """A query that would fill the memory ends in an error, whichever way it goes about it."""
    with pytest.raises((QueryCostError, QueryTimeoutError)):
        pool.run(text, timeout=5)

    assert pool.run(COUNT, rows="csv").body == b"n\r\n301\r\n"


def test_busy(store_path: Path) -> None:
    """With every worker taken, a query waits a little and is then refused."""
    with QueryPool(store_path, workers=1, timeout=2, patience=0.1) as pool:
        pool.run(COUNT)
        errors: list[Exception] = []

        def run_endless() -> None:
            try:
                pool.run(ENDLESS)
            except QueryTimeoutError as error:
                errors.append(error)

        thread = threading.Thread(target=run_endless)
        thread.start()
        time.sleep(0.2)
        with pytest.raises(BusyError):
            pool.run(COUNT)
        thread.join()

        assert len(errors) == 1


def test_queue_is_bounded(store_path: Path) -> None:
    """With a long queue already, a query is refused without waiting."""
    with QueryPool(store_path, workers=1, patience=5) as pool:
        for _ in range(5):
            pool._callers.acquire()
        started = time.monotonic()

        with pytest.raises(BusyError):
            pool.run(COUNT)

        assert time.monotonic() - started < 1


def test_close_in_the_middle_of_a_query(store_path: Path) -> None:
    """Who waits for an answer when the pool is closed is told that there is no worker, at once."""
    pool = QueryPool(store_path, workers=1)
    pool.run(COUNT)
    closing = threading.Timer(0.2, pool.close)
    closing.start()

    with pytest.raises(BusyError):
        pool.run(ENDLESS)

    closing.join()
    assert not pool.pids


def test_answers_are_bounded(pool: QueryPool) -> None:
    """An answer larger than the limit is refused with the way out."""
    for text in (
        "SELECT * { ?a ?b ?c . ?d ?e ?f }",
        "CONSTRUCT { ?a ?f ?d } { ?a ?b ?c . ?d ?e ?x BIND(IRI(CONCAT('https://e.org/', ?c, ?x)) AS ?f) }",
    ):
        with pytest.raises(QueryCostError, match="larger than 1 MiB"):
            pool.run(text)


def test_memory_is_bounded(pool: QueryPool) -> None:
    """A query that needs too much memory costs its worker, not the service."""
    with pytest.raises(QueryCostError, match="256 MiB"):
        pool.run("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 30000000")

    assert pool.run(COUNT).body


def test_deep_nesting_is_survived(pool: QueryPool) -> None:
    """A text nested so deeply that the engine's parser overflows its stack is an error of the text."""
    with pytest.raises((QueryCostError, QuerySyntaxError)):
        pool.run("ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }")

    assert pool.run(COUNT).body


def test_dead_worker_is_replaced(store_path: Path) -> None:
    """A worker killed from outside while idle is replaced without an error."""
    with QueryPool(store_path, workers=1) as pool:
        pool.run(COUNT)
        (pid,) = pool.pids
        os.kill(pid, 9)
        assert eventually(lambda: not next(iter(pool._workers)).is_alive())

        assert pool.run(COUNT, rows="csv").body == b"n\r\n301\r\n"
        assert {pid} != pool.pids


def test_many_threads(store_path: Path) -> None:
    """Callers in many threads share the workers and each get their own answer."""
    answers: dict[int, bytes] = {}
    with QueryPool(store_path, workers=2, patience=20) as pool:

        def ask(i: int) -> None:
            answers[i] = pool.run(f"SELECT ?o {{ <https://e.org/{i}> <https://e.org/p> ?o }}", rows="csv").body

        threads = [threading.Thread(target=ask, args=(i,)) for i in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert {i: f"o\r\n{i}\r\n".encode() for i in range(10)} == answers


def test_no_store(tmp_path: Path) -> None:
    """A missing store is told to whoever asks."""
    with QueryPool(tmp_path / "none", workers=1) as pool, pytest.raises(NotBuiltError, match="metiers-kg build"):
        pool.run(COUNT)


def test_close_stops_the_workers(store_path: Path) -> None:
    """After closing there are no processes, and a query is refused."""
    pool = QueryPool(store_path, workers=2)
    pool.start()
    pids = pool.pids
    pool.close()

    assert [is_running(pid) for pid in pids] == [False, False]
    with pytest.raises(BusyError):
        pool.run(COUNT)
    pool.close()


def test_workers_end_with_a_killed_parent(store_path: Path) -> None:
    """When the parent is killed, its workers end too, even in the middle of a query."""
    program = (
        "import sys, threading, time\n"
        "from pathlib import Path\n"
        "from metiers_kg.store.pool import QueryPool\n"
        "if __name__ == '__main__':\n"
        "    pool = QueryPool(Path(sys.argv[1]), workers=2, timeout=60)\n"
        f"    pool.run({COUNT!r})\n"
        f"    threading.Thread(target=pool.run, args=({ENDLESS!r},), daemon=True).start()\n"
        "    time.sleep(0.2)\n"
        "    print(*pool.pids, flush=True)\n"
        "    time.sleep(60)\n"
    )
    script = store_path.parent / "parent.py"
    script.write_text(program)
    parent = subprocess.Popen([sys.executable, script, store_path], stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()

    assert len(pids) == 2
    assert eventually(lambda: not any(is_running(pid) for pid in pids))
