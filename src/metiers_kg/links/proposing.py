"""Proposals of links as rows of SSSOM: what fits, how likely, and why; for a person to accept or refuse."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from metiers_kg import __version__
from metiers_kg.links.concepts import Concept, Vocabulary, read_vocabulary
from metiers_kg.links.link import LITERAL, NO_TERM, PREDICATES, SCHEMES, Link
from metiers_kg.links.review import Review
from metiers_kg.links.rules import undecided
from metiers_kg.links.subjects import Name, Subject
from metiers_kg.links.triples import read_statements
from metiers_kg.links.words import forms
from metiers_kg.vocabulary import BASE, PREFIXES, compact, graph_iri

if TYPE_CHECKING:
    from metiers_kg.links.matching import KnownLink, Scored

__all__ = ["Imports", "Proposals", "describe", "propose"]

_RELATIONS = tuple(f"{PREFIXES['skos']}{name.partition(':')[2]}" for name in PREDICATES)
_MAPPED = PREFIXES["skos"] + "mappingRelation"
_CLOSE, _NEAR = 0.75, 0.45
_LEAST = 0.005
"""What is less likely is not proposed."""

_SOURCES = {
    ("esco", "job"): "http://data.europa.eu/esco/concept-scheme/occupations",
    ("esco", "competence"): "http://data.europa.eu/esco/concept-scheme/skills",
    ("isco", "job"): "http://data.europa.eu/esco/concept-scheme/isco",
    ("rome", "job"): graph_iri("rome"),
    ("rome", "competence"): graph_iri("rome"),
}
_FAMILIES = {
    "names": ("name", "text", "equal"),
    "hierarchy": ("beside", "near", "known", "around"),
    "chain": ("chain",),
}
_MEASURE = "cosine of the character n-grams of the nearest names"
_TOOL = "metiers-kg align"

Lines = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Imports:
    """The imported graphs that proposals are made of, as N-Triples lines to read when needed.

    Attributes:
        graphs: What gives the lines of "esco", "rome" and "crosswalk", those that are imported.
    """

    graphs: Mapping[str, Lines]

    def vocabulary(self, scheme: str, kind: str) -> Vocabulary:
        """Return the concepts of a scheme; none where nothing is imported, or it has none of that kind."""
        lines = self.graphs.get(SCHEMES[scheme].imports)
        return read_vocabulary(lines(), scheme, kind) if lines else Vocabulary("", {})

    def table(self, predicates: Sequence[str]) -> list[tuple[str, str, str]]:
        """Return the official table: appellation or fiche, relation, ESCO or ISCO concept."""
        lines = self.graphs.get("crosswalk")
        if not lines:
            return []
        return [(row.subject, compact(row.predicate), row.iri) for row in read_statements(lines(), predicates)]


@dataclass(slots=True)
class Proposals:
    """What was proposed for one kind of subject.

    Attributes:
        scheme: The scheme the objects belong to.
        kind: "job" or "competence".
        version: The version of its release.
        terms: How many terms were asked for.
        links: The proposals: by term in the order given, the likeliest first.
    """

    scheme: str
    kind: str
    version: str
    terms: int
    links: list[Link] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The IRI of what the objects belong to."""
        return _SOURCES[self.scheme, self.kind]


def propose(
    scheme: str,
    imports: Imports,
    review: Review,
    subjects: Mapping[str, Subject],
    terms: Sequence[Subject] | None = None,
    *,
    limit: int = 5,
    again: bool = False,
) -> list[Proposals]:
    """Propose links to a scheme.

    Args:
        scheme: "esco", "rome" or "isco".
        imports: The imported vocabularies.
        review: What was decided, refused and replaced: neither is proposed again.
        subjects: The jobs and competences of the data, by IRI.
        terms: The terms to link; None for the jobs and competences that nothing is decided for.
        limit: How many concepts to propose for a term.
        again: Also for jobs and competences that are decided; what is linked to them already is left out.
    """
    found = []
    for kind in ("job", "competence"):
        if (scheme, kind) not in _SOURCES:
            continue
        if terms is None:
            of_kind = {iri for iri, subject in subjects.items() if subject.kind == kind}
            open_ones = sorted(of_kind) if again else undecided(of_kind, review.links(scheme, kind))
            asked = [subjects[iri] for iri in open_ones]
        else:
            asked = [term for term in terms if term.kind == kind]
        if asked:
            found.append(_Proposing(scheme, kind, imports, review, subjects).propose(asked, limit))
    return found


