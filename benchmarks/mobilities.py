"""What measures of overlap are judged by: the mobilities between ROME's fiches, in its own terms and in ESCO's.

ROME's editors say for each fiche to which others people move. The official table of ROME and ESCO carries that over:
two fiches are as near as the nearest two of the occupations that stand for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.incidence import Incidence, WeightedProduct
from metiers_kg.overlap.measures import Measure
from metiers_kg.overlap.profiles import ALL_KINDS, kinds_mask
from metiers_kg.overlap.relations import relations_of_lines
from metiers_kg.overlap.scoring import score_rows
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.spaces import vocabulary_space
from metiers_kg.overlap.vocabularies import PROPERTIES, READERS, Asked
from metiers_kg.overlap.weights import inverse_frequency
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES

__all__ = ["CHEMISTRY", "Task", "known_simgic", "read_task", "score_all"]

CHEMISTRY = ("H11", "H12", "H15", "H23")
"""The domains of ROME that chemistry and pharmacy are in."""

_MOVES = ONTOLOGY + "mobilityTo"
_BROADER = PREFIXES["skos"] + "broader"
_GROUP = PREFIXES["esco"] + "memberOfISCOGroup"
_SAME = tuple(f"{PREFIXES['skos']}{kind}Match" for kind in ("exact", "close", "broad", "narrow"))

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Task:
    """What is asked of measures.

    Attributes:
        rome: ROME's fiches, by themselves.
        esco: ESCO's occupations, by themselves.
        moves: Of each pair of fiches, whether ROME has a mobility from the one to the other.
        mapped: The fiches that occupations stand for.
        occupations: Of each of these, the numbers of the occupations.
        groups: The ISCO-08 unit group of each occupation.
        domains: The domain of each fiche: the first three letters of its code.
        fiche_of: The fiche of each appellation, by IRI.
        told: What ESCO and ROME say, by name.
    """

    rome: Space
    esco: Space
    moves: npt.NDArray[np.bool_]
    mapped: npt.NDArray[np.intp]
    occupations: tuple[tuple[int, ...], ...]
    groups: npt.NDArray[np.str_]
    domains: npt.NDArray[np.str_]
    fiche_of: Mapping[str, str]
    told: Mapping[str, Asked]

    @property
    def chemistry(self) -> npt.NDArray[np.intp]:
        """The fiches of chemistry and pharmacy."""
        return np.flatnonzero(np.isin(self.domains, CHEMISTRY))

    def carried(self, scores: Scores) -> Scores:
        """Return the scores of pairs of mapped fiches: the highest of their occupations, 1 where they share one."""
        scores = scores.copy()
        np.fill_diagonal(scores, 1.0)
        members = np.concatenate([np.array(every, np.intp) for every in self.occupations])
        starts = np.cumsum([0, *(len(every) for every in self.occupations)])[:-1]
        over_origins = np.maximum.reduceat(scores[members], starts, axis=0)
        found: Scores = np.maximum.reduceat(over_origins[:, members], starts, axis=1)
        return found


def read_task(lines: Mapping[str, Iterable[str]]) -> Task:
    """Make the task of the N-Triples lines of ESCO, ROME and their crosswalk."""
    rome_told = relations_of_lines(lines["rome"], [*PROPERTIES["rome"], _MOVES])
    esco_told = relations_of_lines(lines["esco"], PROPERTIES["esco"])
    told = {"rome": READERS["rome"](rome_told), "esco": READERS["esco"](esco_told)}
    rome, esco = (vocabulary_space(name, "", told[name]) for name in ("rome", "esco"))
    fiches, occupations = rome.profiles.job_numbers, esco.profiles.job_numbers
    moves = np.zeros((len(fiches), len(fiches)), bool)
    for origin, destination in rome_told[_MOVES]:
        if origin in fiches and destination in fiches:
            moves[fiches[origin], fiches[destination]] = True
    fiche_of = {low: high for low, high in rome_told[_BROADER] if high in fiches}
    links = relations_of_lines(lines["crosswalk"], _SAME)
    stands_for: dict[int, set[int]] = {}
    for relation in _SAME:
        for appellation, occupation in links[relation]:
            if appellation in fiche_of and occupation in occupations:
                stands_for.setdefault(fiches[fiche_of[appellation]], set()).add(occupations[occupation])
    groups = dict(esco_told[_GROUP])
    return Task(
        rome,
        esco,
        moves,
        np.array(sorted(stands_for), np.intp),
        tuple(tuple(sorted(stands_for[fiche])) for fiche in sorted(stands_for)),
        np.array([groups[occupation] for occupation in esco.profiles.jobs]),
        np.array([fiche.rpartition("/")[2][:3] for fiche in rome.profiles.jobs]),
        fiche_of,
        told,
    )


def score_all(space: Space, measure: Measure, mask: int | None = None) -> Scores:
    """Return the scores of all ordered pairs; 0 where there is none."""
    number = len(space.profiles.jobs)
    found = np.zeros((number, number), np.float32)
    for block, scores in score_rows(space, measure, mask):
        found[block] = np.maximum(scores, 0.0)
    return found


def known_simgic(space: Space) -> Scores:
    """Return the hierarchical measure of the table of known figures, which is not quite the product's.

    In ROME a skill counts as itself and once more as its macro-competence, apart from those that a fiche names itself;
    in ESCO what is essential counts with all that is broader, weighed on what is essential.
    """
    if space.name == "rome":
        own = space.incidence(ALL_KINDS)
        is_heading = space.terms.is_sort("heading")
        low, high = space.profiles.narrower, space.profiles.broader
        above = np.full(own.shape[1], -1)
        kept = is_heading[high] & space.terms.is_sort("skill")[low]
        above[low[kept]] = high[kept]
        has = above[own.columns] >= 0
        cells = np.unique(
            np.concatenate(
                [_cells(own.rows, own.columns, own), _cells(own.rows[has], above[own.columns[has]] + own.shape[1], own)]
            )
        )
        rows, columns = np.divmod(cells, 2 * own.shape[1])
        matrix = Incidence((own.shape[0], 2 * own.shape[1]), rows, columns)
    else:
        matrix = space.incidence(kinds_mask(["essential"]), closed=True)
    weights = inverse_frequency(matrix, matrix.shape[0])
    sizes = matrix.sums(weights)
    found = np.zeros((matrix.shape[0], matrix.shape[0]), np.float32)
    for block, shared in WeightedProduct(matrix, matrix, weights).blocks():
        union = sizes[block][:, np.newaxis] + sizes - shared
        found[block] = np.divide(shared, union, out=np.zeros_like(shared), where=union > 1e-12)
    return found


def _cells(rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], matrix: Incidence) -> npt.NDArray[np.intp]:
    return rows * (2 * matrix.shape[1]) + columns
