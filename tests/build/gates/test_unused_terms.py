from __future__ import annotations

from pathlib import Path

from metiers_kg.build.gates.material import Material
from metiers_kg.build.gates.unused_terms import check_unused_terms
from metiers_kg.project import Project
from metiers_kg.store import read_turtle
from tests.conftest import PREFIXES

TERM = "a owl:ObjectProperty ; rdfs:isDefinedBy <https://w3id.org/metiers-kg/ontology> ."


def _unused(folder: Path, ontology: str, *, data: str = "", query: str = "") -> list[str]:
    for name in ("ontology", "data", "queries"):
        (folder / name).mkdir()
    for name, text in (("ontology/metiers.ttl", ontology), ("data/all.ttl", data)):
        (folder / name).write_text(PREFIXES + text, encoding="utf-8")
    (folder / "queries" / "q.rq").write_text(query, encoding="utf-8")
    material = Material(
        Project.find(folder),
        ontology=read_turtle(folder / "ontology" / "metiers.ttl"),
        data=read_turtle(folder / "data" / "all.ttl"),
    )
    return [finding.resource.rpartition("#")[2] for finding in check_unused_terms(material)]


def test_term_without_use_is_found(tmp_path: Path) -> None:
    """A property that only its own declaration and domain speak of is found."""
    assert ["zz"] == _unused(tmp_path, f"mkg:zz {TERM} mkg:zz rdfs:domain skos:Concept .")


def test_data_are_a_use(tmp_path: Path) -> None:
    """A property that the data use is used."""
    assert [] == _unused(tmp_path, f"mkg:zz {TERM}", data="job:a mkg:zz job:b .")


def test_saved_query_is_a_use(tmp_path: Path) -> None:
    """A property that a saved query asks for is used, though no data have it yet."""
    assert [] == _unused(tmp_path, f"mkg:zz {TERM}", query="SELECT ?x { ?x mkg:zz ?y }")


def test_axiom_of_another_term_is_a_use(tmp_path: Path) -> None:
    """A property is used by its sub-property, and a chain by what it concludes."""
    assert ["yy"] == _unused(tmp_path, f"mkg:zz {TERM} mkg:yy {TERM} mkg:yy rdfs:subPropertyOf mkg:zz .")
