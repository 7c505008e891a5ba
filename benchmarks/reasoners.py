"""The engines that close a graph, each run in a process of its own that is ended after a limit.

Run as a script it closes one file with one engine: ``python -m benchmarks.reasoners NAME FILE`` prints a JSON object.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["ENGINES", "Run", "run"]

_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """One closure.

    Attributes:
        load: Seconds for reading and encoding.
        reason: Seconds for the reasoning step alone.
        triples: The size of the closure, or 0 where the engine does not tell.
        megabytes: The peak memory of the process, reading included.
    """

    load: float
    reason: float
    triples: int
    megabytes: float


def run(engine: str, path: Path, limit_seconds: float) -> Run | str:
    """Return what a closure took, or in words why there is none."""
    module = ENGINES[engine].module
    if importlib.util.find_spec(module) is None:
        return f"not installed ({module})"
    command = [sys.executable, "-m", "benchmarks.reasoners", engine, str(path)]
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=limit_seconds, check=False)
    except subprocess.TimeoutExpired:
        return f">{limit_seconds:.0f} s"
    if done.returncode:
        return f"failed: {(done.stderr.strip().splitlines() or ['?'])[-1][:80]}"
    return Run(**json.loads(done.stdout.splitlines()[-1]))


Measured = tuple[float, float, Callable[[], int]]
"""Seconds to load, seconds to reason, and what then counts the triples."""


def _ours(path: Path) -> Measured:
    from metiers_kg.reasoner.closure import Closure
    from metiers_kg.reasoner.saturation import Facts

    class Timed(Closure):
        """Notes when the facts are encoded: the reasoning step begins there."""

        def _start(self, facts: Facts) -> None:
            self.encoded = time.perf_counter()
            super()._start(facts)

    began = time.perf_counter()
    with path.open(encoding="utf-8") as file:
        closure = Timed(line[:-1] for line in file)
    ended = time.perf_counter()
    asserted = sum(len(column) for column in closure.asserted.values())

    def count() -> int:
        return asserted + len(closure.inferred) + len(closure.left_out)

    return closure.encoded - began, ended - closure.encoded, count


def _sparq(path: Path) -> Measured:
    import sparq

    began = time.perf_counter()
    graph = sparq.Graph.load(path, "ntriples")
    loaded = time.perf_counter()
    graph.reason("owl")
    return loaded - began, time.perf_counter() - loaded, lambda: len(graph)


def _reasonable(path: Path) -> Measured:
    import reasonable

    reasoner = reasonable.PyReasoner()
    began = time.perf_counter()
    reasoner.load_file(str(path))
    loaded = time.perf_counter()
    triples = reasoner.reason()
    return loaded - began, time.perf_counter() - loaded, lambda: len(triples)


def _nemo(path: Path) -> Measured:
    import nmo_python

    from benchmarks.compiled_rules import Compiled, nemo_program

    def answered(*, reason: bool) -> tuple[float, Any, list[tuple[str, str]]]:
        program, slots = nemo_program(compiled, str(path), reason=reason)
        began = time.process_time()
        engine = nmo_python.NemoEngine(nmo_python.load_string(program))
        engine.reason()
        return time.process_time() - began, engine, slots

    began = time.perf_counter()
    compiled = Compiled.of(_lines(path))
    compiling = time.perf_counter() - began
    # The engine reads when it is told to reason: what reading takes is known from a program without rules. It has one
    # thread, and seconds of the processor are the fairer ones where two runs are compared.
    load, _, _ = answered(reason=False)
    whole, engine, slots = answered(reason=True)

    def count() -> int:
        known = set(slots)
        others = sum(1 for s, p, o in map(_split, _lines(path)) if (p, "") not in known and (p, o) not in known)
        return others + sum(row[0] for index in range(len(slots)) for row in engine.result(f"nf{index}"))

    return compiling + load, whole - load, count


def _sparql(path: Path) -> Measured:
    import pyoxigraph

    from benchmarks.compiled_rules import Compiled, sparql_updates

    began = time.perf_counter()
    compiled = Compiled.of(_lines(path))
    updates = sparql_updates(compiled)
    store = pyoxigraph.Store()
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_TRIPLES)
    store.load("\n".join(compiled.schema).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    loaded = time.perf_counter()
    before = -1
    while before != len(store):
        before = len(store)
        for update in updates:
            store.update(update)
    return loaded - began, time.perf_counter() - loaded, lambda: len(store)


def _owlrl(path: Path) -> Measured:
    import owlrl
    import rdflib

    graph = rdflib.Graph()
    began = time.perf_counter()
    graph.parse(path, format="nt")
    loaded = time.perf_counter()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return loaded - began, time.perf_counter() - loaded, lambda: len(graph)


def _owlrl_turbo(path: Path) -> Measured:
    import owlrl_turbo
    import rdflib_turbo

    graph = rdflib_turbo.Dataset()
    began = time.perf_counter()
    graph.parse(str(path), format="nt")
    loaded = time.perf_counter()
    closed = owlrl_turbo.expand(graph)
    return loaded - began, time.perf_counter() - loaded, lambda: len(closed)


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine.

    Attributes:
        module: What must be there to run it.
        close: Closes a file.
        is_exact: Whether its closure is of the same size; others leave rules out, or add triples true of any graph.
    """

    module: str
    close: Callable[[Path], Measured]
    is_exact: bool = False


ENGINES: dict[str, Engine] = {
    "metiers_kg": Engine("metiers_kg", _ours, is_exact=True),
    "sparq-rdf": Engine("sparq", _sparq),
    "nemo-python, compiled rules": Engine("nmo_python", _nemo, is_exact=True),
    "reasonable": Engine("reasonable", _reasonable),
    "pyoxigraph, SPARQL updates": Engine("pyoxigraph", _sparql, is_exact=True),
    "owlrl-turbo": Engine("owlrl_turbo", _owlrl_turbo),
    "owlrl": Engine("owlrl", _owlrl),
}


def _lines(path: Path) -> Iterable[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line[:-1]


def _split(line: str) -> list[str]:
    return line[:-2].split(" ", 2)


def _main(engine: str, path: str) -> None:
    load, reason, count = ENGINES[engine].close(Path(path))
    megabytes = _peak_megabytes()  # before the triples are counted
    print(json.dumps({"load": load, "reason": reason, "triples": count(), "megabytes": megabytes}))


def _peak_megabytes() -> float:
    """Return the peak memory of this process; Linux counts that of the starting process into ``ru_maxrss``."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


if __name__ == "__main__":
    _main(*sys.argv[1:])
