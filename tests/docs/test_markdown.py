"""The Markdown of the repository: its links lead somewhere, whoever reads it where."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown.extensions.toc import slugify

from tests.conftest import ROOT
from tools.docs.reference import reference_pages, static_pages
from tools.docs.repository import outside_code

FILES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)|<(https?://[^>\s]+)>")


def made() -> set[str]:
    """Return the pages that are made when the site is built, as paths of the repository."""
    pages = {"decisions/index.md", *(page.path for page in reference_pages(ROOT)), *static_pages(ROOT)}
    return {f"docs/{page}" for page in pages}


def text_of(markdown: str) -> str:
    """Return the text without blocks and spans of code."""
    text = "\n".join(line for is_text, line in outside_code(markdown) if is_text)
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text, flags=re.DOTALL)


def anchors(markdown: str) -> set[str]:
    """Return the anchors of a page: of its headings, and those that it names."""
    text = "\n".join(line for is_text, line in outside_code(markdown) if is_text)
    named = set(re.findall(r"\{:? *#([\w-]+) *\}", text))
    return named | {
        slugify(re.sub(r"[`*]", "", heading), "-")
        for heading in re.findall(r"^#+ (.+?)(?: \{#.*\})?$", text, re.MULTILINE)
    }


def broken(file: Path, markdown: str, pages: set[str]) -> list[str]:
    """Return the links of *file* that lead nowhere; of those to other sites, the ones that cannot be an address."""
    found = []
    for match in _LINK.finditer(text_of(markdown)):
        link = match[1] or match[2]
        parts = urlsplit(link)
        if parts.scheme in ("http", "https"):
            if not re.fullmatch(r"[\w.-]+\.[a-z]{2,}|127\.0\.0\.1|localhost", parts.hostname or ""):
                found.append(link)
            continue
        there = (file.parent / unquote(parts.path)).resolve() if parts.path else file
        try:
            name = there.relative_to(ROOT).as_posix()
        except ValueError:
            found.append(link)
            continue
        if name in pages:
            continue  # MkDocs checks the anchors of pages that it is given
        if there != file and not there.exists():
            found.append(link)
        elif parts.fragment and (there == file or there.suffix == ".md"):
            text = markdown if there == file else there.read_text(encoding="utf-8")
            found += [link] if parts.fragment not in anchors(text) else []
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(file: Path) -> None:
    """Every link of a Markdown file leads to a file of the repository, a page that is made, or an address."""
    assert [] == broken(file, file.read_text(encoding="utf-8"), made())


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[a](nothing.md)", ["nothing.md"]),
        ("[a](NOTICE#a)", []),
        ("[a](README.md#no-such-heading)", ["README.md#no-such-heading"]),
        ("[a](#there)\n\n## There", []),
        ("[a](http://bad host/)", []),
        ("[a](https://nowhere)", ["https://nowhere"]),
        ("`[a](nothing.md)`\n```\n[b](nothing.md)\n```", []),
        ("[a](../outside.md)", ["../outside.md"]),
    ],
)
def test_broken_link_is_noticed(markdown: str, expected: list[str]) -> None:
    """A link to a file or heading that is not there is noticed; code holds no links."""
    assert expected == broken(ROOT / "test.md", markdown, set())
