"""Joins: the bindings under which the body of a concrete rule holds, computed column by column.

Bindings are a table: for each variable an array, all of one length; a row is one way to match the atoms taken so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from metiers_kg.reasoner.columns import Column, Ints, contains, pack, unpack
from metiers_kg.reasoner.compilation import Atom, is_variable

__all__ = ["Slot", "Table", "extend", "match", "order", "slot_of"]

Slot = tuple[int, int]
"""Where facts are kept: a property and 0, or ``rdf:type`` and a class."""

Table = dict[str, Ints]

_EMPTY = Column()


def slot_of(atom: Atom, rdf_type: int) -> Slot:
    """Return the slot that an atom is matched in."""
    return (atom.p, atom.o) if atom.p == rdf_type else (atom.p, 0)


def order(body: Sequence[Atom], first: int, bound: frozenset[str] = frozenset()) -> list[int]:
    """Return the positions of the atoms other than *first* as they are best taken: tests before what adds rows."""
    known = set(bound)
    if first >= 0:
        known.update(part for part in body[first] if is_variable(part))
    left = [index for index in range(len(body)) if index != first]
    ordered = []
    while left:
        best = min(
            left,
            key=lambda index: sum(is_variable(part) and part not in known for part in (body[index].s, body[index].o)),
        )
        left.remove(best)
        ordered.append(best)
        known.update(part for part in body[best] if is_variable(part))
    return ordered


def match(atom: Atom, values: Ints, is_type: bool) -> Table:
    """Return the bindings of one atom over the facts of a column."""
    if is_type:
        if is_variable(atom.s):
            return {str(atom.s): values}
        return {"": values[values == atom.s]}
    s, o = unpack(values)
    keep = None
    if atom.s == atom.o:
        keep = s == o
    elif not is_variable(atom.s):
        keep = s == atom.s
    elif not is_variable(atom.o):
        keep = o == atom.o
    if not is_variable(atom.s) and not is_variable(atom.o):
        keep = (s == atom.s) & (o == atom.o)
    if keep is not None:
        s, o = s[keep], o[keep]
    return {"": s} | {str(part): column for part, column in ((atom.s, s), (atom.o, o)) if is_variable(part)}


def extend(table: Table, atom: Atom, columns: Mapping[Slot, Column], rdf_type: int) -> Table:
    """Return the rows of *table*, each joined with the facts that match *atom*."""
    column = columns.get(slot_of(atom, rdf_type), _EMPTY)
    length = len(next(iter(table.values())))
    s, o = _part(table, atom.s, length), _part(table, atom.o, length)
    if atom.p == rdf_type:
        if s is not None:
            return _rows(table, contains(column.forward, s))
        return _cross(table, match(atom, column.forward, is_type=True), length)
    if s is not None and o is not None:
        return _rows(table, contains(column.forward, pack(s, o)))
    if s is not None:
        rows, found = column.objects(s)
        return {**_rows(table, rows), str(atom.o): found}
    if o is not None:
        rows, found = column.subjects(o)
        return {**_rows(table, rows), str(atom.s): found}
    return _cross(table, match(atom, column.forward, is_type=False), length)


def _part(table: Table, part: object, length: int) -> Ints | None:
    """Return the values of an atom's part, or None for a variable that has none yet."""
    if not is_variable(part):
        return np.full(length, part, dtype=np.int64)
    return table.get(str(part))


def _rows(table: Table, keep: Ints | npt.NDArray[np.bool_]) -> Table:
    return {name: column[keep] for name, column in table.items()}


def _cross(table: Table, other: Table, length: int) -> Table:
    """Return each row of one table with each row of another."""
    width = len(next(iter(other.values())))
    left = {name: np.repeat(column, width) for name, column in table.items()}
    return left | {name: np.tile(column, length) for name, column in other.items()}
