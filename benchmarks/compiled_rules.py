"""The rules of OWL 2 RL for the axioms of one graph, written for general rule engines: partial evaluation.

A rule engine given the W3C's rules over one table of triples is slow; given one rule for each axiom, it shows what it
can. The schema is closed beforehand, so that only facts are left to infer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.compilation import (
    AXIOM_CLASSES,
    AXIOM_PREDICATES,
    TYPE,
    Atom,
    Axioms,
    ConcreteRule,
    compile_rules,
    is_variable,
)
from metiers_kg.vocabulary import PREFIXES

__all__ = ["Compiled", "nemo_program", "sparql_updates"]

_FIRST, _REST, _NIL = (f"<{PREFIXES['rdf']}{name}>" for name in ("first", "rest", "nil"))
_OF_THE_LANGUAGE = tuple(f"<{PREFIXES[prefix]}" for prefix in ("owl", "rdfs", "rdf"))

Triple = tuple[str, str, str]
Slot = tuple[str, str]
"""A property and nothing, or rdf:type and a class."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a graph's axioms come to.

    Attributes:
        schema: The axioms and what follows from them, as lines.
        rules: The rules over facts.
    """

    schema: list[str]
    rules: list[ConcreteRule]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Compiled:
        """Compile the axioms among *lines*."""
        told = [line for line in lines if _is_schema(_split(line))]
        closure = Closure(told)
        schema = sorted({*told, *closure.inferred, *closure.left_out})
        triples = [_split(line) for line in schema]
        axioms = [(s, p, o) for s, p, o in triples if p in AXIOM_PREDICATES or o in AXIOM_CLASSES]
        rules = {
            rule.key: rule for rule in compile_rules(Axioms(axioms, _lists(triples), {})) if rule.head and rule.body
        }
        return cls(schema, list(rules.values()))


def nemo_program(compiled: Compiled, path: str, *, reason: bool = True) -> tuple[str, list[Slot]]:
    """Return a program for Nemo, and the slots whose facts it counts.

    Without *reason* it only reads the facts, to know what that takes.
    """
    slots = dict.fromkeys(_slot(atom) for rule in compiled.rules for atom in (*rule.body, rule.head) if atom)
    names = {slot: f"f{index}" for index, slot in enumerate(slots)}

    def written(atom: Atom) -> str:
        parts = (atom.s,) if atom.p == TYPE else (atom.s, atom.o)
        return f"{names[_slot(atom)]}({', '.join(parts)})"

    program = [f'@import triple :- ntriples{{resource="{path}"}} .']
    for (p, c), name in names.items():
        program.append(f"{name}(?s) :- triple(?s, {p}, {c}) ." if c else f"{name}(?s, ?o) :- triple(?s, {p}, ?o) .")
    for line in compiled.schema:
        s, p, o = _split(line)
        slot = (p, o) if p == TYPE else (p, "")
        if slot in names:
            program.append(f"{names[slot]}({s if slot[1] else f'{s}, {o}'}) .")
    if reason:
        program += (
            f"{written(rule.head)} :- {', '.join(map(written, rule.body))} ." for rule in compiled.rules if rule.head
        )
    for (_, c), name in names.items():
        parts = "?s" if c else "?s, ?o"
        program.append(
            f"n{name}(#count({parts})) :- {name}({parts}), isIri(?s) = true ."
        )  # RDF has no literal subjects
        program.append(f"@output n{name} .")
    return "\n".join(program), list(names)


def sparql_updates(compiled: Compiled) -> list[str]:
    """Return an update for each rule, which adds what follows in one step."""
    updates = []
    for rule in compiled.rules:
        head = " ".join(rule.head or ())
        body = " . ".join(" ".join(atom) for atom in rule.body)
        updates.append(f"INSERT {{ {head} }} WHERE {{ {body} . FILTER NOT EXISTS {{ {head} }} }}")
    return updates


def _slot(atom: Atom) -> Slot:
    assert not is_variable(atom.p)
    return (atom.p, atom.o) if atom.p == TYPE else (atom.p, "")


def _split(line: str) -> Triple:
    s, p, o = line[:-2].split(" ", 2)
    return s, p, o


def _is_schema(triple: Triple) -> bool:
    _, p, o = triple
    return p in AXIOM_PREDICATES or p in {_FIRST, _REST} or (p == TYPE and o.startswith(_OF_THE_LANGUAGE))


def _lists(triples: Iterable[Triple]) -> dict[str, tuple[str, ...]]:
    parts = {(s, p): o for s, p, o in triples if p in {_FIRST, _REST}}
    lists: dict[str, tuple[str, ...]] = {}
    for head, p in parts:
        if p == _FIRST:
            members, cell = [], head
            while cell != _NIL:
                members.append(parts[cell, _FIRST])
                cell = parts[cell, _REST]
            lists[head] = tuple(members)
    return lists
