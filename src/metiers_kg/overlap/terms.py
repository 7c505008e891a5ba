"""Terms: of what sort each competence of a space is, and the words of its label with what these weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metiers_kg.overlap.incidence import Floats, Incidence, Integers, ancestry, spread
from metiers_kg.overlap.profiles import Columns, Profiles
from metiers_kg.overlap.words import label_words

__all__ = ["SORTS", "Terms"]

SORTS: tuple[str, ...] = ("other", "skill", "heading", "knowledge", "attitude")
"""Sorts of competences; a heading is one that a vocabulary sorts its skills under, such as ROME's macro-competences."""


@dataclass(frozen=True)
class Terms:
    """What the combined measure knows of competences beyond who asks for them.

    Attributes:
        sorts: The sort of each competence, as its place in ``SORTS``.
        words: The words of all labels, sorted.
        starts: Where the words of each competence begin in ``numbers``, and at the end where they stop.
        numbers: The words of each competence, as places in ``words``, sorted.
        label_idf: How rare each word is among the labels of what the jobs of the reference ask for.
        job_idf: How rare it is among these jobs, attitudes left out.
    """

    sorts: npt.NDArray[np.uint8]
    words: tuple[str, ...]
    starts: Columns
    numbers: Columns
    label_idf: Floats
    job_idf: Floats

    @classmethod
    def of(
        cls, profiles: Profiles, sorts: Mapping[str, str], labels: Mapping[str, str], counted: npt.NDArray[np.bool_]
    ) -> Terms:
        """Return the terms of profiles, words weighed by how many *counted* jobs, and competences of these, have them.

        A word that none of them has weighs as much as one that a single one has.

        Args:
            profiles: The jobs.
            sorts: The sort of each competence, by IRI; ``other`` where it is not told.
            labels: The label of each competence, by IRI.
            counted: Of each job, whether words are counted on it.

        >>> profiles = Profiles.of({"essential": [("a", "1"), ("b", "1"), ("b", "2")]}, [])
        >>> terms = Terms.of(profiles, {"1": "skill"}, {"1": "wash cells", "2": "wash glass"}, np.ones(2, bool))
        >>> terms.words, terms.label_idf.round(2).tolist(), terms.job_idf.round(2).tolist()
        (('cell', 'glas', 'wash'), [0.69, 0.69, 0.0], [0.0, 0.69, 0.0])
        """
        asked = set(profiles.entry_competence.tolist())
        found = [
            sorted(label_words(labels.get(iri, ""))) if number in asked else []
            for number, iri in enumerate(profiles.competences)
        ]
        words = tuple(sorted({word for every in found for word in every}))
        number = {word: place for place, word in enumerate(words)}
        told = np.array([SORTS.index(sorts.get(iri, "other")) for iri in profiles.competences], np.uint8)
        terms = cls(
            _without_idle_headings(told, profiles, counted),
            words,
            np.cumsum([0, *(len(every) for every in found)]).astype(np.int32),
            np.array([number[word] for every in found for word in every], np.int32),
            np.zeros(0),
            np.zeros(0),
        )
        return terms._weighed(*terms._count(profiles, counted))

    def weighed_on(self, reference: Terms) -> Terms:
        """Return the same with the weights that the words have in a reference, the highest where it has them not."""
        number = {word: place for place, word in enumerate(reference.words)}
        places = np.array([number.get(word, -1) for word in self.words], np.intp)
        pairs = (reference.label_idf, reference.job_idf)
        return self._weighed(*(np.append(weights, weights.max(initial=0.0))[places] for weights in pairs))

    def is_sort(self, *names: str) -> npt.NDArray[np.bool_]:
        """Tell of each competence whether it is of one of some sorts."""
        return np.isin(self.sorts, [SORTS.index(name) for name in names])

    def _weighed(self, label_idf: Floats, job_idf: Floats) -> Terms:
        return Terms(self.sorts, self.words, self.starts, self.numbers, label_idf, job_idf)

    def _count(self, profiles: Profiles, counted: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Return ln(n / df) of each word over competences, and over jobs."""
        every = Incidence.of(profiles)
        kept = counted[every.rows]
        rows, columns = every.rows[kept], every.columns[kept]
        width = max(len(self.words), 1)
        asked = np.unique(columns)
        _, in_labels = self.words_of(asked)
        told = ~self.is_sort("attitude")[columns]
        owners, numbers = self.words_of(columns[told])
        in_jobs = np.unique(rows[told][owners] * width + numbers) % width
        return self._idf(in_labels, len(asked)), self._idf(in_jobs, len(np.unique(rows)))

    def words_of(self, competences: Integers) -> tuple[Integers, Integers]:
        """Return the words of some competences: of each the place of its competence among them, and its number."""
        starts = self.starts.astype(np.intp)
        places, owners = spread(starts[competences], starts[competences + 1])
        return owners, self.numbers[places].astype(np.intp)

    def _idf(self, numbers: Integers, among: int) -> Floats:
        frequencies = np.bincount(numbers, minlength=len(self.words))
        weights: Floats = np.log(max(among, 1) / np.maximum(frequencies, 1))
        return weights


def _without_idle_headings(
    sorts: npt.NDArray[np.uint8], profiles: Profiles, counted: npt.NDArray[np.bool_]
) -> npt.NDArray[np.uint8]:
    """Return the sorts, none being a heading where what the *counted* jobs ask for stands under none.

    Else a job that is not counted could bring the first heading, and change what the others are compared by.
    """
    heading = SORTS.index("heading")
    asked = np.zeros(len(sorts), bool)
    asked[profiles.entry_competence[counted[profiles.entry_job]]] = True
    low, high = ancestry(profiles)
    if (sorts[high[asked[low]]] == heading).any():
        return sorts
    return np.where(sorts == heading, np.uint8(SORTS.index("other")), sorts)
