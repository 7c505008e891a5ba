"""Derivations: the ways in which one triple follows from others in one step, found backwards from the closure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from metiers_kg.reasoner.compilation import (
    AXIOM_CLASSES,
    AXIOM_PREDICATES,
    SAME_AS,
    TYPE,
    Atom,
    Axioms,
    ConcreteRule,
    compile_rules,
    is_variable,
    over_classes,
    read_lists,
    replacements,
)
from metiers_kg.reasoner.datatypes import integer_value
from metiers_kg.reasoner.rules import RULES
from metiers_kg.reasoner.terms import Triple
from metiers_kg.vocabulary import PREFIXES

__all__ = ["AXIOMATIC", "ClosedGraph", "Derivations", "Step", "Triple", "lists_of"]

Slot = tuple[str, str]
"""A property and nothing, or ``rdf:type`` and a class."""

AXIOMATIC: Mapping[Triple, str] = {
    (head.s, head.p, str(head.o)): rule.name for rule in RULES if not rule.premises for head in rule.conclusions
}
"""What holds of any graph, with the rule that says so."""

_FIRST, _REST, _NIL = (f"<{PREFIXES['rdf']}{name}>" for name in ("first", "rest", "nil"))


class ClosedGraph(Protocol):
    """A graph with its closure, triples that it does not tell included."""

    def is_asserted(self, triple: Triple) -> bool:
        """Return True for a triple that the graph's makers put there."""

    def holds(self, triple: Triple) -> bool:
        """Return True for a triple of the closure."""

    def match(self, s: str | None, p: str, o: str | None) -> Iterable[Triple]:
        """Return the triples of the closure with these parts, those asserted first; None stands for any."""


class Step(NamedTuple):
    """One application of a rule.

    Attributes:
        rule: The concrete rule.
        premises: The triples it takes: first its axioms, then its facts, each once.
    """

    rule: ConcreteRule
    premises: tuple[Triple, ...]


def lists_of(graph: ClosedGraph) -> dict[str, tuple[str, ...]]:
    """Return the members of each list of a graph by its head."""
    first = {s: o for s, _, o in graph.match(None, _FIRST, None) if graph.is_asserted((s, _FIRST, o))}
    rest = {s: o for s, _, o in graph.match(None, _REST, None) if graph.is_asserted((s, _REST, o))}
    return read_lists(first, rest, _NIL)


