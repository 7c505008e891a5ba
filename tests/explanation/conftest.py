"""A small graph under the real ontology, closed: two jobs, what they require, why one of them emerges."""

from __future__ import annotations

import pytest

from metiers_kg.build.assembly import nquads, unstated
from metiers_kg.explanation import TripleExplainer
from metiers_kg.queries import Names
from metiers_kg.reasoner.closure import Closure
from metiers_kg.store import Store, StoredClosure, read_turtle
from tests.conftest import ROOT

DATA = """
@prefix mkg: <https://w3id.org/metiers-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix base: <https://w3id.org/metiers-kg/> .
@prefix job: <https://w3id.org/metiers-kg/job/> .
@prefix competence: <https://w3id.org/metiers-kg/competence/> .
@prefix requirement: <https://w3id.org/metiers-kg/requirement/> .
@prefix evolution: <https://w3id.org/metiers-kg/evolution/> .
@prefix assertion: <https://w3id.org/metiers-kg/assertion/> .
@prefix category: <https://w3id.org/metiers-kg/category/> .
@prefix passage: <https://w3id.org/metiers-kg/passage/> .
@prefix source: <https://w3id.org/metiers-kg/source/> .

source:text skos:prefLabel "Texte"@fr , "Text"@en .
source:text--1 skos:prefLabel "Chapitre 1"@fr , "Chapter 1"@en .
passage:p1 skos:prefLabel "Texte, l. 1"@fr , "Text, l. 1"@en ; oa:hasSource source:text ; mkg:inSection source:text--1 ;
    oa:hasSelector <https://w3id.org/metiers-kg/passage/p1#0-4> , <https://w3id.org/metiers-kg/passage/p1#20-24> .
<https://w3id.org/metiers-kg/passage/p1#0-4> oa:start 0 ; oa:exact "la chimie" ; mkg:startLine 1 ; mkg:endLine 2 .
<https://w3id.org/metiers-kg/passage/p1#20-24> oa:start 20 ; oa:exact "du chimiste" .
passage:p2 skos:prefLabel "Texte, l. 7"@fr ; oa:hasSource source:text .

category:emergence skos:prefLabel "Émergence"@fr , "Emergence"@en .
competence:chimie a mkg:Knowledge ; skos:prefLabel "Chimie"@fr , "Chemistry"@en , "Chemie"@de ; prov:wasDerivedFrom passage:p2 ;
    skos:broader competence:sciences ; skos:notation "K1" .
competence:sciences a mkg:Knowledge ; skos:prefLabel "Sciences"@fr , "Science"@en .
assertion:a1 a mkg:Assertion ; rdf:subject competence:chimie ; rdf:predicate skos:broader ; rdf:object competence:sciences ;
    mkg:statedAs "inferred" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p1 ; skos:prefLabel "A1"@fr .
job:chimiste a mkg:Job ; skos:prefLabel "Chimiste"@fr , "Chemist"@en ; skos:altLabel "Homme de l’art"@fr ;
    mkg:hasEssentialRequirement requirement:chimiste--chimie .
job:pharmacien a mkg:Job ; skos:prefLabel "Pharmacien"@fr , "Pharmacist"@en ; skos:altLabel "Homme de l’art"@fr .
requirement:chimiste--chimie a mkg:CompetenceRequirement ; skos:prefLabel "Chimiste — Chimie"@fr , "Chemist — Chemistry"@en ;
    mkg:concernsCompetence competence:chimie ; mkg:statedAs "explicit" ; mkg:modality "conditional" ; prov:wasDerivedFrom passage:p1 .
requirement:pharmacien--chimie a mkg:CompetenceRequirement ; mkg:requirementOf job:pharmacien ; skos:prefLabel "Pharmacien — Chimie"@fr ;
    mkg:concernsCompetence competence:chimie ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p2 .
evolution:chimiste a mkg:JobEvolution ; mkg:evolutionOf job:chimiste ; mkg:hasCategory category:emergence ; skos:prefLabel "Cellule"@fr ;
    mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p1 .
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, StoredClosure]:
    """The small graph, and the same with what it leaves out."""
    folder = tmp_path_factory.mktemp("explanation")
    (folder / "data.ttl").write_text(DATA, encoding="utf-8")
    ontology, data = read_turtle(ROOT / "ontology" / "metiers.ttl"), read_turtle(folder / "data.ttl")
    closed = Closure([*ontology, *data])
    graphs = {"ontology": ontology, "data": data, "inferred": list(closed.inferred)}
    (folder / "unstated.nq").write_text("\n".join(unstated(ontology, closed.left_out)), encoding="utf-8")
    store = Store.memory("\n".join(nquads(graphs)), nquads=True)
    return store, StoredClosure(store, folder / "unstated.nq")


@pytest.fixture(scope="session")
def closure(built: tuple[Store, StoredClosure]) -> StoredClosure:
    """The small graph as the reasoner sees it."""
    return built[1]


@pytest.fixture(scope="session")
def names(built: tuple[Store, StoredClosure]) -> Names:
    """Its names."""
    return Names(built[0])


@pytest.fixture(scope="session")
def explainer(closure: StoredClosure, names: Names) -> TripleExplainer:
    """What explains the small graph."""
    return TripleExplainer(closure, names)
