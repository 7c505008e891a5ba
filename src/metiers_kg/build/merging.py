"""Sorted files of lines merged into one, block by block: large graphs are never whole in memory.

A block is looked into only where it overlaps with one of another file. The graphs of different vocabularies hardly do:
the IRIs of each begin alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from metiers_kg.errors import DataError, Finding

__all__ = ["cut_blocks", "merge_blocks", "read_blocks"]

_BLOCK_BYTES = 8 * 1024 * 1024
_BLOCK_LINES = 1_000


def read_blocks(path: Path, *, graph: str = "") -> Iterator[bytes]:
    """Yield the lines of a sorted N-Triples file; with *graph*, as N-Quads of that graph, which sort the same way."""
    ends = f" <{graph}> .\n".encode()
    with path.open("rb") as file:
        while data := file.read(_BLOCK_BYTES):
            data += file.readline()
            # A line end stands only at the end of a line: literals have theirs escaped.
            yield data.replace(b" .\n", ends) if graph else data


def cut_blocks(lines: Sequence[bytes]) -> Iterator[bytes]:
    """Yield sorted lines, each with its line end, in small blocks."""
    for start in range(0, len(lines), _BLOCK_LINES):
        yield b"".join(lines[start : start + _BLOCK_LINES])


@dataclass(slots=True)
class _Head:
    """The block of a stream that is next, with its first and last line."""

    block: bytes
    stream: Iterator[bytes]
    first: bytes
    last: bytes

    @classmethod
    def of(cls, stream: Iterator[bytes], block: bytes = b"") -> _Head | None:
        block = block or next((block for block in stream if block), b"")
        if not block:
            return None
        first = block[: block.index(b"\n") + 1]
        last = block[block.rfind(b"\n", 0, -1) + 1 :]
        return cls(block, stream, first, last)


def merge_blocks(streams: Iterable[Iterator[bytes]]) -> Iterator[bytes]:
    r"""Merge streams of sorted blocks into one.

    >>> list(merge_blocks([iter([b"a\nc\n", b"e\n"]), iter([b"b\nd\n"])]))
    [b'a\nb\nc\n', b'd\n', b'e\n']

    Raises:
        DataError: Two streams have a line in common.
    """
    heads = [head for stream in streams if (head := _Head.of(stream))]
    while heads:
        heads.sort(key=lambda head: head.first)
        lowest, others = heads[0], heads[1:]
        if not others or lowest.last < others[0].first:
            yield lowest.block
            rest = [_Head.of(lowest.stream)]
        else:
            others = []
            taken, rest = _take(heads)
            yield b"".join(taken)
        heads = [head for head in (*rest, *others) if head]


def _take(heads: Sequence[_Head]) -> tuple[list[bytes], list[_Head | None]]:
    """Return, sorted, all lines up to the first end of a block, and what stays."""
    bound = min(head.last for head in heads)
    taken: list[bytes] = []
    rest: list[_Head | None] = []
    for head in heads:
        if head.first > bound:
            rest.append(head)
            continue
        lines = head.block.splitlines(keepends=True)
        cut = bisect_right(lines, bound)
        taken += lines[:cut]
        rest.append(_Head.of(head.stream, b"".join(lines[cut:])))
    taken.sort()
    for line, after in pairwise(taken):
        if line == after:
            raise _repeated(line.decode().rstrip())
    return taken, rest


def _repeated(line: str) -> DataError:
    finding = Finding(
        rule="one graph for a triple",
        resource=line.split(" ", 1)[0].strip("<>"),
        message=f"found {line} in two graphs",
        remedy="a triple of an imported vocabulary stands in no other graph",
    )
    return DataError("a triple stands in two graphs", [finding])
