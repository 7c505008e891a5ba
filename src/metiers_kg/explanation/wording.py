"""What explanations say beside the labels of the graph, from ``wording.toml``: what rules and axioms mean."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from metiers_kg.queries import fold
from metiers_kg.reasoner.rules import RULES, Rule
from metiers_kg.vocabulary import expand

__all__ = ["RuleWords", "rule_named", "rule_words", "say", "terms_called", "words_language"]

_DOCUMENT = "https://www.w3.org/TR/owl2-profiles/"
_TABLES = {4: "equality", 5: "properties", 6: "classes", 7: "class-axioms", 8: "datatypes", 9: "schema"}
_STAND_IN = "en"
"""The language that stands in where a text is not in the reader's."""

_FRENCH_SPACE = re.compile(" (?=[:;?!»])|(?<=«) ")
"""French sets these marks off by a space at which no line breaks."""

_Texts: TypeAlias = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule as people are told of it.

    Attributes:
        name: Its name in the W3C's tables.
        table: The number of its table.
        words: What it says.
        url: Where the W3C says it.
    """

    name: str
    table: int
    words: str
    url: str


def rule_words(rule: Rule, lang: str) -> RuleWords:
    """Return what a rule says.

    >>> words = rule_words(rule_named("prp-spo2"), "en")
    >>> words.words
    'a property defined by a chain links the two ends of that chain'
    >>> words.url
    'https://www.w3.org/TR/owl2-profiles/#tab-rules-properties'
    """
    return RuleWords(
        rule.name, rule.table, say("rules", rule.name, lang) or "", f"{_DOCUMENT}#tab-rules-{_TABLES[rule.table]}"
    )


@cache
def rule_named(name: str) -> Rule:
    """Return the rule of that name."""
    return next(rule for rule in RULES if rule.name == name)


def say(section: str, key: str, lang: str, **values: object) -> str | None:
    """Return a text of ``wording.toml`` filled in with *values*, or None where there is none.

    >>> say("axioms", "owl:inverseOf", "en", s="“requires”", o="“is required by”")
    '“requires” is the inverse of “is required by”'
    """
    texts = _read()[section].get(key)
    if texts is None:
        return None
    text = texts.get(lang) or texts[_STAND_IN]
    return text.format(**values) if values else text


def words_language(lang: str) -> str:
    """Return the language that the words of rules and axioms are in, for a reader of *lang*."""
    return lang if lang in ("fr", "en") else _STAND_IN


def terms_called(folded: str) -> list[str]:
    """Return the IRIs of the terms of published vocabularies that have this folded name here.

    >>> terms_called("belongs under")
    ['http://www.w3.org/2004/02/skos/core#broader']
    """
    found = (name for name, texts in _read()["terms"].items() if folded in map(fold, texts.values()))
    return [iri for name in found if (iri := expand(name))]


@cache
def _read() -> _Texts:
    texts: _Texts = tomllib.loads((files(__package__) / "wording.toml").read_text(encoding="utf-8"))
    for section in texts.values():
        for spoken in section.values():
            spoken["fr"] = _FRENCH_SPACE.sub("\u00a0", spoken["fr"])
    return texts
