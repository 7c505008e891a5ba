"""The pages of a question that needs a vocabulary which is not imported."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metiers_kg.api import Service, create_app
from metiers_kg.queries import Catalogue, SavedQuery
from metiers_kg.web import HtmlPages
from tests.web.conftest import TestClient

NEEDY = """\
#+ summary: Skills that ESCO suggests
#+ title: {fr: "Aptitudes", en: "Skills"}
#+ description: {fr: "Les aptitudes. Rien de plus.", en: "The skills. Nothing else."}
#+ tags: [esco]
#+ requires: [esco, crosswalk]
SELECT ?skill { ?skill a <http://data.europa.eu/esco/model#Skill> } ORDER BY ?skill
"""


@pytest.fixture(scope="module")
def browser(service: Service) -> TestClient:
    """Ask a service without ESCO, as browsers do."""
    service = replace(service, catalogue=Catalogue([SavedQuery.parse("needy", NEEDY)]))
    return TestClient(create_app(service, HtmlPages(service)), headers={"Accept": "text/html", "Accept-Language": "fr"})


def test_the_answer_is_a_page_that_says_what_to_import(browser: TestClient) -> None:
    """Instead of an empty table, the reader is told what lacks and the commands that bring it."""
    page = browser.get("/queries/needy/results")

    assert page.status_code == 409
    for text in ("besoin d’un référentiel", "metiers-kg import esco PATH…", "la correspondance ROME-ESCO"):
        assert text in page.text
    assert "<table" not in page.text


def test_the_question_says_so_before_it_is_asked(browser: TestClient) -> None:
    """The page of the question has the same commands above its form."""
    page = browser.get("/queries/needy?lang=en").text

    assert "This question needs a vocabulary that is not imported here." in page
    assert "metiers-kg import crosswalk PATH…" in page


def test_the_catalogue_marks_it(browser: TestClient) -> None:
    """The list says what the question needs and that it is not here."""
    assert "ESCO, la correspondance ROME-ESCO (pas importé ici)" in browser.get("/queries").text
