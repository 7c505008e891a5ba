"""The site: one first screen, every page reachable, nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
_LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}
_LOADING_LINKS = {"stylesheet", "icon", "shortcut icon", "preload", "preconnect", "dns-prefetch", "modulepreload"}


class _Reader(HTMLParser):
    """Collects what a page loads, where it leads, its anchors and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.anchors: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get(_LOADED.get(tag, "")):
            self.loads.append(given[_LOADED[tag]])
        if tag == "link" and given.get("rel") in _LOADING_LINKS:
            self.loads.append(given["href"])
        if tag == "a" and given.get("href"):
            self.leads.append(given["href"])
        self.anchors.update(value for name in ("id", "name") if (value := given.get(name)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: Path) -> _Reader:
    """Read a page of the site."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def pages(site: Path) -> Iterator[Path]:
    """Yield the pages of the site, but for the one that a server shows where there is none: its links are absolute."""
    yield from (page for page in sorted(site.rglob("*.html")) if page.name != "404.html")


def elsewhere(addresses: list[str]) -> list[str]:
    """Return the addresses that are of another server."""
    return [address for address in addresses if urlsplit(address).netloc]


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """No page loads a script, style, font or image of another server, nor does a style sheet."""
    loaded = {page.name: elsewhere(read(page).loads) for page in pages(site)}
    styles = [
        url
        for style in site.rglob("*.css")
        for url in re.findall(r"(?:url\(|@import\s+)['\"]?((?:https?:)?//[^'\")]+)", style.read_text(encoding="utf-8"))
    ]

    assert ({}, []) == ({name: found for name, found in loaded.items() if found}, styles)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/x.js">',
        '<link rel="stylesheet" href="//fonts.example/x">',
        '<img src="http://e.org/x">',
    ],
)
def test_what_is_loaded_from_elsewhere_is_noticed(html: str, tmp_path: Path) -> None:
    """A script, style or image of another server is noticed."""
    page = tmp_path / "page.html"
    page.write_text(html, encoding="utf-8")

    assert len(elsewhere(read(page).loads)) == 1


def test_links_lead_somewhere(site: Path) -> None:
    """Every link within the site leads to a page of it and, where it names one, to an anchor; none needs a server."""
    known = {page: read(page) for page in pages(site)}
    broken = []
    for page, reader in known.items():
        for link in reader.leads:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            there = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            anchors = known[there].anchors if there in known else set()
            if not there.is_file() or (parts.fragment and unquote(parts.fragment) not in {*anchors, "__skip"}):
                broken.append(f"{page.relative_to(site)}: {link}")

    assert [] == [one for one in broken if "ontology-" not in one]


def test_every_page_is_reached(site: Path) -> None:
    """From the first page, links lead to every other."""
    seen, waiting = set(), [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.is_file() and page.suffix == ".html":
            seen.add(page)
            links = (urlsplit(link) for link in read(page).leads)
            waiting += [(page.parent / unquote(link.path)).resolve() for link in links if link.path and not link.netloc]

    assert set() == set(pages(site)) - seen


def test_first_screens_are_one(site: Path) -> None:
    """The site's first page begins with what the README begins with."""
    first = README.partition("<!-- end of the first screen -->")[0]
    said = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*#]|```\w*", r"\1", first)
    words = [word for word in re.findall(r"\w+", said) if word not in {"console", "sh"}]
    shown = re.findall(r"\w+", "".join(read(site / "index.html").text))

    start = next(at for at in range(len(shown)) if shown[at : at + 9] == words[:9])
    shown = [word for word in shown[start:] if word != "NOTICE"]
    assert [word for word in words if word != "NOTICE"] == shown[: len(words)]


def test_search_works_without_a_server(site: Path) -> None:
    """The search has its index as a script, and what lets it run from a file."""
    index = (site / "search" / "search_index.js").read_text(encoding="utf-8").removeprefix("var __index = ")
    found = {entry["location"].partition("#")[0] for entry in json.loads(index)["docs"]}

    assert {"reference/queries/job-competences.html", "reference/cli.html", "tutorial/first-hour.html"} <= found
    assert "assets/iframe-worker.js" in read(site / "index.html").loads


def test_each_page_of_docs_is_in_the_site(site: Path) -> None:
    """A Markdown file that is added to docs/ is a page, whatever nobody did about navigation."""
    expected = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}

    assert set() == expected - {page.relative_to(site) for page in pages(site)}
