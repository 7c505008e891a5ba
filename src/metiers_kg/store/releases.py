"""Releases: what answers depend on, under one name, and where earlier ones are kept.

A release is the graph with the saved queries that are asked of it. Its version is a short hash of both, so that the
same version means the same answers. The build keeps earlier releases beside its folder; here they are found and named.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["QUERIES", "VERSION", "KeptRelease", "data_version", "find_kept", "query_hashes", "releases_folder"]

QUERIES = "queries"
"""The folder of a release that holds its saved queries."""

VERSION = re.compile("[0-9a-f]{12}")
"""What a version looks like."""


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """An earlier release.

    Attributes:
        version: Its version.
        folder: The folder of its files, named like the version.
        kept: When it was kept, in UTC (ISO 8601).
        triples: The triples of its graph.
        queries: The number of its saved queries.
    """

    version: str
    folder: Path
    kept: str
    triples: int
    queries: int


def releases_folder(build: Path) -> Path:
    """Return the folder in which earlier releases of a build folder are kept.

    >>> releases_folder(Path("build")).name
    'build-releases'
    """
    return build.with_name(f"{build.name}-releases")


def data_version(manifest: Mapping[str, Any], queries: Mapping[str, str]) -> str:
    """Return the version of a release: the first 12 digits of a SHA-256.

    Args:
        manifest: What the build says of the graph; the hashes of its ``outputs`` count, where it has them.
        queries: The SHA-256 of each saved query, by name.

    >>> graph = {"outputs": {"metiers.nq": "1a"}, "software": {"numpy": "2.4"}}
    >>> data_version(graph, {"jobs": "2b"}) == data_version(graph | {"software": {}}, {"jobs": "2b"})
    True
    >>> data_version(graph, {"jobs": "2b"}) == data_version(graph, {"jobs": "3c"})
    False
    """
    parts = [manifest.get("outputs") or manifest, dict(queries)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:12]


def query_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every ``*.rq`` that stands directly in *folder*, by name."""
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.rq"))}


def find_kept(build: Path) -> dict[str, KeptRelease]:
    """Return the releases that are kept beside a build folder, by version, the last kept first.

    A folder that is not whole, or whose files are no longer those of its version, is left out.
    """
    found = [kept for folder in releases_folder(build).glob("*/") if (kept := _read(folder)) is not None]
    return {kept.version: kept for kept in sorted(found, key=lambda kept: (kept.kept, kept.version), reverse=True)}


def _read(folder: Path) -> KeptRelease | None:
    if not VERSION.fullmatch(folder.name):
        return None
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        told = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        queries = query_hashes(folder / QUERIES)
    except (OSError, ValueError):
        return None
    if data_version(manifest, queries) != folder.name:
        return None
    return KeptRelease(folder.name, folder, str(told.get("kept", "")), int(manifest.get("triples", 0)), len(queries))
