"""Explanation: why a triple of the closure holds, as a tree of rules down to what is asserted.

The shortest tree is found by best-first search: the steps to a triple that has not been looked into are taken to be
as few as its rules allow, the cheapest tree is worked out (Knuth's generalisation of Dijkstra's algorithm, which
cycles do not trouble), and what in it has not been looked into is, until nothing is left. Other explanations come by
forbidding in turn what the known ones rest on (Reiter's hitting sets), so that all justifications are found, each a
smallest set of asserted triples that suffices.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, islice

from metiers_kg.reasoner.compilation import AXIOM_CLASSES, AXIOM_PREDICATES, TYPE
from metiers_kg.reasoner.derivations import AXIOMATIC, ClosedGraph, Derivations, Step, Triple
from metiers_kg.reasoner.replay import Replay
from metiers_kg.reasoner.rules import Rule

__all__ = ["Explainer", "Explanations", "Why"]

_STEPS_LOOKED_INTO = 5000
"""After this many triples a search for yet another explanation gives up."""

_WAYS_OF_ONE = 400
"""Of one triple, this many ways to infer it are looked into."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a triple holds.

    Attributes:
        triple: The triple.
        rule: The rule that gives it, or None where it is asserted.
        axioms: What the rule is about, explained in turn: the axioms among its premises.
        premises: The facts it takes, explained in turn.
        axiomatic: The name of the rule that has it hold of any graph, or empty.
    """

    triple: Triple
    rule: Rule | None = None
    axioms: tuple[Why, ...] = ()
    premises: tuple[Why, ...] = ()
    axiomatic: str = ""

    @property
    def size(self) -> int:
        """The number of steps."""
        return (self.rule is not None) + sum(why.size for why in (*self.axioms, *self.premises))

    def __iter__(self) -> Iterator[Why]:
        """Yield this and all below it, each where it stands."""
        yield self
        for why in (*self.axioms, *self.premises):
            yield from why

    @property
    def leaves(self) -> frozenset[Triple]:
        """The asserted triples that it rests on: its justification."""
        return frozenset(why.triple for why in self if why.rule is None and not why.axiomatic)


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations of one triple.

    Attributes:
        found: One tree for each justification, the shortest first; empty where the triple does not hold.
        complete: True where there are no others.
    """

    found: tuple[Why, ...]
    complete: bool


class Explainer:
    """Explains the triples of a closed graph."""

    def __init__(self, graph: ClosedGraph) -> None:
        self._graph = _WithAxiomatic(graph)
        self._derivations = Derivations(self._graph)
        self._replay = Replay(self._derivations.lists)

    def explain(self, triple: Triple, at_most: int = 1) -> Explanations:
        """Return up to *at_most* explanations, each with a justification of its own.

        The first is a shortest tree. An asserted triple is its own explanation; others say how it follows as well.
        """
        found: list[Why] = []
        seen: set[frozenset[Triple]] = set()
        tried: set[frozenset[Triple]] = {frozenset()}
        waiting: deque[frozenset[Triple]] = deque(tried)
        blocked: list[frozenset[Triple]] = []
        ways = _Ways(self._derivations)
        complete = True
        while waiting and len(found) < at_most:
            without = waiting.popleft()
            if any(without >= known for known in blocked):
                continue
            why = next((known for known in found if not known.leaves & without), None)
            if why is None:
                search = _Search(self._graph, ways, without)
                why = search.shortest(triple)
                complete = complete and not search.gave_up
                if why is None:
                    blocked.append(without)
                    continue
                if at_most > 1:
                    why = self._minimal(why)
            if why.leaves not in seen:
                seen.add(why.leaves)
                found.append(why)
            for leaf in sorted(why.leaves, key=_facts_first):
                more = without | {leaf}
                if more not in tried:
                    tried.add(more)
                    waiting.append(more)
        if waiting and len(found) >= at_most:
            complete = False
        return Explanations(tuple(sorted(found, key=lambda why: (why.size, sorted(why.leaves)))), complete)

    def follows(self, triple: Triple, leaves: Iterable[Triple]) -> bool:
        """Return True where *triple* follows from these triples alone, by a reasoning that knows no explanation."""
        return self._replay.follows(triple, leaves)

    def _minimal(self, why: Why) -> Why:
        """Return an explanation from the fewest leaves: less each one that the others can do without."""
        graph = self._replay.closed(why.leaves)
        ways = _Ways(Derivations(graph, self._derivations.lists))
        without: frozenset[Triple] = frozenset()
        for leaf in sorted(why.leaves):
            less = _Search(graph, ways, without | {leaf}).shortest(why.triple)
            if less is not None:
                why, without = less, without | {leaf}
        return why


