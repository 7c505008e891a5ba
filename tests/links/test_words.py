from __future__ import annotations

import pytest

from metiers_kg.links.words import forms

SAME = [
    ("Chef / Cheffe de chantier", "chef de chantier"),
    ("Technicien / Technicienne de laboratoire", "techniciens de laboratoire"),
    ("pharmacien/pharmacienne", "Pharmacienne"),
    ("Directeur / Directrice qualité", "directeur de la qualité"),
    ("Chargé·e d’études", "charge d'etude"),
    ("Opérateur machine", "opératrice machines"),
    ("Œnologue", "oenologues"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_of_one_thing_have_a_form_in_common(one: str, other: str) -> None:
    """Gender, number, accents, articles and the slash of a pair do not tell names apart."""
    assert set(forms(one)) & set(forms(other))


def test_different_names_stay_different() -> None:
    """What names another thing has another form."""
    assert not set(forms("Chimiste")) & set(forms("Biochimiste"))


def test_name_without_words_has_no_form() -> None:
    """A name of signs alone cannot be compared."""
    assert forms("—") == []
