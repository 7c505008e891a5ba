"""Replay: what follows from a handful of triples, by plain forward reasoning over Python sets.

It shares the rules with the closure and the explanations and nothing else, and so checks what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

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
    replacements,
)
from metiers_kg.reasoner.datatypes import datatypes_of, integer_value, is_literal, literal_parts
from metiers_kg.reasoner.terms import Triple

__all__ = ["Replay"]


class Replay:
    """Forward reasoning from a few triples and the lists that they name."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists

    def follows(self, triple: Triple, leaves: Iterable[Triple]) -> bool:
        """Return True where *triple* follows from *leaves*."""
        return triple in _Facts(leaves).saturate(self._lists, triple)

    def closed(self, leaves: Iterable[Triple]) -> _Facts:
        """Return *leaves* as a closed graph."""
        facts = _Facts(leaves)
        facts.saturate(self._lists, None)
        return facts


class _Facts:
    """A small closed graph."""

    def __init__(self, leaves: Iterable[Triple]) -> None:
        self._asserted = frozenset(leaves)
        self._known: set[Triple] = set()
        self._by_predicate: dict[str, list[Triple]] = {}
        for triple in sorted(self._asserted):
            self._add(triple)

    def is_asserted(self, triple: Triple) -> bool:
        """Return True for a leaf."""
        return triple in self._asserted

    def holds(self, triple: Triple) -> bool:
        """Return True for what follows."""
        return triple in self._known

    def match(self, s: str | None, p: str, o: str | None) -> Iterator[Triple]:
        """Yield the triples with these parts."""
        for triple in list(self._by_predicate.get(p, ())):
            if s in (None, triple[0]) and o in (None, triple[2]):
                yield triple

    def saturate(self, lists: Mapping[str, tuple[str, ...]], goal: Triple | None) -> set[Triple]:
        """Add what follows, until nothing new does or *goal* is there; return all."""
        size, asked, rules = -1, None, list[ConcreteRule]()
        while size != len(self._known) and goal not in self._known:
            size = len(self._known)
            if asked != (asks := self._asks()):
                asked, rules = asks, [rule for rule in self._rules(asks, lists) if rule.head is not None]
            for rule in rules:
                for bindings in list(self._bindings(rule.body, {})):
                    s, p, o = (bindings[part] if is_variable(part) else part for part in rule.head or ())
                    self._add((s, p, o))
        return self._known

    def _add(self, triple: Triple) -> None:
        if triple in self._known:
            return
        self._known.add(triple)
        self._by_predicate.setdefault(triple[1], []).append(triple)
        if is_literal(triple[2]):
            for iri in datatypes_of(literal_parts(triple[2])[1]):
                self._add((triple[2], TYPE, f"<{iri}>"))

    def _asks(self) -> tuple[frozenset[Triple], frozenset[str], frozenset[str]]:
        """Return what rules are compiled from: axioms and equals, the classes and the properties in use."""
        axioms = (t for p in AXIOM_PREDICATES for t in self._by_predicate.get(p, ()))
        types = self._by_predicate.get(TYPE, ())
        same = (t for t in self._by_predicate.get(SAME_AS, ()) if t[0] != t[2])
        kinds = (t for t in types if t[2] in AXIOM_CLASSES)
        return frozenset((*axioms, *kinds, *same)), frozenset(o for _, _, o in types), frozenset(self._by_predicate)

    def _rules(
        self, asks: tuple[frozenset[Triple], frozenset[str], frozenset[str]], lists: Mapping[str, tuple[str, ...]]
    ) -> Iterator[ConcreteRule]:
        axioms, classes, predicates = asks
        same = [(s, o) for s, p, o in sorted(axioms) if p == SAME_AS]
        known = [t for t in sorted(axioms) if t[1] != SAME_AS or t[0] in predicates]
        integers = {o: value for _, _, o in known if (value := integer_value(o)) is not None}
        yield from _direct_rules()
        for rule in compile_rules(Axioms(known, lists, integers)):
            if rule.axioms:
                yield from over_classes(rule, TYPE, sorted(classes))
        if same:
            slots = [(p, "") for p in sorted(predicates) if p != TYPE] + [(TYPE, named) for named in sorted(classes)]
            yield from replacements(slots, same, TYPE, SAME_AS)

    def _bindings(self, body: tuple[Atom, ...], bindings: dict[str, str]) -> Iterator[dict[str, str]]:
        if not body:
            yield bindings
            return
        s, p, o = (bindings.get(part) if is_variable(part) else part for part in body[0])
        for triple in self.match(s, p or "", o):
            extended = dict(bindings)
            for part, value in zip(body[0], triple, strict=True):
                if is_variable(part) and extended.setdefault(part, value) != value:
                    break
            else:
                yield from self._bindings(body[1:], extended)


@cache
def _direct_rules() -> tuple[ConcreteRule, ...]:
    """Return the rules that need no axiom to be compiled."""
    return tuple(rule for rule in compile_rules(Axioms((), {}, {})) if not rule.axioms)
