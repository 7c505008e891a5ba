"""The answer of a saved query on its page: its chart, its graph, its addresses."""

from __future__ import annotations

import html
import json
import re

from fastapi.testclient import TestClient

from metiers_kg.api import Service
from metiers_kg.queries import SavedQuery, answer
from metiers_kg.web.answers import answer_addresses, read_answer, read_chart
from metiers_kg.web.tables import Cell, Column, Grid
from metiers_kg.web.texts import Texts

GRID = Grid((Column("job", "Métier"), Column("n", "Nombre", is_number=True)), ((Cell("A"), Cell("1", number=1.0)),) * 3)


def read(service: Service, name: str, **values: str) -> dict[str, object]:
    """Return what the page of an answer is given."""
    given = {key: [value] for key, value in values.items()}
    result = answer(service.store, service.names, service.catalogue[name], given, lang="fr")
    return read_answer(service, result, Texts("fr"))


def test_a_chart_is_drawn_from_what_is_shown() -> None:
    """A label column stands for the thing that it labels, whose column the page shows."""
    assert '{"chart": "heatmap", "x": "job", "y": "n"}' == read_chart(
        {"chart": "heatmap", "x": "jobLabel", "y": "n"}, GRID
    )


def test_what_cannot_be_drawn_has_no_chart() -> None:
    """A single row, a text where a number should be and a column that is not there give no chart."""
    one = Grid(GRID.columns, GRID.rows[:1])

    assert ["", "", ""] == [
        read_chart({"chart": "bar", "x": "job", "y": "n"}, one),
        read_chart({"chart": "scatter", "x": "job", "y": "n"}, GRID),
        read_chart({"chart": "bar", "x": "gone", "y": "n"}, GRID),
    ]


def test_the_query_is_shown_with_its_values(service: Service) -> None:
    """The text of the query has the values in place, without the header, and the link to the editor has the same."""
    found = read(service, "job-competences", job="bio-informaticien")
    text = "".join(piece.text for piece in found["sparql"])  # type: ignore[attr-defined]

    assert "#+" not in text
    assert "<https://w3id.org/metiers-kg/job/bio-informaticien> mkg:requires" in text
    assert str(found["editor"]).startswith("/sparql#query=PREFIX+mkg")


def test_a_graph_has_words_for_its_properties(service: Service) -> None:
    """What draws a graph is given the labels of its properties and classes, where the graph has any."""
    assert {} == json.loads(str(read(service, "job-graph")["words_of_graph"]))


def test_the_address_to_embed_takes_what_it_knows(service: Service) -> None:
    """Options of other forms are left out of it, and the permanent link keeps them."""
    query: SavedQuery = service.catalogue["job-graph"]
    result = answer(service.store, service.names, query, {})
    found = answer_addresses(result, {}, [("version", "1.0"), ("page", "2"), ("format", "html")], "nl", ["ttl"])

    assert "/queries/job-graph/results?version=1.0&page=2&lang=nl" == found["permalink"]
    assert "/queries/job-graph/embed?page=2&lang=nl" == found["embedded"]


def test_numbers_and_codes_stand_in_the_cells(browser: TestClient) -> None:
    """A cell tells scripts the number or the code behind its words, the same in every language."""
    page = browser.get("/queries/job-competences/results?job=bio-informaticien").text

    assert ["inferred", "conditional", "0.25"] == re.findall(r'data-value="([^"]+)"', page)[:3]


def test_the_embedded_answer_stands_alone(browser: TestClient) -> None:
    """The view for frames has the table and where it comes from, and neither menu nor form."""
    page = html.unescape(browser.get("/queries/job-competences/embed?job=bio-informaticien&lang=fr").text).replace(
        "\N{NO-BREAK SPACE}", " "
    )

    assert "<table" in page
    assert "Source : Métiers d’avenir" in page
    assert '/queries/job-competences/results?job=bio-informaticien&lang=fr"' in page
    assert "<form" not in page
    assert "<nav" not in page


def test_the_catalogue_is_searched_without_scripts(browser: TestClient) -> None:
    """Words in the address keep the questions that have them all, accents or not, in whatever language."""
    page = browser.get("/queries?q=competences+metier&lang=fr").text

    assert ["/queries/job-competences?lang=fr"] == re.findall(r'<h3><a href="([^"]+)"', page)
    assert "Aucune question ne contient tous ces mots." in browser.get("/queries?q=zzz&lang=fr").text
