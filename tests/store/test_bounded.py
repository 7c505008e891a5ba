"""Answers that may grow too large."""

from __future__ import annotations

import pytest

from metiers_kg.store import Store
from metiers_kg.store.bounded import TooLargeError, write_bounded

STORE = Store.memory("".join(f"<https://e.org/{i}> a <https://e.org/B> ." for i in range(9)))


@pytest.mark.parametrize(
    ("query", "format_name"),
    [("SELECT ?s { ?s a ?b } ORDER BY ?s", "csv"), ("CONSTRUCT WHERE { ?s a ?b }", "nt"), ("ASK {}", "srj")],
)
def test_what_fits_is_written_whole(query: str, format_name: str) -> None:
    """An answer within the limit is the same as one without a limit."""
    assert write_bounded(STORE.query(query), format_name, 10_000) == write_bounded(
        STORE.query(query), format_name, 10**9
    )


@pytest.mark.parametrize(
    ("query", "format_name"), [("SELECT ?s { ?s a ?b }", "srj"), ("CONSTRUCT WHERE { ?s a ?b }", "ttl")]
)
def test_what_does_not_fit_is_refused(query: str, format_name: str) -> None:
    """An answer past the limit is refused, not cut."""
    with pytest.raises(TooLargeError):
        write_bounded(STORE.query(query), format_name, 100)