class _Proposing:
    """Proposals for one scheme and kind of subject."""

    def __init__(
        self, scheme: str, kind: str, imports: Imports, review: Review, subjects: Mapping[str, Subject]
    ) -> None:
        self._scheme, self._kind = scheme, kind
        self._imports, self._review, self._subjects = imports, review, subjects
        self._vocabulary = imports.vocabulary(scheme, kind)

    def propose(self, terms: Sequence[Subject], limit: int) -> Proposals:
        """Return the proposals for *terms*."""
        from metiers_kg.links.matching import Matcher

        concepts = self._vocabulary.concepts
        proposals = Proposals(self._scheme, self._kind, self._vocabulary.version, len(terms))
        if not concepts:
            return proposals
        barred = defaultdict(set)
        for subject, target in self._review.remembered():
            barred[subject].add(target)
        for link in self._review.links(self._scheme, self._kind):
            barred[link.subject].add(link.object)
        matcher = Matcher(concepts, self._known(), {name.language for term in terms for name in term.names})
        found = dict.fromkeys(term.iri for term in terms)
        rows: dict[str, list[Link]] = {iri: [] for iri in found}
        for term, scored in matcher.propose(terms, limit=limit, hints=self._hints(terms), exclude=barred):
            rows[term.iri] = [
                self._link(term, concepts[one.object], one) for one in scored if one.probability >= _LEAST
            ]
        proposals.links = [link for iri in found for link in rows[iri]]
        return proposals

    def _known(self) -> list[KnownLink]:
        """Return the links that names can be chained through: the official table's, and the reviewed ones."""
        from metiers_kg.links.matching import KnownLink

        known = [
            KnownLink(self._subjects[link.subject], link.object, link.predicate)
            for link in self._review.links(self._scheme, self._kind)
            if link.is_match and link.subject in self._subjects
        ]
        if (self._scheme, self._kind) == ("esco", "job"):
            appellations = self._appellations()
            known += [
                KnownLink(_as_subject(appellations[row]), target, predicate)
                for row, predicate, target in self._imports.table(_RELATIONS)
                if row in appellations
            ]
        return known

    @cache  # noqa: B019  one object a run
    def _appellations(self) -> dict[str, Concept]:
        return self._imports.vocabulary("rome", "job").concepts

    def _hints(self, terms: Sequence[Subject]) -> dict[str, dict[str, float]]:
        """Return what the reviewed links of a term to another scheme lead to by the official tables."""
        hints: dict[str, dict[str, float]] = {}
        if self._kind != "job":
            return hints
        steps: defaultdict[str, set[str]] = defaultdict(set)
        for row, _, target in self._imports.table((*_RELATIONS, _MAPPED)):
            steps[row].add(target)
            if self._scheme == "rome":
                steps[target].add(row)
        if self._scheme == "isco":
            for occupation in self._imports.vocabulary("esco", "job").concepts.values():
                steps[occupation.iri].update(occupation.parents[:1])
        asked = {term.iri for term in terms}
        for other in SCHEMES:
            for link in self._review.links(other, "job") if other != self._scheme else ():
                if link.subject in asked and link.object != NO_TERM:
                    for target in steps.get(link.object, ()):
                        of_term = hints.setdefault(link.subject, {})
                        of_term[target] = max(of_term.get(target, 0.0), link.confidence or 0.0)
        return hints

    def _link(self, term: Subject, concept: Concept, scored: Scored) -> Link:
        own, name = _nearest_names(term, concept, scored.language)
        family = max(_FAMILIES, key=lambda key: sum(scored.contributions.get(part, 0.0) for part in _FAMILIES[key]))
        equal = scored.features["equal"] > 0
        justification = {
            "names": "LexicalMatching" if equal else "LexicalSimilarityThresholdMatching",
            "hierarchy": "StructuralMatching",
            "chain": "MappingChaining",
        }["names" if equal else family]
        literal = not term.iri.startswith("http")
        return Link(
            subject="" if literal else term.iri,
            subject_label=term.label,
            predicate="skos:broadMatch" if self._scheme == "isco" else _predicate(own, name, scored),
            object=concept.iri,
            object_label=concept.label,
            justification=f"semapv:{justification}",
            confidence=round(scored.probability, 2),
            comment="; ".join(_reasons(own, name, scored)),
            slots={
                **({"subject_type": LITERAL} if literal else {}),
                "mapping_tool": _TOOL,
                "mapping_tool_version": __version__,
                "object_source": _SOURCES[self._scheme, self._kind],
                "object_source_version": self._vocabulary.version,
                "match_string": name.text if name else "",
                "similarity_score": f"{scored.features['name']:.2f}",
                "similarity_measure": _MEASURE,
            },
        )


