from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers_kg.vocabulary import KINDS, kind_and_slug, mint, slugify


def test_apostrophes_part_words() -> None:
    """Both forms of the apostrophe part two words of a slug."""
    assert slugify("Pharmacien d’industrie") == slugify("Pharmacien d'industrie") == "pharmacien-d-industrie"


def test_unknown_kind_is_refused() -> None:
    """An IRI is minted only for a kind the project has."""
    with pytest.raises(ValueError, match="no kind 'person'"):
        mint("person", "ada")


@given(kind=st.sampled_from(KINDS), label=st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), min_size=1))
def test_minted_iris_can_be_read_back(kind: str, label: str) -> None:
    """Kind and slug of a minted IRI are those it was minted from."""
    slug = slugify(label) or "x"

    assert kind_and_slug(mint(kind, slug)) == (kind, slug)


def test_fragment_belongs_to_its_resource() -> None:
    """An IRI with a fragment is a part of the resource before the fragment."""
    assert kind_and_slug(mint("passage", "a--1-2") + "#1-2") == ("passage", "a--1-2")
