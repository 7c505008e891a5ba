from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from metiers_kg.build.gates import missing_tools, owl_dl
from metiers_kg.build.gates.material import Material
from metiers_kg.build.gates.owl_dl import check_owl_dl, facts, judge
from metiers_kg.errors import InputError
from metiers_kg.project import Project
from metiers_kg.store import read_turtle
from tests.conftest import PREFIXES

ONTOLOGY = "<https://e.org/o> a owl:Ontology . mkg:A a owl:Class . mkg:B a owl:Class . mkg:p a owl:ObjectProperty .\n"
DISJOINT = ONTOLOGY + "mkg:A owl:disjointWith mkg:B .\n"

EXAMPLES = {
    "good": ONTOLOGY + "mkg:A rdfs:subClassOf mkg:B .",
    "outside RL": ONTOLOGY
    + "mkg:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( mkg:B mkg:C ) ] . mkg:C a owl:Class .",
    "outside DL": ONTOLOGY
    + """mkg:p a owl:TransitiveProperty .
    mkg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mkg:p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .""",
    "undeclared": ONTOLOGY + "mkg:A rdfs:subClassOf mkg:Unheard .",
    "inconsistent": DISJOINT + "job:x a mkg:A , mkg:B , owl:NamedIndividual .",
    "unsatisfiable": DISJOINT + "mkg:C a owl:Class ; rdfs:subClassOf mkg:A , mkg:B .",
}

Said = Mapping[str, Any]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    """What the OWL API and HermiT say of every example, asked at once."""
    if lacking := missing_tools():
        assert os.environ.get("CI") != "true", lacking
        pytest.skip(lacking)
    file = tmp_path_factory.mktemp("owl") / "example.ttl"
    graphs = []
    for text in EXAMPLES.values():
        file.write_text(PREFIXES + text, encoding="utf-8")
        graphs.append(read_turtle(file))
    return dict(zip(EXAMPLES, judge(graphs), strict=True))


def _constructs(outside: list[Mapping[str, Any]]) -> set[str]:
    return {one["construct"] for one in outside}


def test_good_ontology_is_left_alone(said: dict[str, Said]) -> None:
    """Of an ontology within both profiles, consistent and without empty classes, nothing is told."""
    assert {"rl": [], "dl": [], "consistent": True, "unsatisfiable": [], "refused": ""} == said["good"]


def test_outside_rl_is_found(said: dict[str, Said]) -> None:
    """A union as a super-class lies outside OWL 2 RL and within OWL 2 DL."""
    assert {"UseOfNonSuperClassExpression"} == _constructs(said["outside RL"]["rl"])
    assert [] == said["outside RL"]["dl"]


def test_outside_dl_is_found(said: dict[str, Said]) -> None:
    """A cardinality of a transitive property lies outside OWL 2 DL, and HermiT says why it does not reason."""
    assert {"UseOfNonSimplePropertyInCardinalityRestriction"} == _constructs(said["outside DL"]["dl"])
    assert "Non-simple property" in said["outside DL"]["refused"]


def test_undeclared_class_is_outside_dl(said: dict[str, Said]) -> None:
    """OWL 2 DL asks that each class is declared."""
    assert {"UseOfUndeclaredClass"} == _constructs(said["undeclared"]["dl"])


def test_inconsistency_is_found(said: dict[str, Said]) -> None:
    """A thing of two disjoint classes makes it all inconsistent."""
    assert said["inconsistent"]["consistent"] is False


def test_empty_class_is_found(said: dict[str, Said]) -> None:
    """A class below two disjoint ones is empty by force, though nothing is inconsistent yet."""
    assert (True, ["https://w3id.org/metiers-kg/ontology#C"]) == (
        said["unsatisfiable"]["consistent"],
        said["unsatisfiable"]["unsatisfiable"],
    )


def _findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Said) -> list[str]:
    monkeypatch.setattr(owl_dl, "judge", lambda graphs: [said for _ in graphs])
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "metiers.ttl").write_text(PREFIXES + "\nmkg:A a owl:Class .\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "all.ttl").write_text(PREFIXES, encoding="utf-8")
    material = Material(Project.find(tmp_path), ontology=["<https://e.org/o> <https://e.org/p> <https://e.org/q> ."])
    return [str(finding) for finding in check_owl_dl(material)]


def test_finding_says_where_and_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, Said]) -> None:
    """What the OWL API finds is told of the term that the axiom is about, with its line."""
    [rl] = _findings(tmp_path, monkeypatch, said["outside RL"])
    line = len(PREFIXES.splitlines()) + 2

    assert rl.startswith(
        f"metiers.ttl:{line}: https://w3id.org/metiers-kg/ontology#A: Use of non-superclass expression"
    )
    assert rl.endswith(
        "[OWL 2 RL profile (OWL API): UseOfNonSuperClassExpression] -> say it within OWL 2 RL, or leave it to a SHACL shape"
    )


def test_inconsistency_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, Said]) -> None:
    """An inconsistent ontology is one finding that says where to look on."""
    [finding] = _findings(tmp_path, monkeypatch, said["inconsistent"])

    assert "the ontology cannot all hold [HermiT: inconsistent] -> see what the gate contradictions tells" in finding


def test_missing_java_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Java the gate says what to install."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(InputError, match=r"needs Java \(on Debian: apt-get install default-jre-headless\)"):
        judge([])


def test_missing_packages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages the gate says which to install."""
    monkeypatch.setattr(owl_dl.importlib.util, "find_spec", lambda name: None)

    assert missing_tools().endswith("jpype1 and owlready2 (pip install jpype1 owlready2)")


def test_facts_are_what_an_axiom_can_use(tmp_path: Path) -> None:
    """Of the data, HermiT gets types of declared classes and values of declared properties; neither labels nor dates."""
    file = tmp_path / "all.ttl"
    file.write_text(PREFIXES + ONTOLOGY + "mkg:day a owl:DatatypeProperty .", encoding="utf-8")
    ontology = read_turtle(file)
    file.write_text(
        PREFIXES
        + 'job:x a mkg:A , mkg:Unheard ; mkg:p job:y ; skos:prefLabel "X"@fr ; mkg:day "2024-05-13"^^xsd:date .',
        encoding="utf-8",
    )

    job, mkg = "<https://w3id.org/metiers-kg/job/", "<https://w3id.org/metiers-kg/ontology#"
    assert [
        f"{job}x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {mkg}A> .",
        f"{job}x> {mkg}p> {job}y> .",
    ] == facts(ontology, read_turtle(file))
