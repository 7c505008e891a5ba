"""The task of the alignment benchmark: French ROME appellations, and the ESCO occupation that the official table gives.

A random half of the table is for whatever is fitted or known; the other half is what is measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metiers_kg.links.concepts import Concept, read_vocabulary
from metiers_kg.links.matching import KnownLink
from metiers_kg.links.subjects import Name, Subject
from metiers_kg.links.triples import read_statements
from metiers_kg.vocabulary import PREFIXES, compact

SEED = 20240601
"""Fixes which half is which."""

_RELATIONS = tuple(f"{PREFIXES['skos']}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))


@dataclass(frozen=True)
class Task:
    """Appellations with their right answers.

    Attributes:
        concepts: The ESCO occupations.
        fit: The half that may be learnt from.
        test: The half that is measured.
    """

    concepts: dict[str, Concept]
    fit: Sequence[KnownLink]
    test: Sequence[KnownLink]


def read_task(esco: Iterable[str], rome: Iterable[str], crosswalk: Iterable[str]) -> Task:
    """Make the task of the lines of the three imported graphs."""
    concepts = read_vocabulary(esco, "esco", "job").concepts
    appellations = read_vocabulary(rome, "rome", "job").concepts
    table = [
        KnownLink(as_subject(appellations[row.subject]), row.iri, compact(row.predicate))
        for row in read_statements(crosswalk, _RELATIONS)
        if row.subject in appellations and row.iri in concepts
    ]
    table.sort(key=lambda link: (link.subject.iri, link.object))
    random.Random(SEED).shuffle(table)  # noqa: S311  a split, not a secret
    half = len(table) // 2
    return Task(concepts, table[:half], table[half:])


def as_subject(concept: Concept) -> Subject:
    """Return an appellation as a term to link: its French names, filed under its fiche and its parent fiche."""
    names = [Name(name.text, "fr", name.rank) for name in concept.names if name.language == "fr"]
    return Subject(concept.iri, "job", names, tuple(dict.fromkeys(concept.parents)))


@dataclass(frozen=True)
class Quality:
    """How often, and how high, the right answer comes.

    Attributes:
        hit1: The share of terms whose first answer is right.
        hit10: The share of terms with the right answer among the first ten.
        mrr: The mean of 1 / rank of the right answer; 0 beyond the answers looked at.
    """

    hit1: float
    hit10: float
    mrr: float

    def __str__(self) -> str:
        return f"hit@1 {self.hit1:.3f}  hit@10 {self.hit10:.3f}  MRR {self.mrr:.3f}"


def quality(ranks: Sequence[int]) -> Quality:
    """Return the quality of answers by the rank of the right one, from 1; 0 where it is not among them."""
    count = len(ranks)
    return Quality(
        sum(rank == 1 for rank in ranks) / count,
        sum(1 <= rank <= 10 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
    )