class _WithAxiomatic:
    """A closed graph with what holds of any graph, which no graph tells, such as that nothing is a kind of thing."""

    def __init__(self, graph: ClosedGraph) -> None:
        self.is_asserted = graph.is_asserted
        self._graph = graph
        self._more: dict[tuple[str | None, str], list[Triple]] = {}
        self._all: set[Triple] = set()
        closed = Replay({}).closed(())
        for name in sorted({p for _, p, _ in AXIOMATIC} | AXIOM_PREDICATES):
            for triple in sorted(closed.match(None, name, None)):
                self._all.add(triple)
                for subject in (None, triple[0]):
                    self._more.setdefault((subject, name), []).append(triple)

    def holds(self, triple: Triple) -> bool:
        return triple in self._all or self._graph.holds(triple)

    def match(self, s: str | None, p: str, o: str | None) -> Iterator[Triple]:
        yield from self._graph.match(s, p, o)
        for triple in self._more.get((s, p), ()):
            if o in (None, triple[2]) and not self._graph.holds(triple):
                yield triple


def _facts_first(triple: Triple) -> tuple[bool, Triple]:
    """Sort facts before axioms: without a fact, another explanation tells of something else."""
    return triple[1] in AXIOM_PREDICATES or (triple[1] == TYPE and triple[2] in AXIOM_CLASSES), triple


class _Ways:
    """The ways to infer triples, each found once and no sooner than it is asked for."""

    def __init__(self, derivations: Derivations) -> None:
        self.least = derivations.least
        self._steps = derivations.steps
        self._found: dict[Triple, tuple[list[Step], Iterator[Step]]] = {}

    def of(self, triple: Triple) -> Iterator[Step]:
        """Yield the steps that give *triple*, the first ones only where there are very many."""
        if triple not in self._found:
            self._found[triple] = ([], islice(self._steps(triple), _WAYS_OF_ONE))
        known, others = self._found[triple]
        yield from known
        for step in others:
            known.append(step)
            yield step


class _Search:
    """The search for the shortest derivation of one triple."""

    def __init__(self, graph: ClosedGraph, ways: _Ways, without: frozenset[Triple]) -> None:
        self._graph = graph
        self._ways = ways
        self._without = without
        self._steps: dict[Triple, list[Step]] = {}
        self._order = count()
        self.gave_up = False

    def shortest(self, goal: Triple) -> Why | None:
        """Return the shortest derivation that does without the forbidden triples, or None."""
        while True:
            costs, best = self._cheapest(goal)
            if goal not in costs:
                return None
            open_ends = list(dict.fromkeys(self._open_ends(goal, best)))
            if not open_ends:
                return self._tree(goal, best)
            if len(self._steps) > _STEPS_LOOKED_INTO:
                self.gave_up = True
                return None
            for triple in open_ends:
                self._look_into(triple)

    def _is_given(self, triple: Triple) -> bool:
        return triple not in self._without and (triple in AXIOMATIC or self._graph.is_asserted(triple))

    def _look_into(self, triple: Triple) -> None:
        """Find the ways to infer a triple; one that takes only what is given cannot be bettered."""
        ways: list[Step] = []
        for step in self._ways.of(triple):
            if all(map(self._is_given, step.premises)):
                ways = [step]
                break
            ways.append(step)
        self.gave_up = self.gave_up or len(ways) == _WAYS_OF_ONE
        self._steps[triple] = ways

    def _cheapest(self, goal: Triple) -> tuple[dict[Triple, int], dict[Triple, Step]]:
        """Return the least number of steps to each triple looked at, and the last of these steps."""
        costs: dict[Triple, int] = {}
        best: dict[Triple, Step] = {}
        queue: list[tuple[int, int, Triple, Step | None]] = []
        uses: dict[Triple, list[tuple[Triple, Step, list[int]]]] = {}
        met = {goal}
        waiting = [goal]
        while waiting:
            triple = waiting.pop()
            if self._is_given(triple):
                heappush(queue, (0, next(self._order), triple, None))
            elif triple not in self._steps:
                heappush(queue, (self._ways.least(triple), next(self._order), triple, None))
            else:
                for step in self._steps[triple]:
                    missing = [len(step.premises), 1]
                    for premise in step.premises:
                        uses.setdefault(premise, []).append((triple, step, missing))
                        if premise not in met:
                            met.add(premise)
                            waiting.append(premise)
                    if not step.premises:
                        heappush(queue, (1, next(self._order), triple, step))
        while queue:
            cost, _, triple, last = heappop(queue)
            if triple in costs:
                continue
            costs[triple] = cost
            if last is not None:
                best[triple] = last
            if triple == goal:
                break
            for head, step, missing in uses.get(triple, ()):
                missing[0] -= 1
                missing[1] += cost
                if not missing[0]:
                    heappush(queue, (missing[1], next(self._order), head, step))
        return costs, best

    def _open_ends(self, triple: Triple, best: dict[Triple, Step]) -> Iterator[Triple]:
        if triple in best:
            for premise in best[triple].premises:
                yield from self._open_ends(premise, best)
        elif not self._is_given(triple):
            yield triple

    def _tree(self, triple: Triple, best: dict[Triple, Step]) -> Why:
        step = best.get(triple)
        if step is None:
            return Why(triple, axiomatic=AXIOMATIC.get(triple, "") if not self._graph.is_asserted(triple) else "")
        axioms = set(step.rule.axioms)
        return Why(
            triple,
            rule=step.rule.rule,
            axioms=tuple(self._tree(premise, best) for premise in step.premises if premise in axioms),
            premises=tuple(self._tree(premise, best) for premise in step.premises if premise not in axioms),
        )
