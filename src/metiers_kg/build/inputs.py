"""The files a graph is built from, and whether a built graph is still theirs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from metiers_kg import __version__
from metiers_kg.errors import InputError
from metiers_kg.project import Project

__all__ = [
    "FORMAT",
    "data_files",
    "fingerprint",
    "import_manifests",
    "imports_key",
    "is_current",
    "manifest_sha256",
    "read_manifest",
    "software",
]

FORMAT = 2
"""Version of the layout of the build folder; raised when it changes."""

_CODE = ("build", "links", "overlap", "reasoner", "store", "vocabulary")


def data_files(project: Project) -> list[Path]:
    """Return the data files, those of a sector's folder too, sorted. Raises InputError where the project has none."""
    files = sorted(project.data.rglob("*.ttl"))
    if not files:
        raise InputError(f"{project.data}: expected Turtle files (*.ttl); found none")
    return files


def fingerprint(project: Project) -> dict[str, str]:
    """Return the sha256 of every file that the built graph depends on, by its path in the project.

    The code of the build counts as one file, ``(code)``: a graph built by other rules is another graph.
    """
    files = [
        *sorted(project.ontology.glob("*.ttl")),
        *data_files(project),
        *sorted(project.data.rglob("*.sssom.tsv")),
        *sorted(project.checks.glob("*.rq")),
    ]
    found = {project.name_of(path): _sha256(path) for path in files}
    code = hashlib.sha256()
    for path in _code_files():
        code.update(path.read_bytes())
    found["(code)"] = code.hexdigest()
    return found | {imports_key(path.parent.name): manifest_sha256(path.parent) for path in import_manifests(project)}


def import_manifests(project: Project) -> list[Path]:
    """Return the manifests of the imported vocabularies, sorted; each has the sha256 of its graph."""
    return sorted(path for path in project.imports.glob("*/manifest.json") if not path.parent.name.startswith("."))


def imports_key(name: str) -> str:
    """Return the key under which a fingerprint has an imported vocabulary."""
    return f"imports/{name}"


def manifest_sha256(folder: Path) -> str:
    """Return the sha256 of the manifest of an imported vocabulary."""
    return _sha256(folder / "manifest.json")


def software(reasoner: str) -> dict[str, str]:
    """Return the versions of the project and of the libraries that decide what the graph holds."""
    engine = {"columns": "numpy"}.get(reasoner, reasoner)
    return {"metiers-kg": __version__, **{name: _version(name) for name in (engine, "pyoxigraph", "rdflib")}}


def read_manifest(build: Path) -> Mapping[str, Any] | None:
    """Return the manifest of a built graph, or None where there is none that can be read."""
    try:
        manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and (build / "store").is_dir() else None


def is_current(project: Project) -> bool:
    """Tell whether the built graph was made from the project's files as they are now."""
    manifest = read_manifest(project.build)
    return bool(manifest and manifest.get("format") == FORMAT and manifest.get("inputs") == fingerprint(project))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _code_files() -> Iterator[Path]:
    package = Path(__file__).resolve().parents[1]
    for name in _CODE:
        yield from sorted((package / name).glob("*.py"))
        yield from sorted((package / name).glob("*.rules"))


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"
