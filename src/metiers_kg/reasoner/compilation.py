"""Compilation: the rules and the axioms of a graph give concrete rules, each over named properties and classes.

A rule such as ``prp-dom`` becomes one concrete rule for each ``rdfs:domain`` axiom, and a property chain a join of its
properties. What is left to match are the facts, found in slots: the pairs of one property, or the members of one class.
A term can be anything hashable; the closure uses integers, explanations N-Triples texts. A variable is a text that
starts with a question mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

from metiers_kg.reasoner.rules import RULES, Before, Every, Member, Path, Pattern, Premise, Rule
from metiers_kg.vocabulary import PREFIXES

__all__ = [
    "AXIOM_CLASSES",
    "AXIOM_PREDICATES",
    "SAME_AS",
    "TYPE",
    "Atom",
    "Axioms",
    "ConcreteRule",
    "compile_rules",
    "filled_in",
    "is_variable",
    "over_classes",
    "read_lists",
    "replacements",
]

Bindings = dict[str, Any]

TYPE = f"<{PREFIXES['rdf']}type>"
SAME_AS = f"<{PREFIXES['owl']}sameAs>"

AXIOM_PREDICATES: frozenset[str] = frozenset(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, names in {
        "rdfs": "domain range subClassOf subPropertyOf",
        "owl": (
            "allValuesFrom assertionProperty complementOf disjointWith distinctMembers equivalentClass "
            "equivalentProperty hasKey hasValue intersectionOf inverseOf maxCardinality maxQualifiedCardinality "
            "members onClass onProperty oneOf propertyChainAxiom propertyDisjointWith someValuesFrom sourceIndividual "
            "targetIndividual targetValue unionOf"
        ),
    }.items()
    for name in names.split()
)
"""The predicates of axioms: a rule is compiled for each triple that has one."""

AXIOM_CLASSES: frozenset[str] = frozenset(
    f"<{PREFIXES['owl']}{name}>"
    for name in (
        "AllDifferent",
        "AllDisjointClasses",
        "AllDisjointProperties",
        "AsymmetricProperty",
        "FunctionalProperty",
        "InverseFunctionalProperty",
        "IrreflexiveProperty",
        "SymmetricProperty",
        "TransitiveProperty",
    )
)
"""The classes of axioms: likewise, for each member."""


class Atom(NamedTuple):
    """A triple of a concrete rule; its predicate is a constant, and so is the class where that is ``rdf:type``."""

    s: Any
    p: Any
    o: Any


class ConcreteRule(NamedTuple):
    """A rule with its axioms filled in.

    Attributes:
        rule: The rule of the W3C that it is a case of.
        axioms: The triples that made it so, in the order of the rule's premises; list cells are left out.
        body: The facts that must hold.
        head: The fact that then holds, or None for a contradiction.
    """

    rule: Rule
    axioms: tuple[tuple[Any, Any, Any], ...]
    body: tuple[Atom, ...]
    head: Atom | None

    @property
    def key(self) -> tuple[Any, ...]:
        """What it does; two concrete rules of one key infer the same."""
        return self.body, self.head


def is_variable(term: Any) -> bool:
    """Return True for a variable of a rule."""
    return type(term) is str and term[:1] == "?"


class Axioms:
    """The triples of a graph that rules are compiled from, each found by any of its parts."""

    def __init__(
        self,
        triples: Iterable[tuple[Any, Any, Any]],
        lists: Mapping[Any, tuple[Any, ...]],
        integers: Mapping[Any, int],
    ) -> None:
        """Take the axioms, the members of each list by its head, and the value of each integer literal."""
        self._by_predicate: dict[Any, list[tuple[Any, Any, Any]]] = {}
        self._by_subject: dict[tuple[Any, Any], list[tuple[Any, Any, Any]]] = {}
        self._by_object: dict[tuple[Any, Any], list[tuple[Any, Any, Any]]] = {}
        self.lists = lists
        self.integers = integers
        for triple in triples:
            s, p, o = triple
            self._by_predicate.setdefault(p, []).append(triple)
            self._by_subject.setdefault((p, s), []).append(triple)
            self._by_object.setdefault((p, o), []).append(triple)

    def match(self, s: Any, p: Any, o: Any) -> Iterable[tuple[Any, Any, Any]]:
        """Return the axioms with these parts; None stands for any subject or object."""
        if s is not None:
            found = self._by_subject.get((p, s), ())
            return found if o is None else [triple for triple in found if triple[2] == o]
        if o is not None:
            return self._by_object.get((p, o), ())
        return self._by_predicate.get(p, ())


def read_lists(first: Mapping[Any, Any], rest: Mapping[Any, Any], nil: Any) -> dict[Any, tuple[Any, ...]]:
    """Return the members of each list by its head; one that goes in circles or has no end has none.

    >>> read_lists({"_:a": "<x>", "_:b": "<y>"}, {"_:a": "_:b", "_:b": "nil"}, "nil")["_:a"]
    ('<x>', '<y>')
    """
    lists: dict[Any, tuple[Any, ...]] = {nil: ()}
    for head in first:
        members, cell, seen = [], head, set()
        while cell != nil and cell in first and cell not in seen:
            seen.add(cell)
            members.append(first[cell])
            cell = rest.get(cell)
        if cell == nil:
            lists[head] = tuple(members)
    return lists


def compile_rules(axioms: Axioms, term: Callable[[str], Any] = lambda text: text) -> Iterator[ConcreteRule]:
    """Yield the concrete rules of *axioms*, and those that need none; *term* gives the term of an N-Triples text.

    The replacement of equals (``eq-rep-s``, ``eq-rep-o``, over every slot there is) and ``eq-ref`` are left to those
    who apply the rules.

    >>> p = "<http://www.w3.org/2000/01/rdf-schema#domain>"
    >>> [concrete] = [c for c in compile_rules(Axioms([("<age>", p, "<Person>")], {}, {})) if c.axioms]
    >>> concrete.rule.name, concrete.body[0], concrete.head.o
    ('prp-dom', Atom(s='?x', p='<age>', o='?y'), '<Person>')
    """
    for rule, asked, facts in _plans():
        for bindings, used in _solutions(asked, {}, axioms, term):
            yield from _concrete(rule, facts, bindings, used, axioms, term)


@cache
def _plans() -> tuple[tuple[Rule, Sequence[Premise], Sequence[Premise]], ...]:
    """Return each rule that is compiled with the premises to match with axioms and those that are left as facts."""
    plans = []
    for rule in RULES:
        if rule.name not in {"eq-ref", "eq-rep-s", "eq-rep-o"}:
            asked = [] if _is_direct(rule) else [premise for premise in rule.premises if _is_axiom(premise, rule)]
            plans.append((rule, asked, [premise for premise in rule.premises if premise not in asked]))
    return tuple(plans)


def _is_axiom(premise: Premise, rule: Rule) -> bool:
    """True where a premise is matched with axioms, before any fact is."""
    if isinstance(premise, Member | Before):
        return True
    if isinstance(premise, Pattern):
        if premise.p == SAME_AS:
            return rule.name == "eq-rep-p"
        return premise.p in AXIOM_PREDICATES or (premise.p == TYPE and premise.o in AXIOM_CLASSES)
    return False


def _is_direct(rule: Rule) -> bool:
    """True where a rule names all its properties and classes, as most of table 9: nothing is to be compiled."""
    return all(
        isinstance(premise, Pattern)
        and not is_variable(premise.p)
        and not isinstance(premise.o, int)
        and not (premise.p == TYPE and is_variable(premise.o))
        for premise in (*rule.premises, *rule.conclusions)
    )


def _solutions(
    premises: Sequence[Premise], bindings: Bindings, axioms: Axioms, term: Callable[[str], Any]
) -> Iterator[tuple[Bindings, tuple[tuple[Any, Any, Any], ...]]]:
    """Yield the bindings that match *premises* with axioms, and the axioms used."""
    if not premises:
        yield bindings, ()
        return
    first, rest = premises[0], premises[1:]
    for extended, used in _matches(first, bindings, axioms, term):
        for whole, more in _solutions(rest, extended, axioms, term):
            yield whole, (*used, *more)


def _matches(
    premise: Premise, bindings: Bindings, axioms: Axioms, term: Callable[[str], Any]
) -> Iterator[tuple[Bindings, tuple[tuple[Any, Any, Any], ...]]]:
    if isinstance(premise, Member):
        for item in axioms.lists.get(bindings[premise.list], ()):
            yield {**bindings, premise.item: item}, ()
    elif isinstance(premise, Before):
        for first, second in combinations(axioms.lists.get(bindings[premise.list], ()), 2):
            yield {**bindings, premise.first: first, premise.second: second}, ()
    elif isinstance(premise, Pattern):
        s, p, o = (_value(part, bindings, term) for part in premise)
        value = o if isinstance(premise.o, int) else None
        for triple in axioms.match(s, p, None if value is not None else o):
            if value is not None and axioms.integers.get(triple[2]) != value:
                continue
            extended = dict(bindings)
            if _bind(extended, premise.s, triple[0]) and (value is not None or _bind(extended, premise.o, triple[2])):
                yield extended, (triple,)


def _value(part: str | int, bindings: Bindings, term: Callable[[str], Any]) -> Any:
    """Return the term of a part of a pattern, or None where it is a variable without a value."""
    if isinstance(part, int):
        return part
    return bindings.get(part) if is_variable(part) else term(part)


def _bind(bindings: Bindings, part: str | int, value: Any) -> bool:
    """Give a variable its value; False where it has another."""
    return not is_variable(part) or bindings.setdefault(str(part), value) == value


def _concrete(
    rule: Rule,
    facts: Sequence[Premise],
    bindings: Bindings,
    used: tuple[tuple[Any, Any, Any], ...],
    axioms: Axioms,
    term: Callable[[str], Any],
) -> Iterator[ConcreteRule]:
    body: list[Atom] = []
    for premise in facts:
        atoms = list(_atoms(premise, bindings, axioms, term))
        if not atoms and not isinstance(premise, Pattern):
            return  # an empty or broken list says nothing
        body += (atom for atom in atoms if atom not in body)
    for conclusion in rule.conclusions or (None,):
        head = next(_atoms(conclusion, bindings, axioms, term)) if conclusion else None
        if head in body:
            continue  # such as a class that is its own subclass
        yield ConcreteRule(rule, used, tuple(body), head)


def _atoms(premise: Premise, bindings: Bindings, axioms: Axioms, term: Callable[[str], Any]) -> Iterator[Atom]:
    def filled(part: str | int) -> Any:
        if isinstance(part, int):
            return part
        return bindings.get(part, part) if part[0] == "?" else term(part)

    if isinstance(premise, Pattern):
        yield Atom(filled(premise.s), filled(premise.p), filled(premise.o))
    elif isinstance(premise, Every):
        for index, item in enumerate(axioms.lists.get(bindings[premise.list], ())):
            s, p, o = (item if part == premise.item else filled(_numbered(part, index)) for part in premise.pattern)
            yield Atom(s, p, o)
    elif isinstance(premise, Path):
        chain = axioms.lists.get(bindings[premise.list], ())
        steps = [premise.start, *(f"?step{index}" for index in range(1, len(chain))), premise.end]
        for index, item in enumerate(chain):
            yield Atom(steps[index], item, steps[index + 1])


def _numbered(part: str | int, index: int) -> str | int:
    """Return another variable for each member of a list, where a variable ends in ``*``."""
    return part[:-1] + str(index) if isinstance(part, str) and part.endswith("*") else part


def over_classes(rule: ConcreteRule, rdf_type: Any, classes: Iterable[Any]) -> Iterator[ConcreteRule]:
    """Yield a rule once for each class where its body matches ``rdf:type`` with any class; else as it is."""
    for atom in rule.body:
        if atom.p == rdf_type and is_variable(atom.o):
            for named in classes:
                yield from over_classes(filled_in(rule, atom.o, named), rdf_type, classes)
            return
    yield rule


def filled_in(rule: ConcreteRule, variable: Any, value: Any) -> ConcreteRule:
    """Return a rule with a value in place of a variable."""

    def put(atom: Atom) -> Atom:
        return Atom(*(value if part == variable else part for part in atom))

    return rule._replace(body=tuple(put(atom) for atom in rule.body), head=put(rule.head) if rule.head else None)


def replacements(
    slots: Iterable[tuple[Any, Any]], same: Iterable[tuple[Any, Any]], rdf_type: Any, same_as: Any
) -> Iterator[ConcreteRule]:
    """Yield ``eq-rep-s`` and ``eq-rep-o`` for each slot: a property and a false value, or ``rdf:type`` and a class.

    Args:
        slots: Where facts are kept.
        same: The pairs that are the same and not one thing.
        rdf_type: The term of ``rdf:type``.
        same_as: The term of ``owl:sameAs``; its own facts are left to ``eq-sym`` and ``eq-trans``.
    """
    by_name = {rule.name: rule for rule in RULES}
    equals: dict[Any, list[Any]] = {}
    for one, other in same:
        equals.setdefault(one, []).append(other)
    for p, c in slots:
        if p == same_as:
            continue
        fact = Atom("?s", p, c or "?o")
        yield ConcreteRule(by_name["eq-rep-s"], (), (Atom("?s", same_as, "?s2"), fact), Atom("?s2", p, fact.o))
        if c:
            for other in equals.get(c, ()):
                yield ConcreteRule(by_name["eq-rep-o"], ((c, same_as, other),), (fact,), Atom("?s", p, other))
        else:
            yield ConcreteRule(by_name["eq-rep-o"], (), (Atom("?o", same_as, "?o2"), fact), Atom("?s", p, "?o2"))
