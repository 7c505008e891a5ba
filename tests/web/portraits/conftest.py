"""A small graph that has one of each thing, and its portraits."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph
import pytest

from metiers_kg.api import Service
from metiers_kg.queries import Catalogue, Names
from metiers_kg.store import Store
from metiers_kg.vocabulary import BASE
from metiers_kg.web.portraits import Portrait
from metiers_kg.web.portraits.known import Known
from metiers_kg.web.portraits.reading import Portraits
from metiers_kg.web.portraits.subject import Subject
from metiers_kg.web.texts import Texts
from tests.conftest import ROOT

STATED = 'mkg:statedAs "explicit" ; mkg:modality "stated"'
READ = 'mkg:statedAs "inferred" ; mkg:modality "conditional"'

GRAPH = f"""
BASE <https://w3id.org/metiers-kg/>
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX sssom: <https://w3id.org/sssom/>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

<graph/ontology> {{
  mkg:Skill skos:prefLabel "Savoir-faire"@fr , "Skill"@en .
  mkg:GrowingJob skos:prefLabel "Métier en croissance"@fr , "Growing job"@en .
}}

<graph/data> {{
  <source/text> a mkg:Source ; skos:prefLabel "Le texte"@fr , "The text"@en ; dcterms:title "Un texte"@fr ; dcterms:language "fr" ;
    dcterms:issued "2013" ; dcterms:creator <organisation/office> ; dcterms:isPartOf <source/book> .
  <source/book> a mkg:Source ; skos:prefLabel "Le livre"@fr ; foaf:page <http://example.org/book> .
  <source/text--1> a mkg:Section ; skos:prefLabel "Texte, 1"@fr , "Text, 1"@en .
  <source/text--2> a mkg:Section ; skos:prefLabel "Texte, 2"@fr , "Text, 2"@en .
  <passage/p1> a mkg:Passage ; skos:prefLabel "Texte, l. 1"@fr , "Text, l. 1"@en ; oa:hasSource <source/text> ; mkg:inSection <source/text--1> ;
    oa:hasSelector <passage/p1#0> , <passage/p1#50> .
  <passage/p1#0> oa:start 0 ; oa:exact "les mots" ; mkg:startLine 1 ; mkg:endLine 1 .
  <passage/p1#50> oa:start 50 ; oa:exact "la suite" ; mkg:startLine 3 ; mkg:endLine 4 .
  <passage/p2> a mkg:Passage ; skos:prefLabel "Texte, l. 9"@fr ; oa:hasSource <source/text> ; mkg:inSection <source/text--1> ; oa:hasSelector <passage/p2#9> .
  <passage/p2#9> oa:start 900 ; oa:exact "plus loin" ; mkg:startLine 9 ; mkg:endLine 9 .
  <passage/p3> a mkg:Passage ; skos:prefLabel "Texte, l. 20"@fr ; oa:hasSource <source/text> ; mkg:inSection <source/text--2> ; oa:hasSelector <passage/p3#3> .
  <passage/p3#3> oa:start 2000 ; oa:exact "ailleurs" .

  <job/chimiste> a mkg:Job ; skos:prefLabel "Chimiste"@fr , "Chemist"@en ; skos:altLabel "Chimiste de labo"@fr , "Chimiste·s"@fr ;
    mkg:remark "Il porte une blouse."@fr ; prov:wasDerivedFrom <passage/p3> ;
    mkg:hasEssentialRequirement <requirement/chimiste--analyse> ; mkg:hasEmergingRequirement <requirement/chimiste--analyse-2> ;
    mkg:hasOptionalRequirement <requirement/chimiste--calcul> ; mkg:performsActivity <activity/chimiste--peser> .
  <job/laborantin> a mkg:Job ; skos:prefLabel "Laborantin"@fr , "Laboratory technician"@en .
  <job-group/labo> a mkg:JobGroup ; skos:prefLabel "Gens de labo"@fr .
  <competence/analyse> a mkg:Competence , mkg:Skill ; skos:prefLabel "Analyse"@fr , "Analysis"@en .
  <competence/calcul> a mkg:Competence , mkg:Skill ; skos:prefLabel "Calcul"@fr , "Reckoning"@en ; skos:broader <competence/analyse> .
  <factor/chimie-verte> a mkg:EvolutionFactor , mkg:RegulatoryFactor ; skos:prefLabel "Chimie verte"@fr , "Green chemistry"@en .
  <factor/reglements> a mkg:EvolutionFactor , mkg:RegulatoryFactor ; skos:prefLabel "Règlements"@fr , "Regulations"@en .
  <sub-sector/chimie> a mkg:SubSector ; skos:prefLabel "Chimie"@fr , "Chemistry"@en .
  <sub-sector/pharmacie> a mkg:SubSector ; skos:prefLabel "Pharmacie"@fr , "Pharmacy"@en .
  <category/growth> skos:prefLabel "Croissance"@fr , "Growth"@en .
  <category/emergence> skos:prefLabel "Émergence"@fr , "Emergence"@en .
  <horizon/3-5-years> skos:prefLabel "3 à 5 ans"@fr , "3 to 5 years"@en .
  <indicator/emploi> a mkg:Indicator ; skos:prefLabel "Emploi"@fr , "Employment"@en .
  <organisation/office> a mkg:Organisation ; skos:prefLabel "L’Office"@fr .
  <place/wallonie> a mkg:Place ; skos:prefLabel "Wallonie"@fr , "Wallonia"@en .

  <requirement/chimiste--analyse> a mkg:CompetenceRequirement ; skos:prefLabel "Chimiste — exige — Analyse"@fr ; mkg:requirementOf <job/chimiste> ;
    mkg:concernsCompetence <competence/analyse> ; {STATED} ; prov:wasDerivedFrom <passage/p1> ; rdfs:comment "Chaque jour."@fr , "Every day."@en .
  <requirement/chimiste--analyse-2> a mkg:CompetenceRequirement ; skos:prefLabel "Chimiste — exige — Analyse (2)"@fr ; mkg:requirementOf <job/chimiste> ;
    mkg:concernsCompetence <competence/analyse> ; {READ} ; prov:wasDerivedFrom <passage/p2> .
  <requirement/chimiste--calcul> a mkg:CompetenceRequirement ; skos:prefLabel "Chimiste — exige — Calcul"@fr ; mkg:requirementOf <job/chimiste> ;
    mkg:concernsCompetence <competence/calcul> ; {READ} ; prov:wasDerivedFrom <passage/p2> .
  <activity/chimiste--peser> a mkg:Activity ; skos:prefLabel "Peser"@fr , "Weigh"@en ; {STATED} ; prov:wasDerivedFrom <passage/p1> .
  <relation/chimiste--laborantin> a mkg:JobRelation ; skos:prefLabel "Chimiste — dirige — Laborantin"@fr ; mkg:relationOf <job/chimiste> ;
    mkg:directs <job/laborantin> ; {STATED} ; prov:wasDerivedFrom <passage/p1> .
  <evolution/chimiste--chimie--growth> a mkg:JobEvolution ; skos:prefLabel "Chimiste, croissance"@fr ; mkg:evolutionOf <job/chimiste> ;
    mkg:inSubSector <sub-sector/chimie> ; mkg:hasCategory <category/growth> ; mkg:atHorizon <horizon/3-5-years> ; {STATED} ; prov:wasDerivedFrom <passage/p1> .
  <classification/chimiste--emergence> a mkg:ProfileClassification ; skos:prefLabel "Chimiste, émergence"@fr ; mkg:classificationOf <job/chimiste> ;
    mkg:hasCategory <category/emergence> ; {READ} ; prov:wasDerivedFrom <passage/p3> .
  <outlook/chimiste--rising> a mkg:Outlook ; skos:prefLabel "On en cherche."@fr ; mkg:outlookOf <job/chimiste> ; mkg:outlookTrend "rising" ; {STATED} ;
    prov:wasDerivedFrom <passage/p1> .
  <impact/verte--creates--chimiste> a mkg:FactorImpact ; skos:prefLabel "Chimie verte — crée — Chimiste"@fr ; mkg:ofFactor <factor/chimie-verte> ;
    mkg:creates <job/chimiste> ; mkg:targetsJob <job/chimiste> ; {STATED} ; prov:wasDerivedFrom <passage/p1> .
  <impact/verte--none--chimie> a mkg:FactorImpact ; skos:prefLabel "Chimie verte — rien — Chimie"@fr ; mkg:ofFactor <factor/chimie-verte> ;
    mkg:hasNoMajorEffectOn <sub-sector/chimie> ; {STATED} ; prov:wasDerivedFrom <passage/p2> .
  <impact/verte--raises--analyse> a mkg:FactorImpact ; skos:prefLabel "Chimie verte — accroît — Analyse"@fr ; mkg:ofFactor <factor/chimie-verte> ;
    mkg:raisesNeedFor <competence/analyse> ; mkg:raisesNeedForCompetence <competence/analyse> ; {READ} ; prov:wasDerivedFrom <passage/p2> .
  <assertion/alt> a mkg:Assertion ; skos:prefLabel "Chimiste — autre nom — Chimiste de labo"@fr ; rdf:subject <job/chimiste> ; rdf:predicate skos:altLabel ;
    rdf:object "Chimiste de labo"@fr ; {STATED} ; prov:wasDerivedFrom <passage/p2> .
  <assertion/definition> a mkg:Assertion ; skos:prefLabel "Chimiste — définition"@fr ; rdf:subject <job/chimiste> ; rdf:predicate skos:definition ;
    rdf:object "Qui fait de la chimie."@fr , "Who does chemistry."@en ; {STATED} ; prov:wasDerivedFrom <passage/p1> .
  <assertion/member> a mkg:Assertion ; skos:prefLabel "Gens de labo — membre — Chimiste"@fr ; rdf:subject <job-group/labo> ; rdf:predicate skos:member ;
    rdf:object <job/chimiste> ; {STATED} ; prov:wasDerivedFrom <passage/p3> .
  <assertion/broader> a mkg:Assertion ; skos:prefLabel "Calcul — relève de — Analyse"@fr ; rdf:subject <competence/calcul> ; rdf:predicate skos:broader ;
    rdf:object <competence/analyse> ; {STATED} ; prov:wasDerivedFrom <passage/p3> .
  <observation/emploi--2013> a qb:Observation , mkg:Statement ; skos:prefLabel "Emploi, 2013"@fr ; mkg:ofIndicator <indicator/emploi> ; sdmx-measure:obsValue 10500 ;
    sdmx-attribute:unitMeasure "jobs" ; mkg:valueQualifier "about" ; mkg:periodLabel "2013" ; sdmx-dimension:refArea <place/wallonie> ; {STATED} ;
    prov:wasDerivedFrom <passage/p1> .
  <observation/emploi--part> a qb:Observation , mkg:Statement ; skos:prefLabel "Emploi, part"@fr ; mkg:ofIndicator <indicator/emploi> ; mkg:lowerBound 1.50 ;
    mkg:upperBound 2 ; mkg:computedFrom <observation/emploi--2013> ; {READ} ; prov:wasDerivedFrom <passage/p2> .
  <strategy/former> a mkg:Strategy ; skos:prefLabel "Former"@fr , "Train"@en ; mkg:addresses <factor/chimie-verte> ; mkg:hasActor <organisation/office> ; {STATED} ;
    prov:wasDerivedFrom <passage/p3> .
  <strategy/former-tot> a mkg:Strategy ; skos:prefLabel "Former tôt"@fr ; skos:broader <strategy/former> ; {STATED} ; prov:wasDerivedFrom <passage/p3> .
  <recruitment/tester> a mkg:RecruitmentPractice ; skos:prefLabel "Tester"@fr ; mkg:practiceType "step" ; mkg:concerns <competence/analyse> ; {STATED} ;
    prov:wasDerivedFrom <passage/p3> .
}}

