"""Making spaces: the jobs of a vocabulary together with this graph's own, told in its terms, and their weights.

A competence of this graph that is linked to a concept by ``skos:exactMatch`` or ``skos:closeMatch`` is that concept
there, the surest where there are several. One that is only linked by ``skos:broadMatch`` stays itself and has the
concept above it; one only by ``skos:narrowMatch`` stays itself, beside the concept, under what is broader than that.
One without a link stands under what its own broader competence is there. What this graph says changes nothing between
two jobs of the vocabulary.

A competence of this graph that stays itself keeps its sort and, in the vocabulary's language, its label; another takes
those of the concept that it is.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.incidence import Floats, Incidence
from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.relations import Pairs
from metiers_kg.overlap.space import Space, Translation
from metiers_kg.overlap.terms import Terms
from metiers_kg.overlap.vocabularies import LANGUAGES, Asked, Study
from metiers_kg.overlap.weights import Reference, Weights, inverse_frequency

__all__ = ["study_space", "vocabulary_space"]

_SAME = ("exactMatch", "closeMatch")


def vocabulary_space(name: str, version: str, asked: Asked, study: Study | None = None) -> Space:
    """Return the space of a vocabulary's jobs and, with *study*, of this graph's own told in its terms.

    >>> esco = Asked({"essential": [("occupation", "skill")]}, [], frozenset(["occupation"]))
    >>> own = Asked({"essential": [("job", "competence")]}, [], frozenset(["job"]))
    >>> space = vocabulary_space("esco", "1.1.1", esco, Study(own, {"competence": (("closeMatch", "skill"),)}))
    >>> space.profiles.jobs, space.profiles.competences, space.is_native.tolist()
    (('job', 'occupation'), ('skill',), [False, True])
    """
    known = _concepts(asked)
    said = _Said(study, known, asked.hierarchy)
    by_kind: dict[str, Pairs] = {kind: [*pairs, *said.asked(kind)] for kind, pairs in asked.by_kind.items()}
    by_kind |= {kind: said.asked(kind) for kind in said.kinds if kind not in by_kind}
    profiles = Profiles.of(by_kind, [*asked.hierarchy, *said.hierarchy], asked.jobs | said.jobs)
    is_native = np.array([job in asked.jobs for job in profiles.jobs], bool)
    weights = _count(profiles, is_native, name, version, known)
    language = LANGUAGES.get(name, "")
    sorts, labels = dict(asked.sorts), dict(asked.labels.get(language, {}))
    if study:
        sorts = {**study.asked.sorts, **sorts}
        labels = {**study.asked.labels.get(language, {}), **labels}
    terms = Terms.of(profiles, sorts, labels, is_native)
    return Space(name, version, profiles, weights, is_native, said.translations, terms)


def study_space(study: Study, reference: Space | None = None) -> Space:
    """Return the space of this graph's own jobs in their own terms, weighed on *reference* where there is one."""
    asked = study.asked
    profiles = Profiles.of(asked.by_kind, asked.hierarchy, asked.jobs)
    native = np.ones(len(profiles.jobs), bool)
    if reference is None:
        weights = _count(profiles, native, "study", "", set(profiles.competences))
    else:
        weights = _borrow(profiles, study, reference)
    # Words weigh what they do in the reference, so labels are read in its language.
    language = LANGUAGES.get(reference.name if reference else "study", "")
    terms = Terms.of(profiles, asked.sorts, asked.labels.get(language, {}), native)
    if reference:
        terms = terms.weighed_on(reference.terms)
    return Space("study", "", profiles, weights, native, {}, terms)


