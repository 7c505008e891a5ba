"""`build_graph` makes the graph, unless something stands against it: shapes, contradictions, checks, passages."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from metiers_kg.build import assembly, output, reasoning, releases
from metiers_kg.build.dataset import Own, write_dataset
from metiers_kg.build.inputs import FORMAT, fingerprint, is_current, read_manifest, software
from metiers_kg.build.naming import write_names
from metiers_kg.build.overlapping import make_spaces, measure_overlap
from metiers_kg.build.passages import check_texts, has_texts
from metiers_kg.build.profile import check_profile
from metiers_kg.build.reasoning import Closed
from metiers_kg.build.turns import take_turn
from metiers_kg.build.validation import run_checks, run_shapes
from metiers_kg.build.vocabularies import check_imports, imported_graphs, imports_manifest
from metiers_kg.errors import DataError, Finding, InputError
from metiers_kg.overlap.state import STATE, save_spaces
from metiers_kg.project import Project
from metiers_kg.store import Store
from metiers_kg.store.checksums import find_damage
from metiers_kg.store.releases import QUERIES, query_hashes
from metiers_kg.vocabulary import graph_iri

__all__ = ["REASONERS", "Built", "build_graph"]

REASONERS = tuple(reasoning.REASONERS)
"""The names of the reasoners that can compute the closure; the first is the default."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        folder: Where the graph is.
        manifest: Counts, versions and hashes; the same for the same inputs.
        warnings: Findings that did not stop the build.
        seconds: How long it took.
        was_current: True when the inputs had not changed and nothing was done.
    """

    folder: Path
    manifest: Mapping[str, Any]
    warnings: Sequence[Finding]
    seconds: float
    was_current: bool = False


@dataclass(slots=True)
class _Steps:
    """Tells each step as it starts and keeps how long it took."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    _started: tuple[str, float] | None = None

    def start(self, name: str) -> None:
        self.end()
        self.progress(name)
        self._started = (name, time.perf_counter())

    def end(self) -> None:
        if self._started:
            name, since = self._started
            self.seconds[name] = round(time.perf_counter() - since, 3)
        self._started = None


def build_graph(
    project: Project,
    *,
    reasoner: str = REASONERS[0],
    force: bool = False,
    keep: int | None = None,
    progress: Progress = lambda step: None,
) -> Built:
    """Build the graph of *project* in its build folder, unless it is there and current.

    The same inputs give the same bytes of ``metiers.nq``, ``metiers.nt`` and ``manifest.json``, whether the reasoning
    goes on from the last build or, with *force*, starts from nothing. Where graph or saved queries are others than
    before, the release that is replaced is kept, and the last *keep* of these (`releases.keep_limit` unless told).

    Raises:
        InputError: There is nothing to build, or the build folder holds something else.
        DataError: The data break shapes, checks or axioms; the previous build stays as it was.
    """
    began = time.perf_counter()
    if reasoner not in REASONERS:
        raise InputError(f"--reasoner: found {reasoner!r}, expected one of {', '.join(REASONERS)}")
    limit = releases.keep_limit() if keep is None else keep
    if not force and _is_done(project):  # also where nothing can be written
        return Built(project.build, read_manifest(project.build) or {}, (), 0.0, was_current=True)
    with take_turn(project.build, progress):
        output.recover(project.build)
        if not force and is_current(project) and not _is_damaged(project, progress):
            releases.refresh_queries(project, limit)
            return Built(project.build, read_manifest(project.build) or {}, (), 0.0, was_current=True)
        return _build(project, reasoner, limit, progress, force=force, began=began)


def _is_done(project: Project) -> bool:
    is_same = is_current(project) and query_hashes(project.queries) == query_hashes(project.build / QUERIES)
    return is_same and not find_damage(project.build)


def _is_damaged(project: Project, progress: Progress) -> bool:
    """Tell whether a file of the built graph is not as it was written."""
    damage = find_damage(project.build)
    for file in damage:
        progress(f"{project.build / file}: building it anew")
    return bool(damage)


