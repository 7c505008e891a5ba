from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.links import read_links, write_links
from tests.links.conftest import CLOSE, COLUMNS, FIRST_ROW, GOOD, HEADER, Findings


def test_good_file_is_read(findings: Findings) -> None:
    """A file that keeps all rules has no findings."""
    assert findings(jobs_esco=GOOD) == []


def test_row_is_a_link(tmp_path: Path) -> None:
    """A row gives the IRIs, labels, confidence and line of a link; the header's sources stand for every row."""
    file = tmp_path / "jobs-esco.sssom.tsv"
    file.write_text(GOOD, encoding="utf-8")

    link = read_links(file).links[0]

    assert ("https://w3id.org/metiers-kg/job/chimiste", "http://data.europa.eu/esco/occupation/a1") == (
        link.subject,
        link.object,
    )
    assert (0.8, "2026-11-22", FIRST_ROW) == (link.confidence, link.date, link.line)
    assert link.slots["object_source"] == "http://data.europa.eu/esco/concept-scheme/occupations"
    assert link.slots["object_source_version"] == "1.1.1"


def test_blank_at_the_end_of_a_label_is_kept(tmp_path: Path) -> None:
    """The label of an object is kept as it stands: some labels of ESCO end with a blank."""
    file = tmp_path / "jobs-esco.sssom.tsv"
    file.write_text(HEADER + COLUMNS + CLOSE.replace("\tchemist\t", "\tchemist \t"), encoding="utf-8")

    assert read_links(file).links[0].object_label == "chemist "


def test_what_is_written_reads_the_same(tmp_path: Path) -> None:
    """Reading a file and writing it gives the same rows."""
    file = tmp_path / "jobs-esco.sssom.tsv"
    file.write_text(GOOD.replace("Too general.", 'The word ""laborantin"" is too general.'), encoding="utf-8")
    file.write_text(
        file.read_text(encoding="utf-8").replace("The word", '"The word').replace("general.\n", 'general."\n'),
        encoding="utf-8",
    )
    first = read_links(file)
    again = tmp_path / "again.sssom.tsv"
    again.write_text(write_links(first.metadata, first.links), encoding="utf-8")

    second = read_links(again)

    assert [(link.subject, link.predicate, link.object, link.comment) for link in first.links] == [
        (link.subject, link.predicate, link.object, link.comment) for link in second.links
    ]
    assert second.links[2].comment == 'The word "laborantin" is too general.'


FAULTS = {
    "bytes that are not UTF-8": (
        GOOD.encode().replace(b"Two jobs", b"Deux m\xe9tiers"),
        ":10:",
        "found the byte 0xE9, which is not UTF-8",
    ),
    "a byte order mark": ("\ufeff" + GOOD, ":1:", "byte order mark"),
    "carriage returns": (GOOD.replace("\n", "\r\n"), ":1:", "end lines with a line feed alone"),
    "no metadata": (COLUMNS + CLOSE, ":1:", "no metadata block"),
    "metadata that are not YAML": (GOOD.replace("#license: ", "#license: [", 1), ":12:", "not YAML"),
    "metadata that are a text": ("#hello\n" + COLUMNS, ":1:", "write it as key: value"),
    "an unknown slot": (GOOD.replace("#mapping_set_title", "#mapping_title"), ":9:", "unknown slot"),
    "a licence left out": (
        GOOD.replace("#license: https://creativecommons.org/licenses/by/4.0/\n", ""),
        "",
        "column license: missing",
    ),
    "a licence that is no IRI": (
        GOOD.replace("https://creativecommons.org/licenses/by/4.0/", "CC BY"),
        ":11:",
        "give an https:// IRI",
    ),
    "a prefix without namespace": (
        GOOD.replace("#  isco: http://data.europa.eu/esco/isco/", "#  isco: none"),
        "",
        "write a prefix and the namespace",
    ),
    "a built-in prefix of another meaning": (
        GOOD.replace("#  isco: http://data.europa.eu/esco/isco/", "#  skos: http://e.org/"),
        "",
        "always stands for http://www.w3.org/2004/02/skos/core#",
    ),
    "no table": (HEADER, f":{FIRST_ROW - 1}:", "a line of column names"),
    "an unknown column": (GOOD.replace("\tcomment\n", "\tremark\n"), f":{FIRST_ROW - 1}:", "unknown column"),
    "a column twice": (GOOD.replace("\tcomment\n", "\tconfidence\n"), f":{FIRST_ROW - 1}:", "stands twice"),
    "a required column left out": (
        GOOD.replace("mapping_justification", "match_string"),
        f":{FIRST_ROW - 1}:",
        "column mapping_justification: missing",
    ),
    "a row with a column too few": (
        GOOD.replace("\tchemist\t", "\t"),
        f":{FIRST_ROW}:",
        "9 columns [SSSOM row] -> separate 10 columns with tabs",
    ),
    "a row with a column too many": (GOOD.replace("\tchemist\t", "\t\tchemist\t"), f":{FIRST_ROW}:", "11 columns"),
    "an empty line": (GOOD.replace(CLOSE, "\n" + CLOSE), f":{FIRST_ROW}:", "an empty line"),
    "a quote that does not close": (
        GOOD.replace("\tchemist\t", '\t"chemist\t'),
        f":{FIRST_ROW}:",
        "quotes do not pair",
    ),
    "an IRI instead of a CURIE": (
        GOOD.replace("esco_occupation:a1", "http://data.europa.eu/esco/occupation/a1"),
        f":{FIRST_ROW}:",
        "column object_id: found 'http://data.europa.eu/esco/occupation/a1'",
    ),
    "a CURIE with a blank": (
        GOOD.replace("job:chimiste\tChimiste\tskos:close", "job:le chimiste\tChimiste\tskos:close"),
        f":{FIRST_ROW}:",
        "write prefix:name",
    ),
    "an undeclared prefix": (
        GOOD.replace("esco_occupation:a1", "onet:a1"),
        f":{FIRST_ROW}:",
        "whose prefix is not declared",
    ),
    "a confidence above 1": (
        GOOD.replace("\t0.80\t", "\t1.80\t"),
        f":{FIRST_ROW}:",
        "column confidence: found '1.80' [SSSOM number] -> write a number from 0 to 1",
    ),
    "a confidence below 0": (GOOD.replace("\t0.80\t", "\t-0.80\t"), f":{FIRST_ROW}:", "write a number from 0 to 1"),
    "a confidence with a comma": (GOOD.replace("\t0.80\t", "\t0,80\t"), f":{FIRST_ROW}:", "write a number from 0 to 1"),
    "a date that is none": (
        GOOD.replace("2026-11-22\t0.80", "2026-11-31\t0.80"),
        f":{FIRST_ROW}:",
        "write a date as 2026-11-22",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told_with_its_place(name: str, findings: Findings) -> None:
    """What is not SSSOM/TSV is told with file, line, column and what would be right."""
    content, line, message = FAULTS[name]

    told = findings(jobs_esco=content)

    assert told
    assert any(f"jobs-esco.sssom.tsv{line}" in text and message in text for text in told), told


def test_faults_are_told_together(findings: Findings) -> None:
    """A file with two faults tells both."""
    told = findings(jobs_esco=GOOD.replace("\t0.80\t", "\t8\t").replace("esco_occupation:b2", "onet:b2"))

    assert [f"jobs-esco.sssom.tsv:{FIRST_ROW}", f"jobs-esco.sssom.tsv:{FIRST_ROW + 1}"] == [
        text.partition(": ")[0] for text in told
    ]