<graph/inferred> {{
  <job/chimiste> a mkg:GrowingJob ; mkg:isAffectedBy <factor/chimie-verte> , <factor/reglements> ; mkg:requiresCompetence <competence/analyse> , <competence/calcul> ;
    mkg:isTargetOf <impact/verte--creates--chimiste> ;
    mkg:indirectlyExposedTo <factor/chimie-verte> ; mkg:requiresKindOfCompetence <competence/analyse> ; mkg:sharesCompetenceWith <job/laborantin> .
  <factor/chimie-verte> skos:broader <factor/reglements> ; skos:broaderTransitive <factor/reglements> ; mkg:affects <job/chimiste> .
  <factor/reglements> mkg:affects <job/chimiste> .
  <competence/calcul> skos:broaderTransitive <competence/analyse> .
  <sub-sector/chimie> skos:broaderTransitive <sub-sector/pharmacie> .
}}

<graph/overlap> {{
  <overlap/chimiste--laborantin> mkg:overlapOf <job/chimiste> ; mkg:overlapWith <job/laborantin> ; mkg:rank 1 ; mkg:rankedBy "combined" ; mkg:combined 0.25 ;
    mkg:sharedCompetence <competence/analyse> ; mkg:missingCompetence <competence/calcul> ; prov:wasGeneratedBy <graph/overlap#study> .
}}

