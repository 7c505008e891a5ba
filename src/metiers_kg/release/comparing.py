"""`compare` says what changed between two releases: each thing that came, went or changed, from what to what.

What is compared is what people wrote (ontology, data, links), resource by resource and not file by file. What follows
from it by reasoning and measuring is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from metiers_kg.reasoner.terms import Triple
from metiers_kg.release.described import Described, term_of
from metiers_kg.release.entities import Entities
from metiers_kg.release.opening import Release
from metiers_kg.release.terms import read_text, shorten

__all__ = ["Detail", "Difference", "Group", "Thing", "Value", "compare"]

_DEPRECATED = term_of("owl:deprecated")
_REPLACED = term_of("dcterms:isReplacedBy")


@dataclass(frozen=True, slots=True)
class Value:
    """A value, with its label; of a text the label is the text."""

    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What changed in one property.

    Attributes:
        property: Its short name, such as ``skos:prefLabel``.
        label: Its label.
        language: The language of the texts; "" where they have none.
        removed: What is no more said.
        added: What is said now.
    """

    property: str
    label: str
    language: str
    removed: tuple[Value, ...]
    added: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource that came, went or changed.

    Attributes:
        iri: Its IRI; of an axiom without one, its text.
        label: Its label.
        details: What changed; none where it came or went.
        was_deprecated: Whether it was deprecated before.
        is_deprecated: Whether it is now.
        successors: What replaces it, where it is deprecated.
    """

    iri: str
    label: str
    details: tuple[Detail, ...] = ()
    was_deprecated: bool = False
    is_deprecated: bool = False
    successors: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one kind of things, each sorted by label."""

    added: tuple[Thing, ...]
    removed: tuple[Thing, ...]
    changed: tuple[Thing, ...]

    @property
    def deprecated(self) -> tuple[Thing, ...]:
        """Those that are deprecated now, and were not."""
        return tuple(t for t in (*self.changed, *self.added) if t.is_deprecated and not t.was_deprecated)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one release to another.

    Attributes:
        groups: By kind of things, those that differ alone, in the order of ``KINDS_OF_THINGS``.
        graphs: The statements that each graph lost and got, by its name.
        notes: What a reader must know to read it right.
    """

    groups: Mapping[str, Group]
    graphs: Mapping[str, tuple[int, int]]
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed at all."""
        return not self.groups and not any(lost or got for lost, got in self.graphs.values())


def compare(old: Release, new: Release, lang: str = "fr") -> Difference:
    """Return what changed from *old* to *new*, with labels in *lang* where there are some."""
    notes = []
    if not (old.has_graphs and new.has_graphs):
        names = " and ".join(release.name for release in (old, new) if not release.has_graphs)
        notes.append(
            f"{names}: no named graphs, so that what was inferred cannot be told from what was written; all is compared"
        )
    before, after = (_entities(release, old, new) for release in (old, new))
    sides = (before, after)
    groups: dict[str, dict[str, list[Thing]]] = defaultdict(lambda: defaultdict(list))
    for name in sorted({*before.names, *after.names}):
        if name not in before.names:
            groups[after.kind(name)]["added"].append(_whole(after, name, lang))
        elif name not in after.names:
            groups[before.kind(name)]["removed"].append(_whole(before, name, lang))
        elif before.statements(name) != after.statements(name):
            groups[after.kind(name)]["changed"].append(_changed(sides, name, lang))
    order = {kind: place for place, kind in enumerate(Entities.KINDS)}
    return Difference(
        groups={
            kind: Group(*(_sorted(groups[kind][what]) for what in ("added", "removed", "changed")))
            for kind in sorted(groups, key=lambda kind: order[kind])
        },
        graphs=_graphs(old, new),
        notes=tuple(notes),
    )


def _entities(release: Release, old: Release, new: Release) -> Entities:
    if old.has_graphs and new.has_graphs:
        return Entities(release.described)
    return Entities(Described(triple for triples in release.graphs.values() for triple in triples))


def _sorted(things: Iterable[Thing]) -> tuple[Thing, ...]:
    return tuple(sorted(things, key=lambda thing: (thing.label.casefold(), thing.iri)))


def _whole(side: Entities, name: str, lang: str) -> Thing:
    deprecated = _is_deprecated(side, name)
    return Thing(
        iri=_plain(name),
        label=side.label(name, lang),
        was_deprecated=deprecated,
        is_deprecated=deprecated,
        successors=_successors(side, name, lang),
    )


def _changed(sides: tuple[Entities, Entities], name: str, lang: str) -> Thing:
    before, after = sides
    return Thing(
        iri=_plain(name),
        label=after.label(name, lang),
        details=tuple(_details(sides, name, lang)),
        was_deprecated=_is_deprecated(before, name),
        is_deprecated=_is_deprecated(after, name),
        successors=_successors(after, name, lang),
    )


def _details(sides: tuple[Entities, Entities], name: str, lang: str) -> Iterator[Detail]:
    before, after = sides
    was, now = before.statements(name), after.statements(name)
    for predicate in sorted({*was, *now}, key=lambda one: (_rank(one), one)):
        here, there = was.get(predicate, set()), now.get(predicate, set())
        removed, added = here - there, there - here
        for language in sorted({_language(value) for value in removed | added}):
            yield Detail(
                property=_property(predicate),
                label=after.property_label(predicate, lang) or before.property_label(predicate, lang),
                language=language,
                removed=_values(before, removed, language, lang),
                added=_values(after, added, language, lang),
            )


def _values(side: Entities, terms: Iterable[str], language: str, lang: str) -> tuple[Value, ...]:
    found = (Value(_plain(term), side.value_label(term, lang)) for term in terms if _language(term) == language)
    return tuple(sorted(found, key=lambda value: (value.label, value.term)))


def _language(term: str) -> str:
    return read_text(term).language if term.startswith('"') else ""


def _plain(term: str) -> str:
    """Return an IRI, the text of a literal, or what else it is as it stands."""
    if term.startswith("<"):
        return term[1:-1]
    return read_text(term).text if term.startswith('"') else term


def _property(predicate: str) -> str:
    """Return the short name of a property, after "^" where it is told of what it points to."""
    name = predicate.removeprefix("^")
    return predicate[: -len(name)] + shorten(name[1:-1]) if name.startswith("<") else name


def _rank(predicate: str) -> int:
    first = [term_of(name) for name in ("owl:deprecated", "dcterms:isReplacedBy", "rdf:type", "skos:prefLabel")]
    return first.index(predicate) if predicate in first else len(first)


def _is_deprecated(side: Entities, name: str) -> bool:
    return any(read_text(value).text == "true" for value in side.statements(name).get(_DEPRECATED, ()))


def _successors(side: Entities, name: str, lang: str) -> tuple[Value, ...]:
    if not _is_deprecated(side, name):
        return ()
    return _values(side, side.statements(name).get(_REPLACED, ()), "", lang)


def _graphs(old: Release, new: Release) -> dict[str, tuple[int, int]]:
    if not (old.has_graphs and new.has_graphs):
        return {"": _count(_all(old), _all(new))}
    names = sorted({*old.graphs, *new.graphs})
    return {name: _count(old.graphs.get(name, ()), new.graphs.get(name, ())) for name in names}


def _all(release: Release) -> list[Triple]:
    return [triple for triples in release.graphs.values() for triple in triples]


def _count(was: Sequence[Triple], now: Sequence[Triple]) -> tuple[int, int]:
    """Return how many statements went and came; those of blank nodes by what they say, whatever they are called."""
    before, after = (set(Entities.canonical(triples)) for triples in (was, now))
    return len(before - after), len(after - before)
