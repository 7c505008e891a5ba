"""The command as its user types it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from metiers_kg.project import Project

Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def environment(project: Project) -> dict[str, str]:
    """The environment of a user in a plain terminal, with the built graph of the tests."""
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("METIERS_KG")},
        "METIERS_KG_BUILD": str(project.build),
        "COLUMNS": "120",
        "PYTHONUTF8": "1",
    }


def _run(environment: dict[str, str], *arguments: str, stdin: str | None = None) -> Run:
    return subprocess.run(
        [sys.executable, "-m", "metiers_kg", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        env=environment,
        timeout=60,
        check=False,
    )


def test_help_starts_fast_enough_to_be_asked(environment: dict[str, str]) -> None:
    """Help imports none of the heavy libraries."""
    script = "import sys; sys.argv = ['metiers-kg', '--help']\ntry:\n  import metiers_kg.cli; metiers_kg.cli.main()\nexcept SystemExit: pass\nprint(sorted({'rdflib', 'owlrl', 'pyshacl', 'fastapi', 'pyoxigraph', 'lark', 'rich'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)

    assert run.stdout.splitlines()[-1] == "[]"


def test_serving_imports_neither_build_nor_validation() -> None:
    """The server's modules import neither rdflib nor owlrl nor pyshacl."""
    script = (
        "import sys, metiers_kg.api, metiers_kg.web; print(sorted({'rdflib', 'owlrl', 'pyshacl'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout == "[]\n"


@pytest.mark.parametrize(
    "job",
    [
        "Bio-informaticien",
        "bio-informaticien",
        "BIO-INFORMATICIEN",
        "Bioinformatician",
        "job/bio-informaticien",
        "https://w3id.org/metiers-kg/job/bio-informaticien",
    ],
)
def test_job_goes_by_any_of_its_names(environment: dict[str, str], job: str) -> None:
    """A job is found by label in any language, slug, kind and slug, or IRI."""
    run = _run(environment, "query", "job-competences", "-p", f"job={job}", "--format", "csv")

    assert any("competence/informatique" in row["competence"] for row in csv.DictReader(io.StringIO(run.stdout)))


def test_table_is_for_reading(environment: dict[str, str]) -> None:
    """The table shows labels and no IRI."""
    run = _run(environment, "query", "job-competences", "-p", "job=Laborantin")

    assert "Rigueur" in run.stdout
    assert "https://" not in run.stdout


def test_labels_come_in_the_language_asked_for(environment: dict[str, str]) -> None:
    """--lang en gives English labels."""
    run = _run(environment, "query", "job-competences", "-p", "job=Laborantin", "--lang", "en", "--format", "csv")

    assert "Rigour" in {row["competenceLabel"] for row in csv.DictReader(io.StringIO(run.stdout))}


def test_unknown_query_suggests_the_nearest(environment: dict[str, str]) -> None:
    """A misspelt query is an error of exit 1 that names the nearest, without a traceback."""
    run = _run(environment, "query", "job-competence")

    assert (run.returncode, run.stdout) == (1, "")
    assert "job-competences" in run.stderr
    assert "Traceback" not in run.stderr


def test_unknown_job_suggests_the_nearest(environment: dict[str, str]) -> None:
    """A misspelt job is an error that names parameter, value and the nearest job."""
    run = _run(environment, "query", "job-competences", "-p", "job=Bio-informatcien")

    assert run.returncode == 1
    assert "'job'" in run.stderr
    assert "Bio-informaticien" in run.stderr


def test_missing_parameter_is_told(environment: dict[str, str]) -> None:
    """A required parameter that is left out is told by name."""
    run = _run(environment, "query", "job-competences")

    assert run.returncode == 1
    assert "parameter 'job': missing" in run.stderr


def test_hostile_value_is_data(environment: dict[str, str]) -> None:
    """A value that looks like SPARQL is only a text that names nothing."""
    run = _run(environment, "query", "passages-mentioning", "-p", 'text=") } #', "--format", "json")

    assert (run.returncode, json.loads(run.stdout)) == (0, [])


def test_option_without_equals_is_usage(environment: dict[str, str]) -> None:
    """-p without a value is a usage error, exit 2."""
    assert _run(environment, "query", "job-competences", "-p", "job").returncode == 2


def test_unknown_format_names_those_there_are(environment: dict[str, str]) -> None:
    """A format that is not there is an error that lists those that are."""
    run = _run(environment, "query", "job-competences", "-p", "job=Laborantin", "--format", "pdf")

    assert run.returncode == 1
    assert "table, json, csv" in run.stderr


@pytest.mark.parametrize("format_name", ["table", "json", "csv", "tsv", "srj", "srx"])
def test_every_format_gives_the_answer(environment: dict[str, str], format_name: str) -> None:
    """Each format holds the first competence of the laboratory technician."""
    run = _run(environment, "query", "job-competences", "-p", "job=Laborantin", "--format", format_name)

    assert run.returncode == 0
    assert "Habileté manuelle" in run.stdout.replace("\\u00e9", "é")


def test_workbook_goes_to_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    """A workbook is written to where standard output leads, with the rows that csv has."""
    book = tmp_path / "coverage.xlsx"
    command = [sys.executable, "-m", "metiers_kg", "query", "coverage", "--lang", "en", "--format"]
    with book.open("wb") as file:
        subprocess.run([*command, "xlsx"], stdout=file, env=environment, timeout=60, check=True)
    sheet, about = openpyxl.load_workbook(book).worksheets
    rows = list(csv.reader(io.StringIO(_run(environment, *command[3:], "csv").stdout)))

    assert rows[0] == [cell.value for cell in sheet[1]]
    assert (len(rows), "Coverage per job") == (sheet.max_row, about["A1"].value)
    assert "Data version" in [cell.value for cell in about["A"]]


def test_csv_for_a_french_spreadsheet(environment: dict[str, str]) -> None:
    """--bom and --sep write the same rows for Excel."""
    plain = _run(environment, "query", "sub-sectors", "--format", "csv").stdout
    french = _run(environment, "query", "sub-sectors", "--format", "csv", "--bom", "--sep", ";").stdout

    assert french.startswith("\ufeffsubSector;")
    assert list(csv.reader(io.StringIO(plain))) == list(csv.reader(io.StringIO(french[1:]), delimiter=";"))


def test_catalogue_lists_every_query(environment: dict[str, str], project: Project) -> None:
    """`queries` lists each file of the folder."""
    listed = {entry["name"] for entry in json.loads(_run(environment, "queries", "--format", "json").stdout)}

    assert listed == {path.stem for path in project.queries.glob("*.rq")}


def test_one_query_tells_its_parameters(environment: dict[str, str]) -> None:
    """`queries NAME` shows how to call it."""
    assert '-p job="' in _run(environment, "queries", "job-competences").stdout


def test_adhoc_query_knows_the_prefixes(environment: dict[str, str]) -> None:
    """The project's prefixes need not be declared."""
    run = _run(environment, "sparql", "SELECT (COUNT(?e) AS ?n) { ?e a mkg:JobEvolution }", "--format", "csv")

    assert run.stdout.split() == ["n", "32"]


def test_adhoc_query_from_a_file_and_from_standard_input(environment: dict[str, str], tmp_path: Path) -> None:
    """A file and standard input give what the text itself gives."""
    text = "ASK { <https://w3id.org/metiers-kg/job/biostatisticien> a mkg:EmergingJob }"
    file = tmp_path / "ask.rq"
    file.write_text(text, encoding="utf-8")
    outputs = [
        _run(environment, "sparql", text),
        _run(environment, "sparql", str(file)),
        _run(environment, "sparql", "-", stdin=text),
    ]

    assert [run.stdout for run in outputs] == ["true\n"] * 3


def test_asserted_leaves_out_what_was_inferred(environment: dict[str, str]) -> None:
    """--entailment asserted knows no emerging job, since that class is only inferred."""
    run = _run(environment, "sparql", "ASK { ?job a mkg:EmergingJob }", "--entailment", "asserted")

    assert run.stdout == "false\n"


def test_construct_prints_turtle(environment: dict[str, str]) -> None:
    """A CONSTRUCT is printed as Turtle."""
    run = _run(environment, "sparql", "CONSTRUCT { ?j a mkg:EmergingJob } WHERE { ?j a mkg:EmergingJob }")

    assert run.stdout.count("mkg:EmergingJob") == 4


def test_describe_is_a_query_though_it_has_no_brace(environment: dict[str, str]) -> None:
    """A query whose IRI has slashes is not taken for a file."""
    run = _run(environment, "sparql", "DESCRIBE <https://w3id.org/metiers-kg/job/laborantin>")

    assert "job/laborantin" in run.stdout


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELEC ?x { }", "not a SPARQL query"),
        ("INSERT DATA { <http://e.org/a> <http://e.org/b> 1 }", "update"),
        ("SELECT ?s { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }", "SERVICE"),
        ("nowhere/query.rq", "no such file"),
    ],
)
def test_what_is_not_a_query_is_refused(environment: dict[str, str], text: str, expected: str) -> None:
    """Bad syntax, updates, SERVICE and missing files are errors that say what was found."""
    run = _run(environment, "sparql", text)

    assert run.returncode == 1
    assert expected.lower() in run.stderr.lower()
    assert "Traceback" not in run.stderr


