"""Builds and imports take turns: one writes a folder, the others wait until it has."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from metiers_kg.build.failures import writing

if sys.platform != "win32":
    import fcntl

__all__ = ["take_turn"]


@contextmanager
def take_turn(target: Path, waiting: Callable[[str], object] | None = None) -> Iterator[bool]:
    """Be the only one that writes *target* until the end of the block.

    The system ends the turn of a process that is killed. A file ``.<target>.lock`` beside *target* stands for it.

    Args:
        target: The folder that is written.
        waiting: Told, before a wait, that another process writes; without it nothing is waited for.

    Yields:
        Whether it is our turn; always, where it was waited for.

    Raises:
        InputError: The folder of *target* cannot be written.
    """
    if sys.platform == "win32":
        yield True
        return
    path = target.with_name(f".{target.name}.lock")
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        number = _lock(path, wait=False)
        if number is None and waiting is not None:
            waiting(f"{target}: another process writes it; waiting for it to end")
            number = _lock(path, wait=True)
    if number is None:
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)
        os.close(number)


def _lock(path: Path, *, wait: bool) -> int | None:
    """Return the descriptor of the locked file, or None where another process has it and is not waited for."""
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if _is_at(path, number):
                return number
        except BlockingIOError:
            os.close(number)
            return None
        except BaseException:
            os.close(number)
            raise
        os.close(number)  # who had it removed the file at the end of its turn


def _is_at(path: Path, number: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(number))
    except FileNotFoundError:
        return False
