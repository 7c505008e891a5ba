"""What was taken from a document, a section, a passage."""

from __future__ import annotations

import pytest

from metiers_kg.web.portraits import taken
from metiers_kg.web.portraits.taken import TakenFrom
from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import groups, section, told


def test_a_document_tells_its_sections_in_order(portray: Portray) -> None:
    """Sections come in the order of the text, with what was taken from each passage and how that is said."""
    one, two = section(portray("source/text"), "taken").content

    assert isinstance(one, TakenFrom)
    assert isinstance(two, TakenFrom)
    assert ["Texte, 1", "Texte, 2"] == [one.section.label, two.section.label]
    assert ["Texte, l. 1", "Texte, l. 9"] == [passage.excerpt.passage.label for passage in one.passages]
    kinds = [(kind, thing.label, [mark.text for mark in marks]) for kind, thing, marks in one.passages[1].items]
    assert ("exigence", "Chimiste — exige — Calcul", ["déduit à la lecture", "au conditionnel"]) in kinds
    assert one.total == sum(count for _, count in one.counts)


def test_a_long_document_leaves_it_to_its_sections(portray: Portray, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too much was taken for one page, the sections tell how much, and their own pages what."""
    monkeypatch.setattr(taken, "_MOST_IN_PLACE", 3)

    one, _ = section(portray("source/text"), "taken").content
    (whole,) = section(portray("source/text--1"), "taken").content

    assert isinstance(one, TakenFrom)
    assert isinstance(whole, TakenFrom)
    assert ((), one.total) == (one.passages, whole.total)
    assert whole.is_whole
    assert len(whole.passages) == 2


def test_a_passage_tells_what_rests_on_it_and_what_stands_around_it(portray: Portray) -> None:
    """The page of a passage quotes it, leads to the next, and lists by kind what rests on it."""
    portrait = portray("passage/p1")
    excerpt, before, after = section(portrait, "quote").content

    assert (None, "Texte, l. 9") == (before, getattr(after, "label", ""))
    assert ["les mots", "la suite"] == [quote.text for quote in getattr(excerpt, "quotes", ())]
    assert ["Chimiste — exige — Analyse"] == told(groups(portrait, "rests")["Exigence"])