<graph/links> {{
  <job/chimiste> skos:closeMatch <http://data.europa.eu/esco/isco/C2113> .
  [] a owl:Axiom ; owl:annotatedSource <job/chimiste> ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget <http://data.europa.eu/esco/isco/C2113> ;
    sssom:object_label "Chemists" ; sssom:confidence 0.8 ; sssom:mapping_justification <https://w3id.org/semapv/vocab/ManualMappingCuration> ;
    sssom:author_label "The reviewers" ; dcterms:created "2026-11-22"^^xsd:date ; sssom:object_source_version "1.1.1" ; mkg:linkStatus "accepted" .
}}
"""

Portray = Callable[..., Portrait]


@pytest.fixture(scope="session")
def service() -> Service:
    """Give a service over the small graph, with the saved queries of this repository."""
    quads = pyoxigraph.serialize(
        pyoxigraph.parse(GRAPH, pyoxigraph.RdfFormat.TRIG), format=pyoxigraph.RdfFormat.N_QUADS
    )
    assert quads is not None
    store = Store.memory(quads, nquads=True)
    return Service(store, Catalogue.read(ROOT / "queries"), Names(store), None, {})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def portray(service: Service) -> Portray:
    """Give what makes the portrait of a thing, named by kind and slug."""
    portraits = Portraits(service)

    def portray(name: str, lang: str = "fr", *, asserted: bool = False) -> Portrait:
        description = service.resources.describe(BASE + name, lang, asserted=asserted)
        assert description is not None
        portrait = portraits.read(description, Texts(lang), asserted=asserted)
        assert portrait is not None
        return portrait

    return portray


@pytest.fixture(scope="session")
def subject(service: Service) -> Callable[[str], Subject]:
    """Give what makes the subject of a portrait, in French."""
    known = Known.read(service.store)

    def make(name: str) -> Subject:
        description = service.resources.describe(BASE + name, "fr")
        assert description is not None
        return Subject(service, known, description, Texts("fr"))

    return make
