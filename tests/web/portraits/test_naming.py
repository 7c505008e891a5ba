"""What a thing is called, and what is said of it in words."""

from __future__ import annotations

from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import groups, told


def test_definition_stands_at_the_head_in_the_readers_language(portray: Portray) -> None:
    """The definition that a text gives leads, in the reader's language or in English, with its passage."""
    for lang, text in (("fr", "Qui fait de la chimie."), ("en", "Who does chemistry."), ("de", "Who does chemistry.")):
        (lead,) = portray("job/chimiste", lang).lead
        assert text == (lead.text.text if lead.text else "")
        assert ["passage/p1"] == [e.passage.iri[-10:] for e in lead.excerpts]


def test_names_of_the_texts_and_names_added_stand_apart(portray: Portray) -> None:
    """A name that a text gives has its passage; a form that the project added has none."""
    found = groups(portray("job/chimiste"), "names")

    assert ["Chimiste", "Chemist"] == told(found["Nom principal par langue"])
    assert [("Chimiste de labo", 1)] == [
        (row.text.text, len(row.excerpts)) for row in found["Autres noms que donnent les textes"] if row.text
    ]
    assert ["Chimiste·s"] == told(found["Formes féminines, inclusives et autres"])


def test_remarks_without_a_statement_are_told(portray: Portray) -> None:
    """A remark that no statement carries is told all the same."""
    assert ["Il porte une blouse."] == told(groups(portray("job/chimiste"), "said")[""])
