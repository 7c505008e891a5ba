"""Releases as downloaded: zips, folders of files or of zips, single files. Nothing is ever unpacked to disk.

A zip is input of a stranger: its entries are counted and measured before one is read, and no name may lead out of it.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from metiers_kg.errors import InputError

__all__ = ["UNREADABLE", "Part", "SourceFile", "check_entries", "open_parts"]

MAX_ENTRIES = 1_000
MAX_ENTRY_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
MAX_RATIO = 200
"""How many times larger than its compressed form an entry may be; releases of ESCO and ROME stay under 30."""

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    ValueError,
    OSError,
    struct.error,
)
"""What the zip library raises for a zip that is not as it should be: a wrong offset, say, is an OSError."""

_SMALL = 1024 * 1024
_TABLES = (".csv", ".txt", ".xlsx")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a release.

    Attributes:
        path: The file, or the zip it stands in.
        entry: Its name in the zip; empty for a file of its own.
        size: Its size in bytes, unpacked.
    """

    path: Path
    entry: str
    size: int

    @property
    def name(self) -> str:
        """The bare name, without folders."""
        return PurePosixPath(self.entry).name if self.entry else self.path.name

    @property
    def where(self) -> str:
        """The file as messages name it."""
        return f"{self.path.name}: {self.entry}" if self.entry else str(self.path)

    def read(self) -> bytes:
        """Return the content. Raises InputError where the file is damaged or larger than it says."""
        if self.size > MAX_ENTRY_BYTES:
            raise InputError(
                f"{self.where}: {self.size:,} bytes; expected a file of a release, at most {MAX_ENTRY_BYTES:,}"
            )
        if not self.entry:
            return self.path.read_bytes()
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.entry) as stream:
                data = stream.read(self.size + 1)
        except UNREADABLE as error:
            raise InputError(
                f"{self.where}: cannot be unpacked ({error}); expected the zip as the publisher gives it; "
                "download it again"
            ) from error
        if len(data) != self.size:
            raise InputError(
                f"{self.where}: unpacks to another size than the {self.size:,} bytes that the zip declares; "
                "download it again"
            )
        return data


@dataclass(frozen=True, slots=True)
class Part:
    """Files that were published together: those of one folder, or of one folder of a zip.

    Attributes:
        name: What names it: the zip's or folder's name, and the folder in the zip.
        files: Its files by bare name.
    """

    name: str
    files: dict[str, SourceFile] = field(default_factory=dict)


def open_parts(paths: Iterable[Path]) -> list[Part]:
    """Return the parts that *paths* hold, in the order given: zips, folders (searched for files and zips), files.

    Raises:
        InputError: A path is not there, or a zip is damaged, too large, or has names that lead out of it.
    """
    parts: list[Part] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder; expected a release as downloaded, a zip or a folder")
        parts.extend(_parts_of_folder(path) if path.is_dir() else _parts_of_file(path))
    seen: set[tuple[Path, str]] = set()
    for part in parts:
        for file in part.files.values():
            key = (file.path.resolve(), file.entry)
            if key in seen:
                raise InputError(f"{file.where}: given twice; name each file once")
            seen.add(key)
    return parts


def _parts_of_folder(folder: Path) -> Iterator[Part]:
    files: dict[str, SourceFile] = {}
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith((".", "__MACOSX")):
            continue
        if path.is_dir():
            yield from _parts_of_folder(path)
        elif path.suffix.lower() == ".zip":
            yield from _parts_of_zip(path)
        elif path.suffix.lower() in _TABLES and path.is_file():
            files[path.name] = SourceFile(path, "", path.stat().st_size)
    if files:
        yield Part(folder.resolve().name, files)


def _parts_of_file(path: Path) -> Iterator[Part]:
    if path.suffix.lower() in _TABLES:
        yield Part(path.resolve().parent.name, {path.name: SourceFile(path, "", path.stat().st_size)})
    else:
        yield from _parts_of_zip(path)


def _parts_of_zip(path: Path) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except UNREADABLE as error:
        raise InputError(
            f"{path}: not a whole zip ({error}); expected a release as the publisher gives it; download it again"
        ) from error
    check_entries(path.name, entries)
    folders: dict[str, Part] = {}
    for entry in entries:
        place = PurePosixPath(entry.filename)
        if place.parts[0] == "__MACOSX" or place.name.startswith("."):
            continue
        folder = "" if str(place.parent) == "." else str(place.parent)
        part = folders.setdefault(folder, Part(f"{path.name}/{folder}".rstrip("/")))
        if place.name in part.files:
            raise InputError(f"{path.name}: {entry.filename} stands in the zip twice; expected each file once")
        part.files[place.name] = SourceFile(path, entry.filename, entry.file_size)
    yield from folders.values()


def check_entries(where: str, entries: list[zipfile.ZipInfo], max_ratio: int = MAX_RATIO) -> None:
    """Raise InputError where a zip has more, or larger, files than a release, or names that lead out of it."""
    if len(entries) > MAX_ENTRIES:
        raise InputError(f"{where}: {len(entries):,} files; expected a release, at most {MAX_ENTRIES:,} files")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL_BYTES:
        raise InputError(f"{where}: unpacks to {total:,} bytes; expected a release, at most {MAX_TOTAL_BYTES:,} bytes")
    for entry in entries:
        named = f"{where}: {entry.filename}"
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if (
            not name.parts
            or name.is_absolute()
            or ".." in name.parts
            or ":" in name.parts[0]
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            raise InputError(f"{named}: a name that leads out of the zip; expected plain file names; nothing was read")
        if entry.flag_bits & 1:
            raise InputError(f"{named}: encrypted; expected the zip as the publisher gives it")
        if entry.file_size > _SMALL and entry.file_size > max_ratio * max(entry.compress_size, 1):
            raise InputError(
                f"{named}: {entry.file_size:,} bytes out of {entry.compress_size:,}, as a zip bomb has; "
                f"expected a file of a release, at most {max_ratio} times its compressed size"
            )
