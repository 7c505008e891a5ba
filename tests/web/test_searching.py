"""What a search shows, and how it is narrowed without scripts."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.web.reader import Page


def narrowed(page: Page) -> dict[str, bool]:
    """Return the kinds that a page offers to keep, and whether each is chosen."""
    links = [a for a in page.all("a") if a["href"].startswith("/search?") and "hreflang" not in a]
    return {parse_qs(urlsplit(a["href"]).query).get("kind", [""])[0]: "aria-current" in a for a in links[1:]}


def test_what_is_found_can_be_narrowed_to_a_kind_there_is(browser: Any) -> None:
    """The page offers the kinds of what matches, no others; all of them is chosen at first."""
    page = Page(browser.get("/search?q=s&lang=en").text)

    assert {"": True, "competence": False, "job": False}.items() <= narrowed(page).items()
    assert "factor" not in narrowed(page)


def test_narrowing_is_undone_where_nothing_is_left(browser: Any) -> None:
    """A kind that has no match still says that it is chosen, and leads back to all."""
    page = Page(browser.get("/search?q=rigueur&kind=factor&lang=en").text)

    assert {"": False, "competence": False, "factor": True} == narrowed(page)


def test_more_is_offered_where_there_may_be_more(browser: Any) -> None:
    """As many hits as were asked for may not be all; fewer are."""
    few, all_ = (browser.get(f"/search?q=s&lang=en&limit={limit}").text for limit in (1, 50))

    assert "limit=100" in few
    assert "limit=100" not in all_


def test_an_address_is_no_name(browser: Any) -> None:
    """What was found by a word of its address does not show the address as a name."""
    page = Page(browser.get("/search?q=hostile&lang=en").text)

    assert "found as" not in page.text
