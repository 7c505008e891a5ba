"""The state of a closure in a file, from which the next build goes on.

The same closure gives the same bytes, however it was reached: terms are sorted and numbered anew.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.columns import Column, Ints, pack, unpack
from metiers_kg.reasoner.joins import Slot

__all__ = ["load_closure", "save_closure"]

Columns = dict[Slot, Ints]


def save_closure(closure: Closure, path: Path) -> None:
    """Write a closure to an ``.npz`` file."""
    columns = {slot: column.forward for slot, column in closure.columns.items() if len(column)}
    asserted = {slot: column.forward for slot, column in closure.asserted.items() if len(column)}
    names = closure.terms.terms()
    used = np.unique(np.concatenate([_numbers(columns), _numbers(asserted)]))
    kept = sorted(names[number] for number in used.tolist())
    anew = np.zeros(len(names), dtype=np.int64)
    for number, name in enumerate(kept, start=1):
        anew[closure.terms.number(name)] = number
    np.savez(
        path,
        terms=np.frombuffer("\n".join(kept).encode(), dtype=np.uint8),
        **_packed("closure", columns, anew),  # type: ignore[arg-type]  # named arrays
        **_packed("asserted", asserted, anew),  # type: ignore[arg-type]  # named arrays
    )


def load_closure(path: Path) -> Closure | None:
    """Read a closure, or return None where there is none or it cannot be read."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            names = file["terms"].tobytes().decode().split("\n")
            return Closure.restored(names, _unpacked(file, "closure"), _unpacked(file, "asserted"))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def _numbers(columns: Columns) -> Ints:
    """Return every number that columns use: of their slots and of their facts."""
    parts = [np.array([number for slot in columns for number in slot if number], dtype=np.int64)]
    for (_, c), values in columns.items():
        parts += [values] if c else unpack(values)
    return np.concatenate(parts)


def _packed(name: str, columns: Columns, anew: Ints) -> dict[str, Ints]:
    renamed: Columns = {}
    for (p, c), values in columns.items():
        if c:
            facts = anew[values]
        else:
            s, o = unpack(values)
            facts = pack(anew[s], anew[o])
        renamed[int(anew[p]), int(anew[c])] = np.sort(facts)
    slots = sorted(renamed)
    return {
        f"{name}_slots": np.array(slots, dtype=np.int64).reshape(-1, 2),
        f"{name}_lengths": np.array([len(renamed[slot]) for slot in slots], dtype=np.int64),
        f"{name}_facts": np.concatenate([np.empty(0, dtype=np.int64), *(renamed[slot] for slot in slots)]),
    }


def _unpacked(file: np.lib.npyio.NpzFile, name: str) -> dict[Slot, Column]:
    ends = np.cumsum(file[f"{name}_lengths"])[:-1]
    facts = np.split(file[f"{name}_facts"], ends)
    slots = file[f"{name}_slots"].tolist()
    return {(p, c): Column(values) for (p, c), values in zip(slots, facts, strict=True)}
