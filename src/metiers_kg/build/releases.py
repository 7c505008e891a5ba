"""Keep earlier releases, so that an answer can be had again after the data have changed.

A build folder has the saved queries beside the graph. When another release takes its place, the folder's files are
linked, not copied, into ``<build>-releases/<version>/``; a release costs disk space only, and no time.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from metiers_kg.build.inputs import read_manifest
from metiers_kg.build.output import write_json
from metiers_kg.errors import InputError
from metiers_kg.project import Project
from metiers_kg.store.releases import QUERIES, data_version, find_kept, query_hashes, releases_folder

__all__ = ["KEEP", "add_queries", "keep_limit", "keep_replaced", "refresh_queries"]

KEEP = 3
"""How many earlier releases are kept where nobody says otherwise."""

_VARIABLE = "METIERS_KG_KEEP"

# A graph that is served from memory needs no store, and the state of the reasoner is of no use to a release.
_FILES = ("manifest.json", "report.json", "metiers.nq", "unstated.nq")
_SERVED_FROM_MEMORY = 128 * 1024 * 1024


def keep_limit() -> int:
    """Return how many earlier releases are kept: ``METIERS_KG_KEEP``, or else ``KEEP``.

    Raises:
        InputError: The variable holds no number from 0.
    """
    text = os.environ.get(_VARIABLE, "").strip()
    if not text:
        return KEEP
    if not text.isascii() or not text.isdecimal():
        raise InputError(f"{_VARIABLE}: found {text!r}, expected a number of releases from 0")
    return int(text)


def add_queries(project: Project, folder: Path) -> None:
    """Put the saved queries of *project* into a build folder."""
    (folder / QUERIES).mkdir(exist_ok=True)
    for path in sorted(project.queries.glob("*.rq")):
        shutil.copyfile(path, folder / QUERIES / path.name)


def keep_replaced(build: Path, new: Path, limit: int) -> str | None:
    """Keep the release in *build* when the one in *new*, about to take its place, is another; then drop the oldest.

    Args:
        build: The build folder.
        new: The folder that takes its place, whole.
        limit: The most releases that are kept; 0 keeps none.

    Returns:
        The version that was kept, or None where there was none to keep.
    """
    current = _version(new)
    previous = _version(build) if read_manifest(build) is not None else None
    if previous in (None, current):
        previous = None
    elif limit > 0 and previous not in find_kept(build):
        _keep(build, releases_folder(build) / str(previous))
    _prune(build, current, limit)
    return previous if limit > 0 else None


def refresh_queries(project: Project, limit: int) -> bool:
    """Bring the saved queries of a built graph up to date, and keep the release with those it had.

    Returns:
        Whether there was anything to do.
    """
    build = project.build
    if read_manifest(build) is None or query_hashes(project.queries) == query_hashes(build / QUERIES):
        return False
    if not os.access(build, os.W_OK):
        return False
    with tempfile.TemporaryDirectory(prefix=f".{build.name}.queries-", dir=build.parent) as name:
        new = Path(name)
        shutil.copyfile(build / "manifest.json", new / "manifest.json")
        add_queries(project, new)
        keep_replaced(build, new, limit)
        if (build / QUERIES).exists():
            (build / QUERIES).rename(new / "replaced")
        (new / QUERIES).rename(build / QUERIES)
    return True


def _version(folder: Path) -> str | None:
    """Return the version of the release in *folder*; None where it is of an older layout, without its queries."""
    if not (folder / QUERIES).is_dir():
        return None
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return data_version(manifest, query_hashes(folder / QUERIES))


def _keep(build: Path, target: Path) -> None:
    """Link the files of a release into *target*, in one go."""
    target.parent.mkdir(exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent))
    try:
        partial.chmod(0o755)
        for name in _FILES:
            if (build / name).is_file():
                _link(build / name, partial / name)
        folders = [QUERIES]
        if not (build / "metiers.nq").is_file() or (build / "metiers.nq").stat().st_size > _SERVED_FROM_MEMORY:
            folders.append("store")
        for name in folders:
            shutil.copytree(build / name, partial / name, copy_function=_link, ignore=shutil.ignore_patterns("LOCK"))
        told = {"kept": datetime.now(UTC).isoformat(timespec="microseconds"), "version": target.name}
        write_json(partial / "release.json", told)
        partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _link(source: str | Path, target: str | Path) -> None:
    """Link a file under a second name, or copy it where the disk has no links; no build writes into a file again."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _prune(build: Path, current: str | None, limit: int) -> None:
    """Drop the release that is now the built one, and all but the last *limit*."""
    kept = [release for release in find_kept(build).values() if release.version != current]
    wanted = {release.folder for release in kept[:limit]}
    for release in find_kept(build).values():
        if release.folder not in wanted:
            shutil.rmtree(release.folder, ignore_errors=True)
