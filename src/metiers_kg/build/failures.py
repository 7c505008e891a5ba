"""What the system says of a folder that cannot be written, in words that tell what to do; the one place for it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from metiers_kg.errors import InputError

__all__ = ["writing"]

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
# The engine tells of a full disk in words only.
_FULL_IN_WORDS = ("No space left on device", "Disk quota exceeded")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what the system says of writing *target* into an error for the person.

    Raises:
        InputError: The disk is full, or the folder may not be written.

    >>> with writing(Path("build")):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    metiers_kg.errors.InputError: build: the disk is full, and what was there is as it was; make room, or name ...
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or any(words in str(error) for words in _FULL_IN_WORDS):
            raise InputError(
                f"{target}: the disk is full, and what was there is as it was; make room, or name a folder on "
                "another disk with --out or METIERS_KG_BUILD"
            ) from error
        if error.errno in _CLOSED:
            raise InputError(
                f"{error.filename or target}: cannot be written ({error.strerror}); what was there is as it was; "
                "give write access, or name another folder with --out or METIERS_KG_BUILD"
            ) from error
        raise
