"""Every shape is seen to pass and to fire."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from metiers_kg.build.locations import Locations
from metiers_kg.build.validation import run_shapes
from metiers_kg.store import read_turtle
from tests.conftest import ROOT, TINY

SHAPES = ROOT / "ontology" / "shapes.ttl"
DCAT = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
LABELS = 'skos:prefLabel "X"@fr , "X"@en'
TOLD = f'{LABELS} ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:text--0-4'
NAMED = f"{LABELS} ; prov:wasDerivedFrom passage:text--0-4"

BROKEN = {
    "a third label language": (
        f'job:x a mkg:Job ; mkg:hasProfile false ; {NAMED} ; skos:prefLabel "X"@it .',
        "another language",
    ),
    "two labels in one language": (
        f'job:x a mkg:Job ; mkg:hasProfile false ; {NAMED} ; skos:prefLabel "Y"@fr .',
        "exactly one French",
    ),
    "a competence without Dutch": (
        f'competence:x a mkg:Skill , mkg:Competence ; {NAMED} ; skos:prefLabel "X"@de .',
        "Dutch",
    ),
    "a job that no passage names": (f"job:x a mkg:Job ; mkg:hasProfile false ; {LABELS} .", "a passage that names it"),
    "a job without hasProfile": (f"job:x a mkg:Job ; {NAMED} .", "hasProfile true or false"),
    "a profile without Dutch and German": (f"job:x a mkg:Job ; mkg:hasProfile true ; {NAMED} .", "fr, en, nl and de"),
    "a competence of no kind": (
        f'competence:x a mkg:Competence ; {NAMED} ; skos:prefLabel "X"@nl , "X"@de .',
        "exactly one kind",
    ),
    "a factor of no domain": (f"factor:x a mkg:EvolutionFactor ; {NAMED} .", "needs a domain"),
    "a statement without statedAs": (
        f'factor:x a mkg:TechnologicalFactor , mkg:EvolutionFactor ; {NAMED} . impact:x a mkg:FactorImpact ; {LABELS} ; mkg:modality "stated" ; '
        "prov:wasDerivedFrom passage:text--0-4 ; mkg:ofFactor factor:x ; mkg:creates job:chimiste .",
        "needs mkg:statedAs",
    ),
    "an effect in two directions": (
        f"factor:x a mkg:TechnologicalFactor , mkg:EvolutionFactor ; {NAMED} . impact:x a mkg:FactorImpact ; {TOLD} ; mkg:ofFactor factor:x ; "
        "mkg:creates job:chimiste ; mkg:threatens competence:chimie .",
        "needs one effect",
    ),
    "an evolution without category": (
        f"<http://e.org/e> a mkg:JobEvolution ; {TOLD} ; mkg:evolutionOf job:chimiste .",
        "needs one mkg:hasCategory",
    ),
    "a requirement of no level": (
        f"requirement:x a mkg:CompetenceRequirement ; {TOLD} ; mkg:requirementOf job:chimiste ; mkg:concernsCompetence competence:chimie .",
        "exactly one of the three",
    ),
    "a relation to a competence": (
        f"<http://e.org/r> a mkg:JobRelation ; {TOLD} ; mkg:relationOf job:chimiste ; mkg:worksWith competence:chimie .",
        "to a job, group or organisation",
    ),
    "an activity of nobody": (f"<http://e.org/a> a mkg:Activity ; {TOLD} .", "must be performed"),
    "a practice of an unknown type": (
        f'<http://e.org/p> a mkg:RecruitmentPractice ; {TOLD} ; mkg:practiceType "ritual" .',
        "needs one mkg:practiceType",
    ),
    "an outlook of an unknown trend": (
        f'<http://e.org/o> a mkg:Outlook ; {TOLD} ; mkg:outlookOf job:chimiste ; mkg:outlookTrend "up" .',
        "needs one mkg:outlookTrend",
    ),
    "an assertion without object": (
        f"<http://e.org/t> a mkg:Assertion ; {TOLD} ; rdf:subject job:chimiste ; rdf:predicate skos:altLabel .",
        "needs an rdf:object",
    ),
    "a figure without unit": (
        f"<http://e.org/i> a mkg:Indicator ; {LABELS} . <http://e.org/f> a qb:Observation , mkg:Statement ; {TOLD} ; mkg:ofIndicator <http://e.org/i> ; "
        '<http://purl.org/linked-data/sdmx/2009/measure#obsValue> 3.0 ; mkg:valueQualifier "exact" .',
        "unitMeasure",
    ),
    "a passage of no source": ("passage:x a mkg:Passage ; mkg:inSection source:text--1 .", "needs one oa:hasSource"),
    "a quote of nine words": (
        '<http://e.org/s> a oa:TextPositionSelector ; oa:start 0 ; oa:end 9 ; mkg:startLine 1 ; mkg:endLine 1 ; oa:exact "a b c d e f g h i" .',
        "at most 8 words",
    ),
    "a quote that ends before it starts": (
        '<http://e.org/s> a oa:TextPositionSelector ; oa:start 9 ; oa:end 9 ; mkg:startLine 1 ; mkg:endLine 1 ; oa:exact "a" .',
        "smaller than oa:end",
    ),
    "a link of nobody": (
        "<http://e.org/m> a sssom:Mapping ; owl:annotatedSource job:chimiste ; owl:annotatedProperty skos:closeMatch ; "
        'owl:annotatedTarget <http://e.org/c> ; sssom:object_source_version "1" .',
        "needs a sssom:author_label",
    ),
    "a link of another relation": (
        "<http://e.org/m> a sssom:Mapping ; owl:annotatedSource job:chimiste ; owl:annotatedProperty owl:sameAs .",
        "the five SKOS mapping relations",
    ),
    "a set of figures without a figure": (f"source:figures a qb:DataSet ; {LABELS} .", "without a figure"),
    "a dataset without licence": (
        f'source:dataset a dcat:Dataset ; {LABELS} ; dcterms:title "X"@fr ; dcterms:description "X."@fr ; dcat:version "1.0.0" .',
        "needs one dcterms:license",
    ),
    "a set of links without version": (
        '<http://e.org/s> a sssom:MappingSet ; dcterms:title "X" ; dcterms:license <http://e.org/l> .',
        "needs one owl:versionInfo",
    ),
    "a term without definition": (
        f"mkg:x a owl:Class ; rdfs:isDefinedBy <https://w3id.org/metiers-kg/ontology> ; {LABELS} .",
        "French skos:definition",
    ),
}


@cache
def _ontology() -> tuple[str, ...]:
    return tuple(read_turtle(ROOT / "ontology" / "metiers.ttl"))


def _messages(turtle: str, folder: Path) -> list[str]:
    file = folder / "data.ttl"
    file.write_text(DCAT + TINY + turtle, encoding="utf-8")
    return [finding.message for finding in run_shapes([*_ontology(), *read_turtle(file)], SHAPES, Locations([file]))]


def test_good_data_pass(tmp_path: Path) -> None:
    """Ontology and data that keep the rules give no finding."""
    assert _messages("", tmp_path) == []


@pytest.mark.parametrize("name", BROKEN)
def test_shape_fires(name: str, tmp_path: Path) -> None:
    """Each broken rule is found, and the message says what would be right."""
    turtle, expected = BROKEN[name]

    assert any(expected in message for message in _messages(turtle, tmp_path)), name
