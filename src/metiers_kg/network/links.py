"""The network as it stands in the graph: its nodes and what ties them, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metiers_kg.explanation import explain_address
from metiers_kg.store import Iri, Literal, Store
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES, kind_and_slug

__all__ = ["DOMAINS", "KINDS", "LEVELS", "SORTS", "STATED", "Link", "Network", "Node"]

KINDS: Mapping[str, str] = {
    "job": ONTOLOGY + "Job",
    "competence": ONTOLOGY + "Competence",
    "factor": ONTOLOGY + "EvolutionFactor",
    "sub-sector": ONTOLOGY + "SubSector",
    "job-group": ONTOLOGY + "JobGroup",
}
"""The kinds of nodes, with their classes."""

SORTS: Mapping[str, str] = {
    "knowledge": ONTOLOGY + "Knowledge",
    "skill": ONTOLOGY + "Skill",
    "attitude": ONTOLOGY + "Attitude",
    "language": ONTOLOGY + "LanguageSkill",
    "qualification": ONTOLOGY + "Qualification",
}
"""What a competence can be, with its class."""

DOMAINS: Mapping[str, str] = {
    name: f"{ONTOLOGY}{name.capitalize()}Factor" for name in ("technological", "economic", "regulatory", "societal")
}
"""What a factor can be of, with its class."""

LEVELS: tuple[str, ...] = ("essential", "optional", "emerging")
"""How a job asks for a competence."""

STATED: tuple[str, ...] = ("explicit", "inferred")
"""How a text says something: in so many words, or read between the lines."""

_EFFECTS = (
    "raisesNeedFor",
    "changesContentOf",
    "creates",
    "threatens",
    "constrains",
    "opensGrowthFor",
    "affectsOtherwise",
)
_SKOS = PREFIXES["skos"]
_CONCLUDED = ("requiresCompetence", "isAffectedBy", "isActiveIn")
"""The shortcuts that the reasoner draws from statements; each can be explained."""

_REQUIREMENTS = """
SELECT ?statement ?job ?competence ?level ?stated ?modality WHERE {
  VALUES (?property ?level) { (mkg:hasEssentialRequirement "essential") (mkg:hasOptionalRequirement "optional")
    (mkg:hasEmergingRequirement "emerging") }
  ?job ?property ?statement .
  ?statement mkg:concernsCompetence ?competence ; mkg:statedAs ?stated ; mkg:modality ?modality .
} ORDER BY ?statement ?level"""

_IMPACTS = """
SELECT ?statement ?factor ?target ?effect ?stated ?modality WHERE {{
  VALUES ?effect {{ {effects} }}
  ?statement mkg:ofFactor ?factor ; ?effect ?target ; mkg:statedAs ?stated ; mkg:modality ?modality .
}} ORDER BY ?statement ?target"""

_EVOLUTIONS = """
SELECT ?statement ?job ?sector ?category ?stated ?modality WHERE {
  ?statement mkg:evolutionOf ?job ; mkg:inSubSector ?sector ; mkg:hasCategory ?category ; a mkg:JobEvolution ;
    mkg:statedAs ?stated ; mkg:modality ?modality .
} ORDER BY ?statement"""


@dataclass(frozen=True, slots=True)
class Node:
    """Something that is tied to others.

    Attributes:
        iri: Its IRI.
        kind: One of ``KINDS``.
        sorts: Of a competence, those of ``SORTS`` that it is; of a factor, its ``DOMAINS``; else none.
    """

    iri: str
    kind: str
    sorts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What ties two nodes.

    Attributes:
        source: The IRI of the one: the job of what it requires, the factor of what it touches, the narrower of a pair.
        target: The IRI of the other.
        kind: ``requires``, ``affects``, ``active-in``, ``broader``, ``member`` or ``near``.
        relation: The IRI of the property, or "" for nearness, which is measured.
        statement: The IRI of the statement that says so, or "".
        level: Of what is required, one of ``LEVELS``.
        stated: One of ``STATED``, or "".
        modality: ``stated``, ``conditional``, or "".
        category: The IRI of the category of an evolution, or "".
        why: The address of the explanation, where the reasoner drew a shortcut from it; else "".
        score: How near, from 0 to 1, where that is measured.
    """

    source: str
    target: str
    kind: str
    relation: str = ""
    statement: str = ""
    level: str = ""
    stated: str = ""
    modality: str = ""
    category: str = ""
    why: str = ""
    score: float | None = None

    def other(self, iri: str) -> str:
        """Return the end that is not *iri*."""
        return self.target if iri == self.source else self.source


