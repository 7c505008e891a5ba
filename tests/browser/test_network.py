"""The network in a browser: explored, filtered, searched, taken away."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

AROUND = "/network?job=datamanager&lang=fr"
WHOLE = "/network?sub-sector=industrie-chimique-et-pharmaceutique&limit=300&lang=fr"


def _open(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    page.locator("#network[data-ready~=network]").wait_for()


def test_expanding_keeps_address_picture_and_lists_together(page: Page) -> None:
    """An expanded node brings its neighbours into the lists, the panel tells of it, the address shows the same again."""
    _open(page, AROUND)
    before = page.locator(".net-nodes li").count()
    node = page.locator('[data-node="job/bio-informaticien"]')
    node.locator("[data-act=more]").click()
    expect(node.locator("[data-act=less]")).to_be_visible()
    after = page.locator(".net-nodes li").count()

    assert after > before
    expect(page.locator(".net-panel h2")).to_have_text("Bio-informaticien")
    address = page.url
    _open(page, address)
    assert after == page.locator(".net-nodes li").count()


def test_collapsing_and_back(page: Page) -> None:
    """What was expanded can be collapsed, and the way back leads to it."""
    _open(page, f"{AROUND}&expand=job/bio-informaticien")
    page.locator('[data-node="job/bio-informaticien"] [data-act=less]').click()
    expect(page).not_to_have_url(re.compile("expand"))
    expect(page.locator('[data-node="job/bio-informaticien"] [data-act=more]')).to_be_visible()
    page.go_back()

    expect(page.locator('[data-node="job/bio-informaticien"] [data-act=less]')).to_be_visible()


def test_filters_act_at_once(page: Page) -> None:
    """Without its box a kind is gone from lists and address."""
    _open(page, AROUND)
    page.locator(".net-filters > summary").click()
    page.locator("input[name=kinds][value=factor]").uncheck()

    expect(page.locator("#net-of-factor")).to_have_count(0)
    expect(page).to_have_url(re.compile("kinds=job&kinds=competence&kinds=sub-sector"))


def test_by_keyboard(page: Page) -> None:
    """A focused entry of the list opens the panel; Escape in the picture closes it."""
    _open(page, AROUND)
    page.locator('[data-node="competence/informatique"] a').first.focus()
    expect(page.locator(".net-panel h2")).to_have_text("Informatique")
    page.locator(".net-canvas").focus()
    for key in ("+", "ArrowLeft", "-", "0", "Escape"):
        page.keyboard.press(key)

    expect(page.locator(".net-panel")).to_be_hidden()


def test_searching_counts(page: Page) -> None:
    """A text typed without accents finds labels with them."""
    _open(page, AROUND)
    page.locator(".net-tools input").fill("donnees")

    expect(page.locator(".net-tools [role=status]")).to_have_text("2 trouvés")


@pytest.mark.parametrize("form", ["SVG", "PNG"])
def test_the_picture_can_be_taken_away(page: Page, form: str) -> None:
    """The picture is there as a file of its own."""
    _open(page, AROUND)
    with page.expect_download() as download:
        page.locator(".net-tools").get_by_role("button", name=form).click()
    content = download.value.path().read_bytes()

    assert f"network.{form.lower()}" == download.value.suggested_filename
    assert content.startswith(b"<svg" if form == "SVG" else b"\x89PNG")


def test_many_nodes_are_drawn_soon(page: Page) -> None:
    """Two hundred nodes and four hundred links are drawn, even on a busy machine, in a few seconds."""
    _open(page, WHOLE)

    assert page.locator(".net-nodes li").count() > 200
    assert int(page.locator("#network").get_attribute("data-drawn") or 0) < 10_000


def test_the_page_is_light_before_the_picture(open_context: Callable[..., BrowserContext]) -> None:
    """All but the picture's own script is less than 300 kB."""
    page = open_context().new_page()
    loaded: list[int] = []
    own = re.compile("/static/built/(?!page)")
    page.on("requestfinished", lambda r: loaded.append(0 if own.search(r.url) else r.sizes()["responseBodySize"]))
    page.goto(AROUND, wait_until="networkidle")

    assert 0 < sum(loaded) < 300_000


def test_without_scripts_the_lists_lead_on(open_context: Callable[..., BrowserContext]) -> None:
    """Without scripts the same node is expanded by its link."""
    page = open_context(java_script_enabled=False).new_page()
    page.goto(AROUND)
    before = page.locator(".net-nodes li").count()
    page.locator('[data-node="job/bio-informaticien"] [data-act=more]').click()

    assert page.locator(".net-nodes li").count() > before
