"""An export of this repository's graph, and two small releases, one made of the other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from metiers_kg.build.run import build_graph
from metiers_kg.project import Project
from metiers_kg.release.exporting import export_release
from tests.conftest import ROOT, TINY

BEFORE = TINY + (
    """
competence:biologie a mkg:Competence , mkg:Knowledge ; prov:wasDerivedFrom passage:text--0-4 ;
    skos:prefLabel "Biologie"@fr , "Biology"@en , "Biologie"@nl , "Biologie"@de .
passage:text--0-3 a mkg:Passage ; skos:prefLabel "Texte, l. 1"@fr , "Text, l. 1"@en ; oa:hasSource source:text ; mkg:inSection source:text--1 ;
    oa:hasSelector <https://w3id.org/metiers-kg/passage/text--0-3#0-3> .
<https://w3id.org/metiers-kg/passage/text--0-3#0-3> a oa:TextPositionSelector ; oa:start 0 ; oa:end 3 ; oa:exact "Ana" ;
    mkg:startLine 1 ; mkg:endLine 1 .
competence:chimie prov:wasDerivedFrom passage:text--0-3 .
passage:text--0-4 skos:prefLabel "Texte, l. 1, 4"@fr , "Text, l. 1, 4"@en .
"""
)
AFTER = (
    BEFORE.replace('"Chemist"@en', '"Chemical scientist"@en')
    .replace(
        "mkg:hasEssentialRequirement requirement:chimiste--chimie",
        "mkg:hasOptionalRequirement requirement:chimiste--chimie",
    )
    .replace(
        'mkg:modality "stated" ;\n    prov:wasDerivedFrom passage:text--0-4 .',
        'mkg:modality "stated" ;\n    prov:wasDerivedFrom passage:text--0-3 .',
    )
    .replace(
        "competence:biologie a mkg:Competence , mkg:Knowledge ; prov:wasDerivedFrom passage:text--0-4 ;",
        "competence:biologie a skos:Concept ; owl:deprecated true ; dcterms:isReplacedBy competence:chimie ;",
    )
    + """
job:biologiste a mkg:Job ; mkg:hasProfile false ; skos:prefLabel "Biologiste"@fr , "Biologist"@en ; prov:wasDerivedFrom passage:text--0-4 .
"""
)


@pytest.fixture(scope="package", autouse=True)
def _without_texts() -> Iterator[None]:
    """The texts of the real sources are not those of small releases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("METIERS_KG_TEXTS", raising=False)
        yield


@pytest.fixture(scope="package")
def export(built_here: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that an export of this repository's graph writes."""
    return export_release(built_here, tmp_path_factory.mktemp("export") / "export").folder


def make_project(root: Path, data: str) -> Project:
    """Build a project of one data file, with two of the saved queries."""
    shutil.copytree(ROOT / "ontology", root / "ontology")
    (root / "queries" / "checks").mkdir(parents=True)
    for name in ("job-competences", "job-search-names"):
        text = (ROOT / "queries" / f"{name}.rq").read_text(encoding="utf-8")
        (root / "queries" / f"{name}.rq").write_text(
            re.sub("example: job/[a-z-]+", "example: job/chimiste", text), encoding="utf-8"
        )
    (root / "data").mkdir()
    (root / "data" / "all.ttl").write_text(data, encoding="utf-8")
    project = Project.find(root)
    build_graph(project)
    return project


@pytest.fixture(scope="package")
def before(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project, built: one job, two competences."""
    return make_project(tmp_path_factory.mktemp("before") / "project", BEFORE)


@pytest.fixture(scope="package")
def after(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same after a change: a job more, one renamed, a requirement of another level, a competence deprecated."""
    return make_project(tmp_path_factory.mktemp("after") / "project", AFTER)