@dataclass(frozen=True)
class Network:
    """All nodes and links.

    Attributes:
        nodes: The nodes by IRI.
        links: What ties them, each with both ends among the nodes.
    """

    nodes: Mapping[str, Node]
    links: tuple[Link, ...]

    @classmethod
    def read(cls, store: Store) -> Network:
        """Read the network of a graph: a few thousand triples, some tens of milliseconds."""
        nodes = {node.iri: node for node in _nodes(store)}
        concluded = {name: set(_pairs(store, f"mkg:{name}")) for name in _CONCLUDED}
        links = (*_statements(store, concluded), *_ties(store))
        return cls(nodes, tuple(link for link in links if link.source in nodes and link.target in nodes))


def _nodes(store: Store) -> Iterator[Node]:
    kinds = {class_iri: kind for kind, class_iri in KINDS.items()}
    sorts = {class_iri: sort for sort, class_iri in {**SORTS, **DOMAINS}.items()}
    classes = " ".join(f"<{class_iri}>" for class_iri in (*kinds, *sorts))
    found: dict[str, tuple[str, list[str]]] = {}
    for thing, class_ in store.rows(f"SELECT ?thing ?class {{ VALUES ?class {{ {classes} }} ?thing a ?class }}"):
        if isinstance(thing, Iri) and isinstance(class_, Iri):
            kind = (kind_and_slug(thing.value) or ("",))[0]
            if kind in KINDS:  # what ESCO and ROME have of these classes is told elsewhere
                found.setdefault(thing.value, (kind, []))[1].append(sorts.get(class_.value, ""))
    order = [*SORTS, *DOMAINS]
    for iri in sorted(found):
        kind, told = found[iri]
        yield Node(iri, kind, tuple(sorted({sort for sort in told if sort}, key=order.index)))


def _statements(store: Store, concluded: Mapping[str, set[tuple[str, str]]]) -> Iterator[Link]:
    for statement, job, competence, level, stated, modality in _texts(store, _REQUIREMENTS):
        yield Link(
            job,
            competence,
            "requires",
            ONTOLOGY + "requiresCompetence",
            statement,
            level=level,
            stated=stated,
            modality=modality,
            why=_why(concluded, job, "requiresCompetence", competence),
        )
    effects = " ".join(f"mkg:{name}" for name in _EFFECTS)
    for statement, factor, target, effect, stated, modality in _texts(store, _IMPACTS.format(effects=effects)):
        why = _why(concluded, target, "isAffectedBy", factor)
        yield Link(factor, target, "affects", effect, statement, stated=stated, modality=modality, why=why)
    for statement, job, sector, category, stated, modality in _texts(store, _EVOLUTIONS):
        yield Link(
            job,
            sector,
            "active-in",
            ONTOLOGY + "isActiveIn",
            statement,
            stated=stated,
            modality=modality,
            category=category,
            why=_why(concluded, job, "isActiveIn", sector),
        )


def _ties(store: Store) -> Iterator[Link]:
    for kind, name in (("broader", "broader"), ("member", "member")):
        for source, target in sorted(_pairs(store, f"skos:{name}")):
            why = explain_address((f"<{source}>", f"<{_SKOS}{name}>", f"<{target}>")) if kind == "broader" else ""
            yield Link(source, target, kind, _SKOS + name, why=why)


def _why(concluded: Mapping[str, set[tuple[str, str]]], subject: str, name: str, object_: str) -> str:
    if (subject, object_) not in concluded[name]:
        return ""
    return explain_address((f"<{subject}>", f"<{ONTOLOGY}{name}>", f"<{object_}>"))


def _pairs(store: Store, prefixed: str) -> Iterator[tuple[str, str]]:
    for one, two in store.rows(f"SELECT DISTINCT ?one ?two {{ ?one {prefixed} ?two }}"):
        if isinstance(one, Iri) and isinstance(two, Iri) and kind_and_slug(one.value) and kind_and_slug(two.value):
            yield one.value, two.value


def _texts(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.rows(query):
        yield tuple(term.value if isinstance(term, Iri | Literal) else "" for term in row)
