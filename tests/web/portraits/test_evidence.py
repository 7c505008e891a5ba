"""Passages a thing rests on, and documents quoted."""

from __future__ import annotations

from metiers_kg.web.portraits.evidence import Document
from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import section


def test_documents_are_counted_by_the_passages_quoted(portray: Portray) -> None:
    """A portrait ends with the documents it quotes, their author, date and address, and how often it does."""
    (document,) = portray("job/chimiste").sources

    assert isinstance(document, Document)
    assert ("Le texte", "Un texte", "L’Office", "2013", "http://example.org/book", 3) == (
        document.source.label,
        document.title,
        document.author,
        document.date,
        document.address,
        document.count,
    )


def test_a_statement_shows_the_passage_that_makes_it(portray: Portray) -> None:
    """On the page of a statement its passage stands first; a thing shows where it is named."""
    assert "Le passage qui le dit" == section(portray("requirement/chimiste--calcul"), "passages").title
    assert "Où les textes le nomment" == section(portray("job/chimiste"), "passages").title
