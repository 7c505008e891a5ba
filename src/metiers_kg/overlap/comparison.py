"""Two jobs side by side: what they share, share in part, and what one asks for beyond the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metiers_kg.overlap.measures import LAMBDA, STEPS
from metiers_kg.overlap.profiles import ALL_KINDS
from metiers_kg.overlap.space import Space

__all__ = ["Comparison", "Held", "Partly", "compare"]


@dataclass(frozen=True, slots=True)
class Held:
    """A competence that a job asks for.

    Attributes:
        competence: Its number.
        kinds: The mask of how the origin asks for it; 0 where it does not.
        other_kinds: The same for the destination.
        idf: How much it tells of a job.
    """

    competence: int
    kinds: int
    other_kinds: int
    idf: float


@dataclass(frozen=True, slots=True)
class Partly:
    """A competence of the destination of which the origin has the broader kind.

    Attributes:
        held: The competence.
        through: The nearest broader concept that the origin has something of; the competence itself where the origin
            has something narrower.
        steps: How many steps that is above the competence.
        by: What the origin has of it.
        credit: What it counts for in graded coverage: 1 for no step, half as much for each.
    """

    held: Held
    through: int
    steps: int
    by: tuple[int, ...]
    credit: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What becomes of the competences on the way from one job to another; rarest first in each list.

    Attributes:
        shared: Those that both ask for.
        partly: Those of the destination that the origin has the broader kind of, and no more.
        missing: Those of the destination that the origin has nothing of.
        beyond: Those of the origin that the destination does not ask for.
    """

    shared: tuple[Held, ...]
    partly: tuple[Partly, ...]
    missing: tuple[Held, ...]
    beyond: tuple[Held, ...]


def compare(
    space: Space, origin: int, destination: int, *, mask: int = ALL_KINDS, other_mask: int = ALL_KINDS
) -> Comparison:
    """Compare what *origin* asks for, in the kinds of *mask*, with what *destination* asks for, in *other_mask*."""
    profiles = space.profiles
    has, asks = profiles.asked(origin, mask), profiles.asked(destination, other_mask)

    def held(competence: int) -> Held:
        idf = float(space.weights.idf[competence])
        return Held(competence, has.get(competence, 0), asks.get(competence, 0), idf)

    above = {competence: profiles.upwards(competence) for competence in has}
    closed = {high for highs in above.values() for high in highs}
    partly, missing = [], []
    for competence in asks.keys() - has.keys():
        through = _nearest(profiles.upwards(competence, STEPS), closed)
        if through is None:
            missing.append(held(competence))
            continue
        concept, steps = through
        by = sorted((highs[concept], own) for own, highs in above.items() if concept in highs)
        partly.append(Partly(held(competence), concept, steps, tuple(own for _, own in by), LAMBDA**steps))
    return Comparison(
        _rarest(held(competence) for competence in asks.keys() & has.keys()),
        tuple(sorted(partly, key=lambda found: (found.steps, -found.held.idf, found.held.competence))),
        _rarest(missing),
        _rarest(held(competence) for competence in has.keys() - asks.keys()),
    )


def _nearest(above: dict[int, int], closed: set[int]) -> tuple[int, int] | None:
    return min(
        ((concept, steps) for concept, steps in above.items() if concept in closed),
        key=lambda found: (found[1], found[0]),
        default=None,
    )


def _rarest(found: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(sorted(found, key=lambda one: (-one.idf, one.competence)))
