"""A built folder that is held by who reads it: its files stay the same ones, also when a build takes its place.

A build puts a new folder in the place of the old one and removes the old one; who reads holds it first. It is then
found by a path that follows it wherever it is moved, and no build removes it until it is let go.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias
from weakref import finalize

from metiers_kg.errors import NotBuiltError
from metiers_kg.store.checksums import find_damage

if sys.platform != "win32":
    import fcntl

__all__ = ["HeldFolder", "is_held"]

_State: TypeAlias = tuple[tuple[int, int, int], ...]

_LOOKED_AT = 128 * 1024 * 1024
"""The largest file whose bytes are compared on opening; the engine has checksums of its own in what is larger."""


class HeldFolder:
    """A built folder, held until `let_go` or until nobody knows of it any more.

    Attributes:
        name: Where it was found.
        path: Where it is found wherever it goes, by this process and those that it starts.

    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp()) / "build"
    >>> folder.mkdir()
    >>> held = HeldFolder(folder)
    >>> held.is_in_place
    True
    >>> _ = folder.rename(folder.with_name("away"))
    >>> held.is_in_place
    False
    """

    def __init__(self, folder: Path) -> None:
        """Hold *folder*. Raises NotBuiltError where there is none."""
        self.name = self.path = folder
        self._let_go: finalize[..., HeldFolder] | None = None
        try:
            if sys.platform != "win32":
                number = os.open(folder, os.O_RDONLY)
                self._let_go = finalize(self, os.close, number)
                with suppress(OSError):  # a file system without locks: builds there may remove it too early
                    fcntl.flock(number, fcntl.LOCK_SH)
                followed = Path(f"/proc/{os.getpid()}/fd/{number}")
                if sys.platform == "linux" and followed.is_dir():
                    self.path = followed
            self._state = _state(self.path)
        except OSError as error:
            raise NotBuiltError(f"{folder}: no built graph ({error.strerror}); run `metiers-kg build` first") from error

    @property
    def is_in_place(self) -> bool:
        """Whether it is still what is found where it was found, with the saved queries that it had."""
        try:
            return _state(self.name) == self._state
        except OSError:
            return False

    def check(self, *among: str) -> None:
        """Raise NotBuiltError where a file is not as it was written; the message names it.

        *among* is what the names begin with of the files that are looked at; all, unless told.
        """
        if damage := find_damage(self.path, _LOOKED_AT, among or ("",)):
            raise NotBuiltError(
                f"{self.name}: the graph is damaged ({'; '.join(damage)}); `metiers-kg build` makes it anew"
            )

    @contextmanager
    def opening(self) -> Iterator[Path]:
        """Give the path to open files by; an error of the graph tells the name that the person knows."""
        try:
            yield self.path
        except NotBuiltError as error:
            raise NotBuiltError(str(error).replace(str(self.path), str(self.name))) from error

    def let_go(self) -> None:
        """Let builds remove it."""
        if self._let_go is not None:
            self._let_go()


def is_held(folder: Path) -> bool:
    """Tell whether somebody holds a folder."""
    if sys.platform == "win32":
        return False
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(number)
    return False


def _state(folder: Path) -> _State:
    """Return what changes when a folder is replaced, or its saved queries are."""
    found = [os.stat(folder)]
    with suppress(FileNotFoundError):
        found.append(os.stat(folder / "queries"))
    return tuple((one.st_dev, one.st_ino, one.st_mtime_ns) for one in found)
