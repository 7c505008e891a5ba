"""The page that says why something holds, and the links that lead to it."""

from __future__ import annotations

from typing import Any

import pytest

from metiers_kg.api import Service
from metiers_kg.queries import LANGUAGES, Result
from metiers_kg.web import HtmlPages
from tests.web.reader import Page, programs
from tests.web.samples import FACT, account, description


def test_tree_is_nested_lists(pages: HtmlPages) -> None:
    """Each step stands in the list below what it explains, without any script."""
    page = Page(pages.explanation(account("fait"), "fr"))

    assert 2 == len([a for a in page.all("ul") if a.get("class") == "tree"])
    assert programs(page) <= {"/static/built/page.js"}


def test_terms_are_linked(pages: HtmlPages, service: Service) -> None:
    """Every term of a triple leads to its page, and a rule to where the W3C says it."""
    links = Page(pages.explanation(account("fait"), "fr")).links()

    assert {"/job/bio-informaticien?lang=fr", "/ontology?lang=fr#requires", "/competence/x?lang=fr"} <= set(links)
    assert {"/passage/p1?lang=fr", "https://www.w3.org/TR/owl2-profiles/#tab-rules-properties"} <= set(links)


def test_rule_says_itself_in_words(pages: HtmlPages) -> None:
    """The name of a rule has its words as title, also for who cannot hover."""
    page = Page(pages.explanation(account("ce que dit la règle"), "fr"))
    rules = [a for a in page.all("a") if a.get("class") == "rule"]

    assert rules
    assert all("ce que dit la règle" in rule["title"] and "prp-spo2" in rule["aria-label"] for rule in rules)


def test_what_the_graph_leaves_out_is_told(pages: HtmlPages) -> None:
    """A thing related to itself, and a class without a name, are told to be left out."""
    text = Page(pages.explanation(account("fait"), "en")).text

    assert "A thing related to itself: it follows, though the graph leaves it out." in text
    assert "A class without a name: it follows, though the graph leaves it out." in text


def test_passages_are_shown_once(pages: HtmlPages) -> None:
    """The passages of one statement are shown where it comes first; later it says: as above."""
    assert "as above" in Page(pages.explanation(account("fact"), "en")).text


def test_others_are_asked_for(pages: HtmlPages) -> None:
    """The page leads to other explanations where there may be some."""
    asked = [("s", "x"), ("p", "a"), ("o", "y")]

    assert "?s=x&p=a&o=y&alternatives=5" in Page(pages.explanation(account("fait"), "fr", asked=asked)).links()


def test_files_keep_what_was_asked(pages: HtmlPages) -> None:
    """The other forms of the page explain the same triple."""
    asked = [("s", "x"), ("p", "a"), ("o", "y"), ("lang", "de")]

    assert "/explain.ttl?s=x&p=a&o=y&lang=fr" in Page(pages.explanation(account("fait"), "fr", asked=asked)).links()
    assert any(
        link.startswith("/explain.json?s=job") for link in Page(pages.explanation(account("fait"), "fr")).links()
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_form(pages: HtmlPages, lang: str) -> None:
    """Without a triple the page is a form of three fields."""
    page = Page(pages.explanation(None, lang))

    assert ["s", "p", "o"] == [a["name"] for a in page.all("input") if a["type"] == "text"]


def test_rows_lead_to_why(pages: HtmlPages, job_result: Result) -> None:
    """A row has a link to why it holds, in the cell that it explains; a triple that does not hold has none."""
    page = Page(pages.results(job_result, {"job": ["bio-informaticien"]}, "en"))
    whys: list[dict[str, Any]] = [a for a in page.all("a") if a.get("class") == "why"]

    assert [
        "/explain?s=job/bio-informaticien&p=mkg:requires&o=competence/rigueur&lang=en",
        "/explain?s=job/bio-informaticien&p=mkg:requires&o=competence/statistique&lang=en",
    ] == [why["href"] for why in whys]
    assert "“Bioinformatician” mkg:requires “Statistics”" == whys[1]["title"]
    assert whys[1]["aria-label"].startswith("why? ")


def test_resources_lead_to_why(pages: HtmlPages) -> None:
    """What is inferred of a resource has a link to why."""
    links = Page(pages.resource(description(), "fr")).links()

    assert "/explain?s=job/hostile&p=mkg:requires&o=competence/rigueur&lang=fr" in links


def test_near_triples_are_told_in_words(pages: HtmlPages, service: Service) -> None:
    """Where a triple does not hold, the page names near ones in words, each with its link."""
    from metiers_kg.api.pages import Problem

    near = "/explain?s=job/bio-informaticien&p=mkg:requires&o=competence/rigueur"
    page = Page(pages.problem(Problem(404, "/problems/does-not-hold", "", "", suggestions=(near,)), "en"))

    assert "“Bioinformatician” mkg:requires “Rigueur”" in page.text
    assert f"{near}&lang=en" in page.links()


def test_fact_of_the_graph(pages: HtmlPages, service: Service) -> None:
    """A fact that is not inferred is told to stand in the data."""
    page = Page(pages.explanation(service.explainer.explain(FACT, lang="en"), "en"))

    assert "This fact is not concluded by the reasoner: it stands in the data." in page.text
