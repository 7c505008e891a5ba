"""What an import read, what it dropped and why, what did not resolve, and which versions met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["FileRead", "ImportReport", "Imported", "Progress", "Remark"]

Progress = Callable[[str, float], None]
"""Told what is being done, and how much of the whole is done, from 0 to 1."""

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file that was read.

    Attributes:
        file: The file, as in "archive.zip: file.csv".
        holds: What it holds.
        rows: Its number of records.
    """

    file: str
    holds: str
    rows: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One record, or one value of it, that did not come in as it stands.

    Attributes:
        file: The file it stands in.
        line: The line where its record starts, from 1.
        reason: Why.
        value: What it is about.
    """

    file: str
    line: int
    reason: str
    value: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.value}"


@dataclass(slots=True)
class ImportReport:
    """The report of one import.

    Attributes:
        vocabulary: "esco", "rome" or "crosswalk".
        version: The version of the release, as the publisher names it.
        files: What was read.
        not_read: Files that were found and left alone, with the reason.
        counts: How many of what the graph has.
        dropped: Records and values that are left out.
        unresolved: References to what the release does not describe; kept where the reason says so.
        repaired: Values that were put right.
        versions: The versions met, with what came from each.
        notes: Other things to know.
    """

    vocabulary: str
    version: str = ""
    files: list[FileRead] = field(default_factory=list)
    not_read: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    dropped: list[Remark] = field(default_factory=list)
    unresolved: list[Remark] = field(default_factory=list)
    repaired: list[Remark] = field(default_factory=list)
    versions: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON object, with every remark."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """Yield the report for reading: remarks of one reason together, with a few examples."""
        yield f"{self.vocabulary} {self.version}".rstrip()
        for count, number in self.counts.items():
            yield f"  {number:>9,} {count}"
        yield "read"
        for read in self.files:
            yield f"  {read.rows:>9,} rows  {read.file} ({read.holds})"
        for version, what in self.versions.items():
            yield f"version {version}: {', '.join(what)}"
        for title, remarks in (("dropped", self.dropped), ("unresolved", self.unresolved), ("repaired", self.repaired)):
            yield from _grouped(title, remarks)
        if self.not_read:
            yield "not read"
            for file, reason in self.not_read.items():
                yield f"  {file}: {reason}"
        for note in self.notes:
            yield f"note: {note}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a reader gives.

    Attributes:
        lines: Canonical N-Triples lines without line ends, sorted, each once.
        report: What was read, and what was not.
    """

    lines: Sequence[str]
    report: ImportReport


def _grouped(title: str, remarks: Sequence[Remark]) -> Iterator[str]:
    if not remarks:
        return
    yield f"{title}: {len(remarks):,}"
    groups: Mapping[tuple[str, str], list[Remark]] = defaultdict(list)
    for remark in remarks:
        groups[remark.file, remark.reason].append(remark)
    for (file, reason), group in groups.items():
        yield f"  {len(group):>9,} in {file}: {reason}"
        for remark in group[:_EXAMPLES]:
            yield f"            line {remark.line}: {remark.value}"
        if len(group) > _EXAMPLES:
            yield f"            … and {len(group) - _EXAMPLES:,} more"
