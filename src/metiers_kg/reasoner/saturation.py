"""Saturation: concrete rules applied semi-naively to columns of facts until nothing new follows, and facts taken back.

Each round joins what the last one found with all there is, so that no derivation is made twice. Facts are taken back by
deletion and rederivation: whatever rested on them goes, then what still follows from the rest comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from metiers_kg.reasoner.columns import NONE, Column, Ints, contains, difference, distinct, merge, pack, swap, unpack
from metiers_kg.reasoner.compilation import Atom, ConcreteRule, is_variable
from metiers_kg.reasoner.joins import Slot, Table, extend, match, order, slot_of

__all__ = ["Facts", "Saturation"]

Facts = dict[Slot, Ints]


_COPIES: dict[str, Callable[[Ints], Ints]] = {
    "same": lambda values: values,
    "swap": swap,
    "subjects": lambda values: unpack(values)[0],
    "objects": lambda values: unpack(values)[1],
}


class _Use(NamedTuple):
    """A place where a concrete rule reads a slot: the atom that new facts come in by, and the others in their order."""

    rule: ConcreteRule
    first: Atom
    others: tuple[Atom, ...]
    copies: str
    """How the facts of the one atom become those of the head without a join; empty where it takes one."""


class Saturation:
    """The facts of a graph by slot, the rules that apply to them, and what follows."""

    def __init__(self, rdf_type: int) -> None:
        self._type = rdf_type
        self.columns: dict[Slot, Column] = {}
        self._uses: dict[Slot, list[_Use]] = {}
        self._producers: dict[Slot, list[ConcreteRule]] = {}
        self._keys: set[object] = set()

    def count(self) -> int:
        """Return the number of facts."""
        return sum(len(column) for column in self.columns.values())

    def reads(self, slot: Slot) -> bool:
        """Return True where a rule reads the slot."""
        return slot in self._uses

    def learn(self, rules: Iterable[ConcreteRule], *, apply: bool = True) -> Facts:
        """Take rules that are not known yet; return what they make of the facts there are, which is not yet added.

        With *apply* false they are not applied: to facts of which it is known that nothing new follows.
        """
        found: dict[Slot, list[Ints]] = {}
        for rule in rules:
            if rule.key in self._keys or rule.head is None:
                continue
            self._keys.add(rule.key)
            self._producers.setdefault(slot_of(rule.head, self._type), []).append(rule)
            for index, atom in enumerate(rule.body):
                others = tuple(rule.body[other] for other in order(rule.body, index))
                use = _Use(rule, atom, others, "" if others else self._copy(atom, rule.head))
                self._uses.setdefault(slot_of(atom, self._type), []).append(use)
            if not apply:
                continue
            if rule.body:
                slot = slot_of(rule.body[0], self._type)
                if slot in self.columns:
                    self._apply(self._uses[slot][-1], self.columns[slot].forward, found)
            else:
                self._found(rule.head, {"": np.zeros(1, dtype=np.int64)}, found)
        return self._fresh(found)

    def add(self, facts: Mapping[Slot, Ints]) -> None:
        """Add sorted facts and all that follows from them."""
        delta = {slot: difference(values, self._values(slot)) for slot, values in facts.items()}
        while delta := {slot: values for slot, values in delta.items() if len(values)}:
            for slot, values in delta.items():
                self.columns.setdefault(slot, Column()).add(values)
            found: dict[Slot, list[Ints]] = {}
            for slot, values in delta.items():
                for use in self._uses.get(slot, ()):
                    self._apply(use, values, found)
            delta = self._fresh(found)

    def remove(self, facts: Mapping[Slot, Ints], asserted: Mapping[Slot, Column]) -> None:
        """Take back facts that are no longer asserted, and what rested on them alone.

        Args:
            facts: The sorted facts that were asserted.
            asserted: What still is.
        """
        gone = self._resting_on(facts, asserted)
        for slot, values in gone.items():
            self.columns[slot].remove(values)
        back: dict[Slot, list[Ints]] = {}
        for slot, values in gone.items():
            for rule in self._producers.get(slot, ()):
                self._rederive(rule, slot, values, back)
        self.add({slot: distinct(np.concatenate(values)) for slot, values in back.items()})

    def bindings(self, rule: ConcreteRule) -> Table:
        """Return all ways in which the body of a rule holds."""
        first, *others = (rule.body[index] for index in order(rule.body, -1))
        table = match(first, self._values(slot_of(first, self._type)), is_type=first.p == self._type)
        return self._extended(table, others)

    def _values(self, slot: Slot) -> Ints:
        column = self.columns.get(slot)
        return NONE if column is None else column.forward

    def _copy(self, atom: Atom, head: Atom) -> str:
        """Return how a head repeats its one atom: the same, swapped, or one of its two sides."""
        if not is_variable(atom.s) or atom.s == atom.o or not (is_variable(atom.o) or atom.p == self._type):
            return ""
        from_type, to_type = atom.p == self._type, head.p == self._type
        if from_type:
            return "same" if to_type and head.s == atom.s else ""
        if to_type:
            return {atom.s: "subjects", atom.o: "objects"}.get(head.s, "")
        return {(atom.s, atom.o): "same", (atom.o, atom.s): "swap"}.get((head.s, head.o), "")

    def _apply(self, use: _Use, values: Ints, found: dict[Slot, list[Ints]]) -> None:
        """Put into *found* what a rule makes of new facts."""
        head = use.rule.head
        assert head is not None  # noqa: S101  # rules that find contradictions are not learnt
        if use.copies:
            found.setdefault(slot_of(head, self._type), []).append(_COPIES[use.copies](values))
            return
        table = match(use.first, values, is_type=use.first.p == self._type)
        self._found(head, self._extended(table, use.others), found)

    def _extended(self, table: Table, atoms: Iterable[Atom]) -> Table:
        for atom in atoms:
            if not len(next(iter(table.values()))):
                break
            table = extend(table, atom, self.columns, self._type)
        return table

    def _found(self, head: Atom, table: Table, found: dict[Slot, list[Ints]]) -> None:
        length = len(next(iter(table.values())))
        if not length:
            return
        s, o = (table[str(part)] if is_variable(part) else np.full(length, part) for part in (head.s, head.o))
        made = s if head.p == self._type else pack(s, o)
        found.setdefault(slot_of(head, self._type), []).append(distinct(made))

    def _fresh(self, found: Mapping[Slot, list[Ints]]) -> Facts:
        fresh = {}
        for slot, parts in found.items():
            values = distinct(parts[0] if len(parts) == 1 else np.concatenate(parts))
            if len(values := difference(values, self._values(slot))):
                fresh[slot] = values
        return fresh

    def _resting_on(self, facts: Mapping[Slot, Ints], asserted: Mapping[Slot, Column]) -> Facts:
        """Return the facts that have a derivation from *facts*, less those that are asserted."""
        gone: Facts = {}
        delta: Facts = {slot: values[contains(self._values(slot), values)] for slot, values in facts.items()}
        while delta := {slot: values for slot, values in delta.items() if len(values)}:
            found: dict[Slot, list[Ints]] = {}
            for slot, values in delta.items():
                gone[slot] = merge(gone.get(slot, NONE), values)
                for use in self._uses.get(slot, ()):
                    self._apply(use, values, found)
            delta = {}
            for slot, parts in found.items():
                values = difference(distinct(np.concatenate(parts)), gone.get(slot, NONE))
                delta[slot] = difference(values, asserted[slot].forward) if slot in asserted else values
        return gone

    def _rederive(self, rule: ConcreteRule, slot: Slot, values: Ints, back: dict[Slot, list[Ints]]) -> None:
        """Put into *back* those of the values, facts of the rule's head, that its body still gives."""
        head = rule.head
        assert head is not None  # noqa: S101  # rules that find contradictions are not learnt
        table = match(head, values, is_type=head.p == self._type)
        bound = frozenset(part for part in head if is_variable(part))
        atoms = [rule.body[index] for index in order(rule.body, -1, bound)]
        self._found(head, self._extended(table, atoms), back)
