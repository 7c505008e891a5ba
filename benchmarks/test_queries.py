"""p50 and p95 of every saved query with its example values, beside the same bound query on rdflib in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.rdflib_peer import RdflibPeer
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, answer, bind
from metiers_kg.store import Store

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Catalogue.read(ROOT / "queries")
ROUNDS = 60
RDFLIB_LIMIT_SECONDS = 20.0


@pytest.fixture(scope="session")
def store(project: Project) -> Store:
    """The built graph, in memory as the service has it."""
    return Store.load(project.build / "metiers.nq")


@pytest.fixture(scope="session")
def names(store: Store) -> Names:
    """Its names."""
    return Names(store)


@pytest.fixture(scope="session")
def rdflib_peer(project: Project) -> Iterator[RdflibPeer]:
    """The peer: rdflib, with the merged graph in memory."""
    peer = RdflibPeer(project.build / "metiers.nt", RDFLIB_LIMIT_SECONDS)
    yield peer
    peer.close()


@pytest.mark.parametrize("name", CATALOGUE)
def test_saved_query(
    name: str, benchmark: BenchmarkFixture, store: Store, names: Names, rdflib_peer: RdflibPeer, told: list[str]
) -> None:
    query = CATALOGUE[name]
    values = query.example_values
    result = benchmark.pedantic(lambda: answer(store, names, query, values), rounds=ROUNDS, warmup_rounds=3)
    seconds = sorted(benchmark.stats.stats.data)
    p50, p95 = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    peer = rdflib_peer.seconds(bind(query, values, names).text)
    if peer and result.table is not None:
        assert peer[1] == len(result.table.rows)
    beside = f"{peer[0] * 1e3:9.1f} ms  x{peer[0] / p50:7.0f}" if peer else f"over {RDFLIB_LIMIT_SECONDS:.0f} s"
    told.append(f"{name:34} p50 {p50 * 1e3:6.2f} ms  p95 {p95 * 1e3:6.2f} ms   rdflib {beside}")
