"""The flow picture from factors to competences in a browser."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def flow(page: Page) -> Page:
    """The page of the flow of regulatory factors, drawn."""
    page.goto("/queries/factors-to-competences/results?domain=regulatory&lang=en#tab=chart")
    page.locator(".frame-of-picture svg").wait_for()
    return page


def test_stages_stand_side_by_side(flow: Page) -> None:
    """The picture has its four stages, and its first holds the domain asked for."""
    heads = flow.locator("svg > text").all_text_contents()

    assert ["Domain", "Factor", "Job", "Competence"] == heads
    assert "regulatory" in flow.locator("svg g text").all_text_contents()


def test_names_lead_to_their_pages(flow: Page) -> None:
    """A job of the picture links to its page."""
    expect(flow.locator("svg a[href*='/job/medical-writer']")).to_have_count(1)


def test_picture_is_taken_away_as_svg_that_stands_alone(flow: Page, tmp_path: Path) -> None:
    """The downloaded SVG is sound XML, has its names, and refers to nothing outside but the pages of things."""
    with flow.expect_download() as download:
        flow.get_by_role("button", name="SVG").click()
    download.value.save_as(tmp_path / "flow.svg")
    root = ElementTree.parse(tmp_path / "flow.svg").getroot()  # noqa: S314  the picture is our own

    assert {"Medical writer"} <= {text.text for text in root.iter(f"{SVG}text")}
    assert not [element for element in root.iter() if element.tag in (f"{SVG}image", f"{SVG}use", f"{SVG}style")]


def test_picture_is_taken_away_as_png(flow: Page, tmp_path: Path) -> None:
    """The downloaded PNG is a picture twice the size of what is seen."""
    width = int(flow.locator(".frame-of-picture svg").get_attribute("width") or 0)
    with flow.expect_download() as download:
        flow.get_by_role("button", name="PNG").click()
    download.value.save_as(tmp_path / "flow.png")
    head = (tmp_path / "flow.png").read_bytes()[:24]

    assert (b"\x89PNG", 2 * width) == (head[:4], int.from_bytes(head[16:20], "big"))
