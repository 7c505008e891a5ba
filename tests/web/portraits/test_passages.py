"""The passages of the sources."""

from __future__ import annotations

from metiers_kg.api import Service
from metiers_kg.vocabulary import BASE
from metiers_kg.web.portraits.model import Thing
from metiers_kg.web.portraits.passages import PassageIndex
from metiers_kg.web.texts import Texts


def test_passages_stand_in_the_order_of_the_text(service: Service) -> None:
    """Sections and the passages of each come in the order of the text, and each passage knows its neighbours."""
    index = PassageIndex.read(service.store)

    assert [BASE + "source/text--1", BASE + "source/text--2"] == index.sections_of(BASE + "source/text")
    assert ["p1", "p2"] == [passage.iri[-2:] for passage in index.of_section(BASE + "source/text--1")]
    assert ("", BASE + "passage/p2") == index.around(BASE + "passage/p1")
    assert (BASE + "passage/p1", "") == index.around(BASE + "passage/p2")
    assert ("", "") == index.around(BASE + "passage/none")


def test_an_excerpt_has_its_pieces_with_their_lines(service: Service) -> None:
    """A passage that the layout breaks comes in its pieces; lines that are not known are not told."""
    index = PassageIndex.read(service.store)

    def tell(name: str) -> list[tuple[str, str]]:
        excerpt = index.excerpt(BASE + name, lambda iri: Thing(iri, iri, "", ""), Texts("en"))
        return [(quote.text, quote.where) for quote in excerpt.quotes] if excerpt else []

    assert [("les mots", "line 1"), ("la suite", "lines 3 to 4")] == tell("passage/p1")
    assert [("ailleurs", "")] == tell("passage/p3")
    assert [] == tell("passage/none")
