"""Imported vocabularies: each in its own folder, and its own graph of the built graph.

An import reads a release, writes ``imports/<name>/`` and brings a built graph up to date. Both are written aside and
put in place at the end: an import that fails leaves everything as it was.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metiers_kg import __version__
from metiers_kg.build import output, releases
from metiers_kg.build.dataset import Own, write_dataset
from metiers_kg.build.inputs import FORMAT, import_manifests, imports_key, manifest_sha256, read_manifest
from metiers_kg.build.naming import write_names
from metiers_kg.build.overlapping import make_spaces, measure_overlap
from metiers_kg.build.turns import take_turn
from metiers_kg.errors import InputError
from metiers_kg.overlap.state import STATE, save_spaces
from metiers_kg.project import Project
from metiers_kg.sources import Imported, ImportReport, Progress
from metiers_kg.store.checksums import find_damage
from metiers_kg.vocabulary import VOCABULARIES, graph_iri

__all__ = [
    "VOCABULARIES",
    "ImportDone",
    "check_imports",
    "import_vocabulary",
    "imported_graphs",
    "imports_manifest",
    "read_release",
]

GRAPH = "graph.nt"
_READING = 0.3  # the part of an import that reading takes; writing and loading take the rest
_CONCEPT = b"> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .\n"


@dataclass(frozen=True, slots=True)
class ImportDone:
    """What an import did.

    Attributes:
        folder: Where the vocabulary is.
        report: What was read, and what was not.
        was_current: True when the same graph was there already.
        build: The built graph that has it now, or None where none is built.
        seconds: How long it took.
    """

    folder: Path
    report: ImportReport
    was_current: bool
    build: Path | None
    seconds: float


def imported_graphs(project: Project) -> dict[str, Path]:
    """Return the N-Triples file of each imported vocabulary, by name."""
    return {path.parent.name: path.parent / GRAPH for path in import_manifests(project)}


def imports_manifest(project: Project) -> dict[str, Any]:
    """Return what the manifest of each imported vocabulary says, by name."""
    return {path.parent.name: _read_manifest(path) for path in import_manifests(project)}


def check_imports(project: Project) -> None:
    """Raise InputError where a file of an imported vocabulary is not as the import wrote it; the message names it."""
    damage = [path.parent / file for path in import_manifests(project) for file in find_damage(path.parent)]
    if damage:
        told = "; ".join(map(str, damage))
        raise InputError(f"{told}; `metiers-kg import` of the release writes it anew")


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_bytes())
        if isinstance(told, dict) and isinstance(told["triples"], int):
            return told
    except (ValueError, KeyError):
        pass
    raise InputError(f"{path}: not what an import wrote; `metiers-kg import` of the release writes it anew")


def import_vocabulary(
    project: Project, name: str, paths: Sequence[Path], progress: Progress = lambda what, done: None
) -> ImportDone:
    """Import a vocabulary from its official release, in place of an earlier one.

    Raises:
        InputError: The release is not what it should be; imports and built graph stay as they were.
    """
    began = time.perf_counter()
    target = project.imports / name

    def wait(told: str) -> None:
        progress(told, 0.0)

    # Builds read what is imported: none runs meanwhile.
    with take_turn(project.build, wait), take_turn(target, wait):
        output.recover(project.build)
        done = _import(project, name, paths, target, progress)
    progress("done", 1.0)
    return ImportDone(target, *done, time.perf_counter() - began)


def _import(
    project: Project, name: str, paths: Sequence[Path], target: Path, progress: Progress
) -> tuple[ImportReport, bool, Path | None]:
    imported = read_release(project, name, paths, lambda what, done: progress(what, done * _READING))
    report, lines = imported.report, imported.lines
    del imported
    with output.replacing(target, kind="vocabulary", holds=GRAPH) as folder:
        progress("writing the graph", _READING)
        digest = output.write_lines(folder / GRAPH, lines)
        del lines
        output.write_json(folder / "manifest.json", _manifest(report, digest))
        same = _same_manifest(folder, target)
        build = _refresh(project, name, folder, progress) if read_manifest(project.build) else None
    return report, same, build


def read_release(
    project: Project, name: str, paths: Iterable[Path], progress: Progress = lambda what, done: None
) -> Imported:
    """Read a release and leave everything as it is. Raises InputError where it is not what it should be."""
    if name == "esco":
        from metiers_kg.sources import esco

        return esco.read(paths, progress)
    if name == "rome":
        from metiers_kg.sources import rome

        return rome.read(paths, progress)
    if name == "crosswalk":
        from metiers_kg.sources import crosswalk

        return crosswalk.read(paths, progress, known=_knows(project))
    raise InputError(f"import: found {name!r}, expected one of {', '.join(VOCABULARIES)}")


def _knows(project: Project) -> Callable[[str], bool]:
    """Return what tells whether ESCO or ROME, where imported, has an IRI; what is not imported is not judged."""
    graphs = imported_graphs(project)
    known: dict[str, set[bytes]] = {}
    for name in ("esco", "rome"):
        if name in graphs:
            with graphs[name].open("rb") as file:
                known[name] = {line[1 : -len(_CONCEPT)] for line in file if line.endswith(_CONCEPT)}

    def knows(iri: str) -> bool:
        name = "esco" if iri.startswith("http://data.europa.eu/esco/") else "rome"
        return name not in known or iri.encode() in known[name]

    return knows


def _manifest(report: ImportReport, digest: str) -> dict[str, Any]:
    return {
        "counts": report.counts,
        "files": [file.file for file in report.files],
        "format": FORMAT,
        "sha256": digest,
        "software": {"metiers-kg": __version__},
        "triples": report.counts["triples"],
        "version": report.version,
        "vocabulary": report.vocabulary,
    }


def _same_manifest(one: Path, two: Path) -> bool:
    try:
        return (one / "manifest.json").read_bytes() == (two / "manifest.json").read_bytes()
    except OSError:
        return False


def _refresh(project: Project, name: str, folder: Path, progress: Progress) -> Path | None:
    """Write the built graph anew with the vocabulary that *folder* has; return None where it cannot be taken from.

    The project's own graphs are taken from the built graph: one that is stale for another reason stays so.
    """
    build, key = project.build, imports_key(name)
    manifest = dict(read_manifest(build) or {})
    if manifest.get("format") != FORMAT or find_damage(build):
        return None
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    inputs, imports = dict(manifest["inputs"]), dict(manifest.get("imports", {}))
    if imports.get(name) == told and inputs.get(key) == manifest_sha256(folder):
        return build
    before = dict(imports)
    graphs: Mapping[str, Path] = {n: p for n, p in imported_graphs(project).items() if n in imports}

    def tell(what: str, done: float) -> None:
        progress(what, _READING + (1 - _READING) * done)

    with output.replacing(build) as new:
        graphs = {**graphs, name: folder / GRAPH}
        imports[name], inputs[key] = told, manifest_sha256(folder)
        own, measured = _measure_anew(build / "metiers.nq", new, graphs, imports, tell)
        base = None if name in before else build / "store"
        written = write_dataset(new, own, graphs, base=base, added=name, progress=tell)
        manifest |= {
            "graphs": {**manifest["graphs"], **measured, graph_iri(name): told["triples"]},
            "imports": imports,
            "inputs": inputs,
            "outputs": written.outputs,
            "triples": written.triples,
        }
        output.write_json(new / "manifest.json", manifest)
        write_names(new, imports, build, before)
        for other in build.iterdir():
            if other.is_file() and not (new / other.name).exists():
                shutil.copy2(other, new / other.name)
        releases.add_queries(project, new)
        releases.keep_replaced(build, new, releases.keep_limit())
    return build


def _measure_anew(
    nquads: Path, folder: Path, graphs: Mapping[str, Path], imports: Mapping[str, Any], progress: Progress
) -> tuple[Own, dict[str, int]]:
    """Return the project's own graphs with their overlap measured anew, and the size of that graph; write its file."""
    progress("measuring overlap", 0.0)
    own = Own.of_file(nquads, (*VOCABULARIES, "overlap"))
    spaces = make_spaces(own.lines_of("data", "links"), graphs, {n: told["version"] for n, told in imports.items()})
    save_spaces(spaces, folder / STATE)
    lines = measure_overlap(spaces)
    return own.with_graph("overlap", lines), {graph_iri("overlap"): len(lines)} if lines else {}
