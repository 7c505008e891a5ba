"""The build folder: written aside, then put in place of the previous one in one go."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from metiers_kg.build.disk import exchange, sync
from metiers_kg.build.failures import writing
from metiers_kg.errors import InputError
from metiers_kg.store.checksums import CHECKSUMS, write_checksums
from metiers_kg.store.held import is_held

__all__ = ["recover", "replacing", "write_blocks", "write_json", "write_lines"]

_LINES_AT_ONCE = 10_000
_KNOWN_BY = 2
"""Of the three names that a built folder has, so many tell it from anything else."""


@contextmanager
def replacing(target: Path, *, kind: str = "build", holds: str = "store", checksums: bool = True) -> Iterator[Path]:
    """Give a new folder beside *target*; on success it takes the place of *target*, otherwise it goes away.

    A folder of that *kind* is known by its ``manifest.json`` and by what else it *holds*. The caller has its turn
    (see `take_turn`). Without *checksums* the caller writes those of its own.

    A build that fails or is killed leaves the previous one whole; what a killed one left beside it is removed by the
    next (see `recover`). The new folder is on the disk before it takes the place of the previous one, which it does in
    one step where the system has it; the previous one goes once nobody reads it.

    Raises:
        InputError: *target* is there and is something else, or cannot be written.
    """
    if target.exists() and not _is_ours(target, holds):
        raise InputError(f"{target}: expected a {kind} folder or a new name; found something else, and left it alone")
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        recover(target)
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent))
        try:
            partial.chmod(0o755)
            yield partial
            if checksums:
                write_checksums(partial)
            _settle(partial)
            if not target.exists():
                partial.rename(target)
            elif not exchange(partial, target):
                previous = _previous(target)
                target.rename(previous)
                partial.rename(target)
                previous.rename(partial)
            sync(target.parent)
        finally:
            _remove(partial)


def recover(target: Path) -> None:
    """Put back the previous build if a build was killed between two renames; remove what killed builds left.

    The caller has its turn, so that nothing is removed that somebody writes; what is still read stays.
    """
    previous = _previous(target)
    if previous.exists():
        if target.exists():
            _remove(previous)
        else:
            previous.rename(target)
    for leftover in target.parent.glob(f".{target.name}.partial-*"):
        _remove(leftover)


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
    """Tell whether a build wrote a folder; one that has lost a file since is a build's still."""
    if not target.is_dir():
        return False
    known = ("manifest.json", CHECKSUMS, holds)
    return not any(target.iterdir()) or sum((target / name).exists() for name in known) >= _KNOWN_BY


def _remove(folder: Path) -> None:
    """Remove a folder, unless somebody reads it: then the next build does."""
    if folder.exists() and not is_held(folder):
        shutil.rmtree(folder, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Have the disk keep what was written, so that a machine that fails later has it whole or not at all."""
    for path in (*folder.rglob("*"), folder):
        sync(path)
