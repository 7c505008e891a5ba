"""Explanations of the graph of this repository: every inferred triple has one, and every why-link leads to one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from metiers_kg.explanation import TripleExplainer, to_text
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, answer
from metiers_kg.reasoner.derivations import AXIOMATIC, Triple
from metiers_kg.reasoner.explanation import Explainer
from metiers_kg.reasoner.rules import RULES
from metiers_kg.reasoner.terms import split
from metiers_kg.store import Store, StoredClosure
from metiers_kg.vocabulary import ONTOLOGY, compact

NOT_ON_EVERY_ROW = {
    "jobs-exposed-to-regulation": {"mkg:RegulationExposedJob", "mkg:isAffectedBy"},
    "nearest-jobs": {"mkg:sharesCompetenceWith"},
    "overlap-evidence": {"mkg:requiresKindOfCompetence"},
}
"""Patterns that some rows do not rest on: a job that a regulation reaches through a competence only, a near job that shares
no competence, a competence held in part because the broader one itself is required."""

EXPLAINED = [name for name, query in Catalogue.read(Project.find().queries).items() if query.why]


@pytest.fixture(scope="module")
def closure(project: Project) -> StoredClosure:
    """The graph, in memory as the service has it, and what it leaves out."""
    return StoredClosure(Store.load(project.build / "metiers.nq"), project.build / "unstated.nq")


@pytest.fixture(scope="module")
def explainer(closure: StoredClosure, names: Names) -> TripleExplainer:
    """What explains the graph to people."""
    return TripleExplainer(closure, names)


def _inferred(project: Project) -> Iterator[Triple]:
    for line in (project.build / "metiers.nq").read_text(encoding="utf-8").splitlines():
        triple, graph, _ = line.rsplit(" ", 2)
        if graph.endswith("/graph/inferred>"):
            yield split(f"{triple} .")


def test_every_inferred_triple_is_explained(project: Project, closure: StoredClosure) -> None:
    """Every triple of graph/inferred has an explanation whose leaves are asserted and whose replay gives the triple."""
    explainer, names = Explainer(closure), {rule.name for rule in RULES}
    faults = []
    for triple in _inferred(project):
        found = explainer.explain(triple).found
        if not found:
            faults.append((triple, "no explanation"))
            continue
        [why] = found
        if not why.size or not all(map(closure.is_asserted, why.leaves)):
            faults.append((triple, "leaves that are not asserted"))
        if any(step.axiomatic != AXIOMATIC.get(step.triple) for step in why if step.axiomatic):
            faults.append((triple, "not true of any graph"))
        if not {step.rule.name for step in why if step.rule} <= names:
            faults.append((triple, "not a rule of the W3C"))
        if not explainer.follows(triple, why.leaves):
            faults.append((triple, "replay does not give it"))

    assert [] == faults


def test_shared_competence_is_told_down_to_the_passages(explainer: TripleExplainer) -> None:
    """That two jobs share a competence is told as the chain it follows from, with the words of the study."""
    triple = explainer.read("job:datamanager", "shares a competence with", "Biostatisticien")

    text = to_text(explainer.explain(triple, lang="en"), width=200)

    assert "[prp-spo2] shares a competence with: requires competence, then is required by" in text
    assert "Forem 2013, 4.1-dat, l. 1197-1199: “bonnes connaissances dans le domaine des statistiques”" in text
    assert "Forem 2013, 4.3-bs, l. 1397-1398: “des compétences en matière statistique”" in text


def test_every_kind_of_inference_is_told_in_words(project: Project, explainer: TripleExplainer) -> None:
    """Whatever the property or class, no sentence shows a blank node, and each rule and axiom has its words."""
    first = {(p, o if p.endswith("#type>") else ""): (s, p, o) for s, p, o in _inferred(project)}
    for triple in first.values():
        for lang in ("fr", "en"):
            [explanation] = explainer.explain(triple, lang=lang).explanations
            for node in explanation.tree:
                assert "_:" not in node.sentence
                assert node.sentence
                assert node.rule is None or node.rule.words


@pytest.mark.parametrize("name", EXPLAINED)
def test_why_links_lead_to_what_holds(
    name: str, store: Store, names: Names, catalogue: Catalogue, closure: StoredClosure
) -> None:
    """Each triple that a row of the query's example names holds, but where the row is known not to rest on it."""
    query = catalogue[name]
    result = answer(store, names, query, query.example_values)
    assert result.table is not None
    for pattern in query.why:
        triples = [
            triple
            for row in result.table.rows
            for triple in pattern.triples(dict(zip(result.columns, row, strict=True)), result.bound.values)
        ]
        held = [triple for triple in triples if closure.holds(triple)]
        assert held, f"no row rests on {pattern}"
        if not NOT_ON_EVERY_ROW.get(name, set()) & {compact(pattern.p), compact(pattern.o)}:
            assert triples == held
            assert len(triples) >= len(result.table.rows) or pattern.when


def test_why_patterns_name_terms_of_the_ontology(catalogue: Catalogue, closure: StoredClosure) -> None:
    """Every term of ours in a why-pattern is declared in the ontology."""
    terms = {part for query in catalogue.values() for why in query.why for part in (why.s, why.p, why.o)}
    for term in terms:
        if term.startswith(ONTOLOGY):
            assert next(closure.match(f"<{term}>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", None), None), (
                term
            )
