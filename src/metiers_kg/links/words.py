"""Names of jobs and competences as they are compared: no accents, no articles, one gender, one number."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["forms", "tokens"]

_WORD = re.compile(r"[a-z0-9+#]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_PAIR = re.compile(r"\s*/\s*")
_INCLUSIVE = re.compile(r"[·•.(](?:ne|euse|rice|trice|ère|e|le|te|esse)(?:s?)\)?(?=\W|$)")
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a au aux avec dans d de des du en et l la le les ou par pour sans sur un une "
        "an and for in of or the to with de een en het met van voor der die das und von",
    )
)
# Feminine endings of names of occupations and what they are compared as; the first that fits is taken.
_FEMININE = (
    ("trice", "teur"),
    ("ienne", "ien"),
    ("effe", "ef"),
    ("onne", "on"),
    ("enne", "en"),
    ("esse", "e"),
    ("euse", "eur"),
    ("elle", "el"),
    ("iere", "ier"),
    ("ere", "er"),
    ("ive", "if"),
)
_SHORT = 3


def tokens(name: str) -> list[str]:
    """Return the words of a name, folded; articles and the like left out.

    >>> tokens("Technicienne supérieure des études")
    ['technicien', 'superieur', 'etud']
    """
    return [_stem(word) for word in _WORD.findall(_fold(name)) if word not in _EMPTY_WORDS]


def forms(name: str) -> list[str]:
    """Return the ways to read a name: a pair "masculine / feminine" is one form, or two where the halves differ.

    >>> forms("Chef / Cheffe de chantier")
    ['chef chantier']
    >>> forms("pharmacien/pharmacienne")
    ['pharmacien']
    """
    masculine = _INCLUSIVE.sub("", name)
    parts = _PAIR.split(masculine.strip())
    if len(parts) != 2:
        return _unique([" ".join(tokens(masculine))])
    first, second = (tokens(part) for part in parts)
    if first == second:
        return _unique([" ".join(first)])
    # "Chef / Cheffe de chantier": what follows the second half belongs to the first as well.
    whole = [*first, *second[len(first) :]]
    return _unique([" ".join(whole), " ".join(second)])


def _unique(found: list[str]) -> list[str]:
    return [form for form in dict.fromkeys(found) if form]


def _fold(text: str) -> str:
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    if len(word) <= _SHORT:
        return word
    if word.endswith("aux"):
        return word[:-3] + "al"
    if word[-1] in "sx" and not word.endswith("ss"):
        word = word[:-1]
    for feminine, masculine in _FEMININE:
        if word.endswith(feminine) and len(word) - len(feminine) >= 2:
            return word[: -len(feminine)] + masculine
    return word[:-1] if word.endswith("e") and len(word) > _SHORT + 1 else word
