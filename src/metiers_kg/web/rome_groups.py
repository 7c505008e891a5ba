"""The many properties of an entry of ROME, gathered under what they are about."""

from __future__ import annotations

from collections.abc import Sequence

from metiers_kg.vocabulary import ONTOLOGY
from metiers_kg.web.describing import Statements
from metiers_kg.web.texts import Texts

__all__ = ["group_entry"]

_GROUPS = {
    "rome-competences": ("hasCoreCompetence", "hasEmergingCompetence", "hasRomeCompetence"),
    "rome-access": ("hasAccessRequirements", "hasRomeContext", "isManagerial", "isRegulated"),
    "rome-moves": ("mobilityTo", "hasMobility"),
    "rome-changes": (
        "concernsDigitalTransition",
        "concernsEcologicalTransition",
        "hasEcologicalClass",
        "concernsDemographicTransition",
    ),
}
"""The properties of each group, in the order in which they are told; the rest tells where the entry stands."""

_PLACES = {ONTOLOGY + name: (key, place) for key, names in _GROUPS.items() for place, name in enumerate(names)}


def group_entry(statements: Sequence[Statements], texts: Texts) -> list[tuple[str, list[Statements]]]:
    """Return the statements under the title of each group that has any, what an entry asks for first.

    What belongs to no group stands last, under where the entry is in ROME.

    >>> group_entry([], Texts("en"))
    []
    """
    groups: dict[str, list[Statements]] = {key: [] for key in (*_GROUPS, "rome-place")}
    for statement in sorted(statements, key=lambda found: _PLACES.get(found.predicate.iri, ("", 0))[1]):
        groups[_PLACES.get(statement.predicate.iri, ("rome-place", 0))[0]].append(statement)
    return [(texts(key), found) for key, found in groups.items() if found]
