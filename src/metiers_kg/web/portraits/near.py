"""The jobs nearest to a job, with what is shared and what is missing on the way to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metiers_kg.web.comparison import compare_address, near_address
from metiers_kg.web.portraits.model import Section, Thing
from metiers_kg.web.portraits.subject import Subject

__all__ = ["Competences", "Near", "Neighbour", "nearest_of"]

_MOST, _FEW = 5, 3
"""The nearest jobs told of the study, and of each published vocabulary."""

_MOST_TOLD = 8
"""The competences told of a list; the whole comparison has the others."""

_PLACES = ("study", "esco", "rome")


@dataclass(frozen=True, slots=True)
class Competences:
    """Some of a list of competences.

    Attributes:
        some: Those told.
        count: How many there are.
    """

    some: tuple[Thing, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not told."""
        return self.count - len(self.some)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A job near another.

    Attributes:
        job: It.
        score: How near, from 0 to 1.
        shared: The competences that both ask for.
        partly: Those shared through a broader one.
        missing: Those that it asks for and the other does not.
        compare: The address of the whole comparison.
        why: The path of why they share a competence, where they do.
    """

    job: Thing
    score: float
    told_score: str
    shared: Competences
    partly: Competences
    missing: Competences
    compare: str
    why: str


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest jobs among those of a vocabulary, and the address of all of them."""

    title: str
    neighbours: tuple[Neighbour, ...]
    all: str


def nearest_of(subject: Subject) -> Section | None:
    """Return the jobs nearest to a job, in the study and in the vocabularies imported; None where none is near."""
    found: dict[str, dict[str, list[str]]] = {}
    for overlap, name, value in subject.ask("nearest", most=_MOST, few=_FEW):
        found.setdefault(overlap, {}).setdefault(name.rpartition("#")[2], []).append(value)
    places: dict[str, list[Mapping[str, list[str]]]] = {}
    for told in found.values():
        place = _one(told, "wasGeneratedBy").rpartition("#")[2]
        places.setdefault(place, []).append(told)
    content = tuple(
        Near(
            subject.texts.name("places", place) or place,
            tuple(
                _neighbour(subject, told, place) for told in sorted(places[place], key=lambda t: int(_one(t, "rank")))
            ),
            near_address(subject.iri, place),
        )
        for place in _PLACES
        if place in places
    )
    if not content:
        return None
    return Section("near", subject.texts("portrait-near"), content, "near", hint=subject.texts("portrait-near-hint"))


def _neighbour(subject: Subject, told: Mapping[str, list[str]], place: str) -> Neighbour:
    other = _one(told, "overlapWith")
    score = float(_one(told, _one(told, "rankedBy")) or 0)
    return Neighbour(
        job=subject.thing(other),
        score=score,
        told_score=subject.texts.number(f"{score:.2f}"),
        shared=_some(subject, told, "sharedCompetence"),
        partly=_some(subject, told, "partlySharedCompetence"),
        missing=_some(subject, told, "missingCompetence"),
        compare=compare_address(subject.iri, other, place),
        why=subject.out("mkg:sharesCompetenceWith").get(other, ""),
    )


def _some(subject: Subject, told: Mapping[str, list[str]], name: str) -> Competences:
    # A concept of ESCO is named by asking the store, so that only those which are told are.
    found = sorted(told.get(name, ()))
    return Competences(subject.things(found[:_MOST_TOLD]), len(found))


def _one(told: Mapping[str, list[str]], name: str) -> str:
    return told.get(name, [""])[0]
