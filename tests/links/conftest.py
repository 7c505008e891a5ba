"""A small file of links that keeps all rules, to break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from metiers_kg.errors import DataError
from metiers_kg.links import Review, read_review

JOBS = {
    "https://w3id.org/metiers-kg/job/chimiste": "Chimiste",
    "https://w3id.org/metiers-kg/job/laborantin": "Laborantin",
}
HEADER = """\
#curie_map:
#  esco_occupation: http://data.europa.eu/esco/occupation/
#  esco_scheme: http://data.europa.eu/esco/concept-scheme/
#  isco: http://data.europa.eu/esco/isco/
#  job: https://w3id.org/metiers-kg/job/
#  source: https://w3id.org/metiers-kg/source/
#mapping_set_id: https://w3id.org/metiers-kg/mappings/jobs-esco
#mapping_set_version: 0.1.0
#mapping_set_title: Jobs to ESCO
#mapping_set_description: Two jobs.
#license: https://creativecommons.org/licenses/by/4.0/
#creator_label:
#- The metiers_kg developers
#subject_source: source:dataset
#subject_source_version: 0.1.0
#object_source: esco_scheme:occupations
#object_source_version: 1.1.1
"""
COLUMNS = "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tauthor_label\tmapping_date\tconfidence\tcomment\n"
CLOSE = "job:chimiste\tChimiste\tskos:closeMatch\tesco_occupation:a1\tchemist\tsemapv:ManualMappingCuration\tAna\t2026-11-22\t0.80\t\n"
BROAD = "job:chimiste\tChimiste\tskos:broadMatch\tesco_occupation:b2\tscientist\tsemapv:ManualMappingCuration\tAna\t2026-11-22\t0.90\t\n"
NONE = "job:laborantin\tLaborantin\tskos:exactMatch\tsssom:NoTermFound\t\tsemapv:ManualMappingCuration\tAna\t2026-11-22\t0.90\tToo general.\n"
GOOD = HEADER + COLUMNS + CLOSE + BROAD + NONE
FIRST_ROW = HEADER.count("\n") + 2
"""The line of the first row of ``GOOD``."""

ReadFiles = Callable[..., Review]
Findings = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> ReadFiles:
    """What reads files of links, given by name (``jobs_esco="…"``)."""

    def read_files(**files: str | bytes) -> Review:
        for name, text in files.items():
            content = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{name.replace('_', '-')}.sssom.tsv").write_bytes(content)
        return read_review(tmp_path, JOBS)

    return read_files


@pytest.fixture
def findings(read: ReadFiles) -> Findings:
    """What reads files of links and gives the findings as text; none where all rules are kept."""

    def find(**files: str | bytes) -> list[str]:
        try:
            read(**files)
        except DataError as error:
            return [str(finding) for finding in error.findings]
        return []

    return find
