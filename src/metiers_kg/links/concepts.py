"""The concepts that can be proposed, read from the imported graphs: names, descriptions, what they are filed under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from metiers_kg.links.subjects import Name
from metiers_kg.links.triples import read_statements
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES

__all__ = ["Concept", "Vocabulary", "read_vocabulary"]

_SKOS, _ESCO, _DCTERMS = PREFIXES["skos"], PREFIXES["esco"], PREFIXES["dcterms"]
_TYPE = PREFIXES["rdf"] + "type"
_STATUS = PREFIXES["iso-thes"] + "status"
_VERSION = PREFIXES["owl"] + "versionInfo"
_ISCO_GROUP = _ESCO + "memberOfISCOGroup"
_PARENT_FICHE = ONTOLOGY + "hasParentFiche"
_RANKS = {f"{_SKOS}{rank}Label": rank for rank in ("pref", "alt", "hidden")}
_TEXTS = (_DCTERMS + "description", _SKOS + "definition", _SKOS + "scopeNote")
_ISCO = "http://data.europa.eu/esco/isco/C"
_UNIT_GROUP = 4

_CLASSES = {
    ("esco", "job"): (f"{_ESCO}Occupation",),
    ("esco", "competence"): (f"{_ESCO}Skill",),
    ("rome", "job"): (f"{ONTOLOGY}RomeAppellation", f"{ONTOLOGY}RomeFiche"),
    ("rome", "competence"): tuple(f"{ONTOLOGY}Rome{kind}" for kind in ("Skill", "Knowledge", "Attitude")),
    ("isco", "job"): (f"{_ESCO}Occupation",),
}
"""What is proposed for a kind of subject. An ISCO group is found by the occupations that ESCO files under it."""


@dataclass(slots=True)
class Concept:
    """A concept of a vocabulary.

    Attributes:
        iri: Its IRI.
        names: Its names.
        texts: Its descriptions, by language.
        parents: What it is filed under directly; for an ESCO occupation its ISCO group, for an appellation its fiche.
    """

    iri: str
    names: list[Name] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The label that rows of links give: English where there is one, else the first."""
        preferred = [name for name in self.names if name.rank == "pref"] or self.names
        return next((name.text for name in preferred if name.language == "en"), preferred[0].text if preferred else "")


@dataclass(slots=True)
class Vocabulary:
    """The concepts of one scheme for one kind of subject.

    Attributes:
        version: The version of the release.
        concepts: Its concepts by IRI, sorted; neither obsolete ones nor ones without a name.
    """

    version: str
    concepts: dict[str, Concept]


def read_vocabulary(lines: Iterable[str], scheme: str, kind: str) -> Vocabulary:
    """Read the concepts of a scheme for a kind of subject from the N-Triples *lines* of its imported graph.

    Args:
        lines: The lines of ``imports/{esco,rome}/graph.nt``.
        scheme: "esco", "rome" or "isco".
        kind: "job" or "competence".
    """
    wanted = _CLASSES.get((scheme, kind), ())
    predicates = (_TYPE, _STATUS, _VERSION, _ISCO_GROUP, _PARENT_FICHE, _SKOS + "broader", *_RANKS, *_TEXTS)
    found: dict[str, Concept] = {}
    of_class: set[str] = set()
    obsolete: set[str] = set()
    version = ""
    for statement in read_statements(lines, predicates):
        iri, predicate = statement.subject, statement.predicate
        if predicate == _TYPE:
            if statement.iri in wanted:
                of_class.add(iri)
            continue
        if predicate == _VERSION:
            version = statement.text
            continue
        if predicate == _STATUS:
            if statement.text not in ("released", ""):
                obsolete.add(iri)
            continue
        concept = found.get(iri) or found.setdefault(iri, Concept(iri))
        if rank := _RANKS.get(predicate):
            concept.names.append(Name(statement.text, statement.language, rank))
        elif predicate in _TEXTS:
            concept.texts[statement.language] = f"{concept.texts.get(statement.language, '')} {statement.text}".strip()
        elif predicate in (_ISCO_GROUP, _PARENT_FICHE):
            concept.parents.insert(0, statement.iri)
        elif statement.iri not in concept.parents:
            concept.parents.append(statement.iri)
    chosen = {iri: found[iri] for iri in sorted(of_class - obsolete) if iri in found and found[iri].names}
    if scheme == "isco":
        chosen = dict(_isco_groups(chosen, found))
    return Vocabulary(version, chosen)


def _isco_groups(occupations: Mapping[str, Concept], found: Mapping[str, Concept]) -> Iterator[tuple[str, Concept]]:
    """Yield the unit groups of ISCO-08, each with the names of its occupations as hidden ones."""
    members: dict[str, list[Concept]] = {}
    for occupation in occupations.values():
        for parent in occupation.parents:
            if parent.startswith(_ISCO) and len(parent) == len(_ISCO) + _UNIT_GROUP:
                members.setdefault(parent, []).append(occupation)
                break
    for iri in sorted(members):
        group = found.get(iri)
        if group and group.names:
            of_members = [Name(n.text, n.language, "hidden") for member in members[iri] for n in member.names]
            yield iri, Concept(iri, [*group.names, *of_members], group.texts, group.parents)
