from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.build import assembly
from metiers_kg.build.run import build_graph
from metiers_kg.errors import DataError
from metiers_kg.project import Project
from metiers_kg.reasoner.state import load_closure

OUTPUTS = ("metiers.nq", "metiers.nt", "manifest.json", "unstated.nq", "closure.npz")


def _add(project: Project, turtle: str) -> None:
    file = project.data / "all.ttl"
    file.write_text(file.read_text(encoding="utf-8") + turtle, encoding="utf-8")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OUTPUTS}


@pytest.fixture
def without_shapes(small: Project) -> Project:
    """A small project whose shapes let everything pass, so that the reasoner is the one to object."""
    (small.ontology / "shapes.ttl").write_text("", encoding="utf-8")
    return small


def test_build_after_a_change_equals_a_build_from_nothing(without_shapes: Project) -> None:
    """Going on from the last closure, for a fact more and then less, gives the bytes of a build from nothing."""
    project = without_shapes
    before = (project.data / "all.ttl").read_text(encoding="utf-8")
    build_graph(project)
    first = _bytes(project.build)
    _add(project, "job:chimiste a mkg:ChangingJob .\n")
    build_graph(project)
    changed = _bytes(project.build)
    build_graph(project, force=True)
    assert changed == _bytes(project.build)
    (project.data / "all.ttl").write_text(before, encoding="utf-8")
    build_graph(project)

    assert first == _bytes(project.build)


def test_a_change_of_data_is_not_a_new_start(small: Project) -> None:
    """For a change of the data only what depends on it is derived anew."""
    build_graph(small)
    closure = load_closure(small.build / "closure.npz")
    asserted = [*assembly.read_ontology(small), *assembly.read_data(small)]

    assert closure is not None
    assert closure.become([line for line in asserted if "altLabel" not in line])


def test_a_damaged_closure_is_computed_anew(small: Project) -> None:
    """A closure file that cannot be read costs a new start and nothing else."""
    build_graph(small)
    whole = _bytes(small.build)
    (small.build / "closure.npz").write_bytes(b"PK\x03\x04 half")
    (small.ontology / "shapes.ttl").write_text("", encoding="utf-8")
    build_graph(small)

    assert whole["closure.npz"] == (small.build / "closure.npz").read_bytes()


def test_the_reference_gives_the_same_inferred_graph(without_shapes: Project) -> None:
    """``--reasoner owlrl`` infers the same triples."""
    build_graph(without_shapes)
    ours = (without_shapes.build / "metiers.nt").read_text(encoding="utf-8").splitlines()
    build_graph(without_shapes, reasoner="owlrl", force=True)
    reference = (without_shapes.build / "metiers.nt").read_text(encoding="utf-8").splitlines()

    assert [line for line in reference if "graph/provenance" not in line] == [
        line for line in ours if "graph/provenance" not in line
    ]


def test_contradiction_tells_rule_statements_files_and_passages(without_shapes: Project) -> None:
    """A thing of two disjoint kinds is told with the rule, the two statements, their lines and their passages."""
    _add(without_shapes, "competence:chimie a mkg:Skill .\n")
    with pytest.raises(DataError) as caught:
        build_graph(without_shapes)
    [finding] = [finding for finding in caught.value.findings if "competence/chimie" in finding.resource]

    assert "“competence/chimie rdf:type mkg:Knowledge”" in finding.message
    assert "“competence/chimie rdf:type mkg:Skill”" in finding.message
    assert "the two classes are disjoint" in finding.message
    assert "all.ttl:" in finding.message
    assert "passage/" in finding.message
    assert finding.rule == "OWL 2 RL contradiction, cax-adc"


def test_contradiction_that_is_inferred_tells_what_it_comes_from(without_shapes: Project) -> None:
    """What only follows is told by the statements that it follows from."""
    _add(without_shapes, "requirement:chimiste--chimie mkg:concernsCompetence job:chimiste .\n")
    with pytest.raises(DataError) as caught:
        build_graph(without_shapes)
    told = " ".join(finding.message for finding in caught.value.findings)

    assert "“requirement/chimiste--chimie mkg:concernsCompetence job/chimiste”" in told


def test_what_lies_outside_the_profile_is_reported(small: Project) -> None:
    """An axiom that no rule of OWL 2 RL reads is a warning with its file and line."""
    ontology = small.ontology / "metiers.ttl"
    ontology.write_text(
        ontology.read_text(encoding="utf-8") + "\nmkg:worksWith a owl:ReflexiveProperty .\n", encoding="utf-8"
    )

    [warning] = [str(warning) for warning in build_graph(small).warnings]
    assert "metiers.ttl:" in warning
    assert "ReflexiveProperty" in warning
