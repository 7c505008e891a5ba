"""What is broader than what, directly and over several steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metiers_kg.errors import InputError

__all__ = ["ancestors"]


def ancestors(parents: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return all that is broader than each child, each once.

    >>> ancestors({"a": ["b"], "b": ["c"]})
    {'b': ['c'], 'a': ['b', 'c']}

    Raises:
        InputError: Something is broader than itself.
    """
    found: dict[str, list[str]] = {}
    for start in parents:
        path: list[str] = [start]
        while path:
            child = path[-1]
            if child in found:
                path.pop()
                continue
            waiting = [parent for parent in parents[child] if parent in parents and parent not in found]
            if not waiting:
                found[child] = list(
                    dict.fromkeys(above for parent in parents[child] for above in (parent, *found.get(parent, ())))
                )
                path.pop()
            elif waiting[0] in path:
                circle = " -> ".join([*path[path.index(waiting[0]) :], waiting[0]])
                raise InputError(f"the broader relations go in a circle: {circle}; expected a hierarchy")
            else:
                path.append(waiting[0])
    return found
