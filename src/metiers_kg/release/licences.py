"""The licences that a release goes under, and their texts."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

__all__ = ["VOCABULARY_LICENCES", "licence_texts"]

VOCABULARY_LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "esco": "http://data.europa.eu/eli/dec/2011/833/oj",
        "rome": "https://www.data.gouv.fr/pages/legal/licences/etalab-2.0",
        "crosswalk": "http://data.europa.eu/eli/dec/2011/833/oj",
    }
)
"""The licence of each published vocabulary, by the name of its graph; NOTICE has the words they ask for."""


def licence_texts(root: Path) -> dict[str, str]:
    """Return the texts that go with a release, by file name.

    Args:
        root: The folder of the project, whose own LICENSE and NOTICE go first; an installed package has them too.
    """
    texts = {"LICENSE-CC-BY-4.0.txt": (files(__package__) / "licences" / "CC-BY-4.0.txt").read_text(encoding="utf-8")}
    for name, written in (("LICENSE", "LICENSE-Apache-2.0.txt"), ("NOTICE", "NOTICE")):
        if text := _own(root, name):
            texts[written] = text
    return texts


def _own(root: Path, name: str) -> str:
    for folder in (root, Path(__file__).resolve().parents[3]):
        if (folder / name).is_file() and (folder / "ontology").is_dir():
            return (folder / name).read_text(encoding="utf-8")
    try:
        packaged = distribution("metiers-kg").files or []
    except PackageNotFoundError:
        return ""
    return next((file.read_text(encoding="utf-8") for file in packaged if file.name == name), "")
