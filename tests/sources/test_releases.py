"""The official releases, where METIERS_KG_VOCABULARIES names the folder that holds them: every row has its place."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from metiers_kg.sources import Imported, crosswalk, esco, rome
from metiers_kg.vocabulary import PREFIXES


@pytest.fixture(scope="module")
def vocabularies() -> Path:
    """The folder of the releases; skipped where none is named, failed where it is named and missing."""
    named = os.environ.get("METIERS_KG_VOCABULARIES")
    if not named:
        pytest.skip("needs the ESCO and ROME releases: set METIERS_KG_VOCABULARIES to the folder that holds them")
    folder = Path(named)
    assert folder.is_dir(), f"METIERS_KG_VOCABULARIES names {folder}, which is not a folder"
    return folder


@pytest.fixture(scope="module")
def base(vocabularies: Path) -> Imported:
    """ESCO v1.1.1 from its two zips."""
    return esco.read(sorted((vocabularies / "esco").glob("*v1.1.1*.zip")))


@pytest.fixture(scope="module")
def french(vocabularies: Path) -> Imported:
    """ROME 460 with its tree."""
    return rome.read([vocabularies / "rome"])


def _predicates(imported: Imported) -> Counter[str]:
    return Counter(line.split(" ", 2)[1].strip("<>") for line in imported.lines)


def _instances(imported: Imported, class_: str) -> int:
    prefix, _, local = class_.partition(":")
    return sum(line.endswith(f"#type> <{PREFIXES[prefix]}{local}> .") for line in imported.lines)


def test_esco_is_whole(base: Imported) -> None:
    """ESCO v1.1.1 has 3,007 occupations, 13,896 skills, and 123,855 relations between them, in both directions."""
    predicates, model = _predicates(base), PREFIXES["esco"]
    related = predicates[f"{model}relatedEssentialSkill"] + predicates[f"{model}relatedOptionalSkill"]
    back = predicates[f"{model}isEssentialSkillFor"] + predicates[f"{model}isOptionalSkillFor"]

    assert (3_007, 13_896) == (_instances(base, "esco:Occupation"), _instances(base, "esco:Skill"))
    assert 123_855 + 5_899 == related == back
    assert 123_855 == base.report.counts["occupation-skill relations"]
    assert 3_007 == predicates[f"{model}memberOfISCOGroup"]
    assert (24_273, 24_273, 98_647) == tuple(
        predicates[PREFIXES["skos"] + name] for name in ("broader", "narrower", "broaderTransitive")
    )
    assert (619, 570, 1_201) == tuple(
        base.report.counts[name] for name in ("ISCO groups", "in green skills", "in digital skills")
    )
    assert [] == base.report.dropped


def test_esco_says_what_its_relations_name_and_its_labels_do_not(base: Imported) -> None:
    """One occupation that v1.1.1 no longer describes still stands in its relations."""
    assert {"http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"} == {
        remark.value for remark in base.report.unresolved
    }


def test_labels_of_other_versions_join(vocabularies: Path) -> None:
    """Older and newer labels join the release's concepts; what it does not have is dropped."""
    report = esco.read([vocabularies / "esco"]).report

    assert "1.1.1" == report.version
    assert {"1.1.1", "1.2.0", "1.0.8", "1.0.3"} == set(report.versions)
    assert (3_007, 13_896) == (report.counts["occupations"], report.counts["skills"])
    assert {"v1.2.0": 35, "v1.0.8": 2, "v1.0.3": 120} == {
        version: sum(version in remark.file for remark in report.dropped) for version in ("v1.2.0", "v1.0.8", "v1.0.3")
    }
    # 13,379 skills, 3,008 occupations with the one that only the relations name, 619 ISCO groups, 5 skill groups; less 1
    assert 17_010 == report.counts["concepts with fr labels"]


def test_rome_is_whole(french: Imported) -> None:
    """ROME 460 has 1,584 fiches, 13,120 appellations, 18,317 competences, 104,219 links; every join is resolved."""
    predicates, ours = _predicates(french), PREFIXES["mkg"]

    assert (1_584, 13_120, 18_317, 507, 15_354, 179) == tuple(
        _instances(french, f"mkg:Rome{name}")
        for name in ("Fiche", "Appellation", "Competence", "MacroCompetence", "Knowledge", "Context")
    )
    assert 104_219 == predicates[f"{ours}hasRomeCompetence"] + predicates[f"{ours}hasRomeContext"]
    assert (18_900, 1_731) == (predicates[f"{ours}hasCoreCompetence"], predicates[f"{ours}hasEmergingCompetence"])
    assert 14_912 == predicates[f"{ours}mobilityTo"] == predicates[f"{ours}hasMobility"]
    assert (6, 32, 84) == tuple(
        french.report.counts[f"{level} of the tree"] for level in ("domains", "stakes", "goals")
    )
    assert [] == french.report.unresolved
    assert [] == french.report.dropped
    assert 2 == len(french.report.repaired)


def test_crosswalk_is_whole(vocabularies: Path, base: Imported, french: Imported) -> None:
    """The official tables have 11,118 and 532 rows; two of them name an occupation that v1.1.1 has withdrawn."""
    known = {line.split(" ", 1)[0].strip("<>") for imported in (base, french) for line in imported.lines}
    report = crosswalk.read([vocabularies / "crosswalks"], known=known.__contains__).report

    assert (11_118, 532) == (report.counts["rows ROME to ESCO"], report.counts["rows ROME to ISCO-08"])
    assert {"http://data.europa.eu/esco/occupation/98562ce3-9632-4226-b129-c67eb9c54f0f"} == {
        remark.value for remark in report.unresolved
    }
