"""What the reasoner concludes from the data, and what it must not."""

from __future__ import annotations

import pytest

from metiers_kg.store import Store, Truth

PREFIXES = """
PREFIX job: <https://w3id.org/metiers-kg/job/> PREFIX competence: <https://w3id.org/metiers-kg/competence/>
PREFIX factor: <https://w3id.org/metiers-kg/factor/> PREFIX sub-sector: <https://w3id.org/metiers-kg/sub-sector/>
"""

ENTAILED = [
    "job:biostatisticien a mkg:EmergingJob",
    "job:clinical-research-associate-cra a mkg:GrowingJob",
    "job:bio-informaticien a mkg:ChangingJob",
    "job:bio-informaticien mkg:requiresCompetence competence:informatique",
    "competence:statistiques mkg:isRequiredBy job:datamanager",
    "job:datamanager mkg:sharesCompetenceWith job:biostatisticien",
    "job:biostatisticien mkg:isActiveIn sub-sector:industrie-chimique-et-pharmaceutique",
    "job:pilote-d-installation-operateur-machine mkg:isAffectedBy factor:automatisation-de-l-appareil-productif",
    "factor:automatisation-de-l-appareil-productif mkg:affects job:pilote-d-installation-operateur-machine",
    "job:responsable-de-la-biosecurite a mkg:RegulationExposedJob",
    "job:responsable-de-la-biosecurite a mkg:TechnologyAndRegulationJob",
    "competence:lims skos:broaderTransitive competence:outils-numeriques",
    "job:laborantin mkg:requiresEssentialCompetence competence:rigueur",
]

NOT_ENTAILED = [
    "job:expert-en-environnement-industriel a mkg:EmergingJob",
    "job:expert-en-environnement-industriel a mkg:GrowingJob",
    "job:coordinateur-d-amelioration-continue a mkg:EmergingJob",
    "job:clinical-research-associate-cra mkg:requiresCompetence competence:experience-confirmee",
    "?job mkg:isAffectedBy factor:reach",
    "?job mkg:isAffectedBy factor:vieillissement-de-la-population",
    "?group a mkg:JobGroup . ?group a mkg:Job",
    "competence:outils-numeriques skos:broaderTransitive competence:lims",
    "job:cadre-technique-controle-qualite owl:sameAs job:quality-assurance-expert",
]


def _holds(store: Store, pattern: str) -> bool:
    result = store.query(f"{PREFIXES} ASK {{ {pattern} }}")
    assert isinstance(result, Truth)
    return result.value


@pytest.mark.parametrize("pattern", ENTAILED)
def test_entailed(pattern: str, store: Store) -> None:
    """The graph holds the triple, and only because it was inferred."""
    asserted = store.query(f"{PREFIXES} ASK {{ {pattern} }}", asserted=True)
    assert isinstance(asserted, Truth)

    assert (_holds(store, pattern), asserted.value) == (True, False)


@pytest.mark.parametrize("pattern", NOT_ENTAILED)
def test_not_entailed(pattern: str, store: Store) -> None:
    """Nothing in the graph matches what the texts do not say."""
    assert not _holds(store, pattern)


def test_what_has_no_major_effect_affects_nothing(store: Store) -> None:
    """A factor's lack of effect on a target is no effect on it."""
    assert not _holds(store, "?impact mkg:hasNoMajorEffectOn ?target ; mkg:hasTarget ?target")
