"""Measures of overlap between jobs: their names and formulas, each a sum over what two jobs share.

A and B are the competences that the origin and the destination ask for; X̂ is X with all that is broader than what is in
it (skos:broader); idf(c) = ln(N / df(c)), N being the jobs of a reference and df(c) those of them that ask for c; IC(c)
is the same where df also counts those that ask for something narrower.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from metiers_kg.overlap.profiles import ALL_KINDS, KINDS, kinds_mask

__all__ = ["HEADLINE", "LAMBDA", "MEASURES", "STEPS", "Measure"]

LAMBDA = 0.5
"""What a competence counts for in graded coverage, for each step up to a broader one that the origin has."""

STEPS = 2
"""The most steps that graded coverage goes up; a competence that is further away counts as missing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of overlap, from 0 (nothing in common) to 1.

    Attributes:
        name: Its name in commands, addresses and the graph.
        form: What becomes of the sum over what is shared: divided by that of the union (``jaccard``), by the square
            root of the product of the two (``cosine``), or by the destination's (``coverage``); ``graded`` and
            ``combined`` are made of several.
        weight: What a competence counts for: ``one``, ``idf``, ``idf²`` or ``ic``.
        is_closed: Whether what is broader counts too.
        formula: The formula, for people.
        source: Where it comes from.
    """

    name: str
    form: Literal["jaccard", "cosine", "coverage", "graded", "combined"]
    weight: Literal["one", "idf", "idf²", "ic"]
    is_closed: bool
    formula: str
    source: str

    @property
    def is_symmetric(self) -> bool:
        """Whether it is the same both ways."""
        return self.form in ("jaccard", "cosine", "combined")

    def default_mask(self) -> int:
        """Return the kinds of competences that it looks at unless told: all, or the destination's essential ones."""
        return ALL_KINDS if self.is_symmetric else kinds_mask(KINDS[:1])


def _named(measures: Iterable[Measure]) -> dict[str, Measure]:
    return {measure.name: measure for measure in measures}


MEASURES: dict[str, Measure] = _named(
    [
        Measure("jaccard", "jaccard", "one", False, "|A∩B| / |A∪B|", "Jaccard 1912"),
        Measure("idf-jaccard", "jaccard", "idf", False, "Σ idf(A∩B) / Σ idf(A∪B)", "Jaccard, weighted"),
        Measure("cosine", "cosine", "idf²", False, "Σ idf²(A∩B) / √(Σ idf²(A) · Σ idf²(B))", "Salton and Buckley 1988"),
        Measure("simgic", "jaccard", "ic", True, "Σ IC(Â∩B̂) / Σ IC(Â∪B̂)", "Pesquita et al. 2008"),
        Measure("coverage", "coverage", "one", False, "|A∩B| / |B|", "Nesta, Mapping Career Causeways, 2020"),
        Measure("idf-coverage", "coverage", "idf", False, "Σ idf(A∩B) / Σ idf(B)", "Nesta, weighted"),
        Measure(
            "graded-coverage",
            "graded",
            "one",
            True,
            "(1/|B|) Σ_{b∈B} λ^d(b), d(b) the steps from b up to the nearest concept of Â, λ = 0.5, 0 beyond 2 steps",
            "the project's own",
        ),
        Measure(
            "combined",
            "combined",
            "idf",
            True,
            "(2H + S + K + ½M + W) / 5.5: H what each holds of the other in its words or in like ones, both ways; S, K,"
            " M, W cosines over skills, knowledge, the headings of skills, and the words of labels",
            "the project's own, fitted on half of ROME's mobilities",
        ),
    ]
)
"""The measures by name."""

HEADLINE = MEASURES["combined"]
"""The measure by which neighbours are ranked unless told."""
