"""The OWL 2 RL closure of a graph: what follows from it, kept up as the graph changes, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import numpy as np

from metiers_kg.reasoner import datatypes
from metiers_kg.reasoner.columns import NONE, Column, Ints, difference, distinct, pack, unpack
from metiers_kg.reasoner.compilation import (
    AXIOM_CLASSES,
    AXIOM_PREDICATES,
    SAME_AS,
    TYPE,
    Axioms,
    ConcreteRule,
    compile_rules,
    filled_in,
    is_variable,
    over_classes,
    read_lists,
    replacements,
)
from metiers_kg.reasoner.contradictions import Contradiction, find_contradictions
from metiers_kg.reasoner.dictionary import Dictionary
from metiers_kg.reasoner.joins import Slot
from metiers_kg.reasoner.saturation import Facts, Saturation
from metiers_kg.reasoner.terms import Triple
from metiers_kg.vocabulary import PREFIXES

__all__ = ["Closure", "Contradiction", "close"]

_FIRST, _REST, _NIL = (f"<{PREFIXES['rdf']}{name}>" for name in ("first", "rest", "nil"))
_CARDINALITIES = tuple(f"<{PREFIXES['owl']}{name}>" for name in ("maxCardinality", "maxQualifiedCardinality"))
_EQUALITY = 4  # the table of the rules of equality


class Closure:
    """A graph and what follows from it by the rules of OWL 2 RL.

    >>> rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    >>> closure = Closure([f"<a> <{rdf}type> <Dog> .", f"<Dog> <{rdfs}subClassOf> <Animal> ."])
    >>> closure.inferred
    ['<a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <Animal> .']
    """

    def __init__(self, ntriples: Iterable[str]) -> None:
        """Compute the closure of canonical N-Triples lines."""
        self._prepare(Dictionary())
        self._start(self._facts(ntriples))

    @classmethod
    def restored(cls, terms: Iterable[str], columns: dict[Slot, Column], asserted: dict[Slot, Column]) -> Closure:
        """Return a closure computed before, from its terms and its columns of facts, all of them and those asserted."""
        closure = cls.__new__(cls)
        closure._prepare(Dictionary(terms))
        closure.asserted = asserted
        closure._saturation.columns = columns
        closure._lists = closure._read_lists({slot: column.forward for slot, column in asserted.items()})
        closure._rules = list(closure._concrete_rules())
        closure._saturation.learn(closure._rules, apply=False)
        return closure

    def _prepare(self, terms: Dictionary) -> None:
        self.terms = terms
        self._type = self.terms.number(TYPE)
        self._same = (self.terms.number(SAME_AS), 0)
        self._axiom_slots = [
            *((self.terms.number(term), 0) for term in sorted(AXIOM_PREDICATES)),
            *((self._type, self.terms.number(term)) for term in sorted(AXIOM_CLASSES)),
        ]
        self._list_slots = [(self.terms.number(term), 0) for term in (_FIRST, _REST)]
        self.asserted: dict[Slot, Column] = {}
        self._saturation = Saturation(self._type)
        self._rules: list[ConcreteRule] = []
        self._is_open = False
        self._lists: dict[int, tuple[int, ...]] = {}

    @property
    def columns(self) -> Mapping[Slot, Column]:
        """All facts of the closure, by slot."""
        return self._saturation.columns

    # What is told

    @property
    def inferred(self) -> list[str]:
        """What follows and is told, as sorted N-Triples lines.

        Left out are the triples of the closure that are asserted, that hold of any graph, that lead from a thing to
        itself, and that have a blank node, a literal as subject or a predicate that is no IRI.
        """
        return sorted(f"{s} {p} {o} ." for s, p, o in self._follows() if _is_told(s, p, o))

    @property
    def left_out(self) -> list[str]:
        """What follows and is RDF but is not told: triples from a thing to itself, or with a blank node; sorted."""
        return sorted(
            f"{s} {p} {o} ." for s, p, o in self._follows() if not _is_told(s, p, o) and s[0] != '"' and p[0] == "<"
        )

    @property
    def contradictions(self) -> list[Contradiction]:
        """The triples that cannot all hold, in the order of the rules; empty for a consistent graph."""
        return list(find_contradictions(self.terms, self._rules, self._saturation, self.asserted))

    def __len__(self) -> int:
        """Return the number of triples of the closure, asserted ones and those that are not told included."""
        return self._saturation.count()

    # How it changes

    def become(self, ntriples: Iterable[str]) -> bool:
        """Change to the closure of other lines; return True where that took less than a new start.

        Facts that are new are added with what follows, facts that are gone are taken back with what rested on them.
        All is computed anew where axioms change or lists, where things are the same, and where a rule reads a datatype.
        """
        facts = self._facts(ntriples)
        slots = {*facts, *self.asserted}
        gone = {slot: difference(self._told(slot), facts.get(slot, NONE)) for slot in slots}
        new = {slot: difference(facts.get(slot, NONE), self._told(slot)) for slot in slots}
        changed = {slot for slot in slots if len(gone[slot]) or len(new[slot])}
        fixed = {self._same, *self._axiom_slots, *self._list_slots}
        before = self._signature()
        if changed & fixed or self._rests_on_equality() or self._literal_types():
            self._start(facts)
            return False
        self.asserted = {slot: Column(values) for slot, values in facts.items()}
        self._saturation.remove({slot: gone[slot] for slot in changed if len(gone[slot])}, self.asserted)
        if before != self._signature():
            self._start(facts)
            return False
        self._saturation.add({slot: new[slot] for slot in changed})
        self._saturation.add(self._literal_types())
        if before != self._signature():
            self._compile()
        return True

    # How it is made

    def _start(self, facts: Facts) -> None:
        self.asserted = {slot: Column(values) for slot, values in facts.items()}
        self._saturation = Saturation(self._type)
        self._rules = []
        self._is_open = False
        self._lists = self._read_lists(facts)
        nothing = Axioms((), {}, {})
        self._saturation.add(self._saturation.learn(compile_rules(nothing, self.terms.number)))
        self._saturation.add({slot: facts[slot] for slot in self._axiom_slots if slot in facts})
        self._compile(facts)

    def _compile(self, facts: Mapping[Slot, Ints] | None = None) -> None:
        """Compile the rules for the axioms there are and apply them, until no new axiom follows."""
        seen = None
        while facts is not None or seen != self._signature():
            seen = self._signature()
            self._rules = list(self._concrete_rules())
            found = self._saturation.learn(self._rules)
            self._saturation.add(found)
            if facts is not None:
                self._saturation.add(facts)
                facts = None
            self._saturation.add(self._literal_types())

    def _signature(self) -> tuple[object, ...]:
        """Return what the concrete rules depend on, but for its content: it only ever grows between two looks."""
        columns = self._saturation.columns
        sizes = tuple(len(columns[slot]) if slot in columns else 0 for slot in self._axiom_slots)
        equal = len(self._equal()[0])
        return sizes, equal, self._saturation.count() if self._is_open else len(columns) if equal else 0

    def _equal(self) -> tuple[Ints, Ints]:
        """Return what is the same as something else, and what it is the same as."""
        column = self._saturation.columns.get(self._same)
        s, o = unpack(NONE if column is None else column.forward)
        return s[s != o], o[s != o]

    def _rests_on_equality(self) -> bool:
        """Return True where something is the same as something else."""
        return len(self._equal()[0]) > 0

    def _concrete_rules(self) -> Iterator[ConcreteRule]:
        """Yield the rules for the axioms there are.

        An axiom about rdf:type makes a rule for each class, and one about owl:sameAs asks that each thing be the same
        as itself: such rules are open, they depend on the facts.
        """
        columns = self._saturation.columns
        classes = [o for p, o in columns if p == self._type]
        rules = list(compile_rules(self._axioms(), self.terms.number))
        speaks_of_equality = any(map(self._speaks_of_equality, rules))
        self._is_open = speaks_of_equality or any(map(self._speaks_of_type, rules))
        if speaks_of_equality:
            self._saturation.add({self._same: self._same_as_itself()})
        for rule in rules:
            for closed in over_classes(rule, self._type, classes):
                yield from self._over_conclusions(closed)
        if self._rests_on_equality():
            same = list(zip(*(column.tolist() for column in self._equal()), strict=True))
            yield from replacements(list(columns), same, self._type, self._same[0])

    def _speaks_of_type(self, rule: ConcreteRule) -> bool:
        atoms = rule.body if rule.head is None else (*rule.body, rule.head)
        return any(atom.p == self._type and is_variable(atom.o) for atom in atoms)

    def _speaks_of_equality(self, rule: ConcreteRule) -> bool:
        if not rule.axioms or (rule.rule.finds_contradictions and rule.rule.table == _EQUALITY):
            return False  # eq-diff2 and eq-diff3 ask whether two members are the same
        return any(atom.p == self._same[0] for atom in rule.body)

    def _over_conclusions(self, rule: ConcreteRule) -> Iterator[ConcreteRule]:
        """Yield a rule that concludes ``rdf:type`` with any class once for each class it concludes now."""
        head = rule.head
        if head is None or head.p != self._type or not is_variable(head.o):
            yield rule
            return
        for named in distinct(self._saturation.bindings(rule).get(head.o, NONE)).tolist():
            yield filled_in(rule, head.o, named)

    def _same_as_itself(self) -> Ints:
        """Return each thing as the same as itself (eq-ref), which matters only where an axiom speaks of owl:sameAs."""
        things: list[Ints] = []
        for (p, o), column in self._saturation.columns.items():
            things.append(np.array([p, o] if o else [p]))
            things += [column.forward] if o else unpack(column.forward)
        every = distinct(np.concatenate(things))
        return pack(every, every)

    def _axioms(self) -> Axioms:
        columns = self._saturation.columns
        predicates = {p for p, _ in columns}
        triples: list[tuple[int, int, int]] = []
        for p, c in self._axiom_slots:
            if (p, c) not in columns:
                continue
            values = columns[p, c].forward
            if c:
                triples += ((s, p, c) for s in values.tolist())
            else:
                s, o = unpack(values)
                triples += ((a, p, b) for a, b in zip(s.tolist(), o.tolist(), strict=True))
        if self._same in columns:
            s, o = unpack(columns[self._same].forward)
            pairs = zip(s.tolist(), o.tolist(), strict=True)
            triples += ((a, self._same[0], b) for a, b in pairs if a in predicates and a != b and self._is_name(b))
        cardinalities = {self.terms.number(term) for term in _CARDINALITIES}
        integers = {
            o: value
            for _, p, o in triples
            if p in cardinalities and (value := datatypes.integer_value(self.terms.term(o))) is not None
        }
        return Axioms(triples, self._lists, integers)

    def _is_name(self, number: int) -> bool:
        return not datatypes.is_literal(self.terms.term(number))

    def _facts(self, ntriples: Iterable[str]) -> Facts:
        """Return lines as sorted columns by slot."""
        s, p, o = self.terms.columns(ntriples)
        facts: Facts = {}
        for predicate, rows in _groups(p):
            if predicate == self._type:
                classes = o[rows]
                for c, members in _groups(classes):
                    facts[predicate, c] = distinct(s[rows][members])
            else:
                facts[predicate, 0] = distinct(pack(s[rows], o[rows]))
        return facts

    def _read_lists(self, facts: Facts) -> dict[int, tuple[int, ...]]:
        """Return the members of each list by its head."""
        first, rest = ({} if slot not in facts else _mapping(facts[slot]) for slot in self._list_slots)
        return read_lists(first, rest, self.terms.number(_NIL))

    def _literal_types(self) -> Facts:
        """Return the types (dt-type2) of literals: those that a rule reads, and all of a literal that equals something.

        Where a rule reads or concludes any type, all types of all literals count.
        """
        read = {
            number
            for iri in datatypes.DATATYPES
            if (number := self.terms.known(f"<{iri}>")) and self._saturation.reads((self._type, number))
        }
        same = set(self._equal()[0].tolist())
        if not (read or same or self._is_open):
            return {}
        terms = self.terms.terms()
        objects = [unpack(column.forward)[1] for (_, c), column in self.asserted.items() if not c]
        members: dict[Slot, list[int]] = {}
        for literal in distinct(np.concatenate([NONE, *objects])).tolist():
            every = self._is_open or literal in same
            if not datatypes.is_literal(terms[literal]) or not (read or every):
                continue
            for iri in datatypes.datatypes_of(datatypes.literal_parts(terms[literal])[1]):
                number = self.terms.number(f"<{iri}>")
                if number in read or (every and iri in datatypes.DATATYPES):
                    members.setdefault((self._type, number), []).append(literal)
        return {slot: np.array(numbers, dtype=np.int64) for slot, numbers in members.items()}

    # What it tells

    def _told(self, slot: Slot) -> Ints:
        column = self.asserted.get(slot)
        return NONE if column is None else column.forward

    def _follows(self) -> Iterator[Triple]:
        """Yield what is in the closure and neither asserted nor true of any graph."""
        for slot, column in self.columns.items():
            fresh = difference(column.forward, self._told(slot))
            yield from (triple for triple in self._named(slot, fresh) if triple not in _always())

    def _named(self, slot: Slot, facts: Ints) -> Iterator[Triple]:
        """Yield facts of a slot as triples."""
        terms = self.terms.terms()
        p = terms[slot[0]]
        if slot[1]:
            yield from ((terms[s], p, terms[slot[1]]) for s in facts.tolist())
            return
        subjects, objects = unpack(facts)
        yield from ((terms[s], p, terms[o]) for s, o in zip(subjects.tolist(), objects.tolist(), strict=True))


def close(ntriples: Iterable[str]) -> Closure:
    """Return the OWL 2 RL closure of a graph given as canonical N-Triples lines."""
    return Closure(ntriples)


@cache
def _always() -> frozenset[Triple]:
    """Return what holds of any graph: the closure of nothing."""
    closure = Closure(())
    return frozenset(
        triple for slot, column in closure.columns.items() for triple in closure._named(slot, column.forward)
    )


def _is_told(s: str, p: str, o: str) -> bool:
    return s[0] == "<" and p[0] == "<" and o[0] != "_" and s != o


def _groups(values: Ints) -> Iterator[tuple[int, Ints]]:
    """Yield each value with the positions it stands at."""
    if not len(values):
        return
    positions = np.argsort(values, kind="stable")
    ordered = values[positions]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(values)], strict=True):
        yield int(ordered[start]), positions[start:end]


def _mapping(pairs: Ints) -> dict[int, int]:
    s, o = unpack(pairs)
    return dict(zip(s.tolist(), o.tolist(), strict=True))
