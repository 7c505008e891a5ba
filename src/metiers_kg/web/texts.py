"""What the pages say, by language; the words themselves are in the files of ``texts/``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["LANGUAGE_NAMES", "Spoken", "Texts", "choose", "read_texts", "spaced"]

LANGUAGE_NAMES: Mapping[str, str] = {"fr": "Français", "en": "English", "nl": "Nederlands", "de": "Deutsch"}
"""The languages of the pages, each in its own words."""

_PREFERENCE = ("en", "fr")
"""What stands in, in this order, where there is no text in the reader's language."""

_FRENCH_SPACE = re.compile(" (?=[:;?!»])|(?<=«) ")


class Spoken(NamedTuple):
    """A text and the language it is in; "" where that is not known."""

    text: str
    lang: str


def choose(texts: Mapping[str, str], lang: str) -> Spoken:
    """Return the text in *lang*, or else in English, in French, in any language.

    >>> choose({"fr": "Métier", "en": "Job"}, "nl")
    Spoken(text='Job', lang='en')
    """
    for wanted in (lang, *_PREFERENCE, *texts):
        if texts.get(wanted):
            return Spoken(texts[wanted], wanted)
    return Spoken("", "")


def spaced(text: str, lang: str) -> str:
    r"""Return a text whose lines do not break before the marks that French sets off by a space.

    >>> spaced("Quels métiers ?", "fr")
    'Quels métiers\xa0?'
    """
    return _FRENCH_SPACE.sub("\u00a0", text) if lang == "fr" else text


class Texts:
    """The texts of the pages in one language.

    >>> Texts("fr")("home"), Texts("en").count("rows", 2), Texts("de").name("kinds", "job")
    ('Accueil', '2 rows', 'Beruf')
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        """Return the text *key*, filled in with *values*. Raises KeyError where there is none."""
        return self._fill(read_texts()["interface"][key], values)

    def count(self, key: str, count: int, **values: object) -> str:
        """Return the text *key* for that many things."""
        # French counts zero with one.
        is_one = count == 1 or (count == 0 and self.lang == "fr")
        return self(f"{key}-one" if is_one else f"{key}-many", count=self.number(count), **values)

    def name(self, section: str, key: str) -> str | None:
        """Return the name of something known by *key*, such as a kind or a column; None where it has none."""
        texts = read_texts()[section].get(key)
        return None if texts is None else self._fill(texts, {})

    def section(self, section: str) -> dict[str, str]:
        """Return all texts of a section."""
        return {key: self._fill(texts, {}) for key, texts in read_texts()[section].items()}

    def number(self, number: int | str) -> str:
        """Return a number as the language writes it.

        >>> Texts("en").number(51619), Texts("fr").number("0.25")
        ('51,619', '0,25')
        """
        if isinstance(number, int):
            return f"{number:,}".replace(",", {"fr": "\u202f", "en": ","}.get(self.lang, "."))
        return number if self.lang == "en" else number.replace(".", ",")

    def _fill(self, texts: Mapping[str, str], values: Mapping[str, object]) -> str:
        spoken = choose(texts, self.lang)
        text = spaced(spoken.text, spoken.lang)
        return text.format(**values) if values else text


@cache
def read_texts() -> dict[str, dict[str, dict[str, str]]]:
    """Return the texts of all files by section and key; a section can be spread over several files."""
    sections: dict[str, dict[str, dict[str, str]]] = {}
    for file in sorted((files(__package__) / "texts").iterdir(), key=lambda file: file.name):
        for name, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
            section = sections.setdefault(name, {})
            if repeated := section.keys() & texts.keys():
                raise ValueError(f"{file.name}, [{name}]: {', '.join(sorted(repeated))} are in another file too")
            section.update(texts)
    return sections
