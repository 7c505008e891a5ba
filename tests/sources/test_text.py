"""Texts of releases, put right."""

from __future__ import annotations

from metiers_kg.sources.text import repair, squeeze, tidy


def test_label_has_one_form() -> None:
    """Blanks at the ends, doubled blanks and no-break spaces go; accents are composed."""
    assert "smart home installer" == squeeze("smart home installer ")
    assert "a b" == squeeze("a\u00a0 b\t")
    assert "été" == squeeze("e\u0301te\u0301")


def test_paragraphs_keep_their_lines() -> None:
    """Line breaks stay, of one kind and at most two in a row."""
    assert "one two\n\nthree" == tidy(" one  two\r\n\r\n\r\n\r\nthree\u00a0\n")


def test_text_without_stray_bytes_is_left_alone() -> None:
    """Repair changes nothing but control codes that were letters of Windows-1252."""
    assert "l''été" == repair("l''été")
