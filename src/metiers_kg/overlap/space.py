"""A space: jobs that can be compared, since what they ask for is told in the same terms, and what these terms weigh."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.combined import Combination
from metiers_kg.overlap.graded import Levels, exactly
from metiers_kg.overlap.incidence import Floats, Incidence, Integers, WeightedProduct
from metiers_kg.overlap.profiles import ALL_KINDS, Profiles
from metiers_kg.overlap.terms import Terms
from metiers_kg.overlap.weights import Weights

__all__ = ["Space", "Translation"]


class Translation(NamedTuple):
    """How a competence of this graph is told in the terms of a vocabulary.

    Attributes:
        competence: The competence.
        relation: ``exactMatch``, ``closeMatch``, ``broadMatch`` (the vocabulary's is broader) or ``narrowMatch``.
    """

    competence: str
    relation: str


@dataclass(frozen=True)
class Space:
    """Jobs, what they ask for in the terms of one vocabulary, and the weights of these.

    Attributes:
        name: ``study``, ``esco`` or ``rome``.
        version: The vocabulary's release, or "".
        profiles: The jobs: those of the vocabulary, and this graph's own.
        weights: What the competences count for.
        is_native: Of each job, whether it is the vocabulary's own.
        translations: Of a concept that stands for competences of this graph: which, and by what relation.
        terms: Of what sort the competences are, and the words of their labels.
    """

    name: str
    version: str
    profiles: Profiles
    weights: Weights
    is_native: npt.NDArray[np.bool_]
    translations: dict[str, tuple[Translation, ...]]
    terms: Terms
    _matrices: dict[tuple[int, bool], Incidence] = field(default_factory=dict, init=False, repr=False, compare=False)
    _sizes: dict[tuple[int, bool, str], Floats] = field(default_factory=dict, init=False, repr=False, compare=False)
    _products: dict[tuple[int, int, bool, str], WeightedProduct] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _above: dict[int, tuple[Integers, Integers]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _levels: dict[int, Levels] = field(default_factory=dict, init=False, repr=False, compare=False)
    _combinations: dict[int, Combination] = field(default_factory=dict, init=False, repr=False, compare=False)

    def incidence(self, mask: int, closed: bool = False) -> Incidence:
        """Return what the jobs ask for in one of the kinds of *mask*; *closed* adds all that is broader."""
        key = (mask, closed)
        if key not in self._matrices:
            flat = Incidence.of(self.profiles, mask)
            self._matrices[key] = flat.closed(self.profiles) if closed else flat
        return self._matrices[key]

    def sizes(self, mask: int, closed: bool, weight: str) -> Floats:
        """Return what the competences of each job count for, all together."""
        key = (mask, closed, weight)
        if key not in self._sizes:
            self._sizes[key] = self.incidence(mask, closed).sums(self.counts[weight])
        return self._sizes[key]

    def product(self, left: int, right: int, closed: bool, weight: str) -> WeightedProduct:
        """Return what origins (their kinds: *left*) and destinations (*right*) share.

        Args:
            left: The mask of the origins' kinds.
            right: The mask of the destinations' kinds.
            closed: Whether what is broader counts too.
            weight: What each competence counts for: a key of ``counts``.
        """
        key = (left, right, closed, weight)
        if key not in self._products:
            self._products[key] = WeightedProduct(
                self.incidence(left, closed), self.incidence(right, closed), self.counts[weight]
            )
        return self._products[key]

    @cached_property
    def counts(self) -> dict[str, Floats]:
        """What each competence counts for: ``one``, ``idf``, ``idf²`` or ``ic``."""
        idf, ic = self.weights.idf, self.weights.ic
        return {"one": np.ones_like(idf), "idf": idf, "idf²": idf**2, "ic": ic}

    def above(self, steps: int) -> tuple[Integers, Integers]:
        """Return what is exactly so many steps above each competence, one after the other, and where each's begin."""
        if steps not in self._above:
            low, high = exactly(self.profiles, steps)
            self._above[steps] = high, np.searchsorted(low, np.arange(len(self.profiles.competences) + 1))
        return self._above[steps]

    def levels(self, mask: int) -> Levels:
        """Return what graded coverage is made of, the destination's competences being those of *mask*."""
        if mask not in self._levels:
            self._levels[mask] = Levels(self.profiles, self.incidence(ALL_KINDS, closed=True), self.incidence(mask))
        return self._levels[mask]

    def combination(self, mask: int) -> Combination:
        """Return what the combined measure is made of, both jobs' competences being those of *mask*."""
        if mask not in self._combinations:
            self._combinations[mask] = Combination(self.profiles, self.incidence(mask), self.terms, self.weights)
        return self._combinations[mask]

    @cached_property
    def asking(self) -> npt.NDArray[np.bool_]:
        """Of each job, whether it asks for anything."""
        return np.diff(Incidence.of(self.profiles).row_starts) > 0
