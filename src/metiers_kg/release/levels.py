"""How much a change matters to who builds on the graph, so that its version can say so.

The rules are told in ``docs/reference/versioning.md``: major breaks what was promised, minor adds, patch corrects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from metiers_kg.errors import InputError
from metiers_kg.queries import Catalogue, SavedQuery
from metiers_kg.release.comparing import Difference, Thing
from metiers_kg.release.versions import LEVELS, Level, Version

__all__ = ["Reason", "Verdict", "judge", "reasons_of", "reasons_of_queries"]

_PROMISED = (
    *("job", "job-group", "competence", "factor", "sub-sector", "category", "horizon", "indicator"),
    *("organisation", "place", "source"),
)
"""Kinds whose IRIs stay: one goes only after it was deprecated, and at a major version. Statements come and go as the
texts are read better."""

_AXIOMS = (
    *("rdf:type", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf"),
    *("owl:equivalentClass", "owl:equivalentProperty", "owl:propertyChainAxiom", "owl:disjointWith"),
)
_RESTRICTING = ("rdf:type", "rdfs:domain", "rdfs:range", "owl:disjointWith")
"""Axioms that say of what was there what was not true before."""

_VERSION_TEXTS = ("owl:versionInfo", "owl:versionIRI", "owl:priorVersion", "dcat:version", "dcterms:modified")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change is of a level."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change asks of the version.

    Attributes:
        level: How much it matters.
        reasons: Why; those of this level alone.
        was: The version before; "" where it is not told.
        is_now: The version after.
        needed: The least version that says what changed; "" where the version before is not told.
    """

    level: Level
    reasons: tuple[str, ...]
    was: str
    is_now: str
    needed: str

    @property
    def is_enough(self) -> bool:
        """Whether the version after says what changed."""
        try:
            return not self.needed or Version.parse(self.is_now) >= Version.parse(self.needed)
        except InputError:
            return False


def judge(reasons: list[Reason], was: str, is_now: str) -> Verdict:
    """Return what the reasons together ask of the version.

    >>> verdict = judge([Reason("patch", "a label"), Reason("minor", "a job more")], "0.1.0", "0.1.1")
    >>> verdict.level, verdict.needed, verdict.is_enough
    ('minor', '0.2.0', False)
    """
    level = _highest([reason.level for reason in reasons])
    try:
        needed = str(Version.parse(was).raised(level))
    except InputError:
        needed = ""
    return Verdict(level, tuple(r.text for r in reasons if r.level == level), was, is_now, needed)


def _highest(levels: Iterable[Level]) -> Level:
    return LEVELS[max(map(LEVELS.index, levels), default=0)]


def reasons_of(difference: Difference) -> Iterator[Reason]:
    """Yield what the differences of the graph are worth."""
    for kind, group in difference.groups.items():
        is_promised = kind in _PROMISED or kind == "term"
        for thing in group.removed:
            if kind == "axiom":
                yield Reason("major", f"axiom removed: {thing.label}")
            elif is_promised and thing.was_deprecated:
                yield Reason("major", f"{kind} removed after its deprecation: {thing.label}")
            elif is_promised:
                yield Reason("major", f"{kind} removed, and was not deprecated: {thing.label}")
            else:
                yield Reason("patch", f"{kind} withdrawn: {thing.label}")
        for thing in group.added:
            yield Reason("major" if kind == "axiom" else "minor", f"{kind} added: {thing.label}")
        for thing in group.changed:
            yield _of_change(kind, thing)


def _of_change(kind: str, thing: Thing) -> Reason:
    if thing.is_deprecated and not thing.was_deprecated:
        return Reason("minor", f"{kind} deprecated: {thing.label}")
    level: Level = "none"
    for detail in thing.details:
        if detail.property in _VERSION_TEXTS:
            continue
        found: Level = "patch"
        if kind == "term" and detail.property in _AXIOMS:
            is_narrower = detail.removed or (detail.added and detail.property in _RESTRICTING)
            found = "major" if is_narrower else "minor"
        elif detail.property == "rdf:type":
            found = "minor"
        level = _highest([level, found])
    return Reason(level, f"{kind} changed: {thing.label}")


def reasons_of_queries(old: Catalogue | None, new: Catalogue | None) -> Iterator[Reason]:
    """Yield what the differences of the saved queries are worth to who calls them."""
    if old is None or new is None:
        return
    for name in sorted({*old, *new}):
        if name not in new:
            yield Reason("major", f"query removed: {name}")
        elif name not in old:
            yield Reason("minor", f"query added: {name}")
        elif old[name].version != new[name].version:
            yield _of_query(old[name], new[name])


def _of_query(was: SavedQuery, now: SavedQuery) -> Reason:
    before, after = ({p.name: p for p in query.parameters} for query in (was, now))
    gone = sorted({*before} - {*after} | {*was.columns} - {*now.columns})
    if gone:
        return Reason("major", f"query {now.name}: no more {', '.join(gone)}")
    asked = sorted(n for n, p in after.items() if p.required and not (n in before and before[n].required))
    if asked:
        return Reason("major", f"query {now.name}: now requires {', '.join(asked)}")
    new = sorted({*after} - {*before} | {*now.columns} - {*was.columns})
    if new:
        return Reason("minor", f"query {now.name}: new {', '.join(new)}")
    return Reason("patch", f"query {now.name}: other text")
