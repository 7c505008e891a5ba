"""Words: what of a label is compared."""

from __future__ import annotations

import pytest

from metiers_kg.overlap.words import LETTERS, label_words


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Contrôler la qualité", {"control", "qualite"}),
        ("CONTRÔLE", {"control"}),
        ("L'analyse d’un œuf", {"analyse", "oeuf"}),
        ("wash the cells and glass", {"wash", "cell", "glas"}),
        ("ISO 9001, BPF/GMP", {"iso", "9001", "bpf", "gmp"}),
        ("procédés", {"procede"}),
        ("a b c", set()),
        ("", set()),
    ],
)
def test_a_label_is_its_words(label: str, expected: set[str]) -> None:
    """Case, accents, either apostrophe, small words, single letters and a final s make no difference."""
    assert expected == label_words(label)


def test_forms_of_a_long_word_are_one() -> None:
    """Of a long word the first letters count, so that a verb and its noun agree."""
    assert label_words("fabriquer") == label_words("fabrique") == {"fabrique"[:LETTERS]}


def test_an_accent_may_be_a_sign_of_its_own() -> None:
    """An accented letter written as two signs is the same letter."""
    assert label_words("proce\u0301de\u0301") == label_words("procédé")
