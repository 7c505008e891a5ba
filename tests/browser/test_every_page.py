"""What holds for every page: axe finds nothing, nothing overflows, scripts are not needed, little is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

PAGES = {
    "home": "/",
    "search": "/search?q=bio",
    "catalogue": "/queries",
    "form": "/queries/competence-gap",
    "rows": "/queries/job-competences/results?job=bio-informaticien",
    "graph": "/queries/job-neighbourhood/results?job=datamanager",
    "job": "/job/bio-informaticien",
    "competence": "/competence/rigueur",
    "neighbours": "/overlap?job=datamanager",
    "comparison": "/overlap?job=datamanager&other=biostatisticien",
    "clusters": "/overlap/clusters",
    "heat map": "/overlap/matrix",
    "network": "/network?job=datamanager",
    "network at large": "/network",
    "transitions": "/transitions?to=bio-informaticien",
    "explanation": "/explain?s=job/datamanager&p=mkg:sharesCompetenceWith&o=job/biostatisticien",
    "ontology": "/ontology",
    "sparql": "/sparql",
    "problem": "/job/no-such-job",
}
"""A page of each type."""

WIDTHS = (400, 800, 1280)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, axe: Callable[[Page], list[str]], name: str) -> None:
    """A page of each type keeps WCAG 2.2 AA as far as axe can tell, by day and by night."""
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.goto(PAGES[name], wait_until="networkidle")
    by_day = axe(page)
    page.emulate_media(color_scheme="dark")

    assert ([], []) == (by_day, axe(page))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_overflows(page: Page, name: str) -> None:
    """From phone to wide screen a page scrolls one way only."""
    page.goto(PAGES[name])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("name", PAGES)
def test_pages_read_without_scripts(plain_page: Page, name: str) -> None:
    """Without scripts each page has its heading and its words."""
    plain_page.goto(PAGES[name])

    assert plain_page.locator("h1").inner_text()
    assert len(plain_page.locator("main").inner_text()) > 100


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_light(page: Page, name: str) -> None:
    """Before what is loaded on demand, a page with its styles and its script takes less than 300 kB."""
    on_demand = re.compile(r"/static/built/(?!page\.)[\w-]+\.js$")
    loaded: list[int] = []

    def weigh(request: Request) -> None:
        if not on_demand.search(request.url):
            loaded.append(request.sizes()["responseBodySize"])

    page.on("requestfinished", weigh)
    page.goto(PAGES[name], wait_until="networkidle")

    assert sum(loaded) < 300_000


def test_language_is_switched_where_one_is(page: Page) -> None:
    """The language links lead to the same page in the other language, and it keeps to it."""
    page.goto("/job/bio-informaticien?lang=fr")
    page.get_by_role("link", name="English").click()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Bioinformatician"
    page.get_by_role("link", name="Questions").first.click()
    assert page.locator("html").get_attribute("lang") == "en"
