"""Accounts: explanations with labels, words and passages, ready to be shown in any form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal, Protocol, TypeAlias

from metiers_kg.errors import DoesNotHoldError
from metiers_kg.explanation.asking import read_triple
from metiers_kg.explanation.evidence import Evidence, read_evidence
from metiers_kg.explanation.naming import Naming, TripleNames
from metiers_kg.explanation.wording import RuleWords, rule_named, rule_words
from metiers_kg.queries import Names
from metiers_kg.reasoner.derivations import AXIOMATIC, ClosedGraph, Triple
from metiers_kg.reasoner.explanation import Explainer, Why

__all__ = ["MOST_ALTERNATIVES", "Account", "Explanation", "Node", "ToldGraph", "TripleExplainer"]

MOST_ALTERNATIVES = 20
"""The most explanations beside the shortest that can be asked for."""

_NEAR = 3
"""For a triple that does not hold, so many that share its subject or its object are named."""

Status: TypeAlias = Literal["asserted", "inferred", "axiomatic"]


class ToldGraph(ClosedGraph, Protocol):
    """A closed graph that knows which triples it tells, and where they stand."""

    def is_told(self, triple: Triple) -> bool:
        """Return False for a triple that the graph leaves out, though it follows."""

    def graph_of(self, triple: Triple) -> str:
        """Return the name of the graph that a triple stands in."""


@dataclass(frozen=True, slots=True)
class Node:
    """A triple of a tree and why it holds.

    Attributes:
        triple: Its terms in N-Triples form.
        names: The same with their labels.
        sentence: The triple in words.
        status: Whether it is asserted, inferred, or holds of any graph (axiomatic).
        graph: The named graph that it stands in: ontology, data, links or inferred; "" for none.
        is_told: False where the graph leaves it out: a thing related to itself, or a class without a name.
        is_axiom: True where it is what a rule is about, such as a property's domain.
        rule: The rule that gives it; None where it is asserted.
        axioms: What the rule is about.
        premises: What it takes.
        evidence: For an asserted triple of the data, the passages.
    """

    triple: Triple
    names: TripleNames
    sentence: str
    status: Status
    graph: str
    is_told: bool
    is_axiom: bool = False
    rule: RuleWords | None = None
    axioms: tuple[Node, ...] = ()
    premises: tuple[Node, ...] = ()
    evidence: Evidence | None = None

    def __iter__(self) -> Iterator[Node]:
        """Yield this node and all below it."""
        yield self
        for node in (*self.axioms, *self.premises):
            yield from node

    @property
    def is_loop(self) -> bool:
        """True where it relates a thing to itself."""
        return self.triple[0] == self.triple[2]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One explanation.

    Attributes:
        tree: The triple that is explained, with all it comes from below it.
        steps: How many times a rule is applied.
        justification: The asserted triples it rests on, each once: those of the data first.
        others: Those that the first explanation does not rest on; of the data alone where these tell it apart.
    """

    tree: Node
    steps: int
    justification: tuple[Node, ...]
    others: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Why a triple holds.

    Attributes:
        triple: Its terms in N-Triples form.
        names: The same with their labels.
        sentence: The triple in words.
        status: Whether it is asserted, inferred, or holds of any graph.
        is_told: False where the graph leaves it out.
        explanations: The explanations, the shortest first; none where the search found none within its limits.
        is_complete: True where there are no others.
        lang: The language of labels and words.
        alternatives: How many explanations were asked for beside the shortest.
    """

    triple: Triple
    names: TripleNames
    sentence: str
    status: Status
    is_told: bool
    explanations: tuple[Explanation, ...]
    is_complete: bool
    lang: str
    alternatives: int = 0


class TripleExplainer:
    """Explains the triples of a built graph to people. May be asked from several threads at once."""

    def __init__(self, graph: ToldGraph, names: Names) -> None:
        self._graph = graph
        self._names = names
        self._lock = Lock()
        self._made: Explainer | None = None

    @property
    def _explainer(self) -> Explainer:
        """What finds the derivations, made when first asked for: it takes a tenth of a second."""
        with self._lock:
            if self._made is None:
                self._made = Explainer(self._graph)
            return self._made

    def read(self, s: str, p: str, o: str) -> Triple:
        """Return the triple that three texts of a person name; see ``asking``.

        Raises:
            UnknownResourceError: A text names nothing, or more than one thing.
        """
        return read_triple(s, p, o, self._names, self._graph)

    def holds(self, triple: Triple) -> bool:
        """Return True where there is something to explain."""
        return triple in AXIOMATIC or self._graph.holds(triple)

    def explain(self, triple: Triple, *, lang: str = "fr", alternatives: int = 0) -> Account:
        """Return why a triple holds: its shortest explanation, and up to *alternatives* others.

        Raises:
            DoesNotHoldError: It is neither asserted nor inferred; others that hold are named.
        """
        naming = Naming(self._graph, self._names, lang)
        if not self.holds(triple):
            near = [(other, naming.sentence(other)) for other in self._near(triple)]
            raise DoesNotHoldError(triple, naming.sentence(triple), near)
        found = self._explainer.explain(triple, 1 + alternatives)
        is_axiomatic = triple in AXIOMATIC and not self._graph.is_asserted(triple)
        return Account(
            triple=triple,
            names=naming.triple(triple),
            sentence=naming.sentence(triple),
            status="axiomatic" if is_axiomatic else "asserted" if self._graph.is_asserted(triple) else "inferred",
            is_told=self._graph.is_told(triple),
            explanations=_compared([self._explanation(why, naming) for why in found.found]),
            is_complete=found.complete,
            lang=lang,
            alternatives=alternatives,
        )

    def _explanation(self, why: Why, naming: Naming) -> Explanation:
        tree = self._node(why, naming, is_axiom=False)
        leaves = {node.triple: node for node in tree if node.status == "asserted"}
        return Explanation(
            tree, why.size, tuple(sorted(leaves.values(), key=lambda leaf: (leaf.graph == "ontology", leaf.triple)))
        )

    def _node(self, why: Why, naming: Naming, *, is_axiom: bool) -> Node:
        graph = self._graph.graph_of(why.triple)
        rule = why.rule or (rule_named(why.axiomatic) if why.axiomatic else None)
        is_asserted = why.rule is None and not why.axiomatic
        return Node(
            triple=why.triple,
            names=naming.triple(why.triple),
            sentence=naming.sentence(why.triple),
            status="axiomatic" if why.axiomatic else "asserted" if is_asserted else "inferred",
            graph=graph,
            is_told=self._graph.is_told(why.triple),
            is_axiom=is_axiom,
            rule=rule_words(rule, naming.lang) if rule else None,
            axioms=tuple(self._node(axiom, naming, is_axiom=True) for axiom in why.axioms),
            premises=tuple(self._node(premise, naming, is_axiom=False) for premise in why.premises),
            evidence=read_evidence(why.triple, self._graph, naming) if is_asserted and graph != "ontology" else None,
        )

    def _near(self, triple: Triple) -> list[Triple]:
        """Return triples that hold and differ in the object, then in the subject, those with a name first."""
        s, p, o = triple
        of_subject = sorted(t for t in self._graph.match(s, p, None) if "_:" not in t[2][:2])
        of_object = sorted(t for t in self._graph.match(None, p, o) if "_:" not in t[0][:2])
        return list(dict.fromkeys((*of_subject[:_NEAR], *of_object[:_NEAR])))


def _compared(explanations: list[Explanation]) -> tuple[Explanation, ...]:
    """Tell of each explanation after the first what it rests on that the first does not.

    Facts tell enough, unless another explanation rests on the same; then the axioms are told too.
    """
    compared = explanations[:1]
    told: set[tuple[Triple, ...]] = set()
    for explanation in explanations[1:]:
        known = {leaf.triple for leaf in explanations[0].justification}
        others = [leaf for leaf in explanation.justification if leaf.triple not in known]
        facts = [leaf for leaf in others if leaf.graph != "ontology"]
        shown = facts if facts and tuple(fact.triple for fact in facts) not in told else others
        told.add(tuple(leaf.triple for leaf in shown))
        compared.append(replace(explanation, others=tuple(shown)))
    return tuple(compared)
