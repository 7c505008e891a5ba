from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.build.passages import check_passages, normalise
from metiers_kg.store import Store

PASSAGE = """
@prefix mkg: <https://w3id.org/metiers-kg/ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix : <http://e.org/> .
:text mkg:textFile "text.txt" .
:p oa:hasSource :text ; oa:hasSelector :s .
:s oa:start %d ; oa:end %d ; mkg:startLine %d ; mkg:endLine %d ; oa:exact "%s" .
"""
TEXT = "Le délégué, aussi appelé repré-\nsentant  médical, de l’industrie.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one text."""
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_quote_over_a_line_end_is_found(folder: Path) -> None:
    """A quote joins the word that the line end parts, and forgets how many blanks the text has."""
    store = Store.memory(PASSAGE % (25, 48, 1, 2, "représentant médical"))

    assert [] == list(check_passages(store, [folder]))


def test_quote_off_its_offsets_is_told_where_it_stands(folder: Path) -> None:
    """A quote at other offsets is a finding that gives the right ones."""
    store = Store.memory(PASSAGE % (3, 10, 1, 1, "aussi appelé"))

    assert ["it stands at 12-24 (line 1)"] == [finding.remedy for finding in check_passages(store, [folder])]


def test_quote_outside_its_lines_is_found(folder: Path) -> None:
    """A quote must stand within the lines of its passage."""
    store = Store.memory(PASSAGE % (12, 24, 2, 2, "aussi appelé"))

    assert ["the quote stands on lines 1-1, not within 2-2"] == [f.message for f in check_passages(store, [folder])]


@given(st.text(alphabet="aé’' -–\n", max_size=60))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """The form in which quotes are compared is stable."""
    once = normalise(text)

    assert once == " ".join(normalise(once).split())
