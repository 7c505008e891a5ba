"""Links as HTML."""

from __future__ import annotations

from metiers_kg.web.anchors import anchor_maker
from tests.web.samples import HOSTILE


def test_nothing_breaks_out_of_a_link() -> None:
    """Whatever stands in a label, an address or a language is escaped."""
    anchor = anchor_maker("en", HOSTILE)

    for made in (anchor(HOSTILE, HOSTILE, HOSTILE), anchor(HOSTILE, "/job/" + HOSTILE, HOSTILE)):
        assert "<script>" not in made
        assert "\"'>" not in made
    assert "<script>" not in anchor(HOSTILE, "https://example.org/" + HOSTILE, HOSTILE)


def test_a_link_away_says_so() -> None:
    """A link to another site tells that to those who do not see its arrow."""
    assert "(other site)" in anchor_maker("en", "other site")("C2120", "https://example.org/", "")


def test_a_text_in_another_language_says_which() -> None:
    """The language is told where it is not the reader's."""
    anchor = anchor_maker("en", "other site")

    assert 'lang="fr"' in anchor("Métier", "/job/x", "fr")
    assert 'lang="' not in anchor("Job", "/job/x", "en")
