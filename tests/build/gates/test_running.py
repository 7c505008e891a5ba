from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from metiers_kg.build.gates import Report, missing_tools, run_gates
from metiers_kg.errors import Finding, InputError
from metiers_kg.project import Project
from tests.conftest import ROOT


def _add(project: Project, turtle: str) -> None:
    file = project.data / "all.ttl"
    file.write_text(file.read_text(encoding="utf-8") + turtle, encoding="utf-8")


def _rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity == "violation"}


def _reasons(report: Report) -> dict[str, str]:
    return {one.gate: one.reason for one in report.not_run}


def test_good_project_passes(small: Project) -> None:
    """Data that keep all rules give no violation, and nothing is written."""
    report = run_gates(small)

    assert (set(), True) == (_rules(report), report.passes)
    assert _reasons(report)["owl-dl"] == "asked for by --owl-dl"
    assert not small.build.exists()


@pytest.mark.timeout(900)  # HermiT on a busy machine
def test_this_project_passes_every_gate(texts: Path) -> None:
    """Ontology, data and links of this repository give no finding at all, by any gate that can run here."""
    assert not missing_tools() or os.environ.get("CI") != "true", missing_tools()
    report = run_gates(Project.find(ROOT), owl_dl=not missing_tools())

    assert [] == [str(finding) for finding in report.findings]


def test_gates_are_told_together(small: Project) -> None:
    """What breaks a shape, a check and an axiom is told in one report, by three gates."""
    _add(small, "competence:chimie a mkg:Skill . job:Chimiste a mkg:Job .\n")
    report = run_gates(small, only={"shapes", "contradictions", "checks"})

    assert {"shape Job", "check iris-follow-their-kind", "OWL 2 RL contradiction, cax-adc"} <= _rules(report)
    assert not report.passes


def test_malformed_file_leaves_the_ontology_looked_at(small: Project) -> None:
    """Where a data file is no Turtle, it is told with its line, and what does not need the data is run all the same."""
    _add(small, "job:chimiste a mkg:Job ,, .\n")
    line = len((small.data / "all.ttl").read_text(encoding="utf-8").splitlines())
    report = run_gates(small)

    assert [("all.ttl", line)] == [(finding.file, finding.line) for finding in report.findings]
    assert {"profile", "ontology"} <= {ran.gate for ran in report.ran}
    assert _reasons(report)["shapes"] == "a data file could not be read"


def test_every_malformed_file_is_told(small: Project) -> None:
    """Two files that are no Turtle are two findings, not one after the other."""
    for name in ("one", "two"):
        (small.data / f"{name}.ttl").write_text("job:x a", encoding="utf-8")

    assert {"one.ttl", "two.ttl"} == {finding.file for finding in run_gates(small).findings}


def test_repeated_triple_leaves_the_data_looked_at(small: Project) -> None:
    """A triple in two files, and a blank node, are told, and the gates look at the data all the same."""
    text = (small.data / "all.ttl").read_text(encoding="utf-8")
    prefixes = "\n".join(line for line in text.splitlines() if line.startswith("@prefix"))
    more = prefixes + '\njob:chimiste a mkg:Job ; skos:hiddenLabel "Chimiste"@fr ; skos:related [] .\n'
    (small.data / "more.ttl").write_text(more, encoding="utf-8")
    rules = _rules(run_gates(small, only={"skos"}))

    assert {"one file for a triple", "no blank node", "check label-kinds-are-apart"} == rules


def test_malformed_shapes_leave_the_rest_looked_at(small: Project) -> None:
    """Where the file of shapes is no Turtle, it is told with its line, and what needs no shape is run all the same."""
    (small.ontology / "shapes.ttl").write_text("shape:x a", encoding="utf-8")
    report = run_gates(small, only={"shapes", "shapes-are-shacl", "skos"})

    assert [("shapes.ttl", 1)] == [(finding.file, finding.line) for finding in report.findings]
    assert {"shapes", "shapes-are-shacl"} == set(_reasons(report))
    assert "skos" in {ran.gate for ran in report.ran}


