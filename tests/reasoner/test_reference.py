"""Where owlrl departs from the W3C's rules: each difference by a small graph, as told in ``docs/reference/reasoning.md``.

A test that fails with a new version of owlrl says that a difference is gone: it then goes from the page and from here.
"""

from __future__ import annotations

import pytest
import rdflib
from owlrl.Namespaces import ERRNS
from owlrl.OWLRL import OWLRL_Semantics

from metiers_kg.project import Project
from metiers_kg.reasoner.closure import Closure
from metiers_kg.reasoner.reference import ReferenceClosure, close_by_owlrl
from tests.reasoner.test_equals_owlrl import told_lines
from tests.reasoner.triples import triples

CONTRADICTION = "contradiction"

MISSED = {
    "the last property of a key": (
        "C owl:hasKey (p q) ; a rdf:type C ; b rdf:type C ; a p x ; b p x ; a q y ; b q z",
        "",
        "a owl:sameAs b",
    ),
    "the last of those that are all different": (
        "_:x rdf:type owl:AllDifferent ; _:x owl:members (a b c) ; b owl:sameAs c",
        CONTRADICTION,
        "",
    ),
    "one that is all different from itself": (
        "_:x rdf:type owl:AllDifferent ; _:x owl:members (a a b)",
        CONTRADICTION,
        "",
    ),
    "the last of disjoint properties": (
        "_:x rdf:type owl:AllDisjointProperties ; _:x owl:members (p q) ; a p b ; a q b",
        CONTRADICTION,
        "",
    ),
    "a property that is its own sub-property by a loop": (
        "p rdfs:subPropertyOf q ; q rdfs:subPropertyOf p ; R owl:onProperty p ; R owl:hasValue x ; S owl:onProperty p ; S owl:hasValue x",
        "R rdfs:subClassOf S",
        "",
    ),
    "a class that is its own subclass by a loop": (
        "A rdfs:subClassOf B ; B rdfs:subClassOf A ; "
        "R owl:onProperty p ; R owl:someValuesFrom A ; S owl:onProperty p ; S owl:someValuesFrom A",
        "R rdfs:subClassOf S",
        "",
    ),
    "the datatype of a text without a language": (
        'R owl:onProperty p ; R owl:someValuesFrom xsd:string ; a p "x"',
        "a rdf:type R",
        "",
    ),
}
"""What owlrl does not see: a graph, what follows by the W3C's rules and not by owlrl, and what it infers for it."""

ADDED = {
    "an rdf:Property as its own sub-property": (
        "p rdf:type rdf:Property ; R owl:onProperty p ; R owl:hasValue x ; S owl:onProperty p ; S owl:hasValue x",
        "R rdfs:subClassOf S",
    ),
    "an xsd:NMTOKEN as an xsd:Name": (
        "R owl:onProperty p ; R owl:someValuesFrom xsd:Name ; a p 1^^xsd:NMTOKEN",
        "a rdf:type R",
    ),
    "broader datatypes of a thing that is no literal": ("a rdf:type xsd:int", "a rdf:type xsd:integer"),
    "datatypes that are disjoint": (
        "p rdfs:domain xsd:boolean ; q rdfs:domain xsd:decimal ; a p true^^xsd:boolean ; a q 1.5^^xsd:decimal",
        CONTRADICTION,
    ),
    "datatypes that OWL 2 RL has not": ("rdfs:Datatype rdfs:subClassOf Kind", "xsd:date rdf:type Kind"),
    "each thing as the same as itself": ("a p b", "a owl:sameAs a"),
    "what holds of any graph": ("a p b", "rdfs:label rdf:type owl:AnnotationProperty"),
    "literals as subjects": ("a p 1^^xsd:integer", "1^^xsd:integer rdf:type xsd:decimal"),
}
"""What owlrl infers that the closure does not have or does not tell: a graph and that."""


def _as_it_comes(text: str) -> set[str]:
    """Return what owlrl itself, not mended, makes of a graph."""
    graph = rdflib.Graph().parse(data="\n".join(triples(text)), format="nt")
    OWLRL_Semantics(graph, False, False).closure()
    errors = {CONTRADICTION} if (None, ERRNS.error, None) in graph else set()
    return errors | {" ".join(part.n3() for part in triple) + " ." for triple in graph}


