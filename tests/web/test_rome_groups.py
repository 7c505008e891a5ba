"""The properties of an entry of ROME, gathered."""

from __future__ import annotations

from dataclasses import replace

from metiers_kg.api.pages import Property, Reference, Value
from metiers_kg.vocabulary import BASE, ONTOLOGY
from metiers_kg.web import HtmlPages
from tests.web.reader import Page
from tests.web.samples import description


def test_an_entry_tells_what_it_asks_for_before_its_place(pages: HtmlPages) -> None:
    """Properties stand under what they are about; those of no group last, under the entry's place."""
    names = ("isRegulated", "hasRomeCompetence", "hasParentFiche", "hasCoreCompetence")
    told = tuple(
        Property(Reference(ONTOLOGY + name, name, f"/ontology#{name}"), values=(Value(f"value of {name}"),))
        for name in names
    )
    entry = replace(description(), iri=f"{BASE}rome/M1414", kind="rome", outgoing=told, passages=())

    text = Page(pages.resource(entry, "en")).text
    wanted = [
        *("What it asks for", "value of hasCoreCompetence", "value of hasRomeCompetence"),
        *("Access and conditions", "value of isRegulated", "Its place in ROME", "value of hasParentFiche"),
    ]
    assert wanted == sorted(wanted, key=text.index)


def test_a_group_without_properties_has_no_title(pages: HtmlPages) -> None:
    """An entry that leads nowhere has no heading for it."""
    entry = replace(description(), iri=f"{BASE}rome/M1414", kind="rome", passages=())

    assert "Where it leads" not in Page(pages.resource(entry, "en")).text
