"""The editor of queries in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def editor(page: Page) -> Page:
    """The page of the editor, ready."""
    page.goto("/sparql?lang=en")
    page.locator("[data-ready~=editor]").wait_for()
    return page


def type_query(page: Page, text: str) -> None:
    """Put a text in place of the query in the tab that is open."""
    page.locator(".tabPanel.active .CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_example_is_asked(editor: Page) -> None:
    """The query that the page begins with gives a table of twenty jobs."""
    editor.get_by_role("button", name="Run").click()

    expect(editor.locator(".yasr_results tbody tr")).to_have_count(20)


def test_classes_are_completed(editor: Page) -> None:
    """After `a`, the classes of the graph's own vocabulary are offered."""
    type_query(editor, "PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>\nSELECT * { ?s a mkg:Emerging")
    editor.keyboard.press("Control+Space")

    expect(editor.locator(".CodeMirror-hints")).to_have_text("mkg:EmergingJob")


def test_saved_query_opens_in_a_tab(editor: Page) -> None:
    """A saved query chosen from the list opens in a tab that has its title."""
    editor.get_by_label("Open a saved question in a tab").select_option("sources")

    expect(editor.locator(".tabsList .tab.active")).to_contain_text("ources")
    expect(editor.locator(".tabPanel.active .CodeMirror-code")).to_contain_text("SELECT")


def test_query_in_the_address_is_opened(page: Page) -> None:
    """A link with a query after its hash opens the editor on it."""
    page.goto("/sparql?lang=en#query=ASK+%7B%7D")
    page.locator("[data-ready~=editor]").wait_for()

    expect(page.locator(".tabPanel.active .CodeMirror-code")).to_contain_text("ASK {}")


def test_rows_are_drawn_as_a_chart(editor: Page) -> None:
    """An answer with a column of numbers has a chart of it."""
    editor.get_by_role("button", name="Run").click()
    editor.locator(".yasr_results tbody tr").first.wait_for()
    editor.get_by_role("button", name="Chart").click()

    expect(editor.locator(".yasr_results .frame-of-picture svg")).to_be_visible()


def test_triples_are_drawn_as_a_graph(editor: Page) -> None:
    """What a CONSTRUCT gives is drawn as a graph."""
    type_query(
        editor,
        "PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>\n"
        "CONSTRUCT { ?job mkg:isActiveIn ?sector } WHERE { ?job a mkg:EmergingJob ; mkg:isActiveIn ?sector }",
    )
    editor.get_by_role("button", name="Run").click()
    editor.locator(".yasr_results tbody tr").first.wait_for()
    editor.get_by_role("button", name="Graph").click()

    expect(editor.locator(".yasr_results .graph-canvas")).to_be_visible()


def test_buttons_speak_the_language_of_the_page(page: Page) -> None:
    """What the library names and tells in English is said in the reader's language, or left to the views."""
    page.goto("/sparql?lang=fr")
    page.locator("[data-ready~=editor]").wait_for()
    page.get_by_role("button", name="Exécuter").click()
    page.locator(".yasr_results tbody tr").first.wait_for()

    assert page.locator(".yasqe_share").get_attribute("title") == "Lien vers cette requête"
    assert page.locator(".closeTab").first.get_attribute("title") == "Fermer l’onglet"
    expect(page.get_by_text("results in")).to_be_hidden()
