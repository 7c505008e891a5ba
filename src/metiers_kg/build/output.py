"""The build folder: written aside, then put in place of the previous one in one go."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from metiers_kg.errors import InputError

__all__ = ["recover", "replacing", "write_blocks", "write_json", "write_lines"]

_LINES_AT_ONCE = 10_000

_PID = ".pid"
"""Names the process that writes a folder, so that another build does not take it for a leftover."""


@contextmanager
def replacing(target: Path, *, kind: str = "build", holds: str = "store") -> Iterator[Path]:
    """Give a new folder beside *target*; on success it takes the place of *target*, otherwise it goes away.

    A folder of that *kind* is known by its ``manifest.json`` and by what else it *holds*.

    A build that fails or is killed leaves the previous one whole; what a killed one left beside it is removed by the
    next (see `recover`).

    Raises:
        InputError: *target* is there and is something else.
    """
    if target.exists() and not _is_ours(target, holds):
        raise InputError(f"{target}: expected a {kind} folder or a new name; found something else, and left it alone")
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
    waiting = iter(lines)
    with path.open("wb") as file:
        while some := list(islice(waiting, _LINES_AT_ONCE)):
            data = ("\n".join(some) + "\n").encode()
            digest.update(data)
            file.write(data)
    return digest.hexdigest()


def write_blocks(path: Path, blocks: Iterable[bytes]) -> tuple[str, int]:
    """Write blocks of lines that have their line ends; return the sha256 of the file and the number of lines."""
    digest = hashlib.sha256()
    count = 0
    with path.open("wb") as file:
        for block in blocks:
            digest.update(block)
            file.write(block)
            count += block.count(b"\n")
    return digest.hexdigest(), count


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON object with sorted keys, so that the same content gives the same bytes."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


def _is_ours(target: Path, holds: str) -> bool:
    if not target.is_dir():
        return False
    return not any(target.iterdir()) or all((target / name).exists() for name in ("manifest.json", holds))


def _is_alive(partial: Path) -> bool:
    try:
        pid = int((partial / _PID).read_text(encoding="ascii"))
        os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    return pid != os.getpid()