class _Said:
    """What this graph's jobs ask for, told in the terms of a vocabulary."""

    def __init__(self, study: Study | None, known: set[str], hierarchy: Pairs) -> None:
        self._asked = study.asked.by_kind if study else {}
        self.kinds = tuple(self._asked)
        self.jobs = study.asked.jobs if study else frozenset()
        own = {competence for pairs in self._asked.values() for _, competence in pairs}
        above: dict[str, list[str]] = defaultdict(list)
        for low, high in study.asked.hierarchy if study else ():
            above[low].append(high)
        parents: dict[str, list[str]] = defaultdict(list)
        for low, high in hierarchy:
            parents[low].append(high)
        self._same: dict[str, str] = {}
        self.hierarchy: list[tuple[str, str]] = []
        translations: dict[str, list[Translation]] = defaultdict(list)
        waiting, seen = sorted(own), set(own)
        while waiting:
            competence = waiting.pop()
            links = [(relation, concept) for relation, concept in _links(study, competence) if concept in known]
            best = links[0][0] if links else ""
            if best in _SAME:
                self._same[competence] = links[0][1]
                translations[links[0][1]].append(Translation(competence, best))
                continue
            for relation, concept in links:
                if relation == best:
                    over = [concept] if relation == "broadMatch" else parents[concept]
                    self.hierarchy += [(competence, high) for high in over]
                    translations[concept].append(Translation(competence, relation))
            if not links:
                self.hierarchy += [(competence, high) for high in above[competence]]
                fresh = [high for high in above[competence] if high not in seen]
                seen.update(fresh)
                waiting += fresh
        self.hierarchy = [(low, self._same.get(high, high)) for low, high in self.hierarchy]
        self.translations = {concept: tuple(sorted(found)) for concept, found in translations.items()}

    def asked(self, kind: str) -> Pairs:
        """Return the jobs with what they ask for in a kind, in the vocabulary's terms."""
        return [(job, self._same.get(competence, competence)) for job, competence in self._asked.get(kind, ())]


def _links(study: Study | None, competence: str) -> tuple[tuple[str, str], ...]:
    return study.links.get(competence, ()) if study else ()


def _concepts(asked: Asked) -> set[str]:
    """Return everything that a vocabulary asks for or has in its hierarchy."""
    return {c for pairs in asked.by_kind.values() for _, c in pairs} | {end for pair in asked.hierarchy for end in pair}


def _count(profiles: Profiles, counted: npt.NDArray[np.bool_], name: str, version: str, known: set[str]) -> Weights:
    """Weigh profiles by how many of the *counted* jobs ask for each competence."""
    flat = _only(Incidence.of(profiles), counted)
    closed = _only(Incidence.of(profiles).closed(profiles), counted)
    jobs = int(np.count_nonzero(np.diff(flat.row_starts)))
    idf, ic = inverse_frequency(flat, jobs), inverse_frequency(closed, jobs)
    # What nobody asks for as such, but for something narrower, tells as much as that does.
    idf = np.where(flat.frequencies > 0, idf, ic)
    unknown = np.array([competence not in known for competence in profiles.competences], bool)
    unknown |= closed.frequencies == 0
    idf[unknown], ic[unknown] = _mean(idf[~unknown]), _mean(ic[~unknown])
    return Weights(idf, ic, Reference(name, version, jobs, int(np.count_nonzero(unknown))))


def _borrow(profiles: Profiles, study: Study, reference: Space) -> Weights:
    """Weigh this graph's competences by what they are in the space of a reference."""
    numbers = reference.profiles.competence_numbers
    same = {t.competence: concept for concept, found in reference.translations.items() for t in found}
    idf, ic = np.full(len(profiles.competences), np.nan), np.full(len(profiles.competences), np.nan)
    for number, competence in enumerate(profiles.competences):
        links = study.links.get(competence, ())
        concept = same.get(competence) or next((c for _, c in links if c in numbers), None)
        if concept in numbers:
            idf[number], ic[number] = (w[numbers[concept]] for w in (reference.weights.idf, reference.weights.ic))
    for number in np.flatnonzero(np.isnan(idf)).tolist():
        over = [high for high in profiles.upwards(number) if not np.isnan(idf[high])]
        if over:
            idf[number], ic[number] = max(idf[over]), max(ic[over])
    unknown = np.isnan(idf)
    idf[unknown], ic[unknown] = _mean(idf[~unknown]), _mean(ic[~unknown])
    told = reference.weights.reference
    return Weights(idf, ic, Reference(told.vocabulary, told.version, told.jobs, int(np.count_nonzero(unknown))))


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 1.0


def _only(matrix: Incidence, rows: npt.NDArray[np.bool_]) -> Incidence:
    kept = rows[matrix.rows]
    return Incidence(matrix.shape, matrix.rows[kept], matrix.columns[kept])
