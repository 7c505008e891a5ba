"""What the engine infers is what owlrl infers, on generated graphs and on the project's own."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from metiers_kg.project import Project
from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.reference import close_by_owlrl
from metiers_kg.reasoner.rules import RULES
from tests.reasoner.generated import Lines, graphs

GENERATED = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))

BEYOND_OWLRL = {"dt-diff", "dt-not-type"}
"""The rules of contradictions between values, which owlrl knows in part."""


def _compare(lines: Lines) -> None:
    ours, owlrl = Closure(lines), close_by_owlrl(lines)

    assert owlrl.inferred == ours.inferred
    if owlrl.contradictions:
        assert ours.contradictions
    assert owlrl.contradictions or {found.rule for found in ours.contradictions} <= BEYOND_OWLRL


@settings(GENERATED, max_examples=200)
@given(graphs())
def test_generated_graphs(lines: Lines) -> None:
    """Any graph has the closure that owlrl gives it, and is consistent where owlrl says so."""
    _compare(lines)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(GENERATED, max_examples=5000)
@given(graphs())
def test_many_generated_graphs(lines: Lines) -> None:
    """Any graph of thousands has the closure that owlrl gives it."""
    _compare(lines)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_whole_graph(project: Project) -> None:
    """The project's graph has the closure that owlrl gives it."""
    lines = [
        line.rsplit(" ", 2)[0] + " ."
        for line in (project.build / "metiers.nq").read_text(encoding="utf-8").splitlines()
        if line.rsplit(" ", 2)[1].endswith(("/ontology>", "/data>", "/links>"))
    ]

    assert close_by_owlrl(lines).inferred == Closure(lines).inferred


def test_the_generator_covers_every_rule() -> None:
    """Over 500 generated graphs every rule is applied and every contradiction found: none is compared in vain."""
    applied: Counter[str] = Counter()

    @settings(GENERATED, max_examples=500, derandomize=True)
    @given(graphs())
    def count(lines: Lines) -> None:
        closure = Closure(lines)
        applied.update({contradiction.rule for contradiction in closure.contradictions})
        applied.update(
            {
                concrete.rule.name
                for concrete in closure._rules
                if concrete.head is not None
                and (not concrete.body or len(next(iter(closure._saturation.bindings(concrete).values()))))
            }
        )

    count()

    assert {rule.name for rule in RULES} | BEYOND_OWLRL - {"eq-ref"} == set(applied) | {"eq-ref"}
