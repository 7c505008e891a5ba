"""The rules of OWL 2 RL/RDF as data: `RULES`, read from ``owl2rl.rules`` in this folder.

Each rule stands there once, under the name that the W3C gives it
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules, tables 4 to 9), and serves to
infer, to find contradictions and to explain. Terms are in N-Triples form; a variable starts with a question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from metiers_kg.vocabulary import PREFIXES

__all__ = ["RULES", "Before", "Every", "Member", "Path", "Pattern", "Premise", "Rule", "parse_rules"]


class Pattern(NamedTuple):
    """A triple with variables. ``o`` can be an integer: any literal of that value."""

    s: str
    p: str
    o: str | int


class Member(NamedTuple):
    """``?item in ?list``: one of the members."""

    item: str
    list: str


class Before(NamedTuple):
    """``?first before ?second in ?list``: two members, in the list's order."""

    first: str
    second: str
    list: str


class Every(NamedTuple):
    """``every ?item in ?list: pattern``: the pattern holds for all members."""

    item: str
    list: str
    pattern: Pattern


class Path(NamedTuple):
    """``path ?list from ?start to ?end``: the properties of the list lead from one to the other."""

    list: str
    start: str
    end: str


Premise = Pattern | Member | Before | Every | Path


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of OWL 2 RL/RDF.

    Attributes:
        name: Its name in the W3C's tables, such as ``prp-dom``.
        table: The number of the table, 4 to 9.
        premises: What must hold.
        conclusions: What then holds; empty for a rule that finds a contradiction.
    """

    name: str
    table: int
    premises: tuple[Premise, ...]
    conclusions: tuple[Pattern, ...]

    @property
    def finds_contradictions(self) -> bool:
        """True where the rule's conclusion is "false"."""
        return not self.conclusions


def parse_rules(text: str) -> tuple[Rule, ...]:
    """Read rules in the notation that the head of ``owl2rl.rules`` explains.

    Raises ValueError with the paragraph that is not a rule.

    >>> parse_rules("prp-symp  ?p rdf:type owl:SymmetricProperty ; ?x ?p ?y => ?y ?p ?x")[0].conclusions
    (Pattern(s='?y', p='?p', o='?x'),)
    """
    rules, table = [], 0
    for block in _paragraphs(text):
        if heading := re.match(r"## Table (\d)", block):
            table = int(heading[1])
            continue
        name, _, body = block.partition(" ")
        premises, arrow, conclusions = body.partition("=>")
        if not arrow:
            raise ValueError(f"expected “name premises => conclusions”, found {block!r}")
        heads = () if conclusions.strip() == "false" else tuple(_pattern(part) for part in _parts(conclusions))
        rules.append(Rule(name, table, tuple(_premise(part) for part in _parts(premises)), heads))
    return tuple(rules)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield each heading and each rule on one line; a rule goes on over the lines that are indented."""
    block = ""
    for line in text.splitlines():
        if line.startswith(" ") and block:
            block += " " + line.strip()
            continue
        if block:
            yield block
        block = line.strip() if line.startswith("## ") or (line.strip() and not line.startswith("#")) else ""
    if block:
        yield block


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _premise(text: str) -> Premise:
    if every := re.fullmatch(r"every (\S+) in (\S+): (.+)", text):
        return Every(every[1], every[2], _pattern(every[3]))
    match text.split():
        case [item, "in", members]:
            return Member(item, members)
        case [first, "before", second, "in", members]:
            return Before(first, second, members)
        case ["path", members, "from", start, "to", end]:
            return Path(members, start, end)
    return _pattern(text)


def _pattern(text: str) -> Pattern:
    match text.split():
        case [s, p, o]:
            return Pattern(_term(s), _term(p), int(o) if o.isdigit() else _term(o))
    raise ValueError(f"expected “subject predicate object”, found {text!r}")


def _term(text: str) -> str:
    if text.startswith("?"):
        return text
    prefix, colon, name = text.partition(":")
    if not colon or prefix not in PREFIXES:
        raise ValueError(f"expected a variable or a prefixed name, found {text!r}")
    return f"<{PREFIXES[prefix]}{name}>"


RULES: tuple[Rule, ...] = parse_rules(files(__package__).joinpath("owl2rl.rules").read_text(encoding="utf-8"))
"""All rules of tables 4 to 7 and 9, in the order of the tables."""
