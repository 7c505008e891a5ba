"""The reasoning step of the build: the closure, from the last build's where that is quicker, and its contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from metiers_kg.build.inputs import read_manifest
from metiers_kg.build.locations import Locations
from metiers_kg.errors import Finding
from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.contradictions import Contradiction
from metiers_kg.reasoner.explanation import Explainer
from metiers_kg.reasoner.graphs import MemoryGraph
from metiers_kg.reasoner.state import load_closure, save_closure
from metiers_kg.reasoner.terms import Triple
from metiers_kg.vocabulary import BASE, PREFIXES, compact

__all__ = ["REASONERS", "Closed", "close", "contradictions", "write_state"]

_STATE = "closure.npz"
"""The file of the build folder from which the next build's reasoning goes on."""

_DERIVED_FROM = f"<{PREFIXES['prov']}wasDerivedFrom>"
_TOLD_AT_MOST = 50
"""Of one build, this many contradictions are told."""

_PASSAGES_AT_MOST = 3
"""Of one statement, this many passages are told."""

_WORDS = {
    "eq-diff1": "the two are said to be the same and to be different",
    "eq-diff2": "the two are said to be the same and all to be different",
    "eq-diff3": "the two are said to be the same and all to be different",
    "prp-irp": "the property relates nothing to itself",
    "prp-asyp": "the property does not hold both ways",
    "prp-pdw": "the two properties never hold of the same pair",
    "prp-adp": "the two properties never hold of the same pair",
    "prp-npa1": "it is said not to hold",
    "prp-npa2": "it is said not to hold",
    "cls-nothing2": "nothing belongs to owl:Nothing",
    "cls-com": "one class is the complement of the other",
    "cls-maxc1": "the class has no value of the property",
    "cls-maxqc1": "the class has no such value of the property",
    "cls-maxqc2": "the class has no value of the property",
    "cax-dw": "the two classes are disjoint",
    "cax-adc": "the two classes are disjoint",
    "dt-not-type": "the datatype has no such value",
    "dt-diff": "the two values differ",
}
"""What each rule that finds contradictions says, by its W3C name."""


class Closed(Protocol):
    """What a reasoner makes of a graph."""

    @property
    def inferred(self) -> Sequence[str]:
        """What follows and is told, as sorted N-Triples lines."""

    @property
    def left_out(self) -> Sequence[str]:
        """What follows and is not told: triples from a thing to itself, or with a blank node."""

    @property
    def contradictions(self) -> Sequence[Contradiction]:
        """What cannot all hold."""


def _by_owlrl(ntriples: Iterable[str]) -> Closed:
    from metiers_kg.reasoner.reference import close_by_owlrl  # rdflib and owlrl take half a second to import

    return close_by_owlrl(ntriples)


REASONERS: Mapping[str, Callable[[Iterable[str]], Closed]] = {"columns": Closure, "owlrl": _by_owlrl}
"""The reasoners that can compute the closure, by name; the first is the default, owlrl the reference."""


def close(ntriples: Sequence[str], reasoner: str, previous: Path | None = None) -> Closed:
    """Return the closure of N-Triples lines.

    *previous* is the folder of the last build: where its closure is of use, only what changes touch is derived anew.
    """
    closure = (
        load_closure(previous / _STATE) if previous and reasoner == "columns" and read_manifest(previous) else None
    )
    if closure is None:
        return REASONERS[reasoner](ntriples)
    closure.become(ntriples)
    return closure


def write_state(closure: Closed, folder: Path) -> None:
    """Keep a closure for the next build."""
    if isinstance(closure, Closure):
        save_closure(closure, folder / _STATE)


def contradictions(closure: Closed, asserted: Sequence[str], where: Locations) -> list[Finding]:
    """Return a finding for each contradiction: the rule, what contradicts, and the statements it comes from."""
    found = list(closure.contradictions)
    if not found:
        return []
    graph = MemoryGraph(asserted, [*closure.inferred, *closure.left_out])
    explainer = Explainer(graph)
    return [_finding(contradiction, graph, explainer, where) for contradiction in found[:_TOLD_AT_MOST]]


def _finding(contradiction: Contradiction, graph: MemoryGraph, explainer: Explainer, where: Locations) -> Finding:
    leaves = _leaves((*contradiction.axioms, *contradiction.facts), explainer)
    resources = contradiction.resources
    subject = leaves[0][0].strip("<>") if leaves else resources[-1] if resources else ""
    file, line = where.find(subject)
    return Finding(
        rule=f"OWL 2 RL contradiction, {contradiction.rule}",
        resource=subject,
        message=_message(contradiction, [_stated(leaf, graph, where) for leaf in leaves]),
        remedy="take back one of the statements that make it so",
        file=file,
        line=line,
    )


def _message(contradiction: Contradiction, stated: Sequence[str]) -> str:
    if not contradiction.facts:
        return contradiction.message
    facts = " and ".join(f"“{_readable(fact)}”" for fact in contradiction.facts)
    words = _WORDS.get(contradiction.rule, "")
    return f"{facts} cannot hold{': ' + words if words else ''}; stated: {'; '.join(stated)}"


def _leaves(triples: Iterable[Triple], explainer: Explainer) -> list[Triple]:
    """Return the asserted triples that these rest on, facts before axioms, less those about class expressions."""
    leaves: dict[Triple, None] = {}
    for triple in reversed(list(triples)):
        for why in explainer.explain(triple).found:
            leaves.update(dict.fromkeys(sorted(why.leaves)))
    return [leaf for leaf in leaves if not any(term.startswith("_:") for term in leaf)]


def _readable(triple: Triple) -> str:
    return " ".join(_short(term) for term in triple)


def _short(term: str) -> str:
    """Return a term as a person would write it: a prefixed name, ``kind/slug`` for what is ours, or as it stands."""
    return compact(term.strip("<>")).removeprefix(BASE) if term.startswith("<") else term


def _stated(leaf: Triple, graph: MemoryGraph, where: Locations) -> str:
    """Return a leaf with the file and line of its subject and the passages that this subject comes from."""
    file, line = where.find(leaf[0].strip("<>"))
    passages = [_short(o) for _, _, o in graph.match(leaf[0], _DERIVED_FROM, None)]
    more = [f"and {len(passages) - _PASSAGES_AT_MOST} more"] if len(passages) > _PASSAGES_AT_MOST else []
    told = [f"{file}:{line}" if line else file, *passages[:_PASSAGES_AT_MOST], *more]
    return f"“{_readable(leaf)}” ({', '.join(part for part in told if part)})"
