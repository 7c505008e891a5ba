"""Explanations: the shortest tree, all justifications, no circles, and nothing for what does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings

from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.datatypes import is_literal
from metiers_kg.reasoner.derivations import AXIOMATIC, Triple, lists_of
from metiers_kg.reasoner.explanation import Explainer, Why
from metiers_kg.reasoner.graphs import MemoryGraph
from metiers_kg.reasoner.replay import _Facts
from metiers_kg.reasoner.rules import RULES
from metiers_kg.reasoner.terms import split
from metiers_kg.vocabulary import PREFIXES
from tests.reasoner.generated import Lines, graphs

GENERATED = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
RULE_NAMES = {rule.name for rule in RULES}


def _term(name: str) -> str:
    """Return the N-Triples term of a bare name, of ``a``, or of a prefixed name."""
    if name == "a":
        return f"<{PREFIXES['rdf']}type>"
    prefix, colon, local = name.partition(":")
    if name.startswith(("_:", '"')):
        return name
    return f"<{PREFIXES[prefix]}{local}>" if colon else f"<http://e.org/{name}>"


def _triple(text: str) -> Triple:
    s, p, o = map(_term, text.split())
    return s, p, o


def _told(triple: Triple) -> str:
    """Return a triple in the short form in which these tests write it."""
    names = {_term("a"): "a"}
    for prefix in ("rdfs", "owl"):
        names |= {
            term: f"{prefix}:{term[len(PREFIXES[prefix]) + 1 : -1]}" for term in triple if PREFIXES[prefix] in term
        }
    return " ".join(names.get(term, term.removeprefix("<http://e.org/").removesuffix(">")) for term in triple)


def _explainer(*texts: str) -> Explainer:
    lines = [f"{' '.join(_triple(text))} ." for text in texts]
    closure = Closure(lines)
    return Explainer(MemoryGraph(lines, [*closure.inferred, *closure.left_out]))


def _list(node: str, *members: str) -> list[str]:
    cells = [f"_:{node}{number}" for number in range(len(members))]
    rests = [*cells[1:], "rdf:nil"]
    return [
        t
        for cell, m, rest in zip(cells, members, rests, strict=True)
        for t in (f"{cell} rdf:first {m}", f"{cell} rdf:rest {rest}")
    ]


def _tree(why: Why) -> object:
    """Return a tree as nested tuples: the triple, the rule, what is below."""
    rule = why.rule.name if why.rule else why.axiomatic
    below = tuple(_tree(part) for part in (*why.axioms, *why.premises))
    return (_told(why.triple), rule, *below) if rule else _told(why.triple)


def _leaves(why: Why) -> set[str]:
    return set(map(_told, why.leaves))


SHARED = [
    *("shares owl:propertyChainAxiom _:c0", *_list("c", "requires", "requiredBy")),
    *("requires owl:inverseOf requiredBy", "ann requires maths", "bob requires maths"),
]


def test_tree_of_a_chain() -> None:
    """A tree names the rule and the axiom of each step, and ends in what is asserted."""
    [why] = _explainer(*SHARED).explain(_triple("ann shares bob")).found

    assert _tree(why) == (
        "ann shares bob",
        "prp-spo2",
        "shares owl:propertyChainAxiom _:c0",
        "ann requires maths",
        ("maths requiredBy bob", "prp-inv1", "requires owl:inverseOf requiredBy", "bob requires maths"),
    )


def test_asserted_triple_explains_itself() -> None:
    """An asserted triple needs no step, even if it follows as well."""
    explainer = _explainer("near a owl:SymmetricProperty", "x near y", "y near x")

    first, *others = explainer.explain(_triple("x near y"), at_most=9).found

    assert (first, 0) == (Why(_triple("x near y")), first.size)
    assert [{"near a owl:SymmetricProperty", "y near x"}] == list(map(_leaves, others))


def test_shortest_tree_comes_first() -> None:
    """Of several ways the one of fewest steps is told first, and alone unless more are asked for."""
    steps = [
        "A rdfs:subClassOf B",
        "B rdfs:subClassOf C",
        "A rdfs:subClassOf D",
        "D rdfs:subClassOf E",
        "E rdfs:subClassOf C",
    ]
    explainer = _explainer(*steps, "x a A", "x a D")

    found = explainer.explain(_triple("x a C"), at_most=9).found

    assert [2, 2, 3] == [why.size for why in found]
    assert [2] == [why.size for why in explainer.explain(_triple("x a C")).found]


def test_all_minimal_justifications() -> None:
    """Every smallest set of asserted triples that suffices is found, and no other."""
    explainer = _explainer("A rdfs:subClassOf C", "B rdfs:subClassOf C", "p rdfs:domain A", "x a A", "x a B", "x p y")

    explanations = explainer.explain(_triple("x a C"), at_most=9)

    assert explanations.complete
    assert [_leaves(why) for why in explanations.found] == [
        {"A rdfs:subClassOf C", "x a A"},
        {"B rdfs:subClassOf C", "x a B"},
        {"A rdfs:subClassOf C", "p rdfs:domain A", "x p y"},
    ]


def test_at_most_so_many() -> None:
    """No more explanations are given than were asked for, and it is told whether there may be others."""
    explainer = _explainer("A rdfs:subClassOf C", "B rdfs:subClassOf C", "x a A", "x a B")

    one, two = (explainer.explain(_triple("x a C"), at_most=number) for number in (1, 2))

    assert (1, False) == (len(one.found), one.complete)
    assert 2 == len(two.found)
    assert explainer.explain(_triple("x a C"), at_most=3).complete


@pytest.mark.parametrize(
    ("graph", "goal", "leaves"),
    [
        (["near a owl:SymmetricProperty", "x near y"], "y near x", {"near a owl:SymmetricProperty", "x near y"}),
        (["p owl:inverseOf q", "x p y"], "y q x", {"p owl:inverseOf q", "x p y"}),
        (
            ["up a owl:TransitiveProperty", "x up y", "y up x", "y up z"],
            "x up z",
            {"up a owl:TransitiveProperty", "x up y", "y up z"},
        ),
        (["x owl:sameAs y", "x p z"], "y p z", {"x owl:sameAs y", "x p z"}),
        (["A owl:equivalentClass B", "B owl:equivalentClass C", "x a A"], "x a C", None),
        (["p rdfs:subPropertyOf q", "q rdfs:subPropertyOf p", "x p y"], "x q y", {"p rdfs:subPropertyOf q", "x p y"}),
    ],
    ids=["symmetric", "inverse", "transitive", "same", "equivalent", "each under the other"],
)
def test_no_circles(graph: list[str], goal: str, leaves: set[str] | None) -> None:
    """A triple is never among its own reasons, though the rules lead back to it."""
    [why] = _explainer(*graph).explain(_triple(goal)).found

    _assert_no_circle(why, frozenset())
    assert _leaves(why) == (set(graph) if leaves is None else leaves)


def _assert_no_circle(why: Why, above: frozenset[Triple]) -> None:
    assert why.triple not in above
    for part in (*why.axioms, *why.premises):
        _assert_no_circle(part, above | {why.triple})


def test_nothing_explains_what_does_not_hold() -> None:
    """A triple that does not hold has no explanation, and the search is certain of it."""
    explanations = _explainer("A rdfs:subClassOf B", "x a B").explain(_triple("x a A"), at_most=9)

    assert ((), True) == (explanations.found, explanations.complete)


def test_tree_passes_through_a_reflexive_premise() -> None:
    """A tree may need a triple from a thing to itself, which the graph leaves out."""
    texts = ["near owl:propertyChainAxiom _:c0", *_list("c", "likes", "liked"), "likes owl:inverseOf liked"]
    explainer = _explainer(*texts, "near rdfs:domain Neighbour", "x likes y")

    [why] = explainer.explain(_triple("x a Neighbour")).found

    assert "x near x" in {_told(step.triple) for step in why}
    assert {"near rdfs:domain Neighbour", "x likes y"} <= _leaves(why)


def test_axiom_that_is_inferred_is_explained_in_turn() -> None:
    """An axiom among the premises has its own tree, and its leaves count."""
    [why] = (
        _explainer("A rdfs:subClassOf B", "p rdfs:range A", "p a owl:ObjectProperty", "B a owl:Class", "x p y")
        .explain(_triple("p rdfs:range B"))
        .found
    )

    assert ("p rdfs:range B", "scm-rng1", "p rdfs:range A", "A rdfs:subClassOf B") == _tree(why)


def test_what_holds_of_any_graph_is_told_so() -> None:
    """A premise that holds of any graph names the rule that says so, and is no leaf."""
    [why] = (
        _explainer("owl:Thing rdfs:subClassOf Everything")
        .explain(_triple("owl:Nothing rdfs:subClassOf Everything"))
        .found
    )

    assert {step.axiomatic for step in why} - {""} <= set(AXIOMATIC.values())
    assert all(leaf.endswith("Everything") for leaf in _leaves(why))


def test_replay_tells_what_suffices() -> None:
    """Leaves suffice when plain forward reasoning from them alone gives the triple; less does not."""
    explainer = _explainer(*SHARED)
    [why] = explainer.explain(_triple("ann shares bob")).found

    assert explainer.follows(why.triple, why.leaves)
    assert not any(explainer.follows(why.triple, why.leaves - {leaf}) for leaf in why.leaves)


def _inferred(lines: Iterable[str]) -> tuple[Explainer, list[Triple]]:
    closure = Closure(lines)
    return Explainer(MemoryGraph(lines, [*closure.inferred, *closure.left_out])), list(map(split, closure.inferred))


class _WrittenFacts(_Facts):
    """Forward reasoning that knows only triples that RDF can write: no literal as subject, no blank node as property."""

    def _add(self, triple: Triple) -> None:
        if not is_literal(triple[0]) and triple[1].startswith("<"):
            super()._add(triple)


def _needs_what_rdf_cannot_write(triple: Triple, lines: Lines) -> bool:
    """Return True where a triple follows only through one such as ``"x" rdf:type xsd:string``."""
    asserted = list(map(split, lines))
    return triple not in _WrittenFacts(asserted).saturate(lists_of(MemoryGraph(lines, [])), triple)


@settings(GENERATED, max_examples=100)
@given(graphs())
def test_inferred_triples_of_generated_graphs(lines: Lines) -> None:
    """Every inferred triple of any graph is explained from asserted ones, by rules of the W3C, and replays.

    All but those that rest on a triple with a literal as subject or a blank node as property, which no graph can hold.
    """
    explainer, inferred = _inferred(lines)
    asserted = set(map(split, lines))
    for triple in inferred[:25]:
        explanations = explainer.explain(triple)
        if not explanations.found and _needs_what_rdf_cannot_write(triple, lines):
            continue
        [why] = explanations.found
        assert why.leaves <= asserted
        assert {step.rule.name for step in why if step.rule} <= RULE_NAMES
        assert explainer.follows(triple, why.leaves)


@settings(GENERATED, max_examples=40)
@given(graphs())
def test_justifications_of_generated_graphs(lines: Lines) -> None:
    """Each of several justifications suffices, none can do without a triple, and no two contain each other."""
    explainer, inferred = _inferred(lines)
    for triple in inferred[:5]:
        found = [why.leaves for why in explainer.explain(triple, at_most=4).found]
        assert len(set(found)) == len(found)
        assert not any(one < other for one in found for other in found)
        follows = partial(explainer.follows, triple)
        assert all(map(follows, found))
        assert not any(follows(leaves - {leaf}) for leaves in found for leaf in leaves)
