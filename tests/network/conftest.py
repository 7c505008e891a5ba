"""Three jobs with what they require, two factors, two sub-sectors and a group: enough for every sort of link."""

from __future__ import annotations

import pytest

from metiers_kg.network import Network
from metiers_kg.store import Store
from tests.conftest import PREFIXES

TIES = (
    PREFIXES
    + """
@prefix factor: <https://w3id.org/metiers-kg/factor/> .
@prefix sub-sector: <https://w3id.org/metiers-kg/sub-sector/> .
@prefix job-group: <https://w3id.org/metiers-kg/job-group/> .
@prefix impact: <https://w3id.org/metiers-kg/impact/> .
@prefix evolution: <https://w3id.org/metiers-kg/evolution/> .
job:a a mkg:Job ; skos:prefLabel "Aaa"@fr ; mkg:hasEssentialRequirement requirement:a1 ; mkg:hasOptionalRequirement requirement:a2 ;
    mkg:requiresCompetence competence:chimie .
job:b a mkg:Job ; skos:prefLabel "Bbb"@fr ; mkg:hasEmergingRequirement requirement:b1 .
job:c a mkg:Job ; skos:prefLabel "Ccc"@fr .
job-group:g a mkg:JobGroup ; skos:prefLabel "Groupe"@fr ; skos:member job:a .
competence:chimie a mkg:Competence , mkg:Knowledge ; skos:prefLabel "Chimie"@fr .
competence:rigueur a mkg:Competence , mkg:Attitude ; skos:prefLabel "Rigueur"@fr .
requirement:a1 mkg:concernsCompetence competence:chimie ; mkg:statedAs "explicit" ; mkg:modality "stated" .
requirement:a2 mkg:concernsCompetence competence:rigueur ; mkg:statedAs "inferred" ; mkg:modality "stated" .
requirement:b1 mkg:concernsCompetence competence:chimie ; mkg:statedAs "inferred" ; mkg:modality "conditional" .
factor:f a mkg:EvolutionFactor , mkg:TechnologicalFactor ; skos:prefLabel "Facteur"@fr ; skos:broader factor:h .
factor:h a mkg:EvolutionFactor , mkg:EconomicFactor ; skos:prefLabel "Plus large"@fr .
impact:i mkg:ofFactor factor:f ; mkg:raisesNeedFor job:a ; mkg:statedAs "explicit" ; mkg:modality "stated" .
impact:n mkg:ofFactor factor:f ; mkg:hasNoMajorEffectOn job:b ; mkg:statedAs "explicit" ; mkg:modality "stated" .
sub-sector:s a mkg:SubSector ; skos:prefLabel "Secteur"@fr .
sub-sector:t a mkg:SubSector ; skos:prefLabel "Plus étroit"@fr ; skos:broader sub-sector:s .
evolution:e a mkg:JobEvolution ; mkg:evolutionOf job:a ; mkg:inSubSector sub-sector:t ; mkg:hasCategory <https://w3id.org/metiers-kg/category/growth> ;
    mkg:statedAs "explicit" ; mkg:modality "stated" .
"""
)


@pytest.fixture(scope="session")
def ties() -> Store:
    """The small graph."""
    return Store.memory(TIES)


@pytest.fixture(scope="session")
def network(ties: Store) -> Network:
    """Its network."""
    return Network.read(ties)
