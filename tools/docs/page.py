"""A page of the site that is made from the code, and how Markdown is written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Page", "cell", "paragraph", "slug", "table"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        path: Its path below ``docs/``, such as ``reference/cli.md``.
        markdown: Its text.
        gaps: What the code leaves undocumented, each a sentence; empty where all is well.
    """

    path: str
    markdown: str
    gaps: tuple[str, ...] = ()


def paragraph(text: str) -> str:
    r"""Return a plain text of the code as Markdown: white space collapsed, its own signs escaped.

    Text between grave accents, single or double, stays code.

    >>> paragraph("Give ``a*b`` of\n  <IRI> *all*")
    'Give `a*b` of &lt;IRI> \\*all\\*'
    """
    text = re.sub(r"``(.+?)``", r"`\1`", " ".join(text.split()))
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([*\[\]\\])", r"\\\1", part).replace("<", "&lt;") for part in parts
    )


def cell(text: str) -> str:
    r"""Return Markdown as the cell of a table.

    >>> cell("`a|b`")
    '`a\\|b`'
    """
    return " ".join(text.split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown with a blank line after it; nothing where there is no row.

    >>> print(table(["a", "b"], [["1", "2"]]), end="")
    | a | b |
    |---|---|
    | 1 | 2 |
    <BLANKLINE>
    """
    lines = ["| " + " | ".join(cell(text) for text in row) + " |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", "|" + "---|" * len(head), *lines, "", ""]) if lines else ""


def slug(text: str) -> str:
    """Return *text* as an anchor.

    >>> slug("GET /queries/{name}.{suffix}")
    'get-queries-name-suffix'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