def _told(closure: Closure | ReferenceClosure) -> set[str]:
    return {*closure.inferred, *({CONTRADICTION} if closure.contradictions else ())}


def _expected(text: str) -> set[str]:
    return {text} if text == CONTRADICTION else set(triples(text))


@pytest.mark.parametrize(("graph", "missed", "wrong"), MISSED.values(), ids=MISSED)
def test_owlrl_misses(graph: str, missed: str, wrong: str) -> None:
    """What owlrl does not see: nothing of it is inferred, or more than there is."""
    found = _as_it_comes(graph)

    assert (False, True) == (bool(missed) and _expected(missed) <= found, _expected(wrong) <= found)


@pytest.mark.parametrize(("graph", "missed", "wrong"), MISSED.values(), ids=MISSED)
def test_what_owlrl_misses_is_mended(graph: str, missed: str, wrong: str) -> None:
    """The reference follows the W3C's rules, and so does the closure."""
    for told in (_told(close_by_owlrl(triples(graph))), _told(Closure(triples(graph)))):
        assert (True, False) == (_expected(missed) <= told, bool(wrong) and _expected(wrong) <= told)


@pytest.mark.parametrize(("graph", "added"), ADDED.values(), ids=ADDED)
def test_owlrl_adds(graph: str, added: str) -> None:
    """What owlrl infers of its own."""
    assert _expected(added) <= _as_it_comes(graph)


@pytest.mark.parametrize(("graph", "added"), ADDED.values(), ids=ADDED)
def test_what_owlrl_adds_is_left_out(graph: str, added: str) -> None:
    """Neither the reference nor the closure tells it."""
    told = _told(close_by_owlrl(triples(graph))) | _told(Closure(triples(graph)))

    assert set() == _expected(added) & told


def test_literals_stay_as_they_are_written() -> None:
    """What the reference infers of a literal has it as the graph has it, line ends and leading zeros included."""
    graph = ['<a> <p> "01\\n"^^<http://www.w3.org/2001/XMLSchema#integer> .', *triples("q owl:inverseOf p")]
    graph += ["<p> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <r> ."]

    assert '<a> <r> "01\\n"^^<http://www.w3.org/2001/XMLSchema#integer> .' in close_by_owlrl(graph).inferred


def test_literals_that_no_rule_uses_are_told_once_things_are_the_same() -> None:
    """A label is kept out of owlrl's way, but not where it is that of two names of one thing."""
    graph = triples('a rdfs:label "x" ; b rdfs:label "y" ; p rdf:type owl:FunctionalProperty ; c p a ; c p b')

    assert close_by_owlrl(graph).inferred == Closure(graph).inferred


def test_a_contradiction_has_the_words_of_owlrl() -> None:
    """A contradiction of the reference is named after owlrl, with its message and the IRIs in it."""
    graph = triples("Cat owl:disjointWith Dog ; felix rdf:type Cat ; felix rdf:type Dog")
    [found, *_] = close_by_owlrl(graph).contradictions

    assert ("owlrl", ["http://e.org/Cat", "http://e.org/Dog", "http://e.org/felix"]) == (found.rule, found.resources)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_owlrl_as_it_comes_infers_the_same_of_the_project(project: Project) -> None:
    """Nothing that is mended and no literal that is kept out changes what follows from the project's graph."""
    lines = told_lines(project)
    graph = rdflib.Graph().parse(data="\n".join(lines), format="nt")
    OWLRL_Semantics(graph, False, False).closure()
    own = _as_it_comes("a p b")
    found = [
        " ".join(part.n3() for part in triple) + " ."
        for triple in graph
        if isinstance(triple[0], rdflib.URIRef) and not isinstance(triple[2], rdflib.BNode) and triple[0] != triple[2]
        if not str(triple[0]).startswith((str(rdflib.XSD), str(rdflib.RDF)))
    ]

    assert sorted({*found} - own - {*lines}) == Closure(lines).inferred
