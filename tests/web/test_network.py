"""The page of the network: lists that need no script, addresses that show more or less, and its form."""

from __future__ import annotations

import json
import re

import pytest

from metiers_kg.api import Service
from metiers_kg.web import HtmlPages
from metiers_kg.web.network import read_network
from metiers_kg.web.texts import Texts
from tests.web.reader import Page
from tests.web.samples import faults, network

ASKED = [("job", "hostile"), ("expand", "competence/c"), ("lang", "fr")]


@pytest.fixture
def page(pages: HtmlPages) -> Page:
    """The network around a job, one competence of it expanded."""
    return Page(pages.network(network("mot"), "fr", asked=ASKED))


def test_what_can_be_expanded_is_a_link(page: Page) -> None:
    """A node with more than is shown has the address of the same view with it expanded; one that is, without."""
    links = page.links()

    assert "/network?job=hostile&expand=competence%2Fc&expand=factor%2Ff&lang=fr" in links
    assert "/network?job=hostile&lang=fr" in links
    assert "/network?factor=f&lang=fr" in links


def test_every_link_is_told_in_a_table(page: Page) -> None:
    """A row says from what to what, how, how it is stated, where, and why."""
    told = re.sub(r"\s+", " ", page.text)

    assert "mot mot : essentielle mot déduit à la lecture au conditionnel énoncé pourquoi ?" in told
    assert "mot proche de (0,25) mot comparer les deux" in told
    assert {"/impact/x?lang=fr", "/overlap?job=a&other=b&lang=fr"} <= set(page.links())


def test_what_is_left_out_is_told(page: Page) -> None:
    """More than the limit shows is counted, by kind."""
    assert "3 autres sont laissés de côté (compétences 3)" in page.text


def test_the_picture_gets_what_the_lists_say(page: Page) -> None:
    """The data of the picture are those of the page, with the words of its codes."""
    found = re.search(r'id="network-data">(.*?)</script>', page.source, re.DOTALL)
    assert found
    data = json.loads(found[1])

    assert (3, 2, "compétence") == (len(data["nodes"]), len(data["edges"]), data["words"]["competence"])


def test_the_form_holds_what_was_asked(page: Page) -> None:
    """What was expanded goes with the form, and the defaults are ticked."""
    hidden = [(i["name"], i["value"]) for i in page.all("input") if i.get("type") == "hidden"]
    ticked = {i["value"] for i in page.all("input") if "checked" in i}

    assert ("expand", "competence/c") in hidden
    assert {"job", "competence", "factor", "sub-sector"} == ticked


def test_faults_are_told_at_their_fields(pages: HtmlPages) -> None:
    """A wrong name is told at its field, and the nearest is a link that asks again."""
    page = Page(pages.network(None, "fr", faults=faults(), asked=[("job", "bioo")]))
    wrong = next(i for i in page.all("input") if i.get("id") == "net-field-job")

    assert ("true", "bioo") == (wrong["aria-invalid"], wrong["value"])
    assert "?job=Bio-informaticien" in page.links()


def test_every_choice_has_words(service: Service) -> None:
    """No filter shows a code: each of its values is called something."""
    read = read_network(service, None, (), (), Texts("fr"))
    options = [option for found in read["filters"] for option in found.options]  # type: ignore[attr-defined]

    # An attitude is one in French too.
    assert {"attitude"} == {o.value for o in options if o.label == o.value and not o.value.isdigit()}
