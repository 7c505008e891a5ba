"""Contradictions: the triples of a closure that cannot all hold, by the rules whose conclusion is "false"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from metiers_kg.reasoner import datatypes
from metiers_kg.reasoner.columns import Column, unpack
from metiers_kg.reasoner.compilation import SAME_AS, TYPE, Atom, ConcreteRule, is_variable
from metiers_kg.reasoner.dictionary import Dictionary
from metiers_kg.reasoner.joins import Slot, Table
from metiers_kg.reasoner.saturation import Saturation
from metiers_kg.reasoner.terms import Triple
from metiers_kg.vocabulary import PREFIXES

__all__ = ["Contradiction", "find_contradictions"]

_DIFFERENT_FROM = f"<{PREFIXES['owl']}differentFrom>"
_IRI = re.compile(r"https?://[^\s,()'\"<>]+")
_TOLD_AT_MOST = 1000
"""Of one rule and its axioms, this many contradictions are told."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Triples that cannot all hold.

    Attributes:
        rule: The rule that says so, by its W3C name (``cax-dw``).
        axioms: The axioms it rests on, in N-Triples terms.
        facts: The facts it rests on; either can be asserted or inferred.
        message: What a reasoner that names no triples says of it; else empty.
    """

    rule: str
    axioms: tuple[Triple, ...]
    facts: tuple[Triple, ...]
    message: str = ""

    @property
    def resources(self) -> list[str]:
        """The IRIs it names: those of its facts, then those of its axioms; each once, without brackets.

        >>> Contradiction("prp-irp", (), (("<http://e.org/a>", "<http://e.org/p>", "<http://e.org/a>"),)).resources
        ['http://e.org/a']
        """
        if self.message:
            return list(dict.fromkeys(_IRI.findall(self.message)))
        ends = (term for s, _, o in (*self.facts, *self.axioms) for term in (s, o))
        return list(dict.fromkeys(term[1:-1] for term in ends if term.startswith("<")))


def find_contradictions(
    terms: Dictionary, rules: Iterable[ConcreteRule], saturation: Saturation, asserted: Mapping[Slot, Column]
) -> Iterator[Contradiction]:
    """Yield the contradictions of a saturated graph, in the order of the rules."""
    same = terms.known(SAME_AS)
    for rule in rules:
        if rule.head is None and all(_is_reflexive(atom, same) for atom in rule.body):
            yield _contradiction(rule, {}, 0, terms)  # a list that names one thing twice: eq-ref
        elif rule.head is None:
            yield from _violations(rule, terms, saturation)
    yield from _different_from_itself(terms, saturation)
    yield from _of_no_such_value(terms, saturation)
    yield from _written_wrong(terms, asserted)
    yield from _same_but_different(terms, saturation)


def _is_reflexive(atom: Atom, same: int | None) -> bool:
    """Return whether an atom says that a thing is the same as itself."""
    return atom.p == same and atom.s == atom.o and not is_variable(atom.s)


def _violations(rule: ConcreteRule, terms: Dictionary, saturation: Saturation) -> Iterator[Contradiction]:
    table = saturation.bindings(rule)
    for row in range(min(len(next(iter(table.values()))), _TOLD_AT_MOST)):
        yield _contradiction(rule, table, row, terms)


def _contradiction(rule: ConcreteRule, table: Table, row: int, terms: Dictionary) -> Contradiction:
    axioms = tuple((terms.term(s), terms.term(p), terms.term(o)) for s, p, o in rule.axioms)
    return Contradiction(rule.rule.name, axioms, tuple(_triple(atom, table, row, terms) for atom in rule.body))


def _triple(atom: Atom, table: Table, row: int, terms: Dictionary) -> Triple:
    s, p, o = (int(table[part][row]) if is_variable(part) else part for part in atom)
    return terms.term(s), terms.term(p), terms.term(o)


def _pairs(saturation: Saturation, terms: Dictionary, predicate: str) -> Iterator[tuple[int, int]]:
    column = saturation.columns.get((terms.known(predicate) or 0, 0))
    if column is not None:
        s, o = unpack(column.forward)
        yield from zip(s.tolist(), o.tolist(), strict=True)


def _different_from_itself(terms: Dictionary, saturation: Saturation) -> Iterator[Contradiction]:
    """Yield what is said to differ from itself: eq-diff1 with what eq-ref would add."""
    told = {s for s, o in _pairs(saturation, terms, SAME_AS) if s == o}
    for s, o in _pairs(saturation, terms, _DIFFERENT_FROM):
        if s == o and s not in told:
            name = terms.term(s)
            yield Contradiction("eq-diff1", (), ((name, SAME_AS, name), (name, _DIFFERENT_FROM, name)))


def _of_no_such_value(terms: Dictionary, saturation: Saturation) -> Iterator[Contradiction]:
    """Yield literals that follow to be of a datatype that has no such value."""
    known = {number: iri for iri in datatypes.DATATYPES if (number := terms.known(f"<{iri}>"))}
    names = terms.terms()
    rdf_type = terms.known(TYPE)
    for slot, column in sorted(saturation.columns.items()):
        if slot[0] == rdf_type and slot[1] in known:
            for literal in (names[number] for number in column.forward.tolist()):
                if datatypes.is_literal(literal) and not datatypes.is_value_of(literal, known[slot[1]]):
                    yield Contradiction("dt-not-type", (), ((literal, TYPE, names[slot[1]]),))


def _written_wrong(terms: Dictionary, asserted: Mapping[Slot, Column]) -> Iterator[Contradiction]:
    """Yield literals that are no value of the datatype they are written with."""
    names = terms.terms()
    wrong = [
        number
        for number, term in enumerate(names)
        if term[-1:] == ">" and datatypes.is_literal(term)
        if not datatypes.is_value_of(term, datatypes.literal_parts(term)[1])
    ]
    if wrong:
        for (p, c), column in sorted(asserted.items()):
            if not c:
                s, o = unpack(column.forward)
                for at in np.flatnonzero(np.isin(o, wrong)).tolist():
                    yield Contradiction("dt-not-type", (), ((names[s[at]], names[p], names[o[at]]),))


def _same_but_different(terms: Dictionary, saturation: Saturation) -> Iterator[Contradiction]:
    """Yield literals that follow to be the same and have different values (dt-diff)."""
    for a, b in _pairs(saturation, terms, SAME_AS):
        one, other = terms.term(a), terms.term(b)
        if one < other and one[0] == other[0] == '"' and datatypes.different(one, other):
            yield Contradiction("dt-diff", (), ((one, SAME_AS, other),))
