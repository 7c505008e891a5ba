"""Where in the data files a resource is described, for messages that a curator can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

__all__ = ["Locations"]

_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s*<([^>]*)>")
_TYPE = re.compile(r"\s+a\s")
_SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):([\w.-]+))(?=\s|$)")


class Locations:
    """File and line of every subject of the given Turtle files, which put a subject at the start of a line."""

    def __init__(self, files: Iterable[Path], folder: Path | None = None) -> None:
        """Take the files; what lies in *folder* is named by its path there."""
        self._files = list(files)
        self._folder = folder

    def find(self, iri: str) -> tuple[str, int | None]:
        """Return the file's name and the line where *iri* is described, or ``("", None)``.

        What a fragment names is looked for under its own IRI first, then where a line first has it as a prefixed name,
        such as a class that is not declared, then under the IRI before the ``#``.
        """
        if iri in self._index or "#" not in iri:
            return self._index.get(iri, ("", None))
        return self._first_use(iri) or self._index.get(iri.partition("#")[0], ("", None))

    def _first_use(self, iri: str) -> tuple[str, int] | None:
        base, _, local = iri.rpartition("#")
        for name, text in self._texts.items():
            for prefix, start in _PREFIX.findall(text):
                found = start == f"{base}#" and re.search(rf"(?<![\w:.-]){prefix}:{re.escape(local)}(?![\w-])", text)
                if found:
                    return name, text.count("\n", 0, found.start()) + 1
        return None

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {self._name(path): path.read_text(encoding="utf-8") for path in self._files}

    def _name(self, path: Path) -> str:
        folder = self._folder if self._folder in path.parents else path.parent
        return path.relative_to(folder or path.parent).as_posix()

    @cached_property
    def _index(self) -> dict[str, tuple[str, int | None]]:
        index: dict[str, tuple[str, int | None]] = {}
        typed: set[str] = set()
        for name, text in self._texts.items():
            prefixes: dict[str, str] = {}
            lines = text.splitlines()
            for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), start=1):
                if prefix := _PREFIX.match(line):
                    prefixes[prefix[1]] = prefix[2]
                elif subject := _SUBJECT.match(line):
                    iri = subject[1] or prefixes.get(subject[2] or "", "") + (subject[3] or "")
                    # Where its type is told it is described; elsewhere something is only added to it.
                    if _TYPE.match(line[subject.end() :] or following) and iri not in typed:
                        typed.add(iri)
                        index[iri] = (name, number)
                    index.setdefault(iri, (name, number))
        return index
