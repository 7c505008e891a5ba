"""Two jobs side by side and the heat map, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

MATRIX = "/overlap/matrix?sub-sector=industrie-pharmaceutique-biopharmacie&lang=fr"


def _open(page: Page, address: str = MATRIX) -> None:
    page.goto(address)
    page.locator(".heat[data-ready~=heat-map]").wait_for()


def test_two_jobs_are_swapped(page: Page) -> None:
    """The way back is one click away, and the three lists are beside each other on a wide screen."""
    page.goto("/overlap?job=datamanager&other=bio-informaticien&lang=fr")
    tops = {page.locator(f".third.part-{name}").bounding_box()["y"] for name in ("shared", "partly", "missing")}  # type: ignore[index]
    assert 1 == len(tops)
    page.locator(".swap").click()

    expect(page).to_have_url(re.compile("job=bio-informaticien&other=datamanager"))


def test_passages_of_both_sides_are_there(page: Page) -> None:
    """A shared competence has a quote from each side, with its passage."""
    page.goto("/overlap?job=datamanager&other=bio-informaticien&lang=fr")
    card = page.locator(".part-shared .found > li").first

    assert 2 == card.locator(".voices > div").count()
    assert card.locator("q").count() >= 2


def test_a_cell_tells_both_jobs(page: Page) -> None:
    """Pointing at a cell tells the two jobs and how near they are."""
    _open(page)
    page.locator(".heat td a").first.hover()

    expect(page.locator(".heat-told")).to_have_text(re.compile(r".+ → .+\s: \d"))


def test_arrows_move_and_enter_compares(page: Page) -> None:
    """One cell is in the order of Tab; arrows go on from it, and Enter opens the comparison."""
    _open(page)
    assert 1 == page.locator('.heat td a[tabindex="0"]').count()
    page.locator('.heat td a[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/overlap\?job=.+&other="))


def test_weak_pairs_can_be_hidden(page: Page) -> None:
    """Above a threshold fewer cells are shown, and their number is told."""
    _open(page)
    slider = page.locator(".heat-tools input[type=range]")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")

    expect(page.locator(".heat-tools output")).to_contain_text("cases montrées")
    assert page.locator(".heat td.faint").count() > 100


@pytest.mark.parametrize("form", ["SVG", "PNG"])
def test_the_map_can_be_taken_away(page: Page, form: str) -> None:
    """The map is there as a file of its own."""
    _open(page)
    with page.expect_download() as download:
        page.locator(".heat-tools").get_by_role("button", name=form).click()

    assert download.value.path().read_bytes().startswith(b"<svg" if form == "SVG" else b"\x89PNG")
