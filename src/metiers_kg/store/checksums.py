"""Checksums of a built folder, so that a file that is not what was written is told before anything is read from it.

They stand in ``files.sha256``, in the form of ``sha256sum``: ``sha256sum -c files.sha256`` tells the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

__all__ = ["CHECKSUMS", "find_damage", "write_checksums"]

CHECKSUMS = "files.sha256"

_ENGINES_OWN = ("LOCK", "LOG")
"""Files that the engine writes for itself, also when it only reads."""

_QUERIES = "queries"
"""A folder that is renewed without a build."""


def write_checksums(folder: Path) -> None:
    """Write ``files.sha256`` of all files in *folder*."""
    lines = [f"{_sha256(folder / name)}  {name}\n" for name in _names(folder)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def find_damage(folder: Path, at_most: int | None = None, among: tuple[str, ...] = ("",)) -> list[str]:
    """Return the files of *folder* that are not as they were written, each with what was found, sorted.

    Args:
        folder: A folder in which ``write_checksums`` has written; one without its file is not judged.
        at_most: The largest file that is read, in bytes; of larger ones only their being there counts.
        among: What the names begin with of the files that are looked at; all, unless told.

    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> written = (folder / "a").write_text("1"), (folder / "b").write_text("2")
    >>> write_checksums(folder)
    >>> changed = (folder / "b").write_text("3")
    >>> find_damage(folder)
    ['b: not the bytes that were written']
    """
    try:
        lines = (folder / CHECKSUMS).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    listed: dict[str, str] = {}
    for line in lines:
        digest, _, name = line.decode(errors="replace").partition("  ")
        if not name or "\0" in name:
            return [f"{CHECKSUMS}: not a list of checksums"]
        listed[name] = digest

    def judge(name: str) -> str:
        path = folder / name
        if not path.is_file():
            return f"{name}: missing"
        is_read = at_most is None or path.stat().st_size <= at_most
        return f"{name}: not the bytes that were written" if is_read and _sha256(path) != listed[name] else ""

    with ThreadPoolExecutor() as several:  # Python lets go while it reads and counts
        found = [told for told in several.map(judge, filter(lambda n: n.startswith(among), listed)) if told]
    found += [f"{CHECKSUMS}: does not tell of {name}" for name in _names(folder) if name not in listed]
    return sorted(found)


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if name.parts[0] in (_QUERIES, CHECKSUMS):
            continue
        if path.is_file() and not path.name.startswith(_ENGINES_OWN):
            yield name.as_posix()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
