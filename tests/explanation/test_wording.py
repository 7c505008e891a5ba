"""The words of rules and axioms."""

from __future__ import annotations

import re
import tomllib

import pytest

from metiers_kg.explanation.wording import rule_words, say
from metiers_kg.reasoner.compilation import AXIOM_CLASSES, AXIOM_PREDICATES
from metiers_kg.reasoner.rules import RULES, Rule
from metiers_kg.vocabulary import compact
from tests.conftest import ROOT

FILE = ROOT / "src" / "metiers_kg" / "explanation" / "wording.toml"
TEXTS = tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_words(rule: Rule) -> None:
    """Each rule of the W3C is told in French and in English, with a link to its table."""
    words = [rule_words(rule, lang) for lang in ("fr", "en")]

    assert all(told.words for told in words)
    assert words[0].words != words[1].words
    assert "#tab-rules-" in words[0].url


def test_no_words_without_a_rule() -> None:
    """The words are those of rules that there are."""
    assert {rule.name for rule in RULES} == set(TEXTS["rules"])


def test_axioms_that_rules_take_have_words() -> None:
    """What a rule of inference takes as its axiom is told in words, whether by its predicate or by its class."""
    untold = {"members", "distinctMembers", "sourceIndividual", "assertionProperty", "targetIndividual", "targetValue"}
    predicates = {compact(term[1:-1]) for term in AXIOM_PREDICATES} - {f"owl:{name}" for name in untold}
    classes = {compact(term[1:-1]) for term in AXIOM_CLASSES if "All" not in term}

    assert set() == predicates - set(TEXTS["axioms"])
    assert set() == classes - set(TEXTS["declarations"])


@pytest.mark.parametrize("section", TEXTS)
def test_texts_are_in_french_and_english(section: str) -> None:
    """Every text is there in both languages, with the same places to fill in."""
    for key, texts in TEXTS[section].items():
        assert {"fr", "en"} <= set(texts), key
        places = [sorted(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
        assert all(found == places[0] for found in places), key


def test_english_stands_in() -> None:
    """Where a language has no text of its own, the English one is told."""
    assert say("rules", "prp-trp", "nl") == say("rules", "prp-trp", "en")
    assert say("rules", "no-such-rule", "en") is None
