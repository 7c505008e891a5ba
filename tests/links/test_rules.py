from __future__ import annotations

import pytest

from metiers_kg.links import undecided
from tests.links.conftest import BROAD, CLOSE, COLUMNS, FIRST_ROW, GOOD, HEADER, JOBS, NONE, Findings, ReadFiles

BROKEN = {
    "a subject that the data do not have": (
        GOOD.replace("job:laborantin", "job:magicien"),
        2,
        "is no job or competence",
    ),
    "a label that is not the French one": (
        GOOD.replace("\tLaborantin\t", "\tlaborantin\t"),
        2,
        "write 'Laborantin', as the data do",
    ),
    "an unknown relation": (GOOD.replace("skos:closeMatch", "owl:sameAs"), 0, "use one of skos:exactMatch"),
    "an unknown justification": (
        GOOD.replace("semapv:ManualMappingCuration\tAna\t2026-11-22\t0.80", "semapv:Guess\tAna\t2026-11-22\t0.80"),
        0,
        "column mapping_justification: found 'semapv:Guess'",
    ),
    "an object of another scheme": (GOOD.replace("esco_occupation:a1", "isco:C2113"), 0, "is not of ESCO"),
    "an object without label": (GOOD.replace("\tchemist\t", "\t\t"), 0, "write the label that ESCO gives it"),
    "no confidence": (GOOD.replace("\t0.80\t", "\t\t"), 0, "say how sure you are"),
    "no author": (GOOD.replace("\tAna\t2026-11-22\t0.80", "\t\t2026-11-22\t0.80"), 0, "name who decided"),
    "no date": (GOOD.replace("2026-11-22\t0.80", "\t0.80"), 0, "write the day of the decision"),
    "no version of the source": (
        GOOD.replace("#object_source_version: 1.1.1\n", ""),
        -1,
        "column object_source_version: missing",
    ),
    "a doubtful link without comment": (GOOD.replace("\t0.80\t", "\t0.60\t"), 0, "say why you doubt"),
    "no term found, without a reason": (GOOD.replace("Too general.", ""), 2, "say why nothing fits"),
    "no term found, with a label": (
        GOOD.replace("sssom:NoTermFound\t", "sssom:NoTermFound\tnone"),
        2,
        "leave it empty",
    ),
    "no term found, with another relation": (
        GOOD.replace("skos:exactMatch\tsssom", "skos:closeMatch\tsssom"),
        2,
        "nothing means the same",
    ),
    "no term found beside a close match": (
        GOOD + CLOSE.replace("job:chimiste\tChimiste", "job:laborantin\tLaborantin"),
        3,
        "skos:closeMatch beside sssom:NoTermFound",
    ),
    "rows out of order": (HEADER + COLUMNS + BROAD + CLOSE + NONE, 1, "sort the rows"),
    "a row twice": (GOOD.replace(CLOSE, CLOSE + CLOSE), 1, "the same subject and object as line"),
    "two relations to one object": (
        GOOD.replace("esco_occupation:b2", "esco_occupation:a1"),
        1,
        "keep the one relation that holds",
    ),
    "two exact matches": (
        GOOD.replace("skos:closeMatch", "skos:exactMatch").replace("skos:broadMatch", "skos:exactMatch"),
        1,
        "a second skos:exactMatch to ESCO",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_rule_is_told_with_its_row(name: str, findings: Findings) -> None:
    """A row that breaks a rule is told with its line and what would be right."""
    content, row, message = BROKEN[name]
    line = FIRST_ROW + row

    told = findings(jobs_esco=content)

    assert any(f"jobs-esco.sssom.tsv:{line}: " in text and message in text for text in told), told


def test_broad_match_goes_with_no_term(findings: Findings) -> None:
    """That a scheme has no such term does not keep a broader one from being named."""
    assert findings(jobs_esco=GOOD + BROAD.replace("job:chimiste\tChimiste", "job:laborantin\tLaborantin")) == []


def test_undecided_subjects_have_no_row(read: ReadFiles) -> None:
    """A subject is decided by any row, also by one that says there is no term."""
    review = read(jobs_esco=HEADER + COLUMNS + NONE)

    assert ["https://w3id.org/metiers-kg/job/chimiste"] == undecided(JOBS, review.links("esco"))
