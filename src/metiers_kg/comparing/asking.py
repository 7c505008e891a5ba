"""Asking: jobs, measures, kinds and thresholds as people write them, read into what the measures take."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metiers_kg.errors import (
    MissingVocabulary,
    MissingVocabularyError,
    ParameterError,
    ParameterFault,
    UnknownResourceError,
)
from metiers_kg.overlap import measures, transitions
from metiers_kg.overlap.measures import Measure
from metiers_kg.overlap.profiles import KINDS, kinds_mask
from metiers_kg.overlap.space import Space
from metiers_kg.queries import Names
from metiers_kg.queries.names import read_iri
from metiers_kg.queries.requirements import VOCABULARIES
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES, mint

__all__ = [
    "ANOTHER_JOB",
    "COMMON_TERMS",
    "COVERAGES",
    "KINDS",
    "KNOWN_JOB",
    "MEASURES",
    "MOST",
    "SPACES",
    "Lens",
    "find_job",
    "read_lens",
]

SPACES: tuple[str, ...] = ("study", "esco", "rome")
"""Where jobs are looked for: this graph's own, ESCO's occupations, ROME's fiches."""

MOST = 100
"""The most jobs of one answer."""

MEASURES: tuple[str, ...] = tuple(measures.MEASURES)
"""The names of the measures."""

COVERAGES: tuple[str, ...] = transitions.COVERAGES
"""The names of those that transitions are measured by."""

KNOWN_JOB = "a job of which a competence is known: of this one there is none, so that it is near no other"
ANOTHER_JOB = "another job than the first"
COMMON_TERMS = "a job told in the terms of the first: ESCO and ROME name competences each in their own way"
"""What is expected where a name is that of a job, and yet cannot be compared."""

_CLASSES = {"study": ONTOLOGY + "Job", "esco": PREFIXES["esco"] + "Occupation", "rome": ONTOLOGY + "RomeFiche"}
_ROME_CODE = re.compile(r"[A-Z][0-9]{4}")


@dataclass(frozen=True, slots=True)
class Lens:
    """How jobs are looked at.

    Attributes:
        space: The jobs.
        measure: The measure.
        kinds: The kinds of competences that it looks at: of both jobs where it is symmetric, else of the destination.
    """

    space: Space
    measure: Measure
    kinds: tuple[str, ...]

    @property
    def mask(self) -> int:
        """The kinds as a mask."""
        return kinds_mask(self.kinds)


def read_lens(
    spaces: Mapping[str, Space],
    *,
    within: str,
    measure: str,
    kinds: Sequence[str] = (),
    coverage_only: bool = False,
) -> Lens:
    """Return the jobs, measure and kinds of these names.

    Args:
        spaces: The spaces at hand, by name.
        within: One of ``SPACES``.
        measure: The name of a measure.
        kinds: Some of "essential", "optional", "emerging"; by default all for a symmetric measure, else "essential".
        coverage_only: Take only measures that can be added to, competence by competence.

    Raises:
        MissingVocabularyError: The vocabulary is not imported; says how to.
        ParameterError: A name is none of those; all faults at once.
    """
    allowed = COVERAGES if coverage_only else MEASURES
    faults = [
        *_choice_faults("in", [within], SPACES),
        *_choice_faults("measure", [measure], allowed),
        *_choice_faults("kinds", kinds, KINDS),
    ]
    if faults:
        raise ParameterError(faults)
    if within not in spaces:
        missing = MissingVocabulary(within, VOCABULARIES[within], f"metiers-kg import {within} PATH…")
        raise MissingVocabularyError(f"in={within}", [missing])
    chosen = measures.MEASURES[measure]
    default = tuple(kind for kind in KINDS if kinds_mask([kind]) & chosen.default_mask())
    return Lens(spaces[within], chosen, tuple(kind for kind in KINDS if kind in kinds) or default)


def _choice_faults(parameter: str, values: Sequence[str], allowed: Sequence[str]) -> list[ParameterFault]:
    expected = f"one of {', '.join(allowed)}"
    return [ParameterFault(parameter, value, expected, tuple(allowed)) for value in values if value not in allowed]


def find_job(text: str, spaces: Mapping[str, Space], names: Names, within: str | None = None) -> tuple[str, str]:
    """Return the IRI of the job that *text* names, and the space it is of.

    A job of this graph comes first; then, where they are imported, an occupation of ESCO or a fiche of ROME. An IRI, or
    with *within* a ROME code, means that very one. A ROME or ESCO name that only a link leads from means the job of
    this graph that is linked to it.

    Raises:
        UnknownResourceError: Nothing, or more than one thing, has that name; the nearest are suggested.
    """
    text = text.strip()
    iri = read_iri(text)
    if within == "rome" and _ROME_CODE.fullmatch(text.upper()):
        iri = mint("rome", text.upper())
    if iri is not None:
        for name, space in spaces.items():
            if iri in space.profiles.job_numbers:
                return iri, _home(space, name, iri)
    order = dict.fromkeys(filter(None, ("study", within, *SPACES)))
    failed: UnknownResourceError | None = None
    for name in order:
        if name in spaces:
            try:
                return names.resolve(text, _CLASSES[name]), name
            except UnknownResourceError as error:
                failed = failed or error
    raise failed or UnknownResourceError(text, "the name, code or IRI of a job")


def _home(space: Space, name: str, iri: str) -> str:
    return name if space.is_native[space.profiles.job_numbers[iri]] else "study"
