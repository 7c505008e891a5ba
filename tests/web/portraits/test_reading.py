"""Portraits of everything: on the small graph, and on the graph of this repository."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from metiers_kg.api import Service, create_app
from metiers_kg.api.pages import Reference
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names
from metiers_kg.store import Iri, Store
from metiers_kg.vocabulary import BASE, KINDS, kind_and_slug
from metiers_kg.web import HtmlPages
from metiers_kg.web.portraits import PORTRAYED, Portraits
from metiers_kg.web.texts import Texts
from tests.web.conftest import TestClient  # type: ignore[attr-defined]
from tests.web.portraits.conftest import Portray
from tests.web.reader import Page

MOST_OF_A_KIND = 12


@pytest.fixture(scope="module")
def real(built_here: Project) -> Service:
    """Give a service over the graph of this repository."""
    store = Store.load(built_here.build / "metiers.nq")
    manifest = json.loads((built_here.build / "manifest.json").read_text(encoding="utf-8"))
    return Service(store, Catalogue.read(built_here.queries), Names(store), None, manifest, build=built_here.build)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def things(real: Service) -> dict[str, list[str]]:
    """Give the slugs of all things of the graph of this repository, by kind."""
    found: dict[str, list[str]] = {}
    for (thing,) in real.store.rows(f"SELECT DISTINCT ?s {{ GRAPH <{BASE}graph/data> {{ ?s a ?kind }} }} ORDER BY ?s"):
        named = kind_and_slug(thing.value) if isinstance(thing, Iri) and "#" not in thing.value else None
        if named is not None:
            found.setdefault(named[0], []).append(named[1])
    return found


def test_portrayed_kinds_are_kinds() -> None:
    """Only kinds of resources have portraits."""
    assert set(PORTRAYED) <= set(KINDS)


def test_sections_have_names_of_their_own(portray: Portray) -> None:
    """No two sections of a portrait share the fragment of their address, and none is empty."""
    for name in ("job/chimiste", "competence/analyse", "factor/chimie-verte", "sub-sector/chimie", "source/text"):
        sections = portray(name).sections
        assert len({section.id for section in sections}) == len(sections)
        assert all(section.content for section in sections), name


def test_what_counts_as_something_says_why(portray: Portray) -> None:
    """The classes that the reasoner files a job under stand at the head, with why."""
    (growing,) = portray("job/chimiste").chips

    assert ["growth"] == [chip.tone for chip in growing.chips]
    assert "/explain?s=job/chimiste&p=rdf:type&o=mkg:GrowingJob" == growing.why


def test_what_is_deprecated_leads_to_what_replaces_it(service: Service) -> None:
    """A portrait says at its head that the thing is no longer to be used, and links what is."""
    description = service.resources.describe(f"{BASE}job/chimiste", "en")
    assert description is not None
    successor = Reference(f"{BASE}job/successor", "Successor", "/job/successor")

    page = Page(HtmlPages(service).resource(replace(description, deprecated=True, successors=(successor,)), "en"))

    assert "/job/successor?lang=en" in page.links()
    assert "no longer to be used. To be used instead: Successor." in " ".join(page.text.split())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_kind_renders(real: Service, things: dict[str, list[str]], lang: str) -> None:
    """The pages of things of every kind are sound, and each link of their table of contents leads to a section."""
    pages = HtmlPages(real)
    for kind, slugs in things.items():
        for slug in slugs[:: max(1, len(slugs) // MOST_OF_A_KIND)]:
            description = real.resources.describe(f"{BASE}{kind}/{slug}", lang)
            assert description is not None
            page = Page(pages.resource(description, lang))
            ids = {attributes["id"] for _, attributes in page.elements if attributes.get("id")}
            assert {href[1:] for href in page.links() if href.startswith("#")} <= ids, (kind, slug)


def test_every_job_tells_all_its_passages(real: Service, things: dict[str, list[str]]) -> None:
    """Each passage that a statement about a job rests on, or that names it, is quoted in its place."""
    portraits = Portraits(real)
    for slug in things["job"]:
        description = real.resources.describe(f"{BASE}job/{slug}", "fr")
        assert description is not None
        portrait = portraits.read(description, Texts("fr"))
        assert portrait is not None
        lacking = {excerpt.passage.iri for excerpt in description.passages} - portrait.told
        assert set() == lacking, slug


def test_every_why_leads_to_an_explanation(real: Service, things: dict[str, list[str]]) -> None:
    """What a job's page says to be inferred holds, and can be explained."""
    browser = TestClient(create_app(real, HtmlPages(real)), headers={"Accept": "text/html"})
    page = Page(browser.get("/job/cadre-technique-controle-qualite?lang=fr").text)
    whys = [href for href in page.links() if href.startswith("/explain")]

    assert len(whys) > 20
    assert {200} == {browser.get(href).status_code for href in whys[::8]}
