from __future__ import annotations

import owlrl
import pytest
import rdflib
from owlrl.Namespaces import ERRNS
from rdflib import URIRef

from metiers_kg.project import Project
from metiers_kg.reasoner import close

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def _iri(name: str) -> str:
    for prefix, namespace in (("owl:", OWL), ("rdf:", RDF), ("rdfs:", RDFS)):
        if name.startswith(prefix):
            return f"<{namespace}{name.removeprefix(prefix)}>"
    return f"<http://e.org/{name}>"


def _triples(*names: str) -> list[str]:
    return [" ".join(_iri(part) for part in name.split()) + " ." for name in names]


def test_symmetric_property_holds_both_ways() -> None:
    """A symmetric property entails its triples the other way round (prp-symp)."""
    inferred = close(_triples("near rdf:type owl:SymmetricProperty", "a near b")).inferred

    assert _triples("b near a")[0] in inferred


def test_reflexive_triples_are_left_out() -> None:
    """A triple from a thing to itself is no news."""
    inferred = close(
        _triples("near rdf:type owl:SymmetricProperty", "near rdf:type owl:TransitiveProperty", "a near b")
    ).inferred

    assert not [line for line in inferred if line.split()[0] == line.split()[2]]


def test_no_literal_subject_and_no_blank_node() -> None:
    """What owlrl says of literals and blank nodes is left out."""
    lines = [
        *_triples("age rdf:type owl:DatatypeProperty", "a rdf:type Person"),
        '<http://e.org/a> <http://e.org/age> "3" .',
    ]

    assert all(line.startswith("<") and "_:" not in line for line in close(lines).inferred)


def test_contradiction_names_classes_and_individual() -> None:
    """A thing in two disjoint classes is a contradiction that names the three."""
    closure = close(_triples("Cat owl:disjointWith Dog", "felix rdf:type Cat", "felix rdf:type Dog"))

    assert [closure.resources(message) for message in closure.contradictions] == [
        ["http://e.org/Cat", "http://e.org/Dog", "http://e.org/felix"]
    ]


def test_literals_of_a_property_with_a_domain_count() -> None:
    """A literal value types its subject where the property has a domain."""
    lines = [*_triples("age rdfs:domain Person"), *(f'<http://e.org/{name}> <http://e.org/age> "3" .' for name in "ab")]
    inferred = close(lines).inferred

    assert {line for line in inferred if "Person" in line} >= set(_triples("a rdf:type Person", "b rdf:type Person"))


def test_literals_of_a_property_named_by_a_restriction_count() -> None:
    """A literal that a restriction asks for makes its subject a member (cls-hv2)."""
    restriction = [
        f"_:r <{OWL}onProperty> <http://e.org/done> .",
        f'_:r <{OWL}hasValue> "yes" .',
        f"_:r <{RDFS}subClassOf> <http://e.org/Done> .",
    ]
    lines = [*restriction, *(f'<http://e.org/{name}> <http://e.org/done> "yes" .' for name in "ab")]

    assert set(close(lines).inferred) >= set(_triples("a rdf:type Done", "b rdf:type Done"))


@pytest.mark.long
def test_equals_plain_owlrl_on_the_whole_graph(project: Project) -> None:
    """Keeping inert literals out changes nothing: the closure is owlrl's own, apart from what is left out on purpose."""
    lines = [
        line.rsplit(" ", 2)[0] + " ."
        for line in (project.build / "metiers.nq").read_text(encoding="utf-8").splitlines()
        if line.rsplit(" ", 2)[1].endswith(("/ontology>", "/data>"))
    ]
    whole = rdflib.Graph().parse(data="\n".join(lines), format="nt")
    asserted = set(whole)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    expected = {
        " ".join(term.n3() for term in (s, p, o)) + " ."
        for s, p, o in whole
        if isinstance(s, URIRef)
        and not isinstance(o, rdflib.BNode)
        and s != o
        and (s, p, o) not in asserted
        and o != ERRNS.ErrorMessage
    }

    assert expected == set(close(lines).inferred)
