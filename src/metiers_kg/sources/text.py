"""Texts as releases have them, and as they are kept: one form of blanks, no stray bytes of another encoding."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["match_key", "repair", "squeeze", "tidy"]

_C1 = re.compile("[\x80-\x9f]")
_DOUBLED_APOSTROPHE = re.compile("[\x91\x92]'")
_NOT_PLAIN = re.compile(r"[^ -~À-ʸ]|  |^ | $")
_SAME = str.maketrans({"’": "'", "‘": "'", "…": "...", "–": "-", "—": "-", "«": '"', "»": '"', "“": '"', "”": '"'})


def squeeze(label: str) -> str:
    r"""Return a label in one line: Unicode form NFC, no blank at its ends, one blank between words.

    >>> squeeze(" manage documentation\u00a0of  learning ")
    'manage documentation of learning'
    """
    if not _NOT_PLAIN.search(label):
        return label
    return " ".join(unicodedata.normalize("NFC", label).split())


def tidy(paragraphs: str) -> str:
    """Return a longer text with its line breaks kept, other blanks in one form, none at the ends of lines."""
    if not _NOT_PLAIN.search(paragraphs):
        return paragraphs
    lines = (squeeze(line) for line in paragraphs.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def repair(text: str) -> str:
    r"""Return *text* with the characters that Windows-1252 has at U+0080 to U+009F instead of those control codes.

    >>> repair("gros \x9cuvre, à l\x92'étranger")
    'gros œuvre, à l’étranger'
    """
    if not _C1.search(text):
        return text
    single = _DOUBLED_APOSTROPHE.sub(lambda match: match[0][0], text)
    return _C1.sub(lambda match: match[0].encode("latin-1").decode("cp1252", errors="replace"), single)


def match_key(label: str) -> str:
    """Return the form in which the same label of two files is equal: one apostrophe, dash, quote, ellipsis and blank.

    >>> match_key("Mettre en œuvre l’analyse…") == match_key("Mettre en œuvre  l'analyse...")
    True
    """
    return " ".join(unicodedata.normalize("NFC", label).translate(_SAME).split())
