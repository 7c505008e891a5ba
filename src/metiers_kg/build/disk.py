"""Two things that Python does not ask of the system: to exchange two folders, and to keep what was written."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

__all__ = ["exchange", "sync"]

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def exchange(one: Path, other: Path) -> bool:
    """Have two folders change places in one step, so that there is never a moment with neither; False where it cannot.

    See renameat2(2) of Linux.
    """
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, where the system can."""
    if not (path.is_file() or (path.is_dir() and os.name == "posix")):
        return
    with suppress(PermissionError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
