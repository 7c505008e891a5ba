"""Files that are not what they should be: what is wrong is told with file and line, all of it at once."""

from __future__ import annotations

import pytest

from metiers_kg.build.run import build_graph
from metiers_kg.errors import DataError
from metiers_kg.project import Project
from tests.conftest import TINY
from tests.faults.conftest import ask, run, serving


def places(project: Project) -> list[str]:
    """Return the file and line of each thing that stops a build."""
    with pytest.raises(DataError) as caught:
        build_graph(project)
    return [f"{finding.file}:{finding.line}" for finding in caught.value.findings]


def test_every_fault_of_every_file_is_told_at_once(own: Project) -> None:
    """Faults in Turtle and in SSSOM are told by one build, with file and line, several of one file too."""
    before = (own.build / "metiers.nq").read_bytes()
    (own.data / "a.ttl").write_text("@prefix a: <http://e/> .\na:a a:b ;.\na:c a:d .\na:e a:f ] .\n", encoding="utf-8")
    (own.data / "b.ttl").write_bytes('<http://e/a> <http://e/b> "caf\xe9" .\n'.encode("latin-1"))
    (own.data / "jobs-esco.sssom.tsv").write_text("#curie_map: [\nsubject_id\tobject_id\n", encoding="utf-8")
    found = places(own)

    assert {"a.ttl:2", "a.ttl:3", "b.ttl:1"} <= set(found)
    assert any(place.startswith("jobs-esco.sssom.tsv:") for place in found)
    assert before == (own.build / "metiers.nq").read_bytes()


@pytest.mark.parametrize("name", ["metiers.ttl", "shapes.ttl", "vocabularies.ttl"])
def test_ontology_and_shapes_are_told_with_their_line(own: Project, name: str) -> None:
    """A fault in the files of the ontology is told with file and line."""
    path = own.ontology / name
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, "this is no Turtle", ""]), encoding="utf-8")

    assert places(own)[0] == f"{name}:{len(lines) + 1}"


def test_a_check_that_is_no_query_is_told(own: Project) -> None:
    """A check whose file is not a query stops a build; the error names the file."""
    (own.checks / "wrong.rq").write_text("SELECT ?x WHERE {", encoding="utf-8")
    (own.data / "all.ttl").write_text(TINY + "\n", encoding="utf-8")
    done = run(own, "build")

    assert done.returncode == 1
    assert "wrong.rq" in done.stderr
    assert "this should not happen" not in done.stderr


def test_the_command_tells_and_ends_with_1(own: Project) -> None:
    """The build command tells a fault on standard error, without a traceback, and ends with 1."""
    (own.data / "all.ttl").write_text(TINY + 'job:x skos:prefLabel "never closed .\n', encoding="utf-8")
    done = run(own, "build")

    assert done.returncode == 1
    assert f"all.ttl:{len(TINY.splitlines()) + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_query_file_stops_no_other(own: Project) -> None:
    """A saved query whose file is wrong is left out: the others are listed, run and served, and what is wrong is told."""
    (own.queries / "wrong.rq").write_text("#+ summary: Wrong\nSELECT ?x WHERE {\n", encoding="utf-8")
    listed, asked, wrong = run(own, "queries"), run(own, "query", "jobs", "-f", "csv"), run(own, "query", "wrong")
    with serving(own, "--processes", "1") as (process, address):
        answer, _ = ask(address, "/queries/jobs/results.csv")
        process.terminate()
        assert process.stderr is not None
        log = process.stderr.read()

    assert (listed.returncode, "jobs" in listed.stdout, "wrong" in listed.stdout) == (1, True, False)
    assert "wrong.rq" in listed.stderr
    assert (asked.returncode, len(asked.stdout.splitlines())) == (0, 3)
    assert (wrong.returncode, "wrong.rq" in wrong.stderr) == (1, True)
    assert (len(answer.splitlines()), "wrong.rq" in log) == (3, True)
