"""The inferences that analysts use: what follows from a few facts by the axioms of the ontology, and what must not.

See docs/explanation/inferences.md, which tells the same in words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from metiers_kg.reasoner import close
from metiers_kg.store import read_turtle
from tests.conftest import ROOT

KINDS_OF_RESOURCE = (
    "job",
    "job-group",
    "competence",
    "factor",
    "sub-sector",
    "category",
    "evolution",
    "classification",
    "impact",
    "requirement",
)
NAMESPACES = {
    "mkg": "https://w3id.org/metiers-kg/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    **{kind: f"https://w3id.org/metiers-kg/{kind}/" for kind in KINDS_OF_RESOURCE},
}

CHAINED = (
    "requiresCompetence",
    "requiresEssentialCompetence",
    "requiresKindOfCompetence",
    "isAffectedBy",
    "callsForCompetence",
    "indirectlyExposedTo",
    "isActiveIn",
    "sharesCompetenceWith",
    "sharesKindOfCompetenceWith",
)
CLASSES = ("EmergingJob", "GrowingJob", "ChangingJob", "RegulationExposedJob", "TechnologyAndRegulationJob")
UNASKED = ("requiresEssentialCompetence",)  # no analyst's question names it

Conclude = Callable[[str], set[str]]


@cache
def _ontology() -> tuple[str, ...]:
    return tuple(read_turtle(ROOT / "ontology" / "metiers.ttl"))


@pytest.fixture(scope="module")
def conclude(tmp_path_factory: pytest.TempPathFactory) -> Conclude:
    """What follows from facts in Turtle and the ontology, as N-Triples; the same facts are closed once."""
    file: Path = tmp_path_factory.mktemp("facts") / "facts.ttl"
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in NAMESPACES.items())

    @cache
    def closed(facts: str) -> set[str]:
        file.write_text(prefixes + facts, encoding="utf-8")
        closure = close([*_ontology(), *read_turtle(file)])
        assert not closure.contradictions
        return set(closure.inferred)

    return closed


def _triples(*texts: str) -> set[str]:
    return {" ".join(_iri(name) for name in text.split()) + " ." for text in texts}


def _iri(name: str) -> str:
    if name == "a":
        return f"<{NAMESPACES['rdf']}type>"
    prefix, _, local = name.partition(":")
    return f"<{NAMESPACES[prefix]}{local}>"


# --- Shared competence

BREWERY = """
job:brewer a mkg:Job ; mkg:hasEssentialRequirement requirement:brewer--chemistry .
job:dyer a mkg:Job ; mkg:hasOptionalRequirement requirement:dyer--chemistry , requirement:dyer--weaving .
job:weaver a mkg:Job ; mkg:hasEmergingRequirement requirement:weaver--weaving .
job-group:workshops a mkg:JobGroup ; mkg:hasEssentialRequirement requirement:workshops--chemistry .
requirement:brewer--chemistry mkg:concernsCompetence competence:chemistry .
requirement:dyer--chemistry mkg:concernsCompetence competence:chemistry .
requirement:workshops--chemistry mkg:concernsCompetence competence:chemistry .
requirement:dyer--weaving mkg:concernsCompetence competence:weaving .
requirement:weaver--weaving mkg:concernsCompetence competence:weaving .
"""


def test_jobs_and_groups_share_what_they_both_require(conclude: Conclude) -> None:
    """Jobs or groups that require one competence share it, both ways, however firmly each asks for it."""
    assert conclude(BREWERY) >= _triples(
        "job:brewer mkg:sharesCompetenceWith job:dyer",
        "job:dyer mkg:sharesCompetenceWith job:brewer",
        "job:dyer mkg:sharesCompetenceWith job:weaver",
        "job:brewer mkg:sharesCompetenceWith job-group:workshops",
    )


def test_sharing_is_not_passed_on(conclude: Conclude) -> None:
    """Two jobs that each share something with a third share nothing by that."""
    assert not conclude(BREWERY) & _triples("job:brewer mkg:sharesCompetenceWith job:weaver")


def test_no_job_is_said_to_share_with_itself(conclude: Conclude) -> None:
    """The chain leads from each job back to itself, which is no news and is left out."""
    assert not conclude(BREWERY) & _triples("job:brewer mkg:sharesCompetenceWith job:brewer")


def test_sharing_a_competence_that_has_no_broader_one_is_sharing_no_kind(conclude: Conclude) -> None:
    """A kind is shared through a broader competence only."""
    assert not conclude(BREWERY) & _triples("job:brewer mkg:sharesKindOfCompetenceWith job:dyer")


# --- Shared kind of competence

KINDS = """
competence:water-chemistry skos:broader competence:chemistry .
competence:malt-chemistry skos:broader competence:chemistry .
competence:chemistry skos:broader competence:science .
competence:weaving skos:broader competence:textile-work .
job:brewer a mkg:Job ; mkg:hasEssentialRequirement requirement:brewer--water-chemistry .
job:maltster a mkg:Job ; mkg:hasEssentialRequirement requirement:maltster--malt-chemistry .
job:chemist a mkg:Job ; mkg:hasEssentialRequirement requirement:chemist--chemistry .
job:teacher a mkg:Job ; mkg:hasEssentialRequirement requirement:teacher--science .
job:weaver a mkg:Job ; mkg:hasEssentialRequirement requirement:weaver--weaving .
job:carpet-weaver a mkg:Job ; mkg:hasEssentialRequirement requirement:carpet-weaver--weaving .
requirement:brewer--water-chemistry mkg:concernsCompetence competence:water-chemistry .
requirement:maltster--malt-chemistry mkg:concernsCompetence competence:malt-chemistry .
requirement:chemist--chemistry mkg:concernsCompetence competence:chemistry .
requirement:teacher--science mkg:concernsCompetence competence:science .
requirement:weaver--weaving mkg:concernsCompetence competence:weaving .
requirement:carpet-weaver--weaving mkg:concernsCompetence competence:weaving .
"""


def test_jobs_share_a_kind_through_a_broader_competence(conclude: Conclude) -> None:
    """Two competences of one broader competence bring their jobs together, both ways."""
    assert conclude(KINDS) >= _triples(
        "job:brewer mkg:sharesKindOfCompetenceWith job:maltster",
        "job:maltster mkg:sharesKindOfCompetenceWith job:brewer",
    )


def test_a_competence_and_its_broader_one_are_of_one_kind(conclude: Conclude) -> None:
    """A job that requires the broader competence itself shares a kind with one that requires a narrower one, at any distance."""
    assert conclude(KINDS) >= _triples(
        "job:chemist mkg:sharesKindOfCompetenceWith job:brewer",
        "job:brewer mkg:sharesKindOfCompetenceWith job:teacher",
        "job:teacher mkg:sharesKindOfCompetenceWith job:brewer",
    )


def test_the_same_competence_is_of_one_kind_with_itself(conclude: Conclude) -> None:
    """Jobs that require the very same competence share its kind too; that they share no competence is for a query to say."""
    assert conclude(KINDS) >= _triples(
        "job:weaver mkg:sharesKindOfCompetenceWith job:carpet-weaver",
        "job:weaver mkg:sharesCompetenceWith job:carpet-weaver",
    )


def test_sharing_a_kind_is_not_sharing_a_competence(conclude: Conclude) -> None:
    """A kind in common makes no competence in common."""
    assert not conclude(KINDS) & _triples(
        "job:brewer mkg:sharesCompetenceWith job:maltster", "job:chemist mkg:sharesCompetenceWith job:brewer"
    )


def test_kinds_without_a_broader_one_in_common_are_not_shared(conclude: Conclude) -> None:
    """Chemistry and textile work have nothing above them in common."""
    assert not conclude(KINDS) & _triples("job:brewer mkg:sharesKindOfCompetenceWith job:weaver")


def test_a_kind_is_required_through_all_broader_competences(conclude: Conclude) -> None:
    """Who requires a competence requires a kind of all that are broader."""
    assert conclude(KINDS) >= _triples(
        "job:brewer mkg:requiresKindOfCompetence competence:chemistry",
        "job:brewer mkg:requiresKindOfCompetence competence:science",
    )


def test_a_requirement_goes_neither_up_nor_down(conclude: Conclude) -> None:
    """Neither the broader competence nor a narrower one is itself required."""
    assert not conclude(KINDS) & _triples(
        "job:brewer mkg:requiresCompetence competence:chemistry",
        "job:chemist mkg:requiresCompetence competence:water-chemistry",
        "job:chemist mkg:requiresKindOfCompetence competence:water-chemistry",
    )


# --- Jobs touched by a factor, or by a broader one

ROBOTS = """
factor:robots a mkg:TechnologicalFactor ; skos:broader factor:automation .
factor:automation a mkg:TechnologicalFactor ; skos:broader factor:progress .
factor:vision a mkg:TechnologicalFactor ; skos:broader factor:automation .
job:operator a mkg:Job .
job:planner a mkg:Job .
job:clerk a mkg:Job .
job-group:offices a mkg:JobGroup ; skos:member job:clerk .
impact:robots--operator mkg:ofFactor factor:robots ; mkg:threatens job:operator ; mkg:targetsJob job:operator .
impact:automation--planner mkg:ofFactor factor:automation ; mkg:raisesNeedFor job:planner ; mkg:targetsJob job:planner .
impact:robots--clerk mkg:ofFactor factor:robots ; mkg:hasNoMajorEffectOn job:clerk .
impact:automation--offices mkg:ofFactor factor:automation ; mkg:changesContentOf job-group:offices .
"""


def test_a_broader_factor_touches_what_a_narrower_one_touches(conclude: Conclude) -> None:
    """Whatever the direction of the effect, the job is touched by the factor and by all broader ones."""
    assert conclude(ROBOTS) >= _triples(
        "job:operator mkg:isAffectedBy factor:robots",
        "job:operator mkg:isAffectedBy factor:automation",
        "job:operator mkg:isAffectedBy factor:progress",
        "factor:progress mkg:affects job:operator",
    )


def test_a_narrower_factor_does_not_touch_what_a_broader_one_touches(conclude: Conclude) -> None:
    """What is said of automation is not said of robots, nor what is said of robots of machine vision."""
    assert not conclude(ROBOTS) & _triples(
        "job:planner mkg:isAffectedBy factor:robots", "job:operator mkg:isAffectedBy factor:vision"
    )


def test_nothing_follows_from_no_major_effect(conclude: Conclude) -> None:
    """A factor that has no major effect on a job does not touch it, nor do broader ones."""
    assert not conclude(ROBOTS) & _triples(
        "job:clerk mkg:isAffectedBy factor:robots", "job:clerk mkg:isAffectedBy factor:automation"
    )


def test_what_touches_a_group_is_not_said_to_touch_its_members(conclude: Conclude) -> None:
    """What is said of a group stays on the group, and a group is no job that a factor touches."""
    assert not conclude(ROBOTS) & _triples(
        "job:clerk mkg:isAffectedBy factor:automation", "job-group:offices mkg:isAffectedBy factor:automation"
    )


# --- What a factor calls for, and jobs that it reaches only through a competence

HYGIENE = """
factor:hygiene-act a mkg:RegulatoryFactor ; skos:broader factor:food-law .
factor:food-law a mkg:RegulatoryFactor .
competence:hygiene skos:broader competence:safety .
competence:hand-hygiene skos:broader competence:hygiene .
job:cook a mkg:Job ; mkg:hasEssentialRequirement requirement:cook--hygiene .
job:nurse a mkg:Job ; mkg:hasEssentialRequirement requirement:nurse--hand-hygiene .
job:guard a mkg:Job ; mkg:hasEssentialRequirement requirement:guard--safety .
job:waiter a mkg:Job ; mkg:hasEssentialRequirement requirement:waiter--service .
requirement:cook--hygiene mkg:concernsCompetence competence:hygiene .
requirement:nurse--hand-hygiene mkg:concernsCompetence competence:hand-hygiene .
requirement:guard--safety mkg:concernsCompetence competence:safety .
requirement:waiter--service mkg:concernsCompetence competence:service .
impact:act--hygiene mkg:ofFactor factor:hygiene-act ; mkg:raisesNeedFor competence:hygiene ; mkg:raisesNeedForCompetence competence:hygiene .
impact:act--service mkg:ofFactor factor:hygiene-act ; mkg:changesContentOf competence:service .
"""


def test_a_factor_calls_for_the_competence_that_it_makes_more_needed(conclude: Conclude) -> None:
    """An effect that raises the need for a competence makes its factor call for it."""
    assert conclude(HYGIENE) >= _triples(
        "factor:hygiene-act mkg:callsForCompetence competence:hygiene",
        "competence:hygiene mkg:isCalledForBy factor:hygiene-act",
    )


def test_a_call_goes_to_no_other_competence_and_from_no_other_factor(conclude: Conclude) -> None:
    """Neither broader and narrower competences, nor those merely changed, are called for; nor does the broader factor call."""
    assert not conclude(HYGIENE) & _triples(
        "factor:hygiene-act mkg:callsForCompetence competence:safety",
        "factor:hygiene-act mkg:callsForCompetence competence:hand-hygiene",
        "factor:hygiene-act mkg:callsForCompetence competence:service",
        "factor:food-law mkg:callsForCompetence competence:hygiene",
    )


def test_a_factor_reaches_a_job_through_the_competence_it_calls_for(conclude: Conclude) -> None:
    """A job that requires what a factor calls for is indirectly exposed to it."""
    assert conclude(HYGIENE) >= _triples("job:cook mkg:indirectlyExposedTo factor:hygiene-act")


def test_being_reached_through_a_competence_is_not_being_touched(conclude: Conclude) -> None:
    """No text says that the factor touches the job, so the job is not among those exposed to regulation."""
    assert not conclude(HYGIENE) & _triples(
        "job:cook mkg:isAffectedBy factor:hygiene-act", "job:cook a mkg:RegulationExposedJob"
    )


def test_a_factor_reaches_no_job_that_requires_something_near(conclude: Conclude) -> None:
    """A narrower or a broader competence than the one called for does not expose a job, nor does the broader factor."""
    assert not conclude(HYGIENE) & _triples(
        "job:nurse mkg:indirectlyExposedTo factor:hygiene-act",
        "job:guard mkg:indirectlyExposedTo factor:hygiene-act",
        "job:waiter mkg:indirectlyExposedTo factor:hygiene-act",
        "job:cook mkg:indirectlyExposedTo factor:food-law",
    )


# --- Regulation, and technology with it

PRESSURES = """
factor:act a mkg:RegulatoryFactor .
factor:guideline skos:broader factor:act .
factor:robots a mkg:TechnologicalFactor .
factor:e-records a mkg:RegulatoryFactor , mkg:TechnologicalFactor .
factor:prices a mkg:EconomicFactor .
job:lawyer a mkg:Job .
job:auditor a mkg:Job .
job:operator a mkg:Job .
job:archivist a mkg:Job .
job:buyer a mkg:Job .
job:cook a mkg:Job ; mkg:hasEssentialRequirement requirement:cook--hygiene .
requirement:cook--hygiene mkg:concernsCompetence competence:hygiene .
impact:act--hygiene mkg:ofFactor factor:act ; mkg:raisesNeedForCompetence competence:hygiene .
impact:act--lawyer mkg:ofFactor factor:act ; mkg:targetsJob job:lawyer .
impact:prices--lawyer mkg:ofFactor factor:prices ; mkg:targetsJob job:lawyer .
impact:guideline--auditor mkg:ofFactor factor:guideline ; mkg:targetsJob job:auditor .
impact:robots--auditor mkg:ofFactor factor:robots ; mkg:targetsJob job:auditor .
impact:robots--operator mkg:ofFactor factor:robots ; mkg:targetsJob job:operator .
impact:e-records--archivist mkg:ofFactor factor:e-records ; mkg:targetsJob job:archivist .
impact:prices--buyer mkg:ofFactor factor:prices ; mkg:targetsJob job:buyer .
impact:robots--cook mkg:ofFactor factor:robots ; mkg:targetsJob job:cook .
"""


def test_jobs_that_a_regulatory_factor_touches_are_exposed_to_regulation(conclude: Conclude) -> None:
    """By the factor itself, or because a narrower factor touches the job."""
    assert conclude(PRESSURES) >= _triples(
        "job:lawyer a mkg:RegulationExposedJob",
        "job:auditor a mkg:RegulationExposedJob",
        "job:archivist a mkg:RegulationExposedJob",
    )


def test_jobs_that_only_other_factors_touch_are_not_exposed_to_regulation(conclude: Conclude) -> None:
    """Technology, prices, or a competence that a regulation calls for, do not expose a job to regulation."""
    assert not conclude(PRESSURES) & _triples(
        "job:operator a mkg:RegulationExposedJob",
        "job:buyer a mkg:RegulationExposedJob",
        "job:cook a mkg:RegulationExposedJob",
    )


def test_technology_and_regulation_at_once(conclude: Conclude) -> None:
    """Two factors, one of each domain, or one factor of both."""
    assert conclude(PRESSURES) >= _triples(
        "job:auditor a mkg:TechnologyAndRegulationJob", "job:archivist a mkg:TechnologyAndRegulationJob"
    )


def test_one_of_technology_and_regulation_is_not_both(conclude: Conclude) -> None:
    """Regulation with prices, technology alone, and technology with regulation through a competence do not do."""
    assert not conclude(PRESSURES) & _triples(
        "job:lawyer a mkg:TechnologyAndRegulationJob",
        "job:operator a mkg:TechnologyAndRegulationJob",
        "job:cook a mkg:TechnologyAndRegulationJob",
    )


# --- What the cells of the table say

TABLE = """
sub-sector:hollow-glass skos:broader sub-sector:glass .
sub-sector:glass skos:broader sub-sector:materials .
sub-sector:bottles skos:broader sub-sector:hollow-glass .
job:blower a mkg:Job .
job:melter a mkg:Job .
job:cutter a mkg:Job .
evolution:blower--hollow-glass--growth mkg:evolutionOf job:blower ; mkg:inSubSector sub-sector:hollow-glass ; mkg:hasCategory category:growth .
evolution:blower--hollow-glass--emergence mkg:evolutionOf job:blower ; mkg:inSubSector sub-sector:hollow-glass ; mkg:hasCategory category:emergence .
evolution:melter--glass--content-change mkg:evolutionOf job:melter ; mkg:inSubSector sub-sector:glass ; mkg:hasCategory category:content-change .
classification:cutter--emergence mkg:classificationOf job:cutter ; mkg:inSubSector sub-sector:glass ; mkg:hasCategory category:emergence .
"""


def test_cells_make_jobs_emerging_growing_or_changing(conclude: Conclude) -> None:
    """Each cell of a job gives it the class of its category; a job can be of two."""
    assert conclude(TABLE) >= _triples(
        "job:blower a mkg:GrowingJob", "job:blower a mkg:EmergingJob", "job:melter a mkg:ChangingJob"
    )


def test_only_cells_do(conclude: Conclude) -> None:
    """What a chapter says of a job gives it no class, and no cell gives the class of another category."""
    assert not conclude(TABLE) & _triples(
        "job:cutter a mkg:EmergingJob", "job:melter a mkg:EmergingJob", "job:blower a mkg:ChangingJob"
    )


def test_jobs_are_active_in_the_sub_sector_of_a_cell_and_in_broader_ones(conclude: Conclude) -> None:
    """Up the hierarchy of sub-sectors, at any distance."""
    assert conclude(TABLE) >= _triples(
        "job:blower mkg:isActiveIn sub-sector:hollow-glass",
        "job:blower mkg:isActiveIn sub-sector:glass",
        "job:blower mkg:isActiveIn sub-sector:materials",
    )


def test_jobs_are_not_active_in_narrower_sub_sectors_nor_by_a_chapter(conclude: Conclude) -> None:
    """A cell of glass says nothing of hollow glass; a chapter's classification places a job nowhere."""
    assert not conclude(TABLE) & _triples(
        "job:melter mkg:isActiveIn sub-sector:hollow-glass",
        "job:blower mkg:isActiveIn sub-sector:bottles",
        "job:cutter mkg:isActiveIn sub-sector:glass",
    )


