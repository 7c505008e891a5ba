"""Tables for a terminal: columns where they fit the line, else one record below the other."""

from __future__ import annotations

import io
from collections.abc import Sequence

__all__ = ["render_text"]

_GAP = 3
"""Characters between two columns."""
_EDGES = 2
"""Characters outside the first and the last column."""
_LEGIBLE = 9
"""The narrowest that a column of longer words may become, in characters."""


def render_text(titles: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], width: int) -> str:
    """Return rows of texts for a line of *width* characters, without the line end of the last.

    Long cells are wrapped, never cut. Where the columns would become too narrow to read, each row is written as a
    record of its cells that are not empty, one a line.

    >>> print(render_text(["job", "n"], [["Chimiste", "3"]], [False, True], 40))
     job        n
     ────────────
     Chimiste   3
    >>> print(render_text(["job", "competence"], [["Pharmaco-économiste", "Économie"]], [False, False], 20))
     job: Pharmaco-économiste
     competence: Économie
    """
    least = _least_widths([titles, *rows])
    room = width - _GAP * len(least) - _EDGES
    if sum(min(widest, _LEGIBLE) for widest in least) > room:
        return "\n\n".join(_record(titles, row) for row in rows)
    return _columns(titles, rows, numeric, _widths([titles, *rows], least, room), width)


def _widths(rows: Sequence[Sequence[str]], least: Sequence[int], room: int) -> list[int]:
    """Share *room* among the columns: first to keep words whole, then to those whose cells would wrap most."""
    widths = list(least)
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for _ in range(min(room, sum(longest)) - sum(widths)):
        wanting = [long - width for long, width in zip(longest, widths, strict=True)]
        widths[wanting.index(max(wanting))] += 1
    return widths


def _least_widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the length of the longest word of each column."""
    columns = zip(*rows, strict=True)
    return [max((len(word) for text in column for word in text.split()), default=1) for column in columns]


def _record(titles: Sequence[str], row: Sequence[str]) -> str:
    return "\n".join(f" {title}: {text}" for title, text in zip(titles, row, strict=True) if text)


def _columns(
    titles: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], widths: Sequence[int], width: int
) -> str:
    # Rich takes longer to import than a query to run, and a server never writes text.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title, is_number, characters in zip(titles, numeric, widths, strict=True):
        table.add_column(Text(title), justify="right" if is_number else "left", overflow="fold", width=characters)
    for row in rows:
        table.add_row(*map(Text, row))
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, force_terminal=False, legacy_windows=False)
    console.print(table)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines() if line.strip())
