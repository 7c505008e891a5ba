"""The jobs of ESCO, of ROME and of this graph, each with what it asks for, as the properties of their graphs tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from metiers_kg.overlap.relations import Pairs, Relations
from metiers_kg.vocabulary import BASE, ONTOLOGY, PREFIXES

__all__ = [
    "LANGUAGES",
    "PROPERTIES",
    "READERS",
    "STUDY_PROPERTIES",
    "Asked",
    "Study",
    "read_esco",
    "read_rome",
    "read_study",
]

_SKOS, _SSSOM, _OWL, _ESCO = (PREFIXES[prefix] for prefix in ("skos", "sssom", "owl", "esco"))
_BROADER = _SKOS + "broader"
_LABEL = _SKOS + "prefLabel"
_TYPE = PREFIXES["rdf"] + "type"
_SKILL_TYPE = _ESCO + "skillType"

LANGUAGES: Mapping[str, str] = {"esco": "en", "rome": "fr", "study": "fr"}
"""The language in which labels are compared among the jobs of a vocabulary: that in which it has them all."""

_ESSENTIAL, _OPTIONAL, _GROUP = (
    _ESCO + name for name in ("relatedEssentialSkill", "relatedOptionalSkill", "memberOfISCOGroup")
)
_HAS, _CORE, _EMERGING = (
    ONTOLOGY + name for name in ("hasRomeCompetence", "hasCoreCompetence", "hasEmergingCompetence")
)

PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "esco": (_ESSENTIAL, _OPTIONAL, _GROUP, _BROADER, _SKILL_TYPE, f"{_LABEL}@en"),
    "rome": (_HAS, _CORE, _EMERGING, _BROADER, _TYPE, f"{_LABEL}@fr"),
}
"""The properties that tell what the jobs of a vocabulary ask for, by its name."""

_REQUIREMENTS = {
    "essential": ONTOLOGY + "hasEssentialRequirement",
    "optional": ONTOLOGY + "hasOptionalRequirement",
    "emerging": ONTOLOGY + "hasEmergingRequirement",
}
_CONCERNS = ONTOLOGY + "concernsCompetence"
_SOURCE, _PROPERTY, _TARGET = (_OWL + f"annotated{part}" for part in ("Source", "Property", "Target"))
_CONFIDENCE = _SSSOM + "confidence"
_STATUS = ONTOLOGY + "linkStatus"

STUDY_PROPERTIES: tuple[str, ...] = (
    *_REQUIREMENTS.values(),
    _CONCERNS,
    _BROADER,
    _SOURCE,
    _PROPERTY,
    _TARGET,
    _CONFIDENCE,
    _STATUS,
    _TYPE,
    f"{_LABEL}@en",
    f"{_LABEL}@fr",
)
"""The properties that tell what this graph's own jobs ask for, and what that is called elsewhere."""

_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")


@dataclass(frozen=True)
class Asked:
    """What the jobs of a vocabulary ask for.

    Attributes:
        by_kind: The jobs with their competences, by kind: essential, optional, emerging.
        hierarchy: The competences with what is broader.
        jobs: All its jobs, those that ask for nothing too.
        sorts: The sort of each competence, as in ``terms.SORTS``, where it is told.
        labels: The label of each, by language.
    """

    by_kind: Mapping[str, Pairs]
    hierarchy: Pairs
    jobs: frozenset[str]
    sorts: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """What this graph's own jobs ask for.

    Attributes:
        asked: The jobs with their competences.
        links: Of each competence, the accepted links to concepts elsewhere, the closest first: exact before close,
            broad and narrow ones, and of the same relation the surest first.
    """

    asked: Asked
    links: Mapping[str, tuple[tuple[str, str], ...]]


def read_esco(relations: Relations) -> Asked:
    """Return ESCO's occupations; one that a release names without describing it is not among them.

    The tops of its hierarchies, such as "skills", have everything below them and tell nothing: they are left out.

    >>> read_esco({_GROUP: [("o", "g")], _ESSENTIAL: [("o", "s"), ("s", "t")], _OPTIONAL: [], _BROADER: []}).by_kind
    {'essential': [('o', 's')], 'optional': []}
    """
    jobs = frozenset(occupation for occupation, _ in relations[_GROUP])
    kinds = {"essential": _ESSENTIAL, "optional": _OPTIONAL}
    by_kind = {kind: [pair for pair in relations[name] if pair[0] in jobs] for kind, name in kinds.items()}
    not_top = {low for low, _ in relations[_BROADER]}
    hierarchy = [pair for pair in relations[_BROADER] if pair[1] in not_top]
    return Asked(by_kind, hierarchy, jobs, _read_sorts(relations, _SKILL_TYPE), _read_labels(relations, "en"))


