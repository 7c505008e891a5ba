from __future__ import annotations

import pyshacl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH

from metiers_kg.build.gates import run_gates
from metiers_kg.project import Project
from metiers_kg.store import Store
from metiers_kg.vocabulary import ONTOLOGY
from tests.conftest import PREFIXES, ROOT, TINY

PREFIX = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix shape: <https://w3id.org/metiers-kg/shapes#> .\n"


def _found(small: Project, gate: str) -> list[tuple[str, str]]:
    return [(finding.resource, finding.message) for finding in run_gates(small, only={gate}).findings]


def test_shape_that_is_no_shacl_is_found(small: Project) -> None:
    """A shape whose count is a word asks for nothing; it is told by name, with its line."""
    shapes = small.ontology / "shapes.ttl"
    bad = 'shape:Bad a sh:NodeShape ; sh:property [ sh:path <https://e.org/p> ; sh:minCount "one" ] .\n'
    shapes.write_text(PREFIX + "\n" + bad, encoding="utf-8")
    [finding] = run_gates(small, only={"shapes-are-shacl"}).findings

    assert ("https://w3id.org/metiers-kg/shapes#Bad", "shapes.ttl", 4) == (finding.resource, finding.file, finding.line)
    assert finding.message.endswith("(sh:minCount)")


def test_class_without_shape_is_found(small: Project) -> None:
    """A class that has an instance and no shape is told with the instance."""
    (small.data / "all.ttl").write_text(TINY + "<https://w3id.org/metiers-kg/place/x> a <https://e.org/C> .\n", "utf-8")

    assert [("https://e.org/C", "has 1 instance, such as https://w3id.org/metiers-kg/place/x, and no shape")] == _found(
        small, "every-class-has-a-shape"
    )


def test_shape_of_a_broader_class_is_one(small: Project) -> None:
    """A kind of competence is looked at by the shape of competences."""
    assert [] == _found(small, "every-class-has-a-shape")


def test_every_class_of_the_ontology_has_a_shape() -> None:
    """A shape looks at each class of ours, by itself or by a broader one, but for those that the reasoner fills by definition."""
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    terms = rdflib.Graph().parse(ROOT / "ontology" / "metiers.ttl").parse(ROOT / "ontology" / "vocabularies.ttl")
    targets = set(shapes.objects(None, SH.targetClass))
    ours = {term for term in terms.subjects(RDF.type, OWL.Class) if str(term).startswith(ONTOLOGY)}
    filled = set(terms.subjects(OWL.equivalentClass))

    assert [] == sorted(t for t in ours - filled if not targets & set(terms.transitive_objects(t, RDFS.subClassOf)))


def test_example_of_rome_keeps_its_shapes() -> None:
    """What the importer makes of the example fiche has codes, labels and parents as the shapes ask."""
    example = rdflib.Graph()
    for file in sorted((ROOT / "tests" / "sources" / "rome" / "one-fiche").glob("expected*.ttl")):
        example.parse(file)
    example += rdflib.Graph().parse(ROOT / "ontology" / "vocabularies.ttl").triples((None, RDFS.subClassOf, None))
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")

    assert {"RomeFiche", "RomeAppellation"} <= {str(one).rpartition("#")[2] for one in example.objects(None, RDF.type)}
    conforms, _, told = pyshacl.validate(example, shacl_graph=shapes)
    assert conforms, told


@pytest.mark.parametrize(
    "turtle",
    [
        'rome:X a mkg:RomeFiche ; skos:prefLabel "X"@fr ; skos:notation "X1" .',
        'rome:X a mkg:RomeAppellation ; skos:prefLabel "X"@fr ; skos:notation "1" .',
        'rome:X a mkg:RomeCompetence ; skos:notation "1" .',
        "rome:X a mkg:RomeGroup .",
        "rome:X a mkg:RomeMobility .",
    ],
)
def test_rome_concept_that_lacks_something_is_found(turtle: str) -> None:
    """A fiche of another code, an appellation of no fiche, a concept without label, a move to nowhere are found."""
    prefix = "@prefix rome: <https://w3id.org/metiers-kg/rome/> .\n"
    graph = rdflib.Graph().parse(data=PREFIXES + prefix + turtle, format="turtle")
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")

    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]


@pytest.mark.parametrize("value", ["", " ; mkg:rank 1 ", " ; mkg:rank 0 ; mkg:jaccard 0.5 "])
def test_overlap_that_lacks_something_is_found(value: str) -> None:
    """An overlap without rank, without measure, or with a rank before the first is found."""
    text = f"<https://e.org/o> a mkg:Overlap ; mkg:overlapOf <https://e.org/a> ; mkg:overlapWith <https://e.org/b> {value} ."
    graph = rdflib.Graph().parse(data="@prefix mkg: <https://w3id.org/metiers-kg/ontology#> ." + text, format="turtle")
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")

    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]


def test_measured_overlap_keeps_its_shape(store: Store) -> None:
    """Each overlap that the build measured has two jobs, a rank and a measure from 0 to 1."""
    rows = store.rows(
        "SELECT ?s ?p ?o { GRAPH <https://w3id.org/metiers-kg/graph/overlap> { ?s a mkg:Overlap ; ?p ?o } FILTER(!ISBLANK(?o)) }"
    )
    lines = "\n".join(f"{s} {p} {o} ." for s, p, o in rows)
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    conforms, _, told = pyshacl.validate(rdflib.Graph().parse(data=lines, format="nt"), shacl_graph=shapes)

    assert conforms, told
