"""The search box in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


def test_typing_suggests_and_a_choice_opens_its_page(page: Page) -> None:
    """What is typed without accents suggests things with their kind; the chosen one opens."""
    page.goto("/?lang=fr")
    box = page.get_by_role("combobox")
    page.locator("[data-ready~=suggest]").wait_for()
    box.press_sequentially("delegue med")
    expect(page.get_by_role("option").first).to_contain_text("Délégué médical")
    box.press("ArrowDown")
    box.press("Enter")

    expect(page).to_have_url(re.compile("/job/delegue-medical"))


def test_enter_without_a_choice_searches(page: Page) -> None:
    """Enter finds all that has the text."""
    page.goto("/?lang=en")
    page.locator("[data-ready~=suggest]").wait_for()
    box = page.get_by_role("combobox")
    box.fill("statis")
    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/search\?q=statis"))
    expect(page.locator("ol.hits li").first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/search", "/job/nobody"])
def test_suggestions_lie_over_the_page_below_the_field(page: Page, path: str) -> None:
    """Wherever there is a search box, its field fills the line, and the list moves nothing that stands below it."""
    page.goto(f"{path}?lang=fr")
    page.locator("[data-ready~=suggest]").wait_for()
    below = page.locator(".search .hint").bounding_box()
    box = page.get_by_role("combobox")
    box.press_sequentially("delegue med")
    expect(page.get_by_role("option").first).to_be_visible()
    form, field = (found.bounding_box() for found in (page.locator(".search > div"), box))

    assert page.locator(".search .hint").bounding_box() == below
    assert form
    assert field
    assert field["width"] > form["width"] / 2
