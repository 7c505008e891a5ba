"""Names of resources: from a label, slug, code or IRI to the resource, and back to its label.

The project's own resources are read at once. Where a name is not among theirs, it is looked for among the names of the
published concepts (ESCO, ROME) that they are linked to; among all of those only where no class is asked for.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from metiers_kg.errors import UnknownResourceError
from metiers_kg.queries.replaced import find_successors
from metiers_kg.store import Iri, Literal, Rows, Store, Term, Truth
from metiers_kg.store.name_index import NameIndex
from metiers_kg.vocabulary import (
    KINDS,
    LABELS,
    ONTOLOGY,
    PREFIXES,
    VOCABULARY_GRAPHS,
    compact,
    expand,
    fold,
    fold_lines,
    kind_and_slug,
    mint,
)

__all__ = ["Hit", "Names", "describe_expected", "fold", "kind_of", "read_iri", "short_name"]

_SKOS = PREFIXES["skos"]
_MATCHES = tuple(_SKOS + name for name in ("exactMatch", "closeMatch", "narrowMatch", "broadMatch", "relatedMatch"))
_APPELLATION = ONTOLOGY + "RomeAppellation"

# The kinds that people look for stand before the statements about them.
_FIRST_KINDS = (
    ("job", "competence", "factor", "sub-sector", "organisation"),
    ("job-group", "category", "horizon", "indicator", "strategy", "recruitment", "activity", "place", "rome", "source"),
)
_RANKS = {kind: rank for rank, kinds in enumerate(_FIRST_KINDS) for kind in kinds}
_LAST_RANK = len(_FIRST_KINDS)

_PREFERRED = (_SKOS + "prefLabel", PREFIXES["rdfs"] + "label")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_ABSOLUTE = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*://|urn:).+")
_SUGGESTIONS = 5

# Scores. Each band lies above the next, whatever the kind and the strength of the name.
_EXACT = 100.0
_WORDS = 86.0
_LEAST_SURE = 50.0
_SIMILAR = 49.0
_FUZZY_CUTOFF = 75.0
_LEAST_INSIDE = 3
_READ_FOR_EACH = 30
"""The names that are read from the index of the vocabularies for each that is to be shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A resource found by a search.

    Attributes:
        iri: The resource.
        label: Its label in the language asked for.
        matched: The name that matched.
        lang: The language of *matched*, empty for a code.
        kind: Its kind (``job``, ``competence`` …), or ``term`` for the ontology's, or ``other``.
        score: From 0 to 100.
    """

    iri: str
    label: str
    matched: str
    lang: str
    kind: str
    score: float


class Names:
    """The names of everything in a store.

    Args:
        store: The graph.
        index: The file of the names of its imported vocabularies (``metiers_kg.store.name_index``); without it they
            are read into memory when first asked for, which takes seconds.

    >>> names = Names(Store.memory('''
    ... @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ... <https://w3id.org/metiers-kg/job/ingenieur-qualite> skos:prefLabel
    ...     "Ingénieur qualité"@fr, "Quality engineer"@en .
    ... '''))
    >>> names.resolve("quality engineer")
    'https://w3id.org/metiers-kg/job/ingenieur-qualite'
    >>> names.label("https://w3id.org/metiers-kg/job/ingenieur-qualite")
    'Ingénieur qualité'
    >>> [hit.matched for hit in names.search("ingen")]
    ['Ingénieur qualité']
    """

    def __init__(self, store: Store, index: Path | None = None) -> None:
        self._store = store
        self._index = index
        graphs = [
            graph.value for (graph,) in store.rows("SELECT DISTINCT ?g { GRAPH ?g {} }") if isinstance(graph, Iri)
        ]
        self._published_graphs = [graph for graph in graphs if graph in VOCABULARY_GRAPHS]
        self._own_graphs = [graph for graph in graphs if graph not in VOCABULARY_GRAPHS]
        self._own = _Index(store, self._own_graphs if self._published_graphs else None)
        self._instances: dict[str, list[str]] = {}
        self._members: dict[str, frozenset[str]] = {}
        self._other_labels: dict[str, dict[str, str]] = {}

    def resolve(self, text: str, class_iri: str | None = None) -> str:
        """Return the resource that *text* names.

        *text* is an IRI, a prefixed name, ``kind/slug``, a slug, a code, or a label in any language; case, accents and
        apostrophes do not matter. Preferred labels win over alternative ones, jobs and competences over statements;
        with *class_iri*, a ROME or ESCO name stands for the instance that is linked to it.

        Raises:
            UnknownResourceError: Nothing, or more than one thing, has that name; the nearest names are suggested.
        """
        text = text.strip()
        iri = read_iri(text)
        if iri is not None:
            found = [iri] if self._is_known(iri) else []
            chosen = found if class_iri is None else self._within(found, class_iri)
        else:
            chosen = self._named(text, class_iri)
        if len(chosen) == 1:
            return chosen[0]
        expected = describe_expected(class_iri)
        unlinked = None if chosen or class_iri is None else self._find_published(text, iri)
        if unlinked is not None:
            expected += f"; {compact(unlinked)} is “{self.label(unlinked)}”, to which none is linked"
        if chosen:
            expected = f"a single resource: {len(chosen)} have that name"
            raise UnknownResourceError(text, expected, [short_name(found) for found in chosen[:_SUGGESTIONS]])
        words = text if iri is None else re.split("[/#:]", iri)[-1]
        hits = self.search(words, limit=_SUGGESTIONS, class_iri=class_iri)
        nearest = [hit.matched for hit in hits]
        if class_iri is not None and (replaced := self._find_replaced(text, iri)):
            old, successors = replaced
            told = " and ".join(f"“{self.label(successor)}” ({short_name(successor)})" for successor in successors)
            expected += f"; {short_name(old)} is deprecated, and " + (
                f"{told} replaces it" if told else "nothing replaces it"
            )
            nearest = [short_name(successor) for successor in successors]
        raise UnknownResourceError(text, expected, list(dict.fromkeys(nearest)))

    def label(self, iri: str, lang: str = "fr") -> str:
        """Return a resource's label in *lang*, or else in French, English, any language, or else its short IRI."""
        found = self.find_label(iri, lang)
        return short_name(iri) if found is None else found[0]

    def find_label(self, iri: str, lang: str = "fr") -> tuple[str, str] | None:
        """Return a resource's label and the language it is in, ``""`` for none; None where it has no label."""
        labels = self._own.labels.get(iri)
        if labels is None:
            labels = self._other_labels.get(iri)
            if labels is None:
                labels = self._other_labels[iri] = self._read_labels(iri)
        for wanted in (lang, "fr", "en", "", *sorted(labels)):
            if wanted in labels:
                return labels[wanted], wanted
        return None

    def search(
        self,
        text: str,
        *,
        limit: int = 20,
        class_iri: str | None = None,
        kinds: Collection[str] = (),
        lang: str = "fr",
    ) -> list[Hit]:
        """Return the resources whose names match, the best first; of these *kinds* only where any are named.

        Names that begin with *text* or hold its words come before those that only resemble it; jobs, competences,
        factors, sub-sectors and organisations come before statements about them and before ESCO's and ROME's.
        """
        query = fold(text)
        if not query or limit < 1:
            return []
        members = None if class_iri is None else self._set_of(class_iri)

        def is_asked(iri: str) -> bool:
            return (members is None or iri in members) and (not kinds or kind_of(iri) in kinds)

        best = self._own.search(query, is_asked, limit=limit, wanted=lang)
        is_sure = any(found.score >= _LEAST_SURE for found in best.values())
        # Without their index it takes seconds to look among the names of the vocabularies.
        if self._may_be_published(class_iri) and (not is_sure or self._published_index is not None):
            best |= self._published.search(query, is_asked, limit=limit, wanted=lang, fuzzy=False)
        ranked = sorted(best.items(), key=lambda item: (-item[1].score, item[1].name, item[0]))[:limit]
        return [
            Hit(iri, self.label(iri, lang), found.name, found.lang, kind_of(iri), round(found.score, 1))
            for iri, found in ranked
        ]

    def instances(self, class_iri: str) -> list[str]:
        """Return the IRIs of the instances of a class and of its subclasses, sorted."""
        if class_iri not in self._instances:
            classes = " ".join(str(Iri(iri)) for iri in self._classes_below(class_iri))
            rows = self._store.rows(f"SELECT DISTINCT ?i {{ VALUES ?c {{ {classes} }} ?i a ?c }}")
            self._instances[class_iri] = sorted(value.value for (value,) in rows if isinstance(value, Iri))
        return list(self._instances[class_iri])

    def has_class(self, iri: str, class_iri: str) -> bool:
        """Whether a resource is an instance of a class or of one of its subclasses."""
        return iri in self._set_of(class_iri)

    @functools.cached_property
    def _published_index(self) -> NameIndex | None:
        return NameIndex(self._index) if self._index is not None and self._index.is_file() else None

    @functools.cached_property
    def _published(self) -> _Index | _StoredIndex:
        if self._published_index is not None:
            return _StoredIndex(self._published_index)
        return _Index(self._store, self._published_graphs)

    @functools.cached_property
    def _linked(self) -> _Index:
        """The names of the published concepts that a link leads to, and of the fiches of such appellations."""
        linked = {
            target.value
            for match in _MATCHES
            for _, target in _pairs(self._store, match, self._own_graphs)
            if isinstance(target, Iri)
        }
        rows = self._store.rows(
            f"SELECT DISTINCT ?fiche {{ {_values('a', linked)} ?a a <{_APPELLATION}> ; <{_SKOS}broader> ?fiche }}"
        )
        return _Index(self._store, None, sorted(linked | {fiche.value for (fiche,) in rows if isinstance(fiche, Iri)}))

    @functools.cached_property
    def _subclasses(self) -> dict[str, set[str]]:
        below: dict[str, set[str]] = defaultdict(set)
        for lower, upper in _pairs(self._store, PREFIXES["rdfs"] + "subClassOf", None):
            if isinstance(lower, Iri) and isinstance(upper, Iri):
                below[upper.value].add(lower.value)
        return below

    def _classes_below(self, class_iri: str) -> list[str]:
        seen = {class_iri: None}
        waiting = [class_iri]
        while waiting:
            for lower in sorted(self._subclasses.get(waiting.pop(), ())):
                if lower not in seen:
                    seen[lower] = None
                    waiting.append(lower)
        return list(seen)

    def _set_of(self, class_iri: str) -> frozenset[str]:
        if class_iri not in self._members:
            self._members[class_iri] = frozenset(self.instances(class_iri))
        return self._members[class_iri]

    def _named(self, text: str, class_iri: str | None) -> list[str]:
        """The best candidates for a name: none, one, or several that are as good."""
        key = fold(text)
        for candidates in self._sources(key, text, class_iri):
            if class_iri is None:
                chosen = _best(candidates)
            else:
                allowed = self._set_of(class_iri)
                chosen = _best([found for found in candidates if found.iri in allowed])
                chosen = chosen or self._within([found.iri for found in candidates], class_iri)
            if chosen:
                return chosen
        return []

    def _sources(self, key: str, text: str, class_iri: str | None) -> Iterator[list[_Name]]:
        """Where names are looked up, one after the other: the project's, slugs without a label, the vocabularies."""
        yield self._own.find(key)
        slugs = [mint(kind, text) for kind in KINDS] + [mint("rome", text.upper())] if _SLUG.fullmatch(text) else []
        yield [_Name(0, iri, text, "") for iri in dict.fromkeys(slugs) if self._is_known(iri)]
        if self._may_be_published(class_iri):
            yield self._published.find(key)
        elif self._published_graphs:
            yield self._linked.find(key)

    def _may_be_published(self, class_iri: str | None) -> bool:
        """Whether what is looked for may be of a published vocabulary: reading all of their names takes seconds."""
        if not self._published_graphs or class_iri is None:
            return bool(self._published_graphs)
        return any(iri not in self._own.labels for iri in self._set_of(class_iri))

    def _find_published(self, text: str, iri: str | None) -> str | None:
        """The ROME or other published concept of that code or IRI."""
        found = iri or (mint("rome", text.upper()) if _SLUG.fullmatch(text) else "")
        is_published = found and self._published_graphs and found not in self._own.labels and self._is_known(found)
        return found if is_published and self.find_label(found) else None

    def _find_replaced(self, text: str, iri: str | None) -> tuple[str, tuple[str, ...]] | None:
        """The deprecated resource of that name, and what replaces it."""
        named = [iri] if iri is not None else [found.iri for found in self._own.named.get(fold(text), [])]
        slugs = [mint(kind, text) for kind in KINDS] if iri is None and _SLUG.fullmatch(text) else []
        for found in (*named, *slugs):
            successors = find_successors(self._store, found)
            if successors is not None:
                return found, successors
        return None

    def _within(self, iris: Sequence[str], class_iri: str) -> list[str]:
        """Those that are instances of the class, or else the instances that are linked to them, the closest only.

        A link to an appellation is one to its fiche, next after a link of the same kind to the fiche itself.
        """
        allowed = self._set_of(class_iri)
        inside = [iri for iri in iris if iri in allowed]
        if inside or not iris:
            return inside
        targets = " ".join(str(Iri(iri)) for iri in iris)
        for match in _MATCHES:
            for pattern in (
                f"{{ ?i <{match}> ?t }} UNION {{ ?t <{match}> ?i }}",
                f"?a <{_SKOS}broader> ?t ; a <{_APPELLATION}> . ?i <{match}> ?a",
            ):
                rows = self._store.rows(f"SELECT DISTINCT ?i {{ VALUES ?t {{ {targets} }} {pattern} }}")
                linked = sorted({value.value for (value,) in rows if isinstance(value, Iri)} & allowed)
                if linked:
                    return linked
        return []

    def _is_known(self, iri: str) -> bool:
        if iri in self._own.labels:
            return True
        term = Iri(iri)
        answer = self._store.query(f"ASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} UNION {{ ?s {term} ?o }} }}")
        return isinstance(answer, Truth) and answer.value

    def _read_labels(self, iri: str) -> dict[str, str]:
        labels: dict[str, str] = {}
        for prop in _PREFERRED:
            for (value,) in self._store.rows(f"SELECT ?l {{ {Iri(iri)} <{prop}> ?l }} ORDER BY ?l"):
                if isinstance(value, Literal):
                    labels.setdefault(value.language or "", value.value)
        return labels


