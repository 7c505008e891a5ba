"""Where in the data files a resource is described, for messages that a curator can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

__all__ = ["Locations"]

_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s*<([^>]*)>")
_SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):([\w.-]+))(?=\s|$)")


class Locations:
    """File and line of every subject of the given Turtle files, which put a subject at the start of a line."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = list(files)

    def find(self, iri: str) -> tuple[str, int | None]:
        """Return the file's name and the line where *iri* is described, or ``("", None)``.

        What a fragment names is looked for under its own IRI first, then under the IRI before the ``#``.
        """
        for name in (iri, iri.partition("#")[0]):
            if name in self._index:
                return self._index[name]
        return "", None

    @cached_property
    def _index(self) -> dict[str, tuple[str, int | None]]:
        index: dict[str, tuple[str, int | None]] = {}
        for path in self._files:
            prefixes: dict[str, str] = {}
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if prefix := _PREFIX.match(line):
                    prefixes[prefix[1]] = prefix[2]
                elif subject := _SUBJECT.match(line):
                    iri = subject[1] or prefixes.get(subject[2] or "", "") + (subject[3] or "")
                    # The file named like the resource's kind describes it; others only add to it.
                    index.setdefault(iri, (path.name, number))
        return index
