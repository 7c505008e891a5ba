"""How well terms and concepts fit: names, descriptions, what neighbours are linked to; as probabilities.

What is measured, for each pair of a term and a concept:

* ``name``: the cosine of character n-grams (2 to 4, TF-IDF) of their nearest names, in a language that both have;
* ``text``: the cosine of the words of all names of the term, and of all names and descriptions of the concept;
* ``equal``: a name of both is the same word for word, gender, number, accents and articles aside;
* ``beside``, ``near``: how likely the other terms of its group (a ROME fiche, a list's heading) are linked to the
  concept, and to concepts filed under the same heading;
* ``known``, ``around``: what share of the links already known in its group lead to the concept, and to concepts filed
  under the same heading;
* ``chain``: how near the term comes to a name that is already linked to the concept.

The sum of these, weighted, goes through a softmax over all concepts. The weights were fitted on half of the official
table of ROME and ESCO (`benchmarks/fit_alignment.py`); `docs/reference/links.md` tells how well they do on the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from metiers_kg.links.concepts import Concept
from metiers_kg.links.subjects import Subject
from metiers_kg.links.words import forms, tokens

__all__ = ["FEATURES", "Evidence", "KnownLink", "Matcher", "Scored", "batches"]

Matrix = Any
"""Terms in rows, concepts in columns."""

FEATURES = ("name", "text", "equal", "beside", "near", "known", "around", "chain")

_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "names": {"name": 3.9, "text": 6.1, "equal": 1.3},
    "chain": {"name": 1.4, "text": 5.9, "equal": 3.3, "chain": 6.3},
    "group": {"name": 3.3, "text": 4.9, "equal": 1.3, "beside": 6.8, "near": 6.8},
    "known": {"name": 2.7, "text": 6.1, "equal": 2.2, "known": 4.9, "around": 3.1, "chain": 1.6},
}
"""By what there is to go by: names; known links too; other terms of the group too; known links of the group too."""

_DECISIVE = (("known", "known"), ("group", "beside"), ("chain", "chain"))
"""Which weights are for a term for which a measure says anything at all, the strongest first."""

_BATCH = 64
_EQUAL = 0.9999


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link that is already known.

    Attributes:
        subject: A term with its names and groups.
        object: The IRI of the concept it is linked to.
        predicate: The relation, as "skos:broadMatch".
    """

    subject: Subject
    object: str
    predicate: str


@dataclass(frozen=True, slots=True)
class Scored:
    """One concept for one term.

    Attributes:
        object: The concept's IRI.
        probability: How likely it is the one, among all concepts.
        features: What was measured.
        contributions: What each measure adds to the score.
        language: The language of the nearest names.
        chain: The known link whose name is nearest, where there is one.
    """

    object: str
    probability: float
    features: Mapping[str, float]
    contributions: Mapping[str, float]
    language: str
    chain: KnownLink | None = None


@dataclass(slots=True)
class Evidence:
    """The measures of some terms, the language in which names are nearest, and how near known links are."""

    measures: dict[str, Matrix] = field(default_factory=dict)
    language: Matrix = None
    near: Matrix = None


class _Names:
    """The names of one language, each owned by a column: the best of a column's names counts."""

    def __init__(self, owned: Iterable[tuple[str, int]], width: int) -> None:
        pairs = sorted(set(owned), key=lambda pair: (pair[1], pair[0]))
        self._width = width
        self._owners = np.array([owner for _, owner in pairs], dtype=np.int64)
        self._columns, self._starts = np.unique(self._owners, return_index=True)
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
        self._names = self._vectorizer.fit_transform([name for name, _ in pairs]).T.tocsr()

    def score(self, queries: Sequence[Sequence[str]]) -> Matrix:
        """Return the cosine of the nearest names of each query (a list of names) and column."""
        flat = [name for names in queries for name in names]
        found = np.zeros((len(queries), self._width), dtype=np.float32)
        if not flat:
            return found
        rows = np.repeat(np.arange(len(queries)), [len(names) for names in queries])
        each = (self._vectorizer.transform(flat) @ self._names).toarray()
        best = np.zeros((len(flat), self._width), dtype=np.float32)
        best[:, self._columns] = np.maximum.reduceat(each, self._starts, axis=1)
        np.maximum.at(found, rows, best)
        return found