def describe_expected(class_iri: str | None) -> str:
    """Say what a text that names a resource must be.

    >>> describe_expected("https://w3id.org/metiers-kg/ontology#Job")
    'the name, code or IRI of an instance of mkg:Job'
    """
    return "the name, code or IRI of " + ("a resource" if class_iri is None else f"an instance of {compact(class_iri)}")


def read_iri(text: str) -> str | None:
    """Return the IRI that a full IRI, a prefixed name or ``kind/slug`` stands for, or None.

    >>> read_iri("category/growth")
    'https://w3id.org/metiers-kg/category/growth'
    >>> read_iri("mkg:Job")
    'https://w3id.org/metiers-kg/ontology#Job'
    >>> read_iri("Bio-informaticien") is None
    True
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    kind, _, slug = text.partition("/")
    found = mint(kind, slug) if kind in KINDS and slug else expand(text)
    if found is None and _ABSOLUTE.fullmatch(text):
        found = text
    if found is None:
        return None
    try:
        return str(Iri(found).value)
    except ValueError:
        return None


def kind_of(iri: str) -> str:
    """Return the kind of a resource: one of the project's, ``term`` for its ontology's terms, or ``other``.

    >>> kind_of("https://w3id.org/metiers-kg/job/bio-informaticien"), kind_of("http://data.europa.eu/esco/isco/C2120")
    ('job', 'other')
    """
    found = kind_and_slug(iri)
    if found is not None:
        return found[0]
    return "term" if iri.startswith(ONTOLOGY) else "other"


class _Name(NamedTuple):
    """One name of one resource: 0 preferred, 1 alternative, 2 hidden."""

    strength: int
    iri: str
    name: str
    lang: str


class _Match(NamedTuple):
    score: float
    name: str
    lang: str


class _Index:
    """The names found in some graphs, of all resources or of some; of each folded name its resources.

    Names are folded when first one is looked up: an answer with no name in it needs the labels alone.
    """

    def __init__(self, store: Store, graphs: Sequence[str] | None, subjects: Sequence[str] | None = None) -> None:
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        """Preferred labels, by IRI and language."""
        self._found: list[_Name] = []
        for prop, strength in LABELS.items():
            preferred = prop in _PREFERRED
            for subject, value in _pairs(store, prop, graphs, subjects):
                if isinstance(subject, Iri) and isinstance(value, Literal):
                    iri, name, lang = subject.value, value.value, value.language or ""
                    self._found.append(_Name(strength, iri, name, lang))
                    if preferred:
                        self.labels[iri].setdefault(lang, name)

    def find(self, key: str) -> list[_Name]:
        """Return what has exactly that folded name."""
        return self.named.get(key, [])

    @functools.cached_property
    def named(self) -> dict[str, list[_Name]]:
        """Names by their folded form; slugs too, but not those of statements, which are sentences."""
        found = self._found + [_Name(0, iri, slug, "") for iri, slug in _slugs(self.labels)]
        folded = fold_lines("\n".join([name.name.replace("\n", " ") for name in found])).split("\n")
        named: dict[str, list[_Name]] = {}
        for key, naming in zip(folded, found, strict=bool(found)):
            named.setdefault(key.strip(), []).append(naming)
        return named

    @functools.cached_property
    def _padded(self) -> list[str]:
        return [f" {key}" for key in self.named]

    @functools.cached_property
    def _sorted(self) -> list[str]:
        return [_sort_words(key) for key in self.named]

    @functools.cached_property
    def _ranks(self) -> dict[str, int]:
        return {iri: _RANKS.get(kind_of(iri), _LAST_RANK) for iri in {naming.iri for naming in self._found}}

    def search(
        self, query: str, is_asked: Callable[[str], bool], *, limit: int, wanted: str, fuzzy: bool = True
    ) -> dict[str, _Match]:
        """Return the best match of each resource whose names hold the folded *query*, or, if few do, resemble it.

        Of the names of one resource that match as well, the one in the language *wanted* is shown.
        """
        best: dict[str, _Match] = {}

        def add(key: str, base: float, step: float, closeness: float) -> None:
            for found in self.named[key]:
                if is_asked(found.iri):
                    _keep(best, found, base - step * self._ranks[found.iri] + closeness, wanted)

        for padded in self._holding(query):
            key = padded[1:]
            add(key, *_closeness(key, query))
        if fuzzy and len(best) < limit:
            words = _sort_words(query)
            for _, ratio, place in process.extract(
                words, self._sorted, scorer=fuzz.ratio, limit=50, score_cutoff=_FUZZY_CUTOFF
            ):
                add(self._padded[place][1:], _SIMILAR, 5, (ratio - 100) / 5)
        return best

    def _holding(self, query: str) -> list[str]:
        """The names each of whose words begins with, in any order, one of the query's; or that hold it whole."""
        words = sorted((f" {word}" for word in query.split()), key=len, reverse=True)
        found = self._padded
        for word in words:
            found = [key for key in found if word in key]
        if not found and len(query) >= _LEAST_INSIDE:
            found = [key for key in self._padded if query in key]
        return found