# --- How the ontology states them


@pytest.mark.parametrize("name", [name for name in CHAINED + CLASSES if name not in UNASKED])
@pytest.mark.parametrize("annotation", ["prefLabel", "definition", "example"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_named_inferences_say_what_they_are(name: str, annotation: str, language: str) -> None:
    """Each has a label, a definition and the question it answers, in French and English."""
    start = f"{_iri(f'mkg:{name}')} {_iri(f'skos:{annotation}')} "

    assert [line for line in _ontology() if line.startswith(start) and line.endswith(f'"@{language} .')]


def test_chains_define_the_properties_named_here() -> None:
    """No property of the ontology is defined by a chain but those of this file."""
    chain = _iri("owl:propertyChainAxiom")

    assert {line.split()[0] for line in _ontology() if line.split()[1] == chain} == {
        _iri(f"mkg:{name}") for name in CHAINED
    }


def test_no_property_defined_by_a_chain_is_restricted() -> None:
    """None is functional, asymmetric, irreflexive or disjoint with another: OWL 2 forbids it of what a chain defines."""
    chained = {_iri(f"mkg:{name}") for name in CHAINED}
    kinds = {_iri(f"owl:{kind}Property") for kind in ("Functional", "InverseFunctional", "Asymmetric", "Irreflexive")}
    disjoint = {_iri("owl:propertyDisjointWith"), _iri("owl:AllDisjointProperties")}
    parts = [line.split() for line in _ontology()]

    assert not [p for p in parts if disjoint & set(p) or (p[0] in chained and p[2] in kinds)]