def read_rome(relations: Relations) -> Asked:
    """Return ROME's fiches: what is at the core of a fiche is essential, what is neither core nor emerging optional."""
    core, emerging = set(relations[_CORE]), set(relations[_EMERGING])
    others = [pair for pair in relations[_HAS] if pair not in core and pair not in emerging]
    by_kind = {"essential": sorted(core), "optional": others, "emerging": sorted(emerging)}
    jobs = frozenset(fiche for fiche, _ in relations[_HAS])
    return Asked(by_kind, relations[_BROADER], jobs, _read_sorts(relations, _TYPE), _read_labels(relations, "fr"))


def read_study(relations: Relations) -> Study:
    """Return this graph's own jobs; what is asked of a group of jobs is not asked of its members."""
    concerns = dict(relations[_CONCERNS])
    by_kind = {
        kind: sorted(
            {(job, concerns[node]) for job, node in relations[name] if job.startswith(_JOB) and node in concerns}
        )
        for kind, name in _REQUIREMENTS.items()
    }
    jobs = frozenset(job for pairs in by_kind.values() for job, _ in pairs)
    hierarchy = [pair for pair in relations[_BROADER] if pair[0].startswith(_COMPETENCE)]
    sorts, labels = _read_sorts(relations, _TYPE), _read_labels(relations, "fr", "en")
    return Study(Asked(by_kind, hierarchy, jobs, sorts, labels), _read_links(relations))


READERS: Mapping[str, Callable[[Relations], Asked]] = {"esco": read_esco, "rome": read_rome}
"""What reads the jobs of a vocabulary, by its name."""

_JOB, _COMPETENCE = BASE + "job/", BASE + "competence/"

_SORTS: Mapping[str, str] = {
    ONTOLOGY + "RomeSkill": "skill",
    ONTOLOGY + "Skill": "skill",
    ONTOLOGY + "LanguageSkill": "skill",
    "http://data.europa.eu/esco/skill-type/skill": "skill",
    ONTOLOGY + "RomeKnowledge": "knowledge",
    ONTOLOGY + "Knowledge": "knowledge",
    ONTOLOGY + "Qualification": "knowledge",
    "http://data.europa.eu/esco/skill-type/knowledge": "knowledge",
    ONTOLOGY + "RomeAttitude": "attitude",
    ONTOLOGY + "Attitude": "attitude",
    ONTOLOGY + "RomeMacroCompetence": "heading",
}
"""The sort that a type means; of a competence with several types, the last of these counts."""


def _read_sorts(relations: Relations, property_: str) -> dict[str, str]:
    order = {type_: place for place, type_ in enumerate(_SORTS)}
    found = sorted((order[type_], subject) for subject, type_ in relations.get(property_, ()) if type_ in order)
    sorts = list(_SORTS.values())
    return {subject: sorts[place] for place, subject in found}


def _read_labels(relations: Relations, *languages: str) -> dict[str, dict[str, str]]:
    return {language: dict(relations.get(f"{_LABEL}@{language}", ())) for language in languages}


def _read_links(relations: Relations) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the accepted links of each competence: relation and concept, the closest first."""
    properties, targets = dict(relations[_PROPERTY]), dict(relations[_TARGET])
    sureness, status = dict(relations[_CONFIDENCE]), dict(relations[_STATUS])
    found: dict[str, list[tuple[int, float, str, str]]] = defaultdict(list)
    for record, subject in relations[_SOURCE]:
        relation = properties.get(record, "").removeprefix(_SKOS)
        if status.get(record) == "accepted" and subject.startswith(_COMPETENCE) and relation in _MATCHES:
            confidence = float(sureness.get(record, 0))
            found[subject].append((_MATCHES.index(relation), -confidence, relation, targets[record]))
    return {
        subject: tuple((relation, concept) for _, _, relation, concept in sorted(rows))
        for subject, rows in sorted(found.items())
    }
