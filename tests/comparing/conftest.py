"""Four jobs to compare, with what texts say of them, and a small ESCO beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.build.overlapping import make_spaces
from metiers_kg.comparing import JobComparer
from metiers_kg.queries import Names
from metiers_kg.store import Store, read_turtle
from tests.conftest import PREFIXES

JOBS = (
    PREFIXES
    + """
@prefix sub-sector: <https://w3id.org/metiers-kg/sub-sector/> .
job:a a mkg:Job ; skos:prefLabel "Aaa"@fr , "Eh"@en ; mkg:hasEssentialRequirement requirement:a--stats , requirement:a--chimie .
job:b a mkg:Job , mkg:EmergingJob ; skos:prefLabel "Bbb"@fr ;
    mkg:hasEssentialRequirement requirement:b--biostats , requirement:b--chimie , requirement:b--droit .
job:c a mkg:Job ; skos:prefLabel "Ccc"@fr ; mkg:hasEssentialRequirement requirement:c--droit ; mkg:hasOptionalRequirement requirement:c--chimie .
job:d a mkg:Job ; skos:prefLabel "Ddd"@fr .
competence:stats a mkg:Knowledge ; skos:prefLabel "Statistique"@fr .
competence:biostats a mkg:Knowledge ; skos:prefLabel "Biostatistique"@fr ; skos:broader competence:stats .
competence:chimie a mkg:Knowledge ; skos:prefLabel "Chimie"@fr , "Chemistry"@en .
competence:droit a mkg:Knowledge ; skos:prefLabel "Droit"@fr .
requirement:a--stats mkg:concernsCompetence competence:stats ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p1 .
requirement:a--chimie mkg:concernsCompetence competence:chimie ; mkg:statedAs "inferred" ; mkg:modality "conditional" ; prov:wasDerivedFrom passage:p2 , passage:p1 .
requirement:b--biostats mkg:concernsCompetence competence:biostats ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p2 .
requirement:b--chimie mkg:concernsCompetence competence:chimie ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p2 .
requirement:b--droit mkg:concernsCompetence competence:droit ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p2 .
requirement:c--droit mkg:concernsCompetence competence:droit ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p1 .
requirement:c--chimie mkg:concernsCompetence competence:chimie ; mkg:statedAs "explicit" ; mkg:modality "stated" ; prov:wasDerivedFrom passage:p1 .
passage:p1 a mkg:Passage ; skos:prefLabel "Texte, l. 1"@fr .
passage:p2 a mkg:Passage ; skos:prefLabel "Texte, l. 2"@fr .
job:a mkg:sharesCompetenceWith job:b .
sub-sector:s a mkg:SubSector ; skos:prefLabel "Secteur"@fr .
sub-sector:t a mkg:SubSector ; skos:prefLabel "Plus étroit"@fr ; skos:broaderTransitive sub-sector:s .
category:emergence a mkg:EvolutionCategory ; skos:prefLabel "Émergence"@fr .
category:growth a mkg:EvolutionCategory ; skos:prefLabel "Croissance"@fr .
<https://w3id.org/metiers-kg/evolution/b> mkg:evolutionOf job:b ; mkg:inSubSector sub-sector:t ; mkg:hasCategory category:emergence .
<https://w3id.org/metiers-kg/evolution/c> mkg:evolutionOf job:c ; mkg:inSubSector sub-sector:s ; mkg:hasCategory category:growth .
<https://w3id.org/metiers-kg/evolution/d> mkg:evolutionOf job:d ; mkg:inSubSector sub-sector:s ; mkg:hasCategory category:emergence .
<https://w3id.org/metiers-kg/mapping/m> owl:annotatedSource competence:chimie ; owl:annotatedProperty skos:closeMatch ;
    owl:annotatedTarget <http://data.europa.eu/esco/skill/chem> ; sssom:confidence 0.9 ; mkg:linkStatus "accepted" .
"""
)

ESCO = """
@prefix esco: <http://data.europa.eu/esco/model#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix o: <http://data.europa.eu/esco/occupation/> .
@prefix s: <http://data.europa.eu/esco/skill/> .
o:chemist a esco:Occupation ; skos:prefLabel "chimiste"@fr ; esco:memberOfISCOGroup <http://data.europa.eu/esco/isco/C2113> ;
    esco:relatedEssentialSkill s:chem , s:lab .
o:cook a esco:Occupation ; skos:prefLabel "cuisinier"@fr ; esco:memberOfISCOGroup <http://data.europa.eu/esco/isco/C5120> ;
    esco:relatedEssentialSkill s:food .
s:chem skos:prefLabel "chimie"@fr . s:lab skos:prefLabel "laboratoire"@fr . s:food skos:prefLabel "cuisine"@fr .
"""


def _lines(tmp_path: Path, name: str, turtle: str) -> list[str]:
    path = tmp_path / f"{name}.ttl"
    path.write_text(turtle, encoding="utf-8")
    return read_turtle(path)


def make_comparer(tmp_path: Path, *, esco: bool) -> JobComparer:
    """Return what compares the four jobs, with or without ESCO beside them."""
    asserted = _lines(tmp_path, "jobs", JOBS)
    quads = [f"{line.removesuffix('.')}<https://w3id.org/metiers-kg/graph/data> ." for line in asserted]
    imports = {}
    if esco:
        lines = _lines(tmp_path, "esco", ESCO)
        imports["esco"] = tmp_path / "esco.nt"
        imports["esco"].write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
        quads += [f"{line.removesuffix('.')}<https://w3id.org/metiers-kg/graph/esco> ." for line in lines]
    store = Store.memory("\n".join(quads), nquads=True)
    return JobComparer(make_spaces(asserted, imports, {"esco": "1.1.1"}), store, Names(store))


@pytest.fixture
def comparer(tmp_path: Path) -> JobComparer:
    """What compares the four jobs."""
    return make_comparer(tmp_path, esco=False)


@pytest.fixture
def beside_esco(tmp_path: Path) -> JobComparer:
    """What compares the four jobs, ESCO being imported."""
    return make_comparer(tmp_path, esco=True)
