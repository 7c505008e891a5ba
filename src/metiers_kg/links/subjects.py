"""What is to be linked: the jobs and competences of the data, with all their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from metiers_kg.links.triples import read_statements
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES

__all__ = ["Name", "Subject", "french_labels", "read_subjects"]

_TYPE = PREFIXES["rdf"] + "type"
_COMPETENCES = ("Competence", "Knowledge", "Skill", "Attitude", "LanguageSkill", "Qualification")
_KINDS = {f"{ONTOLOGY}Job": "job", **{f"{ONTOLOGY}{name}": "competence" for name in _COMPETENCES}}
_RANKS = {f"{PREFIXES['skos']}{name}Label": name for name in ("pref", "alt", "hidden")}


@dataclass(frozen=True, slots=True)
class Name:
    """One name of something.

    Attributes:
        text: The name.
        language: Its language, as "fr".
        rank: "pref", "alt" or "hidden".
    """

    text: str
    language: str
    rank: str = "pref"


@dataclass(slots=True)
class Subject:
    """A term to link.

    Attributes:
        iri: Its IRI.
        kind: "job" or "competence".
        names: Its names.
        groups: What it is filed under, such as the code of a ROME fiche; terms of one group are linked near each other.
    """

    iri: str
    kind: str
    names: list[Name] = field(default_factory=list)
    groups: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The French label, or the first there is."""
        ranked = sorted(self.names, key=lambda name: (name.rank != "pref", name.language != "fr"))
        return ranked[0].text if ranked else ""


def read_subjects(lines: Iterable[str]) -> dict[str, Subject]:
    """Return the jobs and competences that N-Triples *lines* describe, by IRI."""
    subjects: dict[str, Subject] = {}
    names: dict[str, list[Name]] = {}
    for statement in read_statements(lines, (_TYPE, *_RANKS)):
        if rank := _RANKS.get(statement.predicate):
            names.setdefault(statement.subject, []).append(Name(statement.text, statement.language, rank))
        elif kind := _KINDS.get(statement.iri):
            subjects[statement.subject] = Subject(statement.subject, kind)
    for iri, subject in subjects.items():
        subject.names.extend(names.get(iri, ()))
    return subjects


def french_labels(subjects: Mapping[str, Subject]) -> dict[str, str]:
    """Return the French label of each subject, by IRI."""
    return {iri: subject.label for iri, subject in subjects.items()}
