"""The text of a query in pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.web.sparql_text import highlight

QUERIES = sorted((Path(__file__).resolve().parents[2] / "queries").glob("*.rq"))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_pieces_are_the_query(path: Path) -> None:
    """Nothing of a query is lost or changed by telling its parts apart."""
    text = path.read_text(encoding="utf-8")

    assert text == "".join(piece.text for piece in highlight(text))


def test_what_looks_like_a_part_is_none() -> None:
    """A word in a string is no keyword, the end of an IRI no comment."""
    pieces = highlight('FILTER(?a = "select # all") <http://e.org/a#b>')

    assert [("keyword", "FILTER"), ("variable", "?a"), ("string", '"select # all"'), ("iri", "<http://e.org/a#b>")] == [
        tuple(piece) for piece in pieces if piece.kind
    ]
