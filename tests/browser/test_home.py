"""The home page in a browser: figures, the synthesis table, themes."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_a_cell_opens_its_answer(page: Page) -> None:
    """The number of a cell leads to the rows that it counts."""
    page.goto("/?lang=en")
    cell = page.locator("table.matrix td.emergence .cell-count:not(.none)").first
    count = int(cell.locator("strong").inner_text())
    cell.click()

    expect(page).to_have_url(re.compile("/queries/jobs-by-evolution/results"))
    assert count == len({row.inner_text() for row in page.locator("tbody tr td:first-child").all()})


def test_a_job_is_marked_in_all_its_cells(page: Page) -> None:
    """Pointing at a job that stands in several cells marks it in each of them."""
    page.goto("/?lang=fr")
    page.locator("[data-ready~=cells]").wait_for()
    page.locator("table.matrix a", has_text="Cadre technique contrôle qualité").first.hover()

    expect(page.locator("table.matrix a.same")).to_have_count(3)


def test_themes_open_on_their_questions(page: Page) -> None:
    """A theme opens on its questions, each a link to the page of the query."""
    page.goto("/?lang=en")
    theme = page.locator(".themes details").first
    theme.locator("summary").click()
    theme.locator("a").first.click()

    expect(page).to_have_url(re.compile(r"/queries/[a-z-]+\?lang=en$"))
