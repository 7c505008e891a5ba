"""Telling: parts of answers as plain dictionaries, with the labels that people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from metiers_kg.comparing.asking import Lens
from metiers_kg.overlap.comparison import Held, Partly
from metiers_kg.overlap.measures import LAMBDA, STEPS
from metiers_kg.overlap.profiles import ALL_KINDS, KINDS
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.ways import Ways, find_ways
from metiers_kg.queries import Names

__all__ = ["Document", "Teller", "rounded"]

Document: TypeAlias = dict[str, Any]
"""An answer or a part of one: a dictionary that JSON can write."""

_VOCABULARIES = {"esco": "ESCO", "rome": "ROME", "study": ""}


def rounded(value: float | None) -> float | None:
    """Return a score as it is told, to four decimals."""
    return None if value is None else round(value, 4)


class Teller:
    """What tells of jobs and competences of a space by their names."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._told: dict[tuple[str, int, str], Document] = {}

    def about(self, lens: Lens, *, values: bool = False) -> Document:
        """Return how something was measured; *values* leaves out the measure where all are told."""
        reference = lens.space.weights.reference
        told: Document = {} if values else {"measure": lens.measure.name, "formula": lens.measure.formula}
        return {
            **told,
            "kinds": list(lens.kinds),
            "in": lens.space.name,
            "version": lens.space.version,
            "reference": {
                "vocabulary": reference.vocabulary,
                "version": reference.version,
                "jobs": reference.jobs,
                "unknown": reference.unknown,
            },
            "parameters": {"lambda": LAMBDA, "steps": STEPS},
        }

    def job(self, iri: str, lang: str) -> Document:
        """Return a resource with its label."""
        return {"iri": iri, "label": self._names.label(iri, lang)}

    def competence(self, space: Space, number: int, lang: str) -> Document:
        """Return a competence, how much it tells of a job, and what of this graph it stands for.

        The dictionary is told again wherever the same competence is: it is not to be changed.
        """
        key = (space.name, number, lang)
        if key not in self._told:
            self._told[key] = self._describe(space, number, lang)
        return self._told[key]

    def _describe(self, space: Space, number: int, lang: str) -> Document:
        iri = space.profiles.competences[number]
        told = {
            "iri": iri,
            "label": self._names.label(iri, lang),
            "idf": round(float(space.weights.idf[number]), 3),
        }
        if found := space.translations.get(iri):
            told["standsFor"] = [
                {**self.job(translation.competence, lang), "relation": translation.relation} for translation in found
            ]
        return told

    def ways(
        self, lens: Lens, pairs: Sequence[tuple[int, int]], scores: Sequence[float], lang: str, *, told: str
    ) -> list[Document]:
        """Return ways from one job to another in short: score, and what is shared, shared in part and missing.

        Args:
            lens: How they were measured.
            pairs: The numbers of origin and destination of each.
            scores: Their scores.
            lang: The language of labels.
            told: Which of the two jobs is told: ``origin`` or ``destination``.
        """
        space = lens.space
        mask = lens.mask if lens.measure.is_symmetric else ALL_KINDS
        origins, destinations = (np.array(ends, np.intp) for ends in (zip(*pairs, strict=True) if pairs else ((), ())))
        found = find_ways(space, origins, destinations, mask=mask, other_mask=lens.mask)
        return [
            {
                **self.job(space.profiles.jobs[pair[told == "destination"]], lang),
                "score": rounded(score),
                **self._lists(space, found, found.of(place), lang),
            }
            for place, (pair, score) in enumerate(zip(pairs, scores, strict=True))
        ]

    def _lists(self, space: Space, found: Ways, where: slice, lang: str) -> Document:
        """Return the lists of one way, the rarest competences first."""
        told: Document = {"asked": where.stop - where.start, "shared": [], "partly": [], "missing": []}
        columns = (found.competence[where], found.through[where], found.steps[where])
        for competence, through, steps in sorted(
            zip(*(column.tolist() for column in columns), strict=True),
            key=lambda entry: (entry[2], -space.weights.idf[entry[0]], entry[0]),
        ):
            one = self.competence(space, competence, lang)
            if steps < -1:
                told["missing"].append(one)
            elif steps < 0:
                told["shared"].append(one)
            else:
                told["partly"].append({**one, "through": self.competence(space, through, lang)})
        return told

    def held(self, space: Space, held: Held, lang: str, *said: Mapping[str, list[Document]]) -> Document:
        """Return a competence with how each of the two jobs asks for it."""
        told = dict(self.competence(space, held.competence, lang))
        for key, kinds, requirements in zip(("of", "with"), (held.kinds, held.other_kinds), said, strict=True):
            told[key] = self._side(space, held.competence, kinds, requirements)
        return told

    def _side(self, space: Space, number: int, kinds: int, said: Mapping[str, list[Document]]) -> Document | None:
        """Return how a job asks for a competence, or None where it does not."""
        if not kinds:
            return None
        iri = space.profiles.competences[number]
        own = [iri, *(translation.competence for translation in space.translations.get(iri, ()))]
        stated = [requirement for competence in own for requirement in said.get(competence, ())]
        told: Document = {"kinds": [kind for place, kind in enumerate(KINDS) if kinds >> place & 1]}
        if stated:
            told["requirements"] = stated
        else:
            told["source"] = " ".join(filter(None, (_VOCABULARIES[space.name], space.version)))
        return told

    def partly(
        self, space: Space, part: Partly, has: Mapping[int, int], lang: str, *said: Mapping[str, list[Document]]
    ) -> Document:
        """Return a competence that is shared in part: through what, and by what the origin *has* with its kinds."""
        return {
            **self.held(space, part.held, lang, *said),
            "through": self.competence(space, part.through, lang),
            "steps": part.steps,
            "credit": part.credit,
            "by": [
                {**self.competence(space, own, lang), "of": self._side(space, own, has[own], said[0])}
                for own in part.by
            ],
        }
