"""Lists of values and links as HTML."""

from __future__ import annotations

import pytest

from metiers_kg.api.pages import Link, Reference, Value
from metiers_kg.web.addresses import link_address
from metiers_kg.web.anchors import anchor_maker
from metiers_kg.web.listing import Listing
from metiers_kg.web.texts import Texts
from tests.web.samples import HOSTILE

JOB = Reference("https://w3id.org/metiers-kg/job/x", "X", "/job/x")


@pytest.fixture
def listing() -> Listing:
    """Give lists of at most two in English, where labels are French."""
    anchor = anchor_maker("en", "other site")
    return Listing(Texts("en"), anchor, lambda href: link_address(href, "en"), lambda iri: "fr", 2)


def test_a_value_tells_how_it_was_found(listing: Listing) -> None:
    """What was inferred says so, and leads to why."""
    assert (
        '<a href="/job/x?lang=en" lang="fr">X</a> <span class="badge care">inferred</span>'
        ' <a class="why" href="/explain?s=a&amp;lang=en">why?</a>'
    ) == listing.value(Value("X", JOB, inferred=True, why="/explain?s=a"), "p")


def test_values_are_told_as_what_they_are(listing: Listing) -> None:
    """A truth is yes or no, a code its word, a text in another language says which."""
    told = [
        listing.value(Value("true", datatype="xsd:boolean"), "p"),
        listing.value(Value("inferred"), "statedAs"),
        listing.value(Value("Chimie", language="fr"), "p"),
        listing.value(Value(HOSTILE), "p"),
    ]

    assert "yes" == told[0]
    assert '<span class="badge care">read between the lines</span>' == told[1]
    assert '<span lang="fr">Chimie</span> <span class="code">fr</span>' == told[2]
    assert "<script>" not in told[3]


def test_a_long_list_opens_on_demand(listing: Listing) -> None:
    """A list a little longer than what is shown is shown whole; a longer one folds the rest."""
    five, six = ([Link(JOB)] * count for count in (5, 6))

    assert "<details" not in listing.links(five)
    assert "and 4 more" in listing.links(six)
    assert 6 == listing.links(six).count("<li>")
