"""Triples written short: ``a p b ; a rdf:type C`` with prefixed names, literals in N-Triples form, bare names of example.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from metiers_kg.vocabulary import PREFIXES

__all__ = ["term", "triples"]

_RDF = PREFIXES["rdf"]


def triples(text: str) -> list[str]:
    """Return the canonical N-Triples lines of triples separated by semicolons; ``(a b)`` is a list.

    >>> triples('a p "x"')
    ['<http://e.org/a> <http://e.org/p> "x" .']
    >>> len(triples("C owl:unionOf (A B)"))
    5
    """
    numbers = count()
    return [
        line for statement in re.split(r"\s+;\s+", text.strip()) if statement for line in _lines(statement, numbers)
    ]


def _lines(statement: str, numbers: Iterator[int]) -> list[str]:
    s, p, o = statement.split(maxsplit=2)
    if not o.startswith("("):
        return [f"{term(s)} {term(p)} {term(o)} ."]
    members = o.strip("()").split()
    cells = [f"_:list{next(numbers)}" for _ in members]
    rests = [*cells[1:], f"<{_RDF}nil>"]
    lines = [f"{term(s)} {term(p)} {cells[0] if cells else rests[0]} ."]
    for cell, member, rest in zip(cells, members, rests, strict=False):
        lines += [f"{cell} <{_RDF}first> {term(member)} .", f"{cell} <{_RDF}rest> {rest} ."]
    return lines


def term(name: str) -> str:
    """Return a term in N-Triples form.

    >>> term("1^^xsd:integer"), term("_:x"), term("rdf:type")
    ('"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '_:x', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
    """
    if name.startswith(("_:", '"')) and "^^" not in name:
        return name
    if "^^" in name:
        value, _, datatype = name.partition("^^")
        return f'"{value.strip(chr(34))}"^^{term(datatype)}'
    prefix, colon, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if colon else f"<http://e.org/{name}>"
