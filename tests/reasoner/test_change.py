"""A closure that changes is the closure of what it has become."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from metiers_kg.reasoner.closure import Closure
from tests.reasoner.generated import Lines, changes
from tests.reasoner.triples import triples

GENERATED = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


def _told(closure: Closure) -> dict[str, object]:
    return {
        "inferred": closure.inferred,
        "left out": closure.left_out,
        "contradictions": sorted(map(str, closure.contradictions)),
        "size": len(closure),
    }


def _follow(versions: list[Lines]) -> None:
    closure = Closure(versions[0])
    for lines in versions[1:]:
        closure.become(lines)

        assert _told(Closure(lines)) == _told(closure)


@settings(GENERATED, max_examples=100)
@given(changes())
def test_a_changed_graph(versions: list[Lines]) -> None:
    """After facts and axioms are taken away and added, the closure is that of a new start."""
    _follow(versions)


@settings(GENERATED, max_examples=30)
@given(changes(times=3))
def test_a_graph_changed_three_times(versions: list[Lines]) -> None:
    """Changes one after the other leave no trace of what was in between."""
    _follow(versions)


@settings(GENERATED, max_examples=30)
@given(changes())
def test_a_closure_that_was_kept(versions: list[Lines]) -> None:
    """A closure made again from its terms and columns changes as the one that was kept does."""
    made, (before, after) = Closure(versions[0]), versions
    kept = Closure.restored(made.terms.terms()[1:], dict(made.columns), dict(made.asserted))

    assert _told(Closure(before)) == _told(kept)
    kept.become(after)
    assert _told(Closure(after)) == _told(kept)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(GENERATED, max_examples=5000)
@given(changes(times=2))
def test_many_changed_graphs(versions: list[Lines]) -> None:
    """Thousands of changes, two by two."""
    _follow(versions)


CHANGES = {
    "a removed fact takes what rested on it alone": (
        "p rdf:type owl:SymmetricProperty ; a p b",
        "p rdf:type owl:SymmetricProperty",
        "",
    ),
    "what has another derivation stays": (
        "p rdfs:subPropertyOf r ; q rdfs:subPropertyOf r ; a p b ; a q b",
        "p rdfs:subPropertyOf r ; q rdfs:subPropertyOf r ; a q b",
        "a r b",
    ),
    "a fact both asserted and inferred stays as inferred when no longer asserted": (
        "p rdf:type owl:SymmetricProperty ; a p b ; b p a",
        "p rdf:type owl:SymmetricProperty ; a p b",
        "b p a",
    ),
    "a fact both asserted and inferred stays as asserted when it no longer follows": (
        "p rdf:type owl:SymmetricProperty ; a p b ; b p a ; b p c",
        "p rdf:type owl:SymmetricProperty ; b p a",
        "a p b",
    ),
    "a transitive loop does not support itself": (
        "p rdf:type owl:TransitiveProperty ; a p b ; b p a",
        "p rdf:type owl:TransitiveProperty ; b p a",
        "",
    ),
    "two equivalent classes do not support each other": (
        "C owl:equivalentClass D ; a rdf:type C ; b rdf:type D",
        "C owl:equivalentClass D ; b rdf:type D",
        "C rdfs:subClassOf D ; D rdfs:subClassOf C ; D owl:equivalentClass C ; b rdf:type C",
    ),
    "a property and its inverse do not support each other": (
        "p owl:inverseOf q ; a p b ; c q d",
        "p owl:inverseOf q ; c q d",
        "d p c",
    ),
    "a longer way round stays when the short one is gone": (
        "p rdf:type owl:TransitiveProperty ; a p b ; b p c ; c p d ; a p c",
        "p rdf:type owl:TransitiveProperty ; a p b ; b p c ; c p d",
        "a p c ; a p d ; b p d",
    ),
}


@pytest.mark.parametrize(("before", "after", "follows"), CHANGES.values(), ids=CHANGES)
def test_a_fact_taken_back(before: str, after: str, follows: str) -> None:
    """What rested on a fact alone goes with it, and nothing else does; the axioms are not read again."""
    closure = Closure(triples(before))

    assert (True, sorted(triples(follows))) == (closure.become(triples(after)), closure.inferred)


def test_facts_alone_need_no_new_start() -> None:
    """Facts that come and go leave the rules as they are."""
    closure = Closure(triples("p rdfs:domain C ; p rdf:type owl:FunctionalProperty ; a p b"))

    assert closure.become(triples("p rdfs:domain C ; p rdf:type owl:FunctionalProperty ; c p d"))


def test_an_axiom_needs_a_new_start() -> None:
    """A changed axiom changes the rules: all is computed anew."""
    closure = Closure(triples("p rdfs:domain C ; a p b"))

    assert not closure.become(triples("p rdfs:domain D ; a p b"))


def test_a_fact_that_gives_an_axiom() -> None:
    """An axiom that followed from a fact goes with it."""
    closure = Closure(triples("isKindOf rdfs:subPropertyOf rdfs:subClassOf ; C isKindOf D ; a rdf:type C"))
    closure.become(triples("isKindOf rdfs:subPropertyOf rdfs:subClassOf ; a rdf:type C"))

    assert [] == closure.inferred


def test_what_was_the_same() -> None:
    """Two names that follow to be of one thing are two again when the fact is gone."""
    axiom = "p rdf:type owl:InverseFunctionalProperty ; a p x ; a q y"
    closure = Closure(triples(axiom + " ; b p x"))
    closure.become(triples(axiom))

    assert [] == closure.inferred


def test_a_literal_that_is_gone() -> None:
    """The types of a literal go with it, and the contradictions they made."""
    axioms = "p rdfs:domain A ; xsd:string rdfs:subClassOf xsd:integer"
    closure = Closure(triples(axioms + ' ; a p "x"'))
    closure.become(triples(axioms))

    assert [] == closure.contradictions


def test_nothing_changed() -> None:
    """The same lines give the same closure."""
    lines = triples("p rdf:type owl:TransitiveProperty ; a p b ; b p c")
    closure = Closure(lines)
    before = _told(closure)
    closure.become(lines)

    assert before == _told(closure)
