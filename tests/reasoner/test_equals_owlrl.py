"""What the engine infers is what owlrl infers, on generated graphs and on the project's own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metiers_kg.project import Project
from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.compilation import SAME_AS, ConcreteRule
from metiers_kg.reasoner.reference import close_by_owlrl
from metiers_kg.reasoner.rules import RULES
from tests.reasoner.generated import Lines, graphs, graphs_about_the_language

GENERATED = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))

BEYOND_OWLRL = {"dt-diff", "dt-not-type"}
"""The rules of contradictions between values, which owlrl knows in part."""


def told_lines(project: Project) -> Lines:
    """Return what the project's graph is reasoned from."""
    quads = (project.build / "metiers.nq").read_text(encoding="utf-8").splitlines()
    parts = (line.rsplit(" ", 2) for line in quads)
    return [f"{triple} ." for triple, graph, _ in parts if graph.endswith(("/ontology>", "/data>", "/links>"))]


def _is_same(line: str) -> bool:
    """Return whether a line says that a thing is the same as itself, of which the closure keeps only what it needs."""
    s, p, o = line[:-2].split(" ", 2)
    return s == o and p == SAME_AS


def _compare(lines: Lines) -> None:
    ours, owlrl = Closure(lines), close_by_owlrl(lines)

    assert (owlrl.inferred, owlrl.left_out) == (ours.inferred, [line for line in ours.left_out if not _is_same(line)])
    if owlrl.contradictions:
        assert ours.contradictions
    assert owlrl.contradictions or {found.rule for found in ours.contradictions} <= BEYOND_OWLRL


@settings(GENERATED, max_examples=200)
@given(graphs())
def test_generated_graphs(lines: Lines) -> None:
    """Any graph has the closure that owlrl gives it, and is consistent where owlrl says so."""
    _compare(lines)


@settings(GENERATED, max_examples=40)
@given(graphs_about_the_language())
def test_generated_graphs_about_the_language(lines: Lines) -> None:
    """So has any graph that says something of rdf:type, rdfs:subClassOf or owl:sameAs."""
    _compare(lines)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(GENERATED, max_examples=5000)
@given(st.one_of(*[graphs()] * 9, graphs_about_the_language()))
def test_many_generated_graphs(lines: Lines) -> None:
    """Any graph of thousands has the closure that owlrl gives it."""
    _compare(lines)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_whole_graph(project: Project) -> None:
    """The project's graph has the closure that owlrl gives it."""
    lines = told_lines(project)

    assert close_by_owlrl(lines).inferred == Closure(lines).inferred


def test_the_generator_covers_every_rule() -> None:
    """Over 500 generated graphs every rule is applied and every contradiction found: none is compared in vain."""
    applied: set[str] = set()

    @settings(GENERATED, max_examples=500, derandomize=True)
    @given(graphs())
    def apply(lines: Lines) -> None:
        closure = Closure(lines)
        applied.update(found.rule for found in closure.contradictions)
        applied.update(
            concrete.rule.name
            for concrete in closure._rules
            if concrete.rule.name not in applied and concrete.head is not None and _applies(concrete, closure)
        )

    apply()

    assert {rule.name for rule in RULES} | BEYOND_OWLRL == applied | {"eq-ref"}


def _applies(rule: ConcreteRule, closure: Closure) -> bool:
    return not rule.body or any(len(column) for column in closure._saturation.bindings(rule).values())
