"""Values out of the YAML of a header: each is given back, or what is wrong with it is noted with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import yaml

__all__ = ["HEADER_LANGUAGES", "Fault", "HeaderValues", "Path", "lexical", "read_block", "shown"]

HEADER_LANGUAGES = ("fr", "en", "nl", "de")
"""The languages that a header may have its texts in; the first two are asked for."""

Path: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a value."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_QUERY_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a query file.

    Attributes:
        message: What was found and what was expected.
        line: The line of the file, from 1, where known.
    """

    message: str
    line: int | None = None


class HeaderValues:
    """Takes values out of mappings of a header and notes what is wrong with them.

    Attributes:
        faults: What is wrong so far.

    >>> values = HeaderValues({("summary",): 3})
    >>> values.text({"summary": ""}, "summary"), values.faults
    ('', [Fault(message="expected 'summary' with a line of text; found ''", line=3)])
    """

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines
        self.faults: list[Fault] = []

    def note(self, message: str, path: Path) -> None:
        """Note a fault at the line of *path*, or else at that of the nearest key above it."""
        while path and path not in self._lines:
            path = path[:-1]
        self.faults.append(Fault(message, self._lines.get(path)))

    def text(self, content: Mapping[object, object], key: str) -> str:
        """Return a line of text; "" where there is none."""
        value = content.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.note(f"expected {key!r} with a line of text; found {shown(value)}", (key,))
        return ""

    def texts(self, content: Mapping[object, object], path: Path, *, optional: bool = False) -> dict[str, str]:
        """Return texts by language, French and English among them."""
        value = read_block(content.get(path[-1]))
        if value is None and optional:
            return {}
        if isinstance(value, dict) and all(isinstance(text, str) and text.strip() for text in value.values()):
            missing = [lang for lang in HEADER_LANGUAGES[:2] if lang not in value]
            unknown = [str(lang) for lang in value if lang not in HEADER_LANGUAGES]
            if not missing and not unknown:
                return {str(lang): text.strip() for lang, text in value.items()}
            found = f"no {missing[0]}" if missing else f"the language {unknown[0]!r}"
        else:
            found = shown(value)
        self.note(f"expected {str(path[-1])!r} with a text in fr and one in en; found {found}", path)
        return {}

    def words(self, content: Mapping[object, object], key: str) -> tuple[str, ...]:
        """Return a list of words; none where the key is left out."""
        value = content.get(key, [])
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self.note(f"expected {key!r} with a list of words; found {shown(value)}", (key,))
        return ()

    def mapping(self, content: Mapping[object, object], key: str) -> dict[str, object]:
        """Return keys and values; none where the key is left out."""
        value = content.get(key, {})
        if isinstance(value, dict) and all(isinstance(name, str) for name in value):
            return value
        self.note(f"expected {key!r} with keys and values; found {shown(value)}", (key,))
        return {}

    def flag(self, declared: Mapping[object, object], path: Path) -> bool:
        """Return a truth value; false where the key is left out."""
        value = declared.get(path[-1], False)
        if isinstance(value, bool):
            return value
        self.note(f"expected {str(path[-1])!r} to be true or false; found {shown(value)}", path)
        return False

    def count(self, declared: Mapping[object, object], path: Path) -> int | None:
        """Return a whole number from 1; None where the key is left out."""
        value = declared.get(path[-1])
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
            return value
        self.note(f"expected {str(path[-1])!r} to be a whole number from 1; found {shown(value)}", path)
        return None

    def query_name(self, declared: Mapping[object, object], path: Path) -> str | None:
        """Return the name of a saved query; None where the key is left out."""
        value = declared.get(path[-1])
        if value is None or (isinstance(value, str) and _QUERY_NAME.fullmatch(value)):
            return value
        self.note(f"expected {str(path[-1])!r} to be the name of a saved query; found {shown(value)}", path)
        return None


def lexical(value: object) -> str:
    """Return a YAML value as it would be typed in a form.

    >>> lexical(True), lexical(date(2025, 12, 31)), lexical(0.5)
    ('true', '2025-12-31', '0.5')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def shown(value: object) -> str:
    """Return a value as a fault quotes it."""
    return "nothing" if value is None else repr(value)


def read_block(value: object) -> object:
    r"""Return the mapping that a block of text holds, or *value* as it is.

    Readers of the header that know one language, such as grlc, take a description for a text: ``description: |`` is one
    to them, and lines by language to this one.

    >>> read_block("fr: Les métiers.\nen: The jobs.\n")
    {'fr': 'Les métiers.', 'en': 'The jobs.'}
    """
    if not isinstance(value, str) or "\n" not in value.strip():
        return value
    try:
        found = yaml.load(value, _LOADER)  # noqa: S506  a safe loader, the fast one where there is one
    except yaml.YAMLError:
        return value
    return found if isinstance(found, dict) else value
