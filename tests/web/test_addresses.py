"""Addresses: which become links, and what they keep."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.web.addresses import link_address, query_address, replaced


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "/\\example.org",
        "",
        "mailto:a@b",
        "x",
    ],
)
def test_what_is_no_page_is_no_link(href: str) -> None:
    """Only paths of the service and web addresses become links."""
    assert link_address(href, "fr") is None


def test_addresses_keep_fragment_and_parameters() -> None:
    """The language is added to what an address already says."""
    assert "/queries?tag=jobs&lang=nl#top" == link_address("/queries?tag=jobs#top", "nl")
    assert "/job/a%20%22b%22?lang=nl" == link_address('/job/a "b"', "nl")
    assert "/job/caf%C3%A9%25?lang=nl" == link_address("/job/café%25", "nl")


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=5), st.text(min_size=1))
def test_switching_language_changes_nothing_else(asked: list[tuple[str, str]], value: str) -> None:
    """Every parameter but the changed one survives, whatever it holds."""
    address = replaced(asked, {"lang": value})

    assert [*[pair for pair in asked if pair[0] != "lang"], ("lang", value)] == parse_qsl(urlsplit(address).query)


@given(st.text(min_size=1), st.text(min_size=1))
def test_values_survive_an_address(name: str, value: str) -> None:
    """A value comes out of the address of results as it went in."""
    address = query_address("q", {name: [value]}, suffix="csv")

    assert address.startswith("/queries/q/results.csv?")
    assert [(name, value)] == parse_qsl(urlsplit(address).query)
