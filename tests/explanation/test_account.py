"""Accounts: what is told of a triple and of each step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from metiers_kg.errors import DoesNotHoldError
from metiers_kg.explanation import Account, TripleExplainer
from metiers_kg.explanation import account as module


def _explain(explainer: TripleExplainer, *parts: str, alternatives: int = 0) -> Account:
    s, p, o = parts
    return explainer.explain(explainer.read(s, p, o), lang="en", alternatives=alternatives)


def test_inferred_triple(explainer: TripleExplainer) -> None:
    """An inferred triple has a rule; its leaves are asserted, those of the data with their evidence."""
    account = _explain(explainer, "Chimiste", "sharesCompetenceWith", "Pharmacien")
    [explanation] = account.explanations
    leaves = [node for node in explanation.tree if not (node.axioms or node.premises)]

    assert ("inferred", True, "“Chemist” shares a competence with “Pharmacist”") == (
        account.status,
        account.is_told,
        account.sentence,
    )
    assert explanation.tree.rule is not None
    assert "prp-spo2" == explanation.tree.rule.name
    assert {"asserted"} == {leaf.status for leaf in leaves}
    assert {True} == {(leaf.evidence is not None) == (leaf.graph == "data") for leaf in leaves}


def test_asserted_triple(explainer: TripleExplainer) -> None:
    """An asserted triple explains itself by its passages."""
    account = _explain(explainer, "Chimie", "skos:broader", "Sciences")
    tree = account.explanations[0].tree

    assert ("asserted", "data", None) == (account.status, tree.graph, tree.rule)
    assert tree.evidence is not None


def test_axiom_of_the_ontology(explainer: TripleExplainer) -> None:
    """An axiom stands in the ontology, and needs no passage."""
    tree = _explain(explainer, "mkg:Job", "rdfs:subClassOf", "skos:Concept").explanations[0].tree

    assert ("asserted", "ontology", None) == (tree.status, tree.graph, tree.evidence)


def test_what_holds_of_any_graph(explainer: TripleExplainer) -> None:
    """What holds of any graph is told so, with the rule that says it."""
    account = explainer.explain(next(iter(module.AXIOMATIC)))

    assert "axiomatic" == account.status
    assert account.explanations[0].tree.rule is not None


def test_premise_that_the_graph_leaves_out(explainer: TripleExplainer) -> None:
    """A class without a name and a thing related to itself are passed through, and flagged."""
    tree = _explain(explainer, "Chimiste", "a", "EmergingJob").explanations[0].tree

    assert ["“Chemist” is a “Job or function” and has evolution: at least one “Statement of emergence”"] == [
        node.sentence for node in tree.premises
    ]
    assert [False] == [node.is_told for node in tree.premises]


def test_triple_that_the_graph_leaves_out(explainer: TripleExplainer) -> None:
    """A thing related to itself can be asked for, and is flagged."""
    account = _explain(explainer, "Chimiste", "sharesCompetenceWith", "Chimiste")

    assert not account.is_told
    assert account.explanations[0].tree.is_loop


def test_others_tell_what_is_different(explainer: TripleExplainer) -> None:
    """Another explanation tells what it rests on that the first does not, facts before axioms."""
    account = _explain(explainer, "Chimiste", "a", "skos:Concept", alternatives=9)
    first, *others = account.explanations

    assert () == first.others
    assert others
    for other in others:
        assert other.others
        assert not set(other.others) & set(first.justification)
    assert account.is_complete or len(account.explanations) == 10


def test_what_does_not_hold(explainer: TripleExplainer) -> None:
    """A triple that does not hold is told so, with near ones that do."""
    with pytest.raises(DoesNotHoldError) as caught:
        _explain(explainer, "Chimiste", "requiresCompetence", "Sciences")

    assert "“Chemist” requires competence “Science”" == caught.value.told
    assert ["“Chemist” requires competence “Chemistry”"] == [told for _, told in caught.value.near]
    assert "neither asserted nor inferred; what holds: “Chemist” requires competence “Chemistry”" in str(caught.value)


def test_explainer_is_made_once(closure: object, explainer: TripleExplainer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that ask at once share one search engine."""
    made = []
    original = module.Explainer

    def make(graph: object) -> object:
        made.append(graph)
        return original(graph)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(module, "Explainer", make)
    fresh = TripleExplainer(explainer._graph, explainer._names)
    triple = fresh.read("Chimiste", "sharesCompetenceWith", "Pharmacien")
    with ThreadPoolExecutor(8) as pool:
        accounts = list(pool.map(lambda _: fresh.explain(triple), range(16)))

    assert 1 == len(made)
    assert all(account == accounts[0] for account in accounts)
