"""A second judge of measures: at which rank they put, of a vocabulary's jobs, the one that a job of this graph is."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from metiers_kg.overlap.measures import Measure
from metiers_kg.overlap.scoring import score_rows
from metiers_kg.overlap.space import Space
from metiers_kg.vocabulary import BASE

__all__ = ["Found", "find_same", "read_same"]

_PREFIXES = {"job": f"{BASE}job/", "esco_occupation": "http://data.europa.eu/esco/occupation/", "rome": f"{BASE}rome/"}
_SAME = ("skos:exactMatch", "skos:closeMatch")
_LOOKED_AT = 10


@dataclass(frozen=True)
class Found:
    """How high a measure puts what jobs are.

    Attributes:
        ranks: The rank of what each job is among the vocabulary's jobs; that in the middle where several score as much.
    """

    ranks: Sequence[float]

    @property
    def mrr(self) -> float:
        """The mean of 1 / rank."""
        return sum(1 / rank for rank in self.ranks) / len(self.ranks)

    @property
    def hit(self) -> float:
        """The share of jobs of which it is among the first ten."""
        return sum(rank <= _LOOKED_AT for rank in self.ranks) / len(self.ranks)

    @property
    def median(self) -> float:
        """The rank in the middle."""
        return float(np.median(self.ranks))


def read_same(path: Path) -> dict[str, list[str]]:
    """Return what each job is by a table of links (SSSOM): its exact and close matches."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        for row in rows:
            if row["predicate_id"] in _SAME and row["object_id"] != "sssom:NoTermFound":
                found.setdefault(_expand(row["subject_id"]), []).append(_expand(row["object_id"]))
    return found


def find_same(space: Space, measure: Measure, same: Mapping[str, Sequence[str]]) -> Found:
    """Return at which rank a measure puts what jobs are, the best where a job is several."""
    numbers = space.profiles.job_numbers
    wanted = {
        numbers[job]: [numbers[iri] for iri in every if iri in numbers] for job, every in same.items() if job in numbers
    }
    rows = np.array(sorted(job for job, every in wanted.items() if every and space.asking[job]), np.intp)
    ranks = []
    for block, scores in score_rows(space, measure, rows=rows):
        for job, row in zip(block.tolist(), scores, strict=True):
            native = row[space.is_native]
            ranks.append(min(_rank(native, row[other]) for other in wanted[job]))
    return Found(ranks)


def _rank(scores: np.ndarray, score: float) -> float:
    return float((scores > score).sum() + ((scores == score).sum() + 1) / 2)


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local
