"""A saved query from its form to a chart, a permanent link and a frame, as a reader goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

DEMAND = "/queries/competences-in-demand/results?lang=fr"
CHARTS = {
    "bar": "/queries/competences-in-demand/results?lang=en#tab=chart",
    "heatmap": "/queries/jobs-by-evolution/results?lang=en#tab=chart",
    "line": "/queries/figures/results?lang=en#tab=chart",
    "scatter": "/queries/factors-by-domain/results?lang=en#tab=chart",
}


class Quiet(SimpleHTTPRequestHandler):
    """The server of another site, which tells nobody what it is asked."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def first_cells(page: Page, count: int) -> list[str]:
    """Return what stands in the first column of the first rows."""
    return [text.split("\n")[0] for text in page.locator("tbody tr td:first-child").all_inner_texts()[:count]]


def open_form(page: Page, address: str) -> None:
    """Open a form and wait until its pickers are there."""
    page.goto(address)
    page.locator("[data-ready~=pick]").first.wait_for()


def test_a_job_is_picked_by_keyboard(page: Page) -> None:
    """Typing without accents, an arrow and Enter choose a job; the next Enter sends the form."""
    open_form(page, "/queries/job-competences?lang=fr")
    field = page.get_by_role("combobox", name="Métier")
    field.press_sequentially("electro")
    expect(page.locator("[role=option]")).to_have_count(1)
    field.press("ArrowDown")
    expect(page.locator("[role=option]")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    field.press("Enter")

    expect(page.locator(".given")).to_contain_text("Électro-instrumentiste")


def test_what_is_not_on_the_list_is_told(page: Page) -> None:
    """A name that is none of the choices keeps the form from being sent, and says so."""
    open_form(page, "/queries/job-competences?lang=fr")
    field = page.get_by_role("combobox", name="Métier")
    field.fill("plombier")
    field.press("Escape")
    field.fill("plombier")
    page.get_by_role("button", name="Voir la réponse").click()

    assert page.url.endswith("/queries/job-competences?lang=fr")
    assert field.evaluate("field => field.validationMessage") == "Choisissez une des suggestions."


def test_several_are_chips(page: Page) -> None:
    """Several competences are chosen one by one, taken out again, and sent with the form."""
    open_form(page, "/queries/jobs-for-competences?lang=fr")
    field = page.get_by_role("combobox").first
    for typed in ("rigueur", "statistiques"):
        field.fill(typed)
        page.locator("[role=option]").first.click()
    page.get_by_role("button", name="Retirer : Rigueur").click()
    page.get_by_role("button", name="Voir la réponse").click()

    expect(page.locator(".given")).to_have_text("Compétences : Statistiques")


def test_rows_are_sorted_and_filtered(page: Page) -> None:
    """Heads sort, words and choices filter, the count is said, and the address has it all."""
    page.goto(DEMAND)
    page.get_by_label("Filtrer les lignes").fill("QUALITE")
    page.get_by_role("button", name="Compétence").press("Enter")

    expect(page.locator(".answer [role=status]")).to_have_text("4 lignes sur 108")
    assert first_cells(page, 4)[0] == "Assurance qualité"
    expect(page.get_by_role("columnheader", name="Compétence")).to_have_attribute("aria-sort", "ascending")
    page.locator("#rows-only-kind").select_option("ontology#Qualification")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "sort=competence" in urlsplit(page.url).fragment
    assert "only.kind=ontology%23Qualification" in urlsplit(page.url).fragment


def test_numbers_are_sorted_as_numbers(page: Page) -> None:
    """A column of numbers begins with the greatest, and turns."""
    page.goto("/queries/sources/results?lang=fr")
    head = page.locator("th[data-column=statements]")
    head.get_by_role("button").click()
    numbers = page.locator("tbody td[data-label='Énoncés']")
    down = [float(cell.get_attribute("data-value") or 0) for cell in numbers.all()]
    head.get_by_role("button").click()
    up = [float(cell.get_attribute("data-value") or 0) for cell in numbers.all()]

    assert down == sorted(down, reverse=True)
    assert up == sorted(up)
    expect(head).to_have_attribute("aria-sort", "ascending")


def test_a_permanent_link_gives_the_same_view(page: Page, open_context: Callable[..., BrowserContext]) -> None:
    """What a reader has made of an answer is there again in a fresh browser: filters, order, columns, the chart."""
    page.goto(DEMAND)
    page.get_by_label("Filtrer les lignes").fill("connaissance")
    page.get_by_role("button", name="Part").click()
    page.get_by_text("Colonnes").click()
    page.get_by_label("Métiers à profil").uncheck()
    page.get_by_role("tab", name="Graphique").click()
    page.get_by_text("Partager ou intégrer").click()
    link = page.get_by_label("Adresse du lien permanent").input_value()
    rows, picture = first_cells(page, 20), page.get_by_role("img").get_attribute("aria-label")
    fresh = open_context(locale="de-DE").new_page()
    fresh.goto(link)

    expect(fresh.get_by_role("tab", name="Graphique")).to_have_attribute("aria-selected", "true")
    expect(fresh.get_by_role("img")).to_have_attribute("aria-label", picture or "")
    fresh.get_by_role("tab", name="Tableau").click()
    assert first_cells(fresh, 20) == rows
    expect(fresh.locator("th[data-column=jobsWithProfile]")).to_be_hidden()


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_chart_is_drawn(page: Page, axe: Callable[[Page], list[str]], kind: str, scheme: str) -> None:
    """Each kind of chart is drawn under the security policy, told in words, and keeps to WCAG."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(CHARTS[kind])
    picture = page.get_by_role("img").first

    expect(picture.locator("svg")).to_be_visible()
    assert "The table has the same values." in (picture.get_attribute("aria-label") or "")
    assert axe(page) == []


def test_a_bar_leads_to_what_it_stands_for(page: Page) -> None:
    """A click on a bar goes to the page of its thing."""
    page.goto(CHARTS["bar"])
    page.locator(".frame-of-picture svg [class*=mark-rect] path").first.click()

    expect(page.locator("h1")).to_have_text("Scientific knowledge")


@pytest.mark.parametrize(
    "address", [CHARTS["bar"], "/queries/job-neighbourhood/results?job=datamanager&lang=en"], ids=["chart", "graph"]
)
def test_pictures_are_taken_away(page: Page, address: str) -> None:
    """A picture is saved as SVG and as PNG."""
    page.goto(address)
    heads = {}
    for form in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.locator("[data-picture]").get_by_role("button", name=form).click()
        heads[form] = download.value.path().read_bytes()

    assert heads["SVG"].lstrip().startswith((b"<svg", b"<?xml"))
    assert heads["PNG"].startswith(b"\x89PNG")


def test_a_graph_leads_to_its_things(page: Page) -> None:
    """The things of a graph are listed by kind beside it, and each is a link."""
    page.goto("/queries/job-neighbourhood/results?job=bio-informaticien&lang=en")
    page.locator(".graph-list summary", has_text="Knowledge").click()
    page.locator(".graph-list").get_by_role("link", name="Genomics", exact=True).press("Enter")

    expect(page.locator("h1")).to_have_text("Genomics")


def test_another_site_frames_the_answer(
    page: Page, open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """The HTML that the page gives shows the same view in a page of another origin."""
    page.goto(DEMAND + "#find=chimie")
    page.get_by_text("Partager ou intégrer").click()
    frame = page.get_by_label("Code HTML").input_value()
    (tmp_path / "page.html").write_text(f"<!doctype html><title>Elsewhere</title>{frame}", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        elsewhere = f"http://127.0.0.1:{site.server_port}"
        stranger = open_context().new_page()
        stranger.route(f"{elsewhere}/**", lambda route: route.continue_())
        stranger.goto(f"{elsewhere}/page.html")
        site.shutdown()
    shown = stranger.frame_locator("iframe")

    expect(shown.locator("h1")).to_have_text("Compétences les plus demandées")
    expect(shown.locator("tbody tr").first).to_contain_text("himi")
    assert shown.locator("header, footer, form").count() == 0


def test_without_scripts_rows_and_bars_are_read(plain_page: Page) -> None:
    """Without scripts there are the table with bars, the pages of rows and the links to share."""
    plain_page.goto(DEMAND)

    assert plain_page.locator("tbody tr").count() == 108
    expect(plain_page.locator("meter").first).to_be_visible()
    assert plain_page.get_by_role("tab").count() == 0
    assert plain_page.locator("a.permalink").count() == 1


def test_the_catalogue_is_searched_while_typing(page: Page) -> None:
    """Words narrow the catalogue without loading it again, and the address keeps them."""
    page.goto("/queries?lang=fr")
    page.get_by_label("Chercher parmi les questions").fill("reglementation")

    expect(page.get_by_role("link", name="Métiers exposés à la réglementation")).to_be_visible()
    expect(page.get_by_role("link", name="Compétences d’un métier", exact=True)).to_be_hidden()
    assert "q=reglementation" in page.url
