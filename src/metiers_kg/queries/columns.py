"""What the head of a column says, in the reader's language; the words are in ``columns.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

__all__ = ["column_title", "column_titles"]

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")
_PREFERENCE = ("en", "fr")


def column_title(name: str, lang: str) -> str:
    """Return what the head of a column says: its title, or else the words of its name.

    >>> [column_title(name, "fr") for name in ("job", "tableCategory", "sharedWeight")]
    ['Métier', 'Catégorie (tableau)', 'Shared weight']
    """
    known = _find("columns", name, lang)
    if known is not None:
        return known
    prefix, _, _ = _WORDS.sub(" ", name).partition(" ")
    rest = name[len(prefix) :]
    of, known = _find("prefixes", prefix, lang), _find("columns", rest[:1].lower() + rest[1:], lang)
    if of is not None and known is not None:
        return f"{known} ({of})"
    words = _WORDS.sub(" ", name).strip()
    return words[:1].upper() + words[1:].lower()


def column_titles(columns: Sequence[str], lang: str) -> dict[str, str]:
    """Return the titles of the columns of one table: ``xLabel`` has that of ``x``, which is told from it as an IRI.

    >>> column_titles(("job", "jobLabel", "level"), "en")
    {'job': 'Job (IRI)', 'jobLabel': 'Job', 'level': 'Level'}
    """
    titles = {}
    for column in columns:
        stem = column.removesuffix("Label")
        title = column_title(stem if stem in columns else column, lang)
        titles[column] = f"{title} (IRI)" if f"{column}Label" in columns else title
    return titles


def _find(section: str, key: str, lang: str) -> str | None:
    texts = _read()[section].get(key, {})
    return next((texts[wanted] for wanted in (lang, *_PREFERENCE) if texts.get(wanted)), None)


@cache
def _read() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads((files(__package__) / "columns.toml").read_text(encoding="utf-8"))
