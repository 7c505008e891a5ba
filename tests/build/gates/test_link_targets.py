from __future__ import annotations

import json
from pathlib import Path

import pytest

from metiers_kg.build.gates.link_targets import check_link_targets, withdrawn_or_missing
from metiers_kg.build.gates.material import Material
from metiers_kg.errors import Finding
from metiers_kg.links import Review
from metiers_kg.links.link import Link, LinkSet
from metiers_kg.project import Project

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept>"
GRAPH = f"""<https://e.org/1> {TYPE} .
<https://e.org/2> {TYPE} .
<https://e.org/2> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<https://e.org/3> {TYPE} .
<https://e.org/3> <http://purl.org/iso25964/skos-thes#status> "obsolete" .
<https://e.org/4> <http://www.w3.org/2004/02/skos/core#prefLabel> "four"@en .
"""


def test_missing_and_withdrawn_concepts_are_told(tmp_path: Path) -> None:
    """A concept that the release has is fine; one that it has not, or has withdrawn, is told with what is wrong."""
    (tmp_path / "graph.nt").write_text(GRAPH, encoding="utf-8")

    assert {
        "https://e.org/2": "is deprecated there",
        "https://e.org/3": 'has the status "obsolete" there',
        "https://e.org/4": "is no concept there",
        "https://e.org/5": "is no concept there",
    } == withdrawn_or_missing(tmp_path / "graph.nt", [f"https://e.org/{number}" for number in range(1, 6)])


def _findings(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str, target: int) -> list[Finding]:
    (folder / "ontology").mkdir()
    (folder / "imports" / "esco").mkdir(parents=True)
    (folder / "imports" / "esco" / "graph.nt").write_text(GRAPH, encoding="utf-8")
    (folder / "imports" / "esco" / "manifest.json").write_text(
        json.dumps({"version": "1.1.1", "triples": 6}), encoding="utf-8"
    )
    monkeypatch.setenv("METIERS_KG_IMPORTS", str(folder / "imports"))
    link = Link(
        "https://e.org/job", "skos:closeMatch", f"https://e.org/{target}", "semapv:ManualMappingCuration", line=9,
        object_label="five", slots={"object_source_version": version},
    )  # fmt: skip
    review = Review({("job", "esco"): [LinkSet("jobs-esco.sssom.tsv", {}, (link,))]}, {})
    return list(check_link_targets(Material(Project.find(folder), review=review)))


def test_link_that_leads_nowhere_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to what the imported release does not have is a violation, at the row of its file."""
    assert [
        "jobs-esco.sssom.tsv:9: https://e.org/job: is linked to https://e.org/5 ('five'), which is no concept there: ESCO 1.1.1 "
        "[link-targets] -> choose another concept, or the release that the file names"
    ] == [str(finding) for finding in _findings(tmp_path, monkeypatch, "1.1.1", 5)]


def test_other_release_makes_it_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another release is imported than the links were made with, what it lacks is only a warning."""
    assert ["warning"] == [finding.severity for finding in _findings(tmp_path, monkeypatch, "1.2.0", 5)]


def test_link_that_leads_somewhere_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to a concept that the imported release has gives no finding."""
    assert [] == _findings(tmp_path, monkeypatch, "1.1.1", 1)
