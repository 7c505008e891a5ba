"""The index of the decisions: each with its first sentence."""

from __future__ import annotations

import re
from pathlib import Path

from tools.docs.page import Page

__all__ = ["decisions_page"]

_HEAD = """\
# Decisions

What was chosen where something else could have been, with the reason and what was measured. A decision stands until
another replaces it.

"""


def decisions_page(folder: Path) -> Page:
    """Return the list of the decisions in *folder*, by number."""
    parts = [_HEAD]
    for file in sorted(folder.glob("[0-9]*.md")):
        heading, _, text = file.read_text(encoding="utf-8").partition("\n")
        first = re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]
        number, _, title = heading.lstrip("# ").partition(". ")
        parts.append(f"**{number}.** [{title}]({file.name})\n:   {first}\n\n")
    return Page("decisions/index.md", "".join(parts))