def test_no_graph_is_told_with_its_remedy(environment: dict[str, str], tmp_path: Path) -> None:
    """Where nothing is built, the error names the command that builds."""
    run = _run({**environment, "METIERS_KG_BUILD": str(tmp_path / "none")}, "query", "strategies")

    assert run.returncode == 1
    assert "metiers-kg build" in run.stderr


def test_wrong_root_is_told(environment: dict[str, str], tmp_path: Path) -> None:
    """A root that holds no project is an error that says what a project has."""
    run = _run(environment, "--root", str(tmp_path), "queries")

    assert run.returncode == 1
    assert "ontology/" in run.stderr


def test_server_answers_until_told_to_stop(environment: dict[str, str]) -> None:
    """`serve` prints its address, answers, and stops cleanly on SIGTERM."""
    import httpx

    process = subprocess.Popen(
        [sys.executable, "-m", "metiers_kg", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**environment, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split()[-1]
        answer = httpx.get(f"{address}/health")
    finally:
        process.terminate()
        began = time.monotonic()
        process.wait(timeout=20)
        process.stdout.close()

    assert answer.status_code == 200
    assert time.monotonic() - began < 20


def test_query_that_lacks_a_vocabulary_fails_with_the_command(environment: dict[str, str], tmp_path: Path) -> None:
    """What is not imported is said with the command that imports it; no empty table is printed."""
    nowhere = {**environment, "METIERS_KG_IMPORTS": str(tmp_path)}
    run = _run(nowhere, "query", "esco-skills-suggested", "-p", "job=Bio-informaticien")

    assert (run.returncode, run.stdout) == (1, "")
    assert "'esco-skills-suggested' needs ESCO" in run.stderr
    assert "metiers-kg import esco PATH…" in run.stderr


def test_queries_tells_what_one_requires(environment: dict[str, str]) -> None:
    """The description of a query names what has to be imported."""
    run = _run(environment, "queries", "rome-mobilities")

    assert "Requires rome (not imported: `metiers-kg import rome PATH…`)" in run.stdout
