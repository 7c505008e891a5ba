from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.errors import DataError
from metiers_kg.links import read_review
from tests.links.conftest import CLOSE, COLUMNS, FIRST_ROW, GOOD, HEADER, JOBS, NONE, Findings, ReadFiles

MEMORY = HEADER.replace("mappings/jobs-esco", "mappings/rejected")
NOT_COLUMNS = COLUMNS.replace("predicate_id\t", "predicate_id\tpredicate_modifier\t")
REJECTED = (
    MEMORY
    + NOT_COLUMNS
    + CLOSE.replace("skos:closeMatch\t", "skos:closeMatch\tNot\t")
    .replace(":a1", ":c3")
    .replace("0.80\t", "0.80\tAbout fingerprints.")
)
SUPERSEDED = (
    HEADER
    + COLUMNS.replace("\n", "\text_replaced_by\text_superseded_on\n")
    + CLOSE.replace(":a1", ":old").replace("\n", "\tesco_occupation:a1\t2027-01-15\n")
)


def test_refused_and_replaced_pairs_are_remembered(read: ReadFiles) -> None:
    """What the review refused or replaced is a pair that is not to be proposed again."""
    review = read(jobs_esco=GOOD, rejected=REJECTED, superseded=SUPERSEDED)

    assert {target.rpartition("/")[2] for _, target in review.remembered()} == {"c3", "old"}


def test_refused_links_are_no_matches(read: ReadFiles) -> None:
    """A refused link is a record in graph/candidates with its status; no triple says that it holds."""
    lines = read(jobs_esco=GOOD, rejected=REJECTED).candidate_lines()

    assert any("linkStatus" in line and '"rejected"' in line for line in lines)
    assert any("predicate_modifier" in line and "NegatedPredicate" in line for line in lines)
    assert not any(line.startswith("<https://w3id.org/metiers-kg/job/") for line in lines)


def test_replaced_link_says_by_what(read: ReadFiles) -> None:
    """A superseded link keeps its own version of ESCO, and says what took its place and when."""
    told = "\n".join(read(jobs_esco=GOOD, superseded=SUPERSEDED).candidate_lines())

    assert "<http://purl.org/dc/terms/isReplacedBy> <http://data.europa.eu/esco/occupation/a1>" in told
    assert 'supersededOn> "2027-01-15"' in told


BROKEN = {
    "a refused link without Not": ({"rejected": HEADER + COLUMNS + CLOSE.replace(":a1", ":c3")}, "write Not"),
    "a refused link without reason": (
        {"rejected": REJECTED.replace("About fingerprints.", "")},
        "say why it was refused",
    ),
    "a refused link that is also kept": (
        {"rejected": REJECTED.replace(":c3", ":a1")},
        "the pair is decided in jobs-esco.sssom.tsv:",
    ),
    "a replaced link without day": (
        {"superseded": SUPERSEDED.replace("2027-01-15", "")},
        "write the day it was replaced",
    ),
    "a replaced link that still holds": (
        {"superseded": SUPERSEDED.replace(":old", ":a1")},
        "still a link in jobs-esco.sssom.tsv:",
    ),
    "a candidate that was refused": (
        {"rejected": REJECTED, "candidates": HEADER + COLUMNS + CLOSE.replace(":a1", ":c3")},
        "the pair is decided in rejected.sssom.tsv:",
    ),
    "a kept link with Not": ({"jobs_rome": REJECTED}, "move the row to rejected.sssom.tsv"),
    "a refused link to nothing": (
        {"rejected": REJECTED.replace("esco_occupation:c3", "sssom:NoTermFound")},
        "name a concept",
    ),
    "a file of an unknown name": ({"jobs_onet": GOOD}, "not a name of a file of links"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_memory_is_told(name: str, findings: Findings) -> None:
    """The files of what was refused, replaced or proposed keep rules of their own."""
    files, message = BROKEN[name]

    told = findings(**{"jobs_esco": GOOD, **files})

    assert any(message in text for text in told), told


def test_folder_of_a_sector_has_links_of_its_own(tmp_path: Path) -> None:
    """Files of one name in two folders are read as one set each, and both count."""
    (tmp_path / "jobs-esco.sssom.tsv").write_text(HEADER + COLUMNS + CLOSE, encoding="utf-8")
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "jobs-esco.sssom.tsv").write_text(HEADER + COLUMNS + NONE, encoding="utf-8")
    review = read_review(tmp_path, JOBS)

    assert ["jobs-esco.sssom.tsv", "lab/jobs-esco.sssom.tsv"] == [s.file for s in review.accepted["job", "esco"]]
    assert 2 == len(review.links("esco"))


def test_two_folders_do_not_decide_on_one_subject(tmp_path: Path) -> None:
    """What two sectors share is linked in the files of one of them."""
    for folder in ("health", "lab"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "jobs-esco.sssom.tsv").write_text(HEADER + COLUMNS + CLOSE, encoding="utf-8")

    with pytest.raises(DataError) as raised:
        read_review(tmp_path, JOBS)

    assert f"'Chimiste' is decided in health/jobs-esco.sssom.tsv:{FIRST_ROW}" in str(raised.value.findings[0])
