"""Navigation by folder: a page that is added shows up under its section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["SECTIONS", "navigate"]

SECTIONS: Mapping[str, str] = {
    "tutorial": "Tutorial",
    "how-to": "How-to",
    "reference": "Reference",
    "explanation": "Explanation",
    "decisions": "Decisions",
    "project": "Project",
}
"""The folders of ``docs/``, in the order in which a reader meets them."""


def navigate(pages: Iterable[str]) -> list[Any]:
    """Return the navigation for the *pages*, by folder and name, an index first; of folders within, the index alone.

    >>> navigate(["index.md", "how-to/b.md", "how-to/a.md", "reference/queries/index.md", "reference/queries/x.md"])
    [{'Home': 'index.md'}, {'How-to': ['how-to/a.md', 'how-to/b.md']}, {'Reference': ['reference/queries/index.md']}]

    Raises:
        ValueError: A page is in a folder that is no section.
    """
    found: dict[str, list[str]] = {folder: [] for folder in SECTIONS}
    top = []
    for page in sorted(pages, key=lambda page: (not page.endswith("/index.md"), page)):
        folder, _, rest = page.partition("/")
        if not rest:
            top.append(page)
        elif folder not in SECTIONS:
            raise ValueError(f"docs/{page}: expected a folder of {', '.join(SECTIONS)}")
        elif "/" not in rest or rest.endswith("/index.md"):
            found[folder].append(page)
    found = {folder: _in_order(listed) for folder, listed in found.items()}
    return [
        *({"Home": page} for page in top),
        *({SECTIONS[folder]: listed} for folder, listed in found.items() if listed),
    ]


def _in_order(pages: list[str]) -> list[str]:
    """Return the index of the folder first; that of a folder within stands where its name does."""
    return sorted(pages, key=lambda page: (page.count("/") > 1 or not page.endswith("/index.md"), page))