def _build(project: Project, reasoner: str, limit: int, progress: Progress, *, force: bool, began: float) -> Built:
    check_imports(project)
    inputs = fingerprint(project)
    steps = _Steps(progress)
    graphs, closure, warnings = _graphs(project, reasoner, steps, previous=None if force else project.build)
    steps.start("overlap")
    spaces = make_spaces([*graphs["data"], *graphs.get("links", ())], imported_graphs(project), _versions(project))
    if overlap := measure_overlap(spaces):
        graphs["overlap"] = overlap
    with output.replacing(project.build) as folder:
        steps.start("write")
        save_spaces(spaces, folder / STATE)
        manifest = _write(folder, project, graphs, closure, inputs, reasoner)
        before = (read_manifest(project.build) or {}).get("imports", {})
        write_names(folder, manifest["imports"], project.build, before)
        steps.end()
        seconds = time.perf_counter() - began
        report = {
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "seconds": round(seconds, 3),
            "steps": steps.seconds,
            "warnings": [str(warning) for warning in warnings],
        }
        output.write_json(folder / "report.json", report)
        releases.add_queries(project, folder)
        releases.keep_replaced(project.build, folder, limit)
    return Built(project.build, manifest, warnings, seconds)


def _graphs(
    project: Project, reasoner: str, steps: _Steps, previous: Path | None = None
) -> tuple[dict[str, list[str]], Closed, list[Finding]]:
    """Assemble, validate and reason; return the graphs by name, the closure and the warnings."""
    steps.start("read")
    ontology, data, linked = assembly.read_sources(project)
    asserted = [*ontology, *data, *linked.get("links", ())]
    where = assembly.locations(project)
    steps.start("shapes")
    findings = check_profile(ontology, where)
    findings += run_shapes(asserted, project.ontology / "shapes.ttl", where)
    _stop_on_violations("the data break the shapes", findings)
    steps.start("reason")
    closure = reasoning.close(asserted, reasoner, previous)
    _stop_on_violations("the data contradict the ontology", reasoning.contradictions(closure, asserted, where))
    graphs = {
        "ontology": sorted({*ontology, *assembly.read_vocabulary_terms(project)}),
        "data": data,
        **linked,
        "inferred": list(closure.inferred),
        "provenance": assembly.provenance(
            software(reasoner), reasoner, ["ontology", "data", *(name for name in linked if name == "links")]
        ),
    }
    steps.start("checks")
    store = Store.memory("\n".join(assembly.nquads(graphs)), nquads=True)
    findings += run_checks(store, project.checks, where)
    if has_texts(project.data):
        steps.start("passages")
        findings += check_texts(store, project.data, where)
    steps.end()
    _stop_on_violations("the data fail the checks", findings)
    return graphs, closure, findings


def _versions(project: Project) -> dict[str, str]:
    return {name: told.get("version", "") for name, told in imports_manifest(project).items()}


def _stop_on_violations(summary: str, findings: Sequence[Finding]) -> None:
    violations = [finding for finding in findings if finding.severity == "violation"]
    if violations:
        raise DataError(f"{summary}: {len(violations)} found", violations)


def _write(
    folder: Path,
    project: Project,
    graphs: Mapping[str, Sequence[str]],
    closure: Closed,
    inputs: Mapping[str, str],
    reasoner: str,
) -> dict[str, Any]:
    own = Own.of_lines(assembly.nquads(graphs), assembly.ntriples(graphs.values()))
    written = write_dataset(folder, own, imported_graphs(project))
    output.write_lines(folder / "unstated.nq", assembly.unstated(graphs["ontology"], closure.left_out))
    reasoning.write_state(closure, folder)
    imports = imports_manifest(project)
    manifest = {
        "format": FORMAT,
        "graphs": {graph_iri(name): len(lines) for name, lines in graphs.items()}
        | {graph_iri(name): told["triples"] for name, told in imports.items()},
        "imports": imports,
        "inputs": dict(inputs),
        "outputs": written.outputs,
        "reasoner": reasoner,
        "software": software(reasoner),
        "triples": written.triples,
    }
    output.write_json(folder / "manifest.json", manifest)
    return manifest
