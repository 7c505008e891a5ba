"""The same queries on this service, the oxigraph server and rdflib-endpoint: answers a second, p95, memory, start.

On this project's graph, and on whole ESCO where METIERS_KG_BENCH_ESCO names a build folder into which it was imported.
The clients take their share of the processors from each contender alike, so that ratios of quick answers are smaller
than with clients on another machine. METIERS_KG_BENCH_SECONDS is the length of each measurement.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.load import Load, measure
from benchmarks.servers import SRJ, Contender, Running, contenders, started
from metiers_kg.project import Project
from metiers_kg.queries import Bound, Catalogue, Names, SavedQuery, bind
from metiers_kg.store import Store

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = {**Catalogue.read(ROOT / "queries"), **Catalogue.read(ROOT / "benchmarks" / "queries")}
CLIENTS = (1, 8, 32)
SECONDS = float(os.environ.get("METIERS_KG_BENCH_SECONDS", "2"))
OURS, CACHED, OXIGRAPH, RDFLIB = "this service, uncached", "this service, cached", "oxigraph server", "rdflib-endpoint"

LOOK_UPS: Mapping[str, tuple[str, ...]] = {
    "own": ("job-names", "job-competences", "competence-gap", "competences-narrower"),
    "esco": ("path-of-occupation", "skills-of-occupation", "missing-skills"),
}
AGGREGATES: Mapping[str, tuple[str, ...]] = {
    "own": ("competences-in-demand", "transversal-competences"),
    "esco": ("skills-by-isco-group",),
}


@dataclass
class Seen:
    """What was seen of all contenders on one graph."""

    loads: dict[tuple[str, str, int], Load] = field(default_factory=dict)
    costs: dict[tuple[str, str], float] = field(default_factory=dict)
    rows: dict[tuple[str, str], object] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def rate(self, contender: str, query: str, clients: int) -> float:
        """Answers a second; 0 where it was not measured."""
        load = self.loads.get((contender, query, clients))
        return load.rate if load is not None else 0.0


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("graph", ["own", "esco"])
def test_side_by_side(graph: str, project: Project, told: list[str]) -> None:
    build = _esco_build() if graph == "esco" else project.build
    names = Names(Store.open(build / "store"))
    queries = [CATALOGUE[name] for name in (*LOOK_UPS[graph], *AGGREGATES[graph])]
    bound = {query.name: bind(query, query.example_values, names) for query in queries}
    seen = Seen()
    for contender in contenders(build, OURS, CACHED, OXIGRAPH, RDFLIB):
        with started(contender, contender.target(queries[0], bound[queries[0].name])) as running:
            _ask_all(contender, running, queries, bound, seen)
    told.append(
        f"{graph} graph: answers a second (p95 in ms) at {', '.join(map(str, CLIENTS))} clients; x of oxigraph;"
        " time of the processors for an answer"
    )
    for query in queries:
        told += [f"  {query.name}", *(_line(name, query.name, seen) for name in (OURS, CACHED, OXIGRAPH, RDFLIB))]
        answers = [seen.rows[name, query.name] for name in (OURS, CACHED, OXIGRAPH) if (name, query.name) in seen.rows]
        assert all(answer == answers[0] for answer in answers), query.name
    told += [*seen.lines, *_bars(graph, seen)]


def _esco_build() -> Path:
    build = Path(os.environ.get("METIERS_KG_BENCH_ESCO", ""))
    manifest = build / "manifest.json"
    if not manifest.is_file() or "esco" not in json.loads(manifest.read_text(encoding="utf-8"))["imports"]:
        pytest.skip("METIERS_KG_BENCH_ESCO names no build folder with ESCO")
    return build


def _ask_all(
    contender: Contender, running: Running, queries: list[SavedQuery], bound: Mapping[str, Bound], seen: Seen
) -> None:
    """Measure one contender with every query, as long as it answers."""
    memory = running.resident_mib
    for query in queries:
        target = contender.target(query, bound[query.name])
        try:
            began = time.perf_counter()
            seen.rows[contender.name, query.name] = json.loads(running.ask(target))["results"]["bindings"]
            # Long enough for a few answers, of a slow query too.
            seconds = max(SECONDS, min(20.0, 10 * (time.perf_counter() - began)))
            measure(running.address, [target], clients=8, seconds=SECONDS / 4, headers=[SRJ])  # warm
            for clients in CLIENTS:
                before = running.cpu_seconds
                load = measure(running.address, [target], clients=clients, seconds=seconds, headers=[SRJ])
                seen.loads[contender.name, query.name, clients] = load
                seen.costs[contender.name, query.name] = (running.cpu_seconds - before) / max(1, load.answers)
        except (OSError, ValueError) as error:
            seen.lines.append(f"  {contender.name}: {query.name}: no answer ({error})")
            break
    seen.lines.append(
        f"  {contender.name:24} start {running.start_seconds:6.2f} s, memory {memory:6.0f} MiB, "
        f"after the load {running.resident_mib:6.0f} MiB"
    )
    if contender.name == CACHED:
        seen.lines.append(f"  {contender.name:24} 304 in {_milliseconds_of_304(running, target)}")


def _milliseconds_of_304(running: Running, target: str) -> str:
    with urlopen(running.address + target, timeout=5) as answer:  # noqa: S310  on this machine
        tag = answer.headers["ETag"]
    load = measure(running.address, [target], clients=1, seconds=SECONDS, headers=[f"If-None-Match: {tag}"])
    assert set(load.statuses) == {"304"}
    return f"{load.p50 * 1e3:.2f} ms (p95 {load.p95 * 1e3:.2f}), asked for 3"


def _line(contender: str, query: str, seen: Seen) -> str:
    cells = []
    for clients in CLIENTS:
        load = seen.loads.get((contender, query, clients))
        if load is None or not load.answers:
            cells.append("        none            ")
            continue
        ratio = load.rate / (seen.rate(OXIGRAPH, query, clients) or load.rate)
        cells.append(f"{load.rate:7.0f} ({load.p95 * 1e3:7.1f}) x{ratio:<6.2f}")
    cost = seen.costs.get((contender, query))
    return f"    {contender:24}" + "".join(cells) + (f" cpu {cost * 1e3:7.2f} ms" if cost else "")


def _bars(graph: str, seen: Seen) -> list[str]:
    """Tell the least ratios over the queries at 8 clients, beside what is asked for."""

    def least(ours: str, peer: str, queries: tuple[str, ...]) -> float:
        return min(seen.rate(ours, query, 8) / (seen.rate(peer, query, 8) or 1e-9) for query in queries)

    look_ups, aggregates = LOOK_UPS[graph], AGGREGATES[graph]
    asked = [
        ("look-ups uncached over rdflib-endpoint", OURS, RDFLIB, look_ups, 5.0),
        ("look-ups uncached over oxigraph", OURS, OXIGRAPH, look_ups, 0.4),
        ("look-ups cached over oxigraph", CACHED, OXIGRAPH, look_ups, 1.0),
        ("aggregates uncached over oxigraph", OURS, OXIGRAPH, aggregates, 1.0),
        ("aggregates cached over oxigraph", CACHED, OXIGRAPH, aggregates, 1.0),
    ]
    return [
        f"  {title:40} x{min(least(ours, peer, queries), 9999):7.2f}, asked for x{bar}"
        for title, ours, peer, queries, bar in asked
    ]
