"""Words of labels, cut so that forms of one word are one: what is compared where competences differ but sound alike."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LETTERS", "label_words"]

LETTERS = 7
"""How many letters of a word count: "pharmaceutique" and "pharmacie" are then one, as are most forms of a verb."""

_SMALL = """
    de la le les des du un une et en au aux pour sur dans par avec ou ses son sa leur leurs ce cette ces que qui est
    selon entre vers sans sous chez se ne pas plus afin lors
    the of and to in for on with by or an at from as its their
"""
"""Words that say nothing alone, in French and English, as they are before they are cut."""

_STOP = frozenset(_SMALL.split())
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_MARKS = re.compile("[\u0300-\u036f]+")  # accents, as signs of their own
_WORD = re.compile("[a-z0-9]{2,}")


def label_words(label: str) -> frozenset[str]:
    """Return the words of a label without case, accents, single letters and small words, cut to ``LETTERS``.

    A short word loses its final s too, most often that of a plural.

    >>> sorted(label_words("Contrôler l’état des réacteurs"))
    ['control', 'etat', 'reacteu']
    >>> sorted(label_words("analyse cells")), sorted(label_words("cell analysis"))
    (['analyse', 'cell'], ['analysi', 'cell'])
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", label.lower().translate(_LIGATURES)))
    return frozenset(_cut(word) for word in _WORD.findall(plain) if word not in _STOP)


def _cut(word: str) -> str:
    return word.removesuffix("s") if len(word) <= LETTERS else word[:LETTERS]
