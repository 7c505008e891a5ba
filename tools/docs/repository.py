"""From the repository to the site: where its files are published, and what becomes of links to the others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

__all__ = ["FIRST_SCREEN", "PUBLISHED", "first_screen", "outside_code", "rewrite_links"]

PUBLISHED: Mapping[str, str] = {
    "README.md": "index.md",
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "docs/decisions": "decisions/index.md",
    "queries": "reference/queries/index.md",
    "ontology/metiers.ttl": "reference/ontology.md",
}
"""What of the repository outside ``docs/`` has a page, and the folders that have an index."""

FIRST_SCREEN = "<!-- the first screen of README.md -->"
"""Stands in ``docs/index.md`` for the beginning of the README."""

_END = "<!-- end of the first screen -->"
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_FENCE = re.compile(r"^\s*(```+|~~~+)")


def first_screen(readme: str) -> str:
    r"""Return the beginning of the README, which the site's first page begins with as well.

    >>> first_screen("# a\n<!-- end of the first screen -->\n## b")
    '# a\n'
    """
    beginning, mark, _ = readme.partition(_END)
    if not mark:
        raise ValueError(f"README.md: expected a line {_END!r}; found none")
    return beginning


def outside_code(markdown: str) -> Iterator[tuple[bool, str]]:
    r"""Yield each line with whether it is text, not of a fenced block.

    >>> [is_text for is_text, _ in outside_code("a\n```sh\nb\n```\nc")]
    [True, False, False, False, True]
    """
    fence = ""
    for line in markdown.splitlines():
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
            yield False, line
        elif match and fence and match[1].startswith(fence) and line.strip() == match[1]:
            fence = ""
            yield False, line
        else:
            yield not fence, line


def rewrite_links(markdown: str, folder: str, page: str, exists: Callable[[str], bool]) -> str:
    """Return *markdown*, a file of the repository's *folder*, as the page *page* of the site.

    A link to a file that has a page leads there; one to another file of the repository, as *exists* knows it, becomes
    its name. What is not known is left for MkDocs to complain about.

    >>> rewrite_links("[a](../../NOTICE) [b](iris.md) [c](../../queries/)", "docs/how-to", "how-to/x.md", bool)
    'a (`NOTICE`) [b](iris.md) [c](../reference/queries/index.md)'
    """

    def rewrite(match: re.Match[str]) -> str:
        image, text, target = match.groups()
        path, hash_, anchor = target.partition("#")
        if image or not path or re.match(r"[a-z]+:", path):
            return match[0]
        place = posixpath.normpath(posixpath.join(folder, path))
        if place in PUBLISHED and exists(place):
            there = PUBLISHED[place]
        elif place.startswith("docs/"):
            there = place.removeprefix("docs/")
        elif exists(place):
            return f"{text} (`{place}`)"
        else:
            return match[0]
        return f"[{text}]({posixpath.relpath(there, posixpath.dirname(page) or '.')}{hash_}{anchor})"

    parts = []
    for is_text, lines in groupby(outside_code(markdown), key=lambda line: line[0]):
        part = "\n".join(line for _, line in lines)
        parts.append(_LINK.sub(rewrite, part) if is_text else part)
    return "\n".join(parts) + ("\n" if markdown.endswith("\n") else "")
