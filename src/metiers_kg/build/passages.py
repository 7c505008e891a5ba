"""Passages against the source texts: each locating quote stands at its offsets, inside its lines.

The texts are not part of the project. They are read from the folder that ``METIERS_KG_TEXTS`` names, under the file
names that the sources give (``mkg:textFile``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from metiers_kg.errors import Finding, InputError
from metiers_kg.store import Store

__all__ = ["check_passages", "normalise"]

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-"})
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-[ \t]*\n\s*")

_PASSAGES = """
SELECT ?selector ?file ?start ?end ?first ?last ?quote WHERE {
  ?passage oa:hasSource/mkg:textFile ?file ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; mkg:startLine ?first ; mkg:endLine ?last ; oa:exact ?quote .
} ORDER BY ?file ?start ?selector
"""


def normalise(text: str) -> str:
    r"""Return *text* as quotes are compared: NFC, one apostrophe, one dash, line-end hyphens joined, blanks collapsed.

    >>> normalise("aussi appelé visiteur ou représen-\ntant  médical de l’industrie")
    "aussi appelé visiteur ou représentant médical de l'industrie"
    """
    joined = _LINE_END_HYPHEN.sub("", unicodedata.normalize("NFC", text).translate(_SAME))
    return " ".join(joined.split())


def check_passages(store: Store, texts: Path) -> Iterator[Finding]:
    """Yield a finding for every passage whose quote is not where it says.

    Raises:
        InputError: The folder, or a text that a source names, is not there.
    """
    if not texts.is_dir():
        raise InputError(f"METIERS_KG_TEXTS: expected the folder of the source texts; {texts} is not a folder")
    read: dict[str, str] = {}
    for row in store.rows(_PASSAGES):
        selector, file, start, end, first, last, quote = (getattr(term, "value", "") for term in row)
        if file not in read:
            path = texts / file
            if not path.is_file():
                raise InputError(f"METIERS_KG_TEXTS: {texts} has no {file}, which a source names (mkg:textFile)")
            read[file] = path.read_text(encoding="utf-8")
        fault = _fault(read[file], int(start), int(end), int(first), int(last), quote)
        if fault:
            yield Finding(
                rule="passage",
                resource=selector,
                message=fault,
                remedy=_hint(read[file], quote),
                file="passages.ttl",
            )


def _fault(text: str, start: int, end: int, first: int, last: int, quote: str) -> str:
    if normalise(text[start:end]) != normalise(quote):
        return f"found {text[start:end]!r} at {start}-{end}, expected {quote!r}"
    first_found = text.count("\n", 0, start) + 1
    last_found = text.count("\n", 0, end) + 1
    if not first <= first_found <= last_found <= last:
        return f"the quote stands on lines {first_found}-{last_found}, not within {first}-{last}"
    return ""


def _hint(text: str, quote: str) -> str:
    """Say where the quote does stand, by a search that lets blanks and line-end hyphens vary."""
    pattern = r"\s*".join(
        r"(?:-\s*)?".join(re.escape(letter) if letter not in "'-" else r"['’‘–—-]" for letter in word)
        for word in normalise(quote).split()
    )
    places = [
        f"{m.start()}-{m.end()} (line {text.count(chr(10), 0, m.start()) + 1})" for m in re.finditer(pattern, text)
    ]
    return "it stands at " + " or ".join(places[:3]) if places else "it stands nowhere in the text: correct the quote"
