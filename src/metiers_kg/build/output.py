"""The build folder: written aside, then put in place of the previous one in one go."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from metiers_kg.build.inputs import read_manifest
from metiers_kg.errors import InputError

__all__ = ["recover", "replacing", "write_json", "write_lines"]

_PID = ".pid"
"""Names the process that writes a folder, so that another build does not take it for a leftover."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a new folder beside *target*; on success it takes the place of *target*, otherwise it goes away.

    A build that fails or is killed leaves the previous one whole; what a killed one left beside it is removed by the
    next (see `recover`).

    Raises:
        InputError: *target* is there and is not a build folder.
    """
    if target.exists() and not _is_ours(target):
        raise InputError(f"{target}: expected a build folder or a new name; found something else, and left it alone")
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent))
    partial.chmod(0o755)
    pid = partial / _PID
    pid.write_text(str(os.getpid()), encoding="ascii")
    try:
        yield partial
        pid.unlink()
        previous = _previous(target)
        if target.exists():
            target.rename(previous)
        partial.rename(target)
        shutil.rmtree(previous, ignore_errors=True)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def recover(target: Path) -> None:
    """Put back the previous build if a build was killed between the two renames; remove what killed builds left."""
    previous = _previous(target)
    if previous.exists():
        if target.exists():
            shutil.rmtree(previous, ignore_errors=True)
        else:
            previous.rename(target)
    for leftover in target.parent.glob(f".{target.name}.partial-*"):
        if not _is_alive(leftover):
            shutil.rmtree(leftover, ignore_errors=True)


def write_lines(path: Path, lines: Iterable[str]) -> str:
    """Write lines, each ended by a line feed; return the sha256 of the file."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for line in lines:
            data = f"{line}\n".encode()
            digest.update(data)
            file.write(data)
    return digest.hexdigest()


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON object with sorted keys, so that the same content gives the same bytes."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


def _is_ours(target: Path) -> bool:
    return target.is_dir() and (read_manifest(target) is not None or not any(target.iterdir()))


def _is_alive(partial: Path) -> bool:
    try:
        pid = int((partial / _PID).read_text(encoding="ascii"))
        os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    return pid != os.getpid()