class Derivations:
    """The concrete rules of a closed graph, asked backwards."""

    def __init__(self, graph: ClosedGraph, lists: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Take the rules of a closed graph; *lists* are its lists where it does not hold their cells itself."""
        self._graph = graph
        self.lists = lists_of(graph) if lists is None else lists
        self._by_head: dict[Slot, list[ConcreteRule]] = {}
        self._asserted_slots: dict[Slot, bool] = {}
        self._same = [(s, o) for s, _, o in graph.match(None, SAME_AS, None) if s != o]
        rules = list(compile_rules(self._axioms()))
        classes = self._classes() if any(_is_open(rule) for rule in rules) else []
        for compiled in rules:
            for rule in over_classes(compiled, TYPE, classes):
                if rule.head is not None and rule.body + rule.axioms:
                    self._by_head.setdefault(_slot(rule.head), []).append(rule)
        self._least = self._least_steps()
        for found in self._by_head.values():
            found.sort(key=self._least_of)

    def least(self, triple: Triple) -> int:
        """Return a number of steps that any derivation of a triple that is not asserted takes at least."""
        return max(1, min(self._least.get(slot, 1) for slot in _slots_of(triple)))

    def steps(self, goal: Triple) -> Iterator[Step]:
        """Yield the steps that give *goal*, those with the fewest steps before them first as far as the rules tell."""
        for rule in self._rules_for(goal):
            head = rule.head
            assert head is not None  # noqa: S101  # only rules with a head are kept
            bindings = _unify(head, goal, {})
            if bindings is None:
                continue
            for found in self._matches(list(rule.body), bindings):
                facts = tuple(_filled(atom, found) for atom in rule.body)
                premises = tuple(dict.fromkeys((*rule.axioms, *facts)))
                if goal not in premises:
                    yield Step(rule, premises)

    def _rules_for(self, goal: Triple) -> Iterator[ConcreteRule]:
        for slot in _slots_of(goal):
            yield from self._by_head.get(slot, ())
        if self._same:
            slots = [_slots_of(goal)[0]]
            if goal[1] == TYPE:
                slots += [(TYPE, one) for one, other in self._same if other == goal[2]]
            for rule in replacements(slots, self._same, TYPE, SAME_AS):
                if _unify(rule.head, goal, {}) is not None:  # type: ignore[arg-type]  # replacements have a head
                    yield rule

    def _matches(self, atoms: list[Atom], bindings: dict[str, str]) -> Iterator[dict[str, str]]:
        """Yield the bindings under which the atoms hold, the one with the fewest open variables taken first."""
        if not atoms:
            yield bindings
            return
        atom = min(atoms, key=lambda one: sum(is_variable(part) and part not in bindings for part in one))
        rest = [other for other in atoms if other is not atom]
        s, p, o = (bindings.get(part) if is_variable(part) else part for part in atom)
        if s is not None and o is not None:
            if self._graph.holds((s, p or "", o)):
                yield from self._matches(rest, bindings)
            return
        for triple in self._graph.match(s, p or "", o):
            extended = _unify(atom, triple, bindings)
            if extended is not None:
                yield from self._matches(rest, extended)

    def _axioms(self) -> Axioms:
        triples: list[Triple] = []
        for predicate in sorted(AXIOM_PREDICATES):
            triples += sorted(self._graph.match(None, predicate, None))
        for named in sorted(AXIOM_CLASSES):
            triples += sorted(self._graph.match(None, TYPE, named))
        same = [(s, SAME_AS, o) for s, o in self._same if next(iter(self._graph.match(None, s, None)), None)]
        integers = {o: value for _, _, o in triples if (value := integer_value(o)) is not None}
        return Axioms([*triples, *same], self.lists, integers)

    def _classes(self) -> list[str]:
        return sorted({o for _, _, o in self._graph.match(None, TYPE, None)})

    def _least_steps(self) -> dict[Slot, int]:
        """Return for each slot the least number of steps to a fact of it that is not asserted, as far as rules tell.

        A premise costs nothing where its slot has an asserted fact; that of another is what its own rules cost.
        """
        least: dict[Slot, int] = {}

        def cost(slot: Slot) -> float:
            return 0 if self._has_asserted(slot) else least.get(slot, float("inf"))

        changed = True
        while changed:
            changed = False
            for slot, rules in self._by_head.items():
                best = min(1 + sum(cost(_slot(atom)) for atom in set(rule.body)) for rule in rules)
                if best < least.get(slot, float("inf")):
                    least[slot] = int(best)
                    changed = True
        return least

    def _least_of(self, rule: ConcreteRule) -> int:
        known = {slot: self._least.get(slot, 0) for slot in map(_slot, rule.body)}
        inferred = [axiom for axiom in rule.axioms if not self._graph.is_asserted(axiom)]
        return sum(0 if self._has_asserted(slot) else steps for slot, steps in known.items()) + len(inferred)

    def _has_asserted(self, slot: Slot) -> bool:
        p, c = slot
        if is_variable(c):
            return True
        found = self._asserted_slots.get(slot)
        if found is None:
            first = next(iter(self._graph.match(None, p, c or None)), None)
            found = first is not None and self._graph.is_asserted(first)
            self._asserted_slots[slot] = found
        return found


def _slot(atom: Atom) -> Slot:
    if atom.p != TYPE:
        return atom.p, ""
    return TYPE, "?" if is_variable(atom.o) else atom.o


def _slots_of(triple: Triple) -> list[Slot]:
    return [(triple[1], "")] if triple[1] != TYPE else [(TYPE, triple[2]), (TYPE, "?")]


def _is_open(rule: ConcreteRule) -> bool:
    return any(atom.p == TYPE and is_variable(atom.o) for atom in rule.body)


def _unify(atom: Atom, triple: Triple, bindings: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return *bindings* with what makes the atom the triple, or None where nothing does."""
    extended = dict(bindings)
    for part, value in zip(atom, triple, strict=True):
        if (extended.setdefault(part, value) if is_variable(part) else part) != value:
            return None
    return extended


def _filled(atom: Atom, bindings: Mapping[str, str]) -> Triple:
    s, p, o = (bindings[part] if is_variable(part) else part for part in atom)
    return s, p, o
