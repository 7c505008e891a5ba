"""Sorted lines merged block by block."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.build import merging
from metiers_kg.build.merging import merge_blocks, read_blocks
from metiers_kg.errors import DataError

NUMBERS = st.dictionaries(st.integers(0, 99), st.integers(0, 3), max_size=40)


@given(NUMBERS, st.integers(1, 5))
def test_merging_is_sorting(streams: dict[int, int], size: int) -> None:
    """Whatever the blocks, the merged lines are all lines of all streams, sorted."""
    lines = {stream: sorted(b"%02d\n" % n for n in streams if streams[n] == stream) for stream in range(4)}
    blocks = merge_blocks(
        iter([b"".join(each[n : n + size]) for n in range(0, len(each), size)]) for each in lines.values()
    )

    assert b"".join(sorted(b"%02d\n" % n for n in streams)) == b"".join(blocks)


@given(st.sets(st.integers(0, 99), min_size=1, max_size=20), st.sets(st.integers(0, 99)), st.integers(1, 5))
def test_line_of_two_streams_is_refused(one: set[int], two: set[int], size: int) -> None:
    """A line that stands in two streams is found, wherever their blocks end."""
    lines = [sorted(b"%02d\n" % n for n in numbers) for numbers in (one, two | {max(one)})]
    merged = merge_blocks(iter([b"".join(each[n : n + size]) for n in range(0, len(each), size)]) for each in lines)

    with pytest.raises(DataError, match="in two graphs"):
        list(merged)


def test_triples_become_quads_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """N-Triples lines get their graph at their end, and a full stop in a literal is left alone."""
    monkeypatch.setattr(merging, "_BLOCK_BYTES", 10)
    path = tmp_path / "a.nt"
    path.write_text('<a:a> <p:p> "x . \\n" .\n<a:a> <p:p> "x"@fr .\n', encoding="utf-8")

    assert b'<a:a> <p:p> "x . \\n" <g:g> .\n<a:a> <p:p> "x"@fr <g:g> .\n' == b"".join(read_blocks(path, graph="g:g"))
