"""The data beside the source texts, where these are at hand."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from metiers_kg.build.passages import check_passages
from metiers_kg.store import Store
from tests.conftest import ROOT

RUN = 9
"""Words in a row that make a sentence of the texts, and not a name or a locating quote."""


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    joined = re.sub(r"https?://\S+", "", re.sub(r"-\s*\n\s*", "", text))  # an address is a fact
    plain = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def test_every_quote_stands_where_it_says(store: Store, texts: Path) -> None:
    """Each locating quote is found in its file, at its offsets, within its lines."""
    assert [str(finding) for finding in check_passages(store, [texts])] == []


def test_sentences_of_the_texts_stay_out(texts: Path) -> None:
    """No file of the project repeats nine words in a row of a text."""
    known = {run for path in texts.glob("*.txt") for run in _runs(path.read_text(encoding="utf-8"))}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    files = [ROOT / name for name in listed if not name.endswith(".lock")]
    copied = [
        f"{path.name}:{number}"
        for path in files
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), start=1)
        if any(run in known for run in _runs(line))
    ]

    assert copied == []
