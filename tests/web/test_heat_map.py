"""The heat map as a table: values, shades, and where cells lead."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.api import create_app
from metiers_kg.web import HtmlPages
from metiers_kg.web.heat_map import SHADES, read_heat_map, read_shades
from metiers_kg.web.texts import Texts
from tests.served_jobs import make_service
from tests.web.conftest import TestClient
from tests.web.reader import Page
from tests.web.samples import comparisons


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """The map of the four jobs, in French."""
    service = make_service(tmp_path, esco=False)
    client = TestClient(create_app(service, HtmlPages(service)), headers={"Accept": "text/html"})
    return Page(client.get("/overlap/matrix?measure=jaccard&kinds=essential&lang=fr").text)


def test_a_cell_leads_to_the_comparison_of_its_two_jobs(page: Page) -> None:
    """A cell is a link to the two jobs compared with the same kinds, in the reader's language."""
    assert "/overlap?job=a&other=b&kinds=essential&lang=fr" in page.links()


def test_rows_and_columns_have_heads(page: Page) -> None:
    """It is a table with a head for each row and each column, whose cells have their value for programs too."""
    scopes = [head.get("scope") for head in page.all("th")]

    assert (3, 3 + 4) == (scopes.count("row"), scopes.count("col"))  # the pairs below have four columns
    assert 6 == sum("data-value" in cell for cell in page.all("td"))


def test_values_are_told_in_hundredths() -> None:
    """A value of 0.3 reads 30 in its shade; where there is none the cell is empty."""
    rows = read_heat_map(comparisons("x")["matrix"], "study", [], Texts("fr"))
    cell = rows[0].cells[1]

    assert ("30", "0,30", "0.3", 5) == (cell.text, cell.value, cell.number, cell.shade)
    assert ("", 0) == (rows[0].cells[0].text, rows[0].cells[0].shade)


def test_the_place_is_kept() -> None:
    """Jobs told in the terms of ESCO are compared in them."""
    rows = read_heat_map(comparisons("x")["matrix"], "esco", ["optional"], Texts("de"))

    assert "/overlap?job=hostile&other=bio-informaticien&in=esco&kinds=optional&lang=de" == rows[0].cells[1].href


def test_every_shade_is_in_the_legend() -> None:
    """Each shade but that of nothing says which values it stands for, without gap."""
    told = read_shades(Texts("en"))

    assert list(range(1, len(SHADES) + 1)) == [shade for shade, _ in told]
    assert ("1–4", "80–100") == (told[0][1], told[-1][1])