def describe(proposals: Sequence[Proposals], date: str) -> dict[str, object]:
    """Return the header of a file of proposals: the prefixes that its rows use, and what made them."""
    scheme = SCHEMES[proposals[0].scheme]
    prefixes = {kind: f"{BASE}{kind}/" for kind in ("job", "competence", "source", "graph")}
    prefixes |= {**scheme.prefixes, "esco_scheme": "http://data.europa.eu/esco/concept-scheme/"}
    own = {re.sub(r"[^/#]*$", "", link.subject) for found in proposals for link in found.links if link.subject}
    for number, namespace in enumerate(sorted(own - set(prefixes.values())), start=1):
        prefixes[f"term{number}"] = namespace
    used = {iri for found in proposals for link in found.links for iri in (link.subject, link.object, found.source)}
    return {
        "curie_map": {
            prefix: namespace
            for prefix, namespace in sorted(prefixes.items())
            if any(iri.startswith(namespace) for iri in used)
        },
        "mapping_set_id": f"{BASE}mappings/candidates",
        "mapping_set_version": date,
        "mapping_set_title": f"Candidates for links to {scheme.title}",
        "mapping_set_description": f"Proposed by {_TOOL} {__version__}; nobody has reviewed them.",
        "creator_label": ["The metiers_kg developers"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "mapping_date": date,
    }


def _as_subject(concept: Concept) -> Subject:
    names = [name for name in concept.names if name.language == "fr"]
    return Subject(concept.iri, "job", names, tuple(dict.fromkeys(concept.parents)))


def _nearest_names(term: Subject, concept: Concept, language: str) -> tuple[Name | None, Name | None]:
    """Return the names of term and concept that are nearest in a language."""
    from rapidfuzz import fuzz

    pairs = [
        (max(fuzz.token_sort_ratio(a, b) for a in forms(own.text) for b in forms(name.text)), own, name)
        for own in term.names
        if own.language == language and forms(own.text)
        for name in concept.names
        if name.language == language and forms(name.text)
    ]
    if not pairs:
        return None, None
    _, own, name = max(pairs, key=lambda pair: (pair[0], pair[1].rank == "pref", pair[2].rank == "pref"))
    return own, name


def _predicate(own: Name | None, name: Name | None, scored: Scored) -> str:
    """Return the relation to propose: by the names, else by the table, else a guess that claims little."""
    if scored.features["equal"] > 0:
        return "skos:exactMatch"
    if scored.chain and scored.features["chain"] > _CLOSE:
        return scored.chain.predicate if scored.chain.predicate != "skos:exactMatch" else "skos:closeMatch"
    if own and name:
        ours, theirs = set(" ".join(forms(own.text)).split()), set(" ".join(forms(name.text)).split())
        if theirs < ours:
            return "skos:broadMatch"
        if ours < theirs:
            return "skos:narrowMatch"
    return "skos:closeMatch" if scored.features["name"] > _CLOSE else "skos:relatedMatch"


def _reasons(own: Name | None, name: Name | None, scored: Scored) -> Iterable[str]:
    features = scored.features
    if own and name and features["name"] > _NEAR:
        kind = "label" if own.rank == name.rank == "pref" else "synonym"
        other = "" if own.language == "fr" else f", other language ({own.language})"
        same = "equal" if features["equal"] > 0 else f"{features['name']:.2f}"
        yield f"{kind}{other}: {own.text} = {name.text} ({same})"
    if scored.chain and features["chain"] > _NEAR:
        table = "crosswalk" if scored.chain.subject.iri.startswith(f"{BASE}rome/") else "reviewed links"
        yield f"via {table}: {scored.chain.subject.label} {scored.chain.predicate} ({features['chain']:.2f})"
    elif features["chain"] > 0 and scored.contributions.get("chain"):
        yield f"via crosswalk and reviewed links ({features['chain']:.2f})"
    if features["known"] > 0:
        yield f"hierarchy: known links of its group lead here ({features['known'] ** 2:.2f})"
    elif features["around"] > 0:
        yield "hierarchy: known links of its group lead nearby"
    elif features["beside"] ** 2 > 1 - _CLOSE:
        yield "hierarchy: other terms of its group lead here"
    if features["text"] > _NEAR:
        yield f"description: shared words ({features['text']:.2f})"
