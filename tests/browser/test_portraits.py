"""The pages of things in a browser: axe finds nothing, passages open without scripts, paper shows what is folded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

JOB = "/job/cadre-technique-controle-qualite?lang=fr"

PAGES = {
    "factor": "/factor/progres-technologique",
    "sub-sector": "/sub-sector/industrie-pharmaceutique-biopharmacie",
    "group": "/job-group/candidats-de-l-industrie-pharmaceutique",
    "indicator": "/indicator/exportations",
    "strategy": "/strategy/ameliorer-l-enseignement-stem-local",
    "category": "/category/growth",
    "document": "/source/recrutement-2025",
    "section": "/source/forem-2013--4-1-lab",
    "passage": "/passage/forem-2013--41393-41434",
    "statement": "/impact/augmentation-rapide-de-la-quantite-de-donnees--raises-need-for--datamanager",
}
"""A page of each kind that looks like no other."""


def open_all(page: Page) -> None:
    """Open whatever is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_folded_or_open(page: Page, axe: Callable[[Page], list[str]], name: str) -> None:
    """The page of a thing keeps WCAG 2.2 AA as far as axe can tell, as it comes and with everything open, at night."""
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.goto(PAGES[name])
    folded = axe(page)
    page.emulate_media(color_scheme="dark")
    open_all(page)

    assert ([], []) == (folded, axe(page))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_overflows_with_everything_open(page: Page, name: str) -> None:
    """From phone to wide screen the page of a thing scrolls one way only."""
    page.goto(PAGES[name])
    open_all(page)
    for width in (400, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_a_passage_opens_without_scripts(plain_page: Page) -> None:
    """Below a line, the place of its passage opens the quote, by keyboard and without scripts."""
    plain_page.goto(JOB)
    row = plain_page.locator("#competences .said").first
    expect(row.locator("blockquote").first).to_be_hidden()

    row.locator("summary").focus()
    plain_page.keyboard.press("Enter")

    expect(row.locator("blockquote").first).to_be_visible()


def test_contents_lead_to_the_sections(page: Page) -> None:
    """The table of contents leads to each section, and stays in sight beside it."""
    page.goto(JOB)
    contents = page.get_by_role("navigation", name="Sur cette page")

    contents.get_by_role("link", name="Les métiers les plus proches").click()

    expect(page.get_by_role("heading", name="Les métiers les plus proches")).to_be_in_viewport()
    expect(contents).to_be_in_viewport()


def test_why_leads_to_the_explanation(page: Page) -> None:
    """Beside what was inferred stands why, which leads to the derivation."""
    page.goto(JOB)

    page.locator("#competences .why").first.click()

    expect(page.get_by_role("heading", name="L’explication la plus courte")).to_be_visible()


def test_paper_shows_what_is_folded(page: Page) -> None:
    """Printed, a job's page shows its quotes and addresses, and neither navigation nor the full record."""
    page.goto(JOB)
    page.emulate_media(media="print")

    expect(page.locator("#competences blockquote").first).to_be_visible()
    expect(page.get_by_text("https://w3id.org/metiers-kg/source/forem-2013").first).to_be_visible()
    expect(page.locator(".contents")).to_be_hidden()
    expect(page.locator("#everything")).to_be_hidden()