def test_malformed_ontology_is_told(small: Project) -> None:
    """Where the ontology is not even text, that is all that is told of it, and no gate is run that needs it."""
    (small.ontology / "metiers.ttl").write_bytes(b"\xff\xfe no ontology")
    report = run_gates(small)

    assert {"metiers.ttl"} == {finding.file for finding in report.findings}
    assert ["files", "shapes-are-shacl"] == [ran.gate for ran in report.ran]


def test_malformed_links_leave_the_data_looked_at(small: Project) -> None:
    """Where a file of links is no SSSOM, the gates of the data are run all the same."""
    (small.data / "jobs-esco.sssom.tsv").write_text("no table\n", encoding="utf-8")
    report = run_gates(small, only={"shapes", "link-targets"})

    assert "jobs-esco.sssom.tsv" in {finding.file for finding in report.findings}
    assert "shapes" in {ran.gate for ran in report.ran}
    assert _reasons(report)["link-targets"] == "a file of links could not be read"


def test_check_that_cannot_run_stops_no_other(small: Project) -> None:
    """A check that is not SPARQL is told, and the gates after it are run."""
    (small.checks / "broken.rq").write_text("SELECT ?focus WHERE", encoding="utf-8")
    report = run_gates(small, only={"checks", "unused-terms"})

    assert {"gate cannot run"} == _rules(report)
    assert "unused-terms" in {ran.gate for ran in report.ran}


def test_gates_can_be_chosen(small: Project) -> None:
    """With names, these gates are run and no others."""
    assert ["files", "skos", "style"] == sorted(ran.gate for ran in run_gates(small, only={"skos", "style"}).ran)


def test_unknown_gate_is_refused(small: Project) -> None:
    """A name that is no gate is told with those that are."""
    with pytest.raises(InputError, match="found 'skoss', expected one of files, profile, owl-dl"):
        run_gates(small, only={"skoss"})


def test_what_is_not_at_hand_is_told(small: Project) -> None:
    """A gate that needs what is not here is named with the reason, not passed over."""
    reasons = _reasons(run_gates(small, only={"passages", "link-targets"}))

    assert reasons["passages"].startswith("METIERS_KG_TEXTS does not name")
    assert reasons["link-targets"] == "neither ESCO nor ROME is imported"


def test_named_but_missing_texts_are_a_finding(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of texts that is named and not there is told, not a silent pass."""
    monkeypatch.setenv("METIERS_KG_TEXTS", str(small.root / "nowhere"))

    assert any("METIERS_KG_TEXTS" in finding.message for finding in run_gates(small, only={"passages"}).findings)


def test_quote_at_the_wrong_place_is_told_with_its_line(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quote that stands elsewhere is told where its selector is described, and where it stands."""
    (tmp_path / "text.txt").write_text("Une phrase.\nAna'lyse\n", encoding="utf-8")
    monkeypatch.setenv("METIERS_KG_TEXTS", str(tmp_path))
    [finding] = run_gates(small, only={"passages"}).findings

    lines = (small.data / "all.ttl").read_text(encoding="utf-8").splitlines()
    assert finding.line is not None
    assert "#0-4> a oa:TextPositionSelector" in lines[finding.line - 1]
    assert finding.remedy == "it stands at 12-16 (line 2)"


def test_checks_of_folders_are_run(small: Project) -> None:
    """A check in a folder within queries/checks is asked by the gate of that name."""
    shutil.copytree(ROOT / "queries" / "checks", small.checks, dirs_exist_ok=True)
    _add(small, 'job:chimiste skos:hiddenLabel "Chimiste"@fr .\n')
    found: list[Finding] = run_gates(small, only={"skos"}).findings

    assert ["check label-kinds-are-apart"] == [finding.rule for finding in found]
