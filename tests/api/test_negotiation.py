"""Choosing a representation and a language."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.api.negotiation import (
    GRAPH_TYPES,
    REPRESENTATIONS,
    ROW_TYPES,
    NotAcceptableError,
    negotiate,
    negotiate_language,
    prefers_html,
    split_suffix,
)
from metiers_kg.queries import LANGUAGES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PAGE_FIRST = (REPRESENTATIONS["html"], REPRESENTATIONS["json"])


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "srj"),
        ("", "srj"),
        ("   ", "srj"),
        ("*/*", "srj"),
        ("*", "srj"),
        ("application/*", "srj"),
        ("text/*", "csv"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.9", "tsv"),
        ("application/sparql-results+xml", "srx"),
        ("application/sparql-results+xml, application/sparql-results+json", "srj"),
        ("application/sparql-results+xml, application/sparql-results+json;q=0.9", "srx"),
        ("application/sparql-results+xml;q=0.5, */*;q=0.1", "srx"),
        ("text/csv;q=0, */*", "srj"),
        ("application/sparql-results+json;q=0, text/csv", "csv"),
        ("image/png, text/csv;q=0.1", "csv"),
        ("nonsense, text/csv", "csv"),
        ("text/csv; header=present", "csv"),
        ("text/csv;q=nonsense", "csv"),
        (BROWSER, "srj"),
    ],
)
def test_rows(accept: str | None, expected: str) -> None:
    """Among row formats the highest weight wins, then the closest match, then our own order."""
    assert negotiate(ROW_TYPES, accept).name == expected


@pytest.mark.parametrize(
    "accept", ["image/png", "text/csv;q=0", "nonsense", ";;", ",", "text/html", "*/*;q=0", "text/turtle"]
)
def test_nothing_accepted(accept: str) -> None:
    """Where nothing offered is accepted, the error says what is offered."""
    with pytest.raises(NotAcceptableError) as caught:
        negotiate(ROW_TYPES, accept)

    assert caught.value.offered == ROW_TYPES


def test_named_wins() -> None:
    """The short name in the address wins over the header, and is not replaced when it is not offered."""
    assert negotiate(ROW_TYPES, "text/csv", named="srx").name == "srx"
    with pytest.raises(NotAcceptableError, match="ttl"):
        negotiate(ROW_TYPES, "text/csv", named="ttl")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [(None, False), ("*/*", False), (BROWSER, True), ("text/html;q=0.1, application/json", False), ("x/y", False)],
)
def test_prefers_html(accept: str | None, expected: bool) -> None:
    """Only who asks for pages gets pages."""
    assert prefers_html(accept) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("nl-BE,nl;q=0.9,fr;q=0.8", "nl"),
        ("de;q=0.5, en;q=0.7", "en"),
        ("en;q=0, de", "de"),
        ("pt, es;q=0.5", "fr"),
        ("en;q=nonsense", "fr"),
        ("en;q=nan", "fr"),
        (";;;,,,q=", "fr"),
    ],
)
def test_language(header: str | None, expected: str) -> None:
    """The language ranked highest that we speak, else French."""
    assert negotiate_language(header) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("results", ("results", None)),
        ("results.csv", ("results", "csv")),
        ("results.xlsm", ("results.xlsm", None)),
        (".ttl", (".ttl", None)),
        ("a.b.nt", ("a.b", "nt")),
        ("", ("", None)),
    ],
)
def test_split_suffix(name: str, expected: tuple[str, str | None]) -> None:
    """Only the short name of a representation is a suffix."""
    assert split_suffix(name) == expected


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RESULTS = (*ROW_TYPES, REPRESENTATIONS["json"], REPRESENTATIONS["xlsx"], REPRESENTATIONS["html"])


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        # The most specific range that fits decides a type's weight (RFC 9110, section 12.5.1).
        ("text/*;q=0.9, text/csv;q=0.1", "tsv"),
        ("*/*;q=0.9, application/*;q=0.1", "csv"),
        ("*/*;q=0, text/csv", "csv"),
        ("application/*;q=0, */*", "csv"),
        ("application/*;q=0, text/html;q=0.1, */*;q=0.2", "csv"),
        # Weights have up to three digits; spaces and case do not count; nonsense is a weight of 1.
        ("text/csv;q=0.001, image/png", "csv"),
        ("text/csv;q=1.000", "csv"),
        ("text/csv ; q=0.5 , text/tab-separated-values ; Q=0.6", "tsv"),
        ("text/csv;q=5, text/tab-separated-values;q=0.9", "csv"),
        # Parameters of a range, quoted texts among them.
        ('text/csv;note="a,b";q=0.2, text/tab-separated-values;q=0.9', "tsv"),
        ('text/csv;note="q=0.1;", text/tab-separated-values;q=0.9', "csv"),
        ("text/html;level=1, text/csv;q=0.4", "html"),
        ("text/csv;charset=utf-8", "csv"),
        # Ties: the closest range, then our order.
        ("application/json, application/sparql-results+json", "srj"),
        ("text/csv;q=0.5, */*;q=0.5", "csv"),
        ("application/json;q=0.9, text/html;q=0.9, */*;q=0.8", "json"),
        # Types that differ in little.
        (XLSX, "xlsx"),
        (f"{XLSX};q=0.9, text/csv;q=0.8", "xlsx"),
        ("application/vnd.ms-excel, */*;q=0.1", "srj"),
        ("text/csv,", "csv"),
        ("text/csv,,text/html;q=0.2", "csv"),
        ("/, text/, */csv, text/csv", "csv"),
    ],
)
def test_results(accept: str, expected: str) -> None:
    """Among the forms of results each header gets the form that RFC 9110 gives it."""
    assert negotiate(RESULTS, accept).name == expected


@pytest.mark.parametrize("accept", ["*/csv", "text/", "/", "application/vnd.ms-excel", "text", "text/csv;q=0.0"])
def test_results_not_accepted(accept: str) -> None:
    """What is malformed, unknown or of weight 0 gets nothing."""
    with pytest.raises(NotAcceptableError):
        negotiate(RESULTS, accept)


@given(st.text(alphabet=st.sampled_from('abq/*+;=,. 01"\\-')))
def test_any_header_is_answered(header: str) -> None:
    """No header, however odd, gives anything but a choice or NotAcceptableError."""
    for offered in (ROW_TYPES, GRAPH_TYPES, PAGE_FIRST):
        with contextlib.suppress(NotAcceptableError):
            assert negotiate(offered, header) in offered
    assert negotiate_language(header) in LANGUAGES
