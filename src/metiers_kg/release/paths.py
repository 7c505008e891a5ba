"""Paths from a resource to what a table tells of it: the part of SPARQL's property paths that tables need.

``p`` are its values, ``^p`` what points to it; ``p/q`` goes on from there, and ``p|q`` takes both.
"""

from __future__ import annotations

from functools import cache

from metiers_kg.release.described import Described, term_of

__all__ = ["follow"]


def follow(described: Described, term: str, path: str) -> list[str]:
    """Return what *path* leads to, in the order of the steps, each as often as it is reached.

    >>> broader = term_of("skos:broader")
    >>> described = Described([("<a:a>", broader, "<b:b>"), ("<b:b>", broader, "<c:c>")])
    >>> follow(described, "<a:a>", "skos:broader/skos:broader|skos:broader")
    ['<c:c>', '<b:b>']
    >>> follow(described, "<c:c>", "^skos:broader")
    ['<b:b>']
    """
    found = []
    for steps in _alternatives(path):
        at = [term]
        for predicate, is_inverse in steps:
            step = described.pointing if is_inverse else described.values
            at = [value for one in at for value in step(one, predicate)]
        found += at
    return found


@cache
def _alternatives(path: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    return tuple(
        tuple((term_of(step.removeprefix("^")), step.startswith("^")) for step in alternative.split("/"))
        for alternative in path.split("|")
    )
