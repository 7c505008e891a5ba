"""The whole build, the reference reasoner included, beside the closure alone."""

from __future__ import annotations

from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from metiers_kg.build.run import build_graph
from metiers_kg.project import Project

ROOT = Path(__file__).resolve().parents[1]


def test_build(benchmark: BenchmarkFixture, tmp_path: Path, told: list[str]) -> None:
    project = Project.find(ROOT, tmp_path / "build")
    steps: list[str] = []
    built = benchmark.pedantic(lambda: build_graph(project, force=True, progress=steps.append), rounds=1)
    report = (project.build / "report.json").read_text(encoding="utf-8")
    assert built.manifest["triples"] > 0
    told.append(f"build {built.seconds:.1f} s for {built.manifest['triples']:,} triples; {' '.join(report.split())}")
