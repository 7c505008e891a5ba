"""What most tests need: the project, its built graph, and small projects to break."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from metiers_kg.build.inputs import is_current
from metiers_kg.build.run import build_graph
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names
from metiers_kg.store import Store

ROOT = Path(__file__).resolve().parents[1]

PREFIXES = """
@prefix mkg: <https://w3id.org/metiers-kg/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix job: <https://w3id.org/metiers-kg/job/> .
@prefix competence: <https://w3id.org/metiers-kg/competence/> .
@prefix factor: <https://w3id.org/metiers-kg/factor/> .
@prefix impact: <https://w3id.org/metiers-kg/impact/> .
@prefix requirement: <https://w3id.org/metiers-kg/requirement/> .
@prefix passage: <https://w3id.org/metiers-kg/passage/> .
@prefix source: <https://w3id.org/metiers-kg/source/> .
@prefix category: <https://w3id.org/metiers-kg/category/> .
"""

TINY = (
    PREFIXES
    + """
source:text a mkg:Source ; skos:prefLabel "Texte"@fr , "Text"@en ; dcterms:title "Texte" ; dcterms:issued "2013" ; mkg:textFile "text.txt" .
source:text--1 a mkg:Section ; skos:prefLabel "1"@fr , "1"@en .

passage:text--0-4 a mkg:Passage ; oa:hasSource source:text ; mkg:inSection source:text--1 ;
    oa:hasSelector <https://w3id.org/metiers-kg/passage/text--0-4#0-4> .
<https://w3id.org/metiers-kg/passage/text--0-4#0-4> a oa:TextPositionSelector ; oa:start 0 ; oa:end 4 ; oa:exact "Ana’" ;
    mkg:startLine 1 ; mkg:endLine 1 .

job:chimiste a mkg:Job ; mkg:hasProfile false ; skos:prefLabel "Chimiste"@fr , "Chemist"@en ; prov:wasDerivedFrom passage:text--0-4 ;
    mkg:hasEssentialRequirement requirement:chimiste--chimie .
competence:chimie a mkg:Competence , mkg:Knowledge ; prov:wasDerivedFrom passage:text--0-4 ;
    skos:prefLabel "Chimie"@fr , "Chemistry"@en , "Chemie"@nl , "Chemie"@de .
requirement:chimiste--chimie a mkg:CompetenceRequirement ; skos:prefLabel "Chimiste — exige — Chimie"@fr , "Chemist — requires — Chemistry"@en ;
    mkg:requirementOf job:chimiste ; mkg:concernsCompetence competence:chimie ; mkg:statedAs "explicit" ; mkg:modality "stated" ;
    prov:wasDerivedFrom passage:text--0-4 .
"""
)
"""A graph of one job and one competence that keeps all rules."""


@pytest.fixture(scope="session")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of this repository, built: in place when its build is current, else aside."""
    here = Project.find(ROOT)
    if is_current(here):
        return here
    aside = Project.find(ROOT, tmp_path_factory.mktemp("built") / "build")
    build_graph(aside)
    return aside


@pytest.fixture(scope="session")
def project(built_here: Project) -> Project:
    """The same, by the name that folders of tests with a small project of their own give to that."""
    return built_here


@pytest.fixture(scope="session")
def store(project: Project) -> Store:
    """The graph of this repository."""
    return Store.open(project.build / "store")


@pytest.fixture(scope="session")
def names(store: Store) -> Names:
    """The names of what is in the graph."""
    return Names(store)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The saved queries of this repository."""
    return Catalogue.read(ROOT / "queries")


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder of the source texts; skipped where none is named, failed where it is named and missing."""
    named = os.environ.get("METIERS_KG_TEXTS")
    if not named:
        pytest.skip("needs the source texts: set METIERS_KG_TEXTS to the folder that holds them")
    folder = Path(named)
    assert folder.is_dir(), f"METIERS_KG_TEXTS names {folder}, which is not a folder"
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with the real ontology, shapes and checks, and one small data file that is valid."""
    monkeypatch.delenv("METIERS_KG_TEXTS", raising=False)
    root = tmp_path / "project"
    shutil.copytree(ROOT / "ontology", root / "ontology")
    shutil.copytree(ROOT / "queries" / "checks", root / "queries" / "checks")
    (root / "data").mkdir()
    (root / "data" / "all.ttl").write_text(TINY, encoding="utf-8")
    return Project.find(root)
