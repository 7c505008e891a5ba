"""Each rule of OWL 2 RL/RDF, by an example that it applies to and one that comes near: see ``rules.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from metiers_kg.reasoner import compilation, rules
from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.compilation import ConcreteRule
from metiers_kg.reasoner.rules import RULES
from tests.reasoner.triples import triples

EXAMPLES: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
VALUES = {"dt-type2", "dt-diff", "dt-not-type"}
"""The rules that are about values: written in Python, not in owl2rl.rules."""
APART = {"eq-ref", "eq-rep-s", "eq-rep-o"}
"""The rules that are applied apart from the others; no two graphs differ in them alone."""


def _conclusions(closure: Closure) -> set[str]:
    return {"contradiction"} if closure.contradictions else set(closure.inferred)


def _expected(text: str) -> set[str]:
    return {"contradiction"} if text == "contradiction" else set(triples(text))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES.items(), ids=EXAMPLES)
def test_a_rule_applies(rule: str, example: dict[str, str]) -> None:
    """Where its premises hold, a rule gives what it says."""
    assert _expected(example["then"]) <= _conclusions(Closure(triples(example["when"])))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES.items(), ids=EXAMPLES)
def test_a_rule_does_not_apply(rule: str, example: dict[str, str]) -> None:
    """Where one of its premises does not hold, a rule gives nothing."""
    closure = Closure(triples(example["not when"]))

    assert set() == _expected(example.get("not then", example["then"])) & _conclusions(closure)


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule, example in EXAMPLES.items() if example["then"] == "contradiction"],
    ids=[rule for rule, example in EXAMPLES.items() if example["then"] == "contradiction"],
)
def test_a_contradiction_names_its_rule(rule: str, example: dict[str, str]) -> None:
    """A contradiction is told with the rule that finds it."""
    assert {rule} == {found.rule for found in Closure(triples(example["when"])).contradictions}


@pytest.fixture
def forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Takes a rule away; and where it is about facts, those of table 9, which say the same of classes and properties."""
    Closure(triples("a p b ; p rdfs:domain C")).inferred  # noqa: B018  # what holds of any graph is worked out once

    def without(rule: str) -> None:
        others = [other for other in RULES if other.name != rule]
        kept = tuple(other for other in others if other.table != 9 or rule.startswith("scm-"))
        monkeypatch.setattr(compilation, "RULES", kept)
        compilation._plans.cache_clear()

    yield without
    compilation._plans.cache_clear()


@pytest.mark.parametrize("rule", [rule for rule in EXAMPLES if rule not in VALUES | APART])
def test_no_other_rule_gives_it(rule: str, forget: Callable[[str], None]) -> None:
    """Without the rule its example gives less: it is the rule named that applies, and no other."""
    forget(rule)
    example = EXAMPLES[rule]

    assert not _expected(example["then"]) <= _conclusions(Closure(triples(example["when"])))


def test_every_rule_has_an_example() -> None:
    """No rule is without an example, and no example without a rule, in the order of the W3C's tables."""
    assert [rule.name for rule in RULES] == [rule for rule in EXAMPLES if rule not in VALUES]


def test_every_rule_of_the_w3c_is_there() -> None:
    """The rules are those of tables 4 to 9, by number; of table 8, four are about values and not among them."""
    numbers = [sum(rule.table == table for rule in RULES) for table in range(4, 10)]

    assert [9, 20, 19, 5, 1, 20] == numbers


def test_a_paragraph_that_is_no_rule() -> None:
    """A paragraph without an arrow is refused with its text."""
    with pytest.raises(ValueError, match="prp-symp"):
        rules.parse_rules("prp-symp ?p rdf:type owl:SymmetricProperty")


def test_rules_without_a_contradiction_have_a_head() -> None:
    """A concrete rule has one conclusion, or none where its rule finds contradictions."""
    closure = Closure(triples("C owl:disjointWith D ; C rdfs:subClassOf E"))
    concrete: list[ConcreteRule] = closure._rules

    assert all((rule.head is None) == rule.rule.finds_contradictions for rule in concrete)
