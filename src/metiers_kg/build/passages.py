"""Passages against the source texts: each locating quote stands at its offsets, inside its lines.

The texts lie under the file names that the sources give (``mkg:textFile``), in the folders that ``METIERS_KG_TEXTS``
names; one that may be passed on can lie beside its data, in a folder ``texts``.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from metiers_kg.build.locations import Locations
from metiers_kg.errors import Finding, InputError
from metiers_kg.store import Store

__all__ = ["check_passages", "check_texts", "has_texts", "normalise", "texts_not_at_hand"]

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-"})
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-[ \t]*\n\s*")

_PASSAGES = """
SELECT ?selector ?file ?start ?end ?first ?last ?quote WHERE {
  ?passage oa:hasSource/mkg:textFile ?file ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; mkg:startLine ?first ; mkg:endLine ?last ; oa:exact ?quote .
} ORDER BY ?file ?start ?selector
"""

_TEXTS = "SELECT DISTINCT ?file WHERE { ?passage oa:hasSource/mkg:textFile ?file ; oa:hasSelector ?selector }"


def normalise(text: str) -> str:
    r"""Return *text* as quotes are compared: NFC, one apostrophe, one dash, line-end hyphens joined, blanks collapsed.

    >>> normalise("aussi appelé visiteur ou représen-\ntant  médical de l’industrie")
    "aussi appelé visiteur ou représentant médical de l'industrie"
    """
    joined = _LINE_END_HYPHEN.sub("", unicodedata.normalize("NFC", text).translate(_SAME))
    return " ".join(joined.split())


def has_texts(data: Path) -> bool:
    """Tell whether there are texts to compare: beside the data, or where ``METIERS_KG_TEXTS`` says."""
    return bool(_named_folders() or _own_folders(data))


def texts_not_at_hand(store: Store, data: Path) -> list[str]:
    """Return the names of the texts that no folder has, whose passages `check_texts` leaves out."""
    if _named_folders():
        return []
    folders = _own_folders(data)
    files = {getattr(row[0], "value", "") for row in store.rows(_TEXTS)}
    return sorted(file for file in files if not any((folder / file).is_file() for folder in folders))


def check_texts(store: Store, data: Path, locations: Locations) -> Iterator[Finding]:
    """Compare the passages with the texts at hand, of all sources where ``METIERS_KG_TEXTS`` names folders.

    Several folders are parted as the system parts paths: by ``:``, on Windows by ``;``.

    Raises:
        InputError: A folder that is named is not there, or lacks a text (see `check_passages`).
    """
    named = _named_folders()
    for folder in named:
        if not folder.is_dir():
            raise InputError(f"METIERS_KG_TEXTS: expected the folder of the source texts; {folder} is not a folder")
    yield from check_passages(store, [*_own_folders(data), *named], locations, allow_missing=not named)


def _own_folders(data: Path) -> list[Path]:
    return sorted(path for path in data.rglob("texts") if path.is_dir())


def _named_folders() -> list[Path]:
    return [Path(name) for name in os.environ.get("METIERS_KG_TEXTS", "").split(os.pathsep) if name]


def check_passages(
    store: Store, folders: Sequence[Path], locations: Locations | None = None, *, allow_missing: bool = False
) -> Iterator[Finding]:
    """Yield a finding for every passage whose quote is not where it says.

    Args:
        store: The graph.
        folders: Where the texts are; of two texts of one name, the first counts.
        locations: Where the passages are described.
        allow_missing: Leave out the passages of texts that are in none of the folders.

    Raises:
        InputError: A text that a source names is in none of them, or is not UTF-8.
    """
    read: dict[str, str | None] = {}
    for row in store.rows(_PASSAGES):
        selector, file, start, end, first, last, quote = (getattr(term, "value", "") for term in row)
        if file not in read:
            read[file] = _read(folders, file)
            if read[file] is None and not allow_missing:
                where = " and ".join(str(folder) for folder in folders)
                raise InputError(
                    f"METIERS_KG_TEXTS: {where} have no {file}, which a source names (mkg:textFile); "
                    f"name its folder too, with {os.pathsep!r} between folders"
                )
        text = read[file]
        fault = "" if text is None else _fault(text, int(start), int(end), int(first), int(last), quote)
        if text is not None and fault:
            place, line = locations.find(selector) if locations else ("", None)
            yield Finding(
                rule="passage",
                resource=selector,
                message=fault,
                remedy=_hint(text, quote),
                file=place or "passages.ttl",
                line=line,
            )


def _read(folders: Sequence[Path], file: str) -> str | None:
    path = next((folder / file for folder in folders if (folder / file).is_file()), None)
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: expected a text in UTF-8; found byte {error.start} that is not") from error


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