class Matcher:
    """Scores terms against the concepts of a vocabulary.

    Args:
        concepts: The concepts by IRI.
        known: Links that are already known, such as those of an official table.
        languages: The languages of the terms to come; all where left out.
    """

    def __init__(
        self, concepts: Mapping[str, Concept], known: Iterable[KnownLink] = (), languages: Iterable[str] | None = None
    ) -> None:
        self.iris = list(concepts)
        self._column = {iri: column for column, iri in enumerate(self.iris)}
        self._names: dict[str, _Names] = {}
        self._texts: dict[str, tuple[TfidfVectorizer, Matrix]] = {}
        there_are = {name.language for concept in concepts.values() for name in concept.names}
        for language in sorted(there_are if languages is None else there_are & set(languages)):
            self._learn(language, list(concepts.values()))
        self._heading = self._headings(list(concepts.values()))
        self._known = [link for link in known if link.object in self._column]
        self._targets = np.array([self._column[link.object] for link in self._known], dtype=np.int64)
        self._own: defaultdict[str, list[int]] = defaultdict(list)
        self._by_group: defaultdict[str, list[int]] = defaultdict(list)
        for number, link in enumerate(self._known):
            self._own[link.subject.iri].append(number)
            for group in link.subject.groups:
                self._by_group[group].append(number)
        chained = [(form, n) for n, link in enumerate(self._known) for form in _forms(link.subject, "fr")]
        self._chain = _Names(chained, len(self._known)) if chained else None

    def _learn(self, language: str, concepts: Sequence[Concept]) -> None:
        owned = [
            (form, column)
            for column, concept in enumerate(concepts)
            for name in concept.names
            if name.language == language
            for form in forms(name.text)
        ]
        if not owned:
            return
        self._names[language] = _Names(owned, len(concepts))
        vectorizer = TfidfVectorizer(analyzer=str.split, sublinear_tf=True, dtype=np.float32)
        texts = [
            " ".join(
                tokens(
                    " ".join(
                        [*(n.text for n in concept.names if n.language == language), concept.texts.get(language, "")]
                    )
                )
            )
            for concept in concepts
        ]
        self._texts[language] = (vectorizer, vectorizer.fit_transform(texts).T.tocsr())

    def _headings(self, concepts: Sequence[Concept]) -> Matrix:
        """Return which concepts share their first heading with which heading: concepts in rows, headings in columns."""
        names = sorted({concept.parents[0] for concept in concepts if concept.parents})
        column = {name: number for number, name in enumerate(names)}
        rows = [row for row, concept in enumerate(concepts) if concept.parents]
        columns = [column[concepts[row].parents[0]] for row in rows]
        ones = np.ones(len(rows), dtype=np.float32)
        return sparse.csr_matrix((ones, (rows, columns)), shape=(len(concepts), max(len(names), 1)))

    def propose(
        self,
        terms: Sequence[Subject],
        *,
        limit: int = 10,
        hints: Mapping[str, Mapping[str, float]] | None = None,
        exclude: Mapping[str, set[str]] | None = None,
    ) -> Iterator[tuple[Subject, list[Scored]]]:
        """Yield the best concepts of each term, best first.

        Args:
            terms: The terms; those that share a group support each other.
            limit: How many concepts to give for each.
            hints: For a term's IRI, concepts that a chain of links leads to, with how sure that chain is.
            exclude: For a term's IRI, the concepts that are not to be proposed.
        """
        for batch in batches(terms):
            evidence = self.measure(batch, hints or {})
            totals, weights = self._weigh(batch, evidence)
            probabilities = _softmax(totals)
            for row, term in enumerate(batch):
                barred = (exclude or {}).get(term.iri, set())
                order = np.argsort(-totals[row], kind="stable")[: limit + len(barred)]
                chosen = [column for column in order if self.iris[column] not in barred][:limit]
                yield (
                    term,
                    [
                        self._scored(row, column, evidence, weights[row], probabilities[row, column])
                        for column in chosen
                    ],
                )

    def measure(self, terms: Sequence[Subject], hints: Mapping[str, Mapping[str, float]] | None = None) -> Evidence:
        """Return every measure for terms of one batch. Terms that share a group must be in one batch."""
        evidence = Evidence()
        shape = (len(terms), len(self.iris))
        name, text = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        evidence.language = np.zeros(shape, np.int8)
        for number, language in enumerate(self._names):
            queries = [_forms(term, language) for term in terms]
            if not any(queries):
                continue
            found = self._names[language].score(queries)
            evidence.language[found > name] = number
            np.maximum(name, found, out=name)
            vectorizer, documents = self._texts[language]
            words = vectorizer.transform([" ".join(query) for query in queries])
            np.maximum(text, (words @ documents).toarray(), out=text)
        evidence.measures = {"name": name, "text": text, "equal": (name > _EQUAL).astype(np.float32)}
        self._measure_groups(terms, evidence)
        self._measure_known(terms, evidence, hints or {})
        return evidence

    def _measure_groups(self, terms: Sequence[Subject], evidence: Evidence) -> None:
        members: defaultdict[str, list[int]] = defaultdict(list)
        for row, term in enumerate(terms):
            for group in term.groups:
                members[group].append(row)
        shape = evidence.measures["name"].shape
        beside = np.zeros(shape, np.float32)
        likely = _softmax(_total(evidence.measures, _WEIGHTS["names"]))
        for rows in members.values():
            if len(rows) > 1:
                beside[rows] += (likely[rows].sum(axis=0) - likely[rows]) / (len(rows) - 1)
        beside /= np.array([[max(len(term.groups), 1)] for term in terms], dtype=np.float32)
        np.maximum(beside, 0, out=beside)
        evidence.measures["beside"] = np.sqrt(beside)
        evidence.measures["near"] = np.sqrt(self._same_heading(beside))

    def _same_heading(self, shares: Matrix) -> Matrix:
        return (self._heading @ (self._heading.T @ shares.T)).T

    def _measure_known(
        self, terms: Sequence[Subject], evidence: Evidence, hints: Mapping[str, Mapping[str, float]]
    ) -> None:
        shape = evidence.measures["name"].shape
        known = np.zeros(shape, np.float32)
        chain = np.zeros(shape, np.float32)
        if self._chain:
            near = evidence.near = self._chain.score([_forms(term, "fr") for term in terms])
            for row, term in enumerate(terms):
                near[row, self._own.get(term.iri, [])] = 0
                np.maximum.at(chain[row], self._targets, near[row])
        for row, term in enumerate(terms):
            for group in term.groups:
                numbers = [n for n in self._by_group.get(group, ()) if self._known[n].subject.iri != term.iri]
                share = 1 / ((len(numbers) + 1) * len(term.groups))
                np.add.at(known[row], self._targets[numbers], share)
            for iri, sure in hints.get(term.iri, {}).items():
                if iri in self._column:
                    chain[row, self._column[iri]] = max(sure, chain[row, self._column[iri]])
        evidence.measures["known"] = np.sqrt(known)
        evidence.measures["around"] = np.sqrt(self._same_heading(known))
        evidence.measures["chain"] = chain

    def _weigh(self, terms: Sequence[Subject], evidence: Evidence) -> tuple[Matrix, list[Mapping[str, float]]]:
        """Return the score of each pair, and the weights that each term was scored with."""
        there_is = {name: evidence.measures[name].any(axis=1) for name in ("known", "beside", "chain")}
        weights = [
            _WEIGHTS[next((key for key, name in _DECISIVE if there_is[name][row]), "names")]
            for row in range(len(terms))
        ]
        totals = np.zeros(evidence.measures["name"].shape, np.float32)
        for chosen in _WEIGHTS.values():
            rows = [row for row, used in enumerate(weights) if used is chosen]
            if rows:
                totals[rows] = _total({name: matrix[rows] for name, matrix in evidence.measures.items()}, chosen)
        return totals, weights

    def _scored(
        self, row: int, column: int, evidence: Evidence, weights: Mapping[str, float], probability: float
    ) -> Scored:
        features = {name: float(matrix[row, column]) for name, matrix in evidence.measures.items()}
        return Scored(
            object=self.iris[column],
            probability=float(probability),
            features=features,
            contributions={name: weight * features[name] for name, weight in weights.items()},
            language=[*self._names, ""][int(evidence.language[row, column])],
            chain=self._nearest_known(row, column, evidence),
        )

    def _nearest_known(self, row: int, column: int, evidence: Evidence) -> KnownLink | None:
        numbers = np.flatnonzero(self._targets == column)
        if evidence.near is None or not len(numbers):
            return None
        best = numbers[np.argmax(evidence.near[row, numbers])]
        return self._known[best] if evidence.near[row, best] > 0 else None


def _forms(term: Subject, language: str) -> list[str]:
    names = (name for name in term.names if name.language == language)
    return list(dict.fromkeys(form for name in names for form in forms(name.text)))


def _total(measures: Mapping[str, Matrix], weights: Mapping[str, float]) -> Matrix:
    return sum(weight * measures[name] for name, weight in weights.items())


def _softmax(totals: Matrix) -> Matrix:
    powers = np.exp(totals - totals.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def batches(terms: Sequence[Subject]) -> Iterator[list[Subject]]:
    """Yield the terms in batches, those that share a group together."""
    chief: dict[str, str] = {}

    def find(group: str) -> str:
        while chief.setdefault(group, group) != group:
            group = chief[group]
        return group

    for term in terms:
        for group in term.groups[1:]:
            chief[find(group)] = find(term.groups[0])
    gathered: defaultdict[str, list[Subject]] = defaultdict(list)
    for number, term in enumerate(terms):
        gathered[find(term.groups[0]) if term.groups else f" {number}"].append(term)
    batch: list[Subject] = []
    for together in gathered.values():
        if batch and len(batch) + len(together) > _BATCH:
            yield batch
            batch = []
        batch.extend(together)
    if batch:
        yield batch