class _StoredIndex:
    """The names of the imported vocabularies in a file, asked as an `_Index` is."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def find(self, key: str) -> list[_Name]:
        """Return what has exactly that folded name."""
        return [_Name(found.strength, found.iri, found.name, found.lang) for found in self._index.named(key)]

    def search(
        self, query: str, is_asked: Callable[[str], bool], *, limit: int, wanted: str, fuzzy: bool = True
    ) -> dict[str, _Match]:
        """Return the best match of each concept whose names have words that begin with those of the folded *query*.

        Names that only resemble it are not looked for: *fuzzy* is for the project's own.
        """
        best: dict[str, _Match] = {}
        words = query.split()
        if max(map(len, words), default=0) < _LEAST_INSIDE:
            return best
        # A name is found once for each of its concepts and languages: more are read than are shown.
        for folded, strength, iri, name, lang in self._index.beginning(words, _READ_FOR_EACH * limit):
            if is_asked(iri):
                base, step, closeness = _closeness(folded, query)
                rank = _RANKS.get(kind_of(iri), _LAST_RANK)
                _keep(best, _Name(strength, iri, name, lang), base - step * rank + closeness, wanted)
        return best


def _closeness(key: str, query: str) -> tuple[float, float, float]:
    """Return the band of a name that holds the query, what each rank of its kind costs in it, and how near it is."""
    if key == query:
        return _EXACT, 1, 0
    return _WORDS, 15, (2 if key.startswith(query) else 0) + 5 * len(query) / len(key)


def _keep(best: dict[str, _Match], found: _Name, base: float, wanted: str) -> None:
    score = base - found.strength - (found.lang != wanted)
    if found.iri not in best or score > best[found.iri].score:
        best[found.iri] = _Match(score, found.name, found.lang)


def _sort_words(text: str) -> str:
    return " ".join(sorted(text.split()))


def _slugs(iris: Iterable[str]) -> Iterator[tuple[str, str]]:
    for iri in iris:
        found = kind_and_slug(iri)
        if found is not None and found[0] in _RANKS:
            yield iri, found[1]


def _best(candidates: Sequence[_Name]) -> list[str]:
    """Those of the best kind and strength."""
    grades = {found.iri: (10, 10) for found in candidates}
    for found in candidates:
        grade = (_RANKS.get(kind_of(found.iri), _LAST_RANK), found.strength)
        grades[found.iri] = min(grade, grades[found.iri])
    best = min(grades.values(), default=None)
    return sorted(iri for iri, grade in grades.items() if grade == best)


def short_name(iri: str) -> str:
    """``kind/slug`` for the project's resources, a prefixed name where a prefix fits, or the IRI."""
    found = kind_and_slug(iri)
    return "/".join(found) if found is not None else compact(iri)


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(str(Iri(iri)) for iri in iris)} }}"


def _pairs(
    store: Store, prop: str, graphs: Sequence[str] | None, subjects: Sequence[str] | None = None
) -> Iterator[tuple[Term | None, ...]]:
    some = "" if subjects is None else _values("s", subjects)
    answer = store.query(f"SELECT ?s ?o {{ {some} ?s <{prop}> ?o }}", default_graphs=graphs or ())
    if not isinstance(answer, Rows):
        raise TypeError("expected a SELECT query")
    return iter(answer)
