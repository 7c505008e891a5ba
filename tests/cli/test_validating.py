from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from metiers_kg.build.gates import NotRun, Ran, Report
from metiers_kg.cli.findings import report_lines
from metiers_kg.cli.main import main
from metiers_kg.errors import Finding
from metiers_kg.project import Project

JOB = "https://w3id.org/metiers-kg/job/"


def _report(count: int) -> Report:
    found = tuple(
        Finding(
            "shape labelEn", f"{JOB}metier-{n}", f"needs exactly one English label; found {JOB}{'x' * 40}", "add it", "jobs.ttl", n
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    warned = Finding(
        "unused-terms", "https://w3id.org/metiers-kg/ontology#x", "is unused", "use it", severity="warning"
    )
    return Report((Ran("shapes", found), Ran("unused-terms", (warned,))), (NotRun("passages", "no texts"),))


def _validate(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(project.root), "validate", *arguments])


def test_many_findings_stay_readable() -> None:
    """Of three hundred findings of one rule ten are told, with their number, in lines of at most 80 characters."""
    lines = list(report_lines(_report(300)))

    assert len(lines) < 50
    assert max(len(line) for line in lines) <= 80 + len("\x1b[31m\x1b[1m\x1b[0m")
    assert any("and 290 more; --all tells them" in line for line in lines)


def test_all_findings_can_be_told() -> None:
    """With --all none is left out."""
    lines = list(report_lines(_report(300), every=True))

    assert 300 == sum("jobs.ttl:" in line for line in lines)
    assert not any("more; --all" in line for line in lines)


def test_report_is_by_severity_then_rule() -> None:
    """Violations come first, each rule with its count and what to do, then warnings, what was not run, and the sums."""
    text = "\n".join(report_lines(_report(1)))

    assert text.index("1 violation") < text.index("shape labelEn (1)") < text.index("to do: add it")
    assert text.index("jobs.ttl:1  job/metier-1") < text.index("1 warning")
    assert text.endswith("not run: passages: no texts\n2 gates run: 1 violation, 1 warning, 0 infos")


def test_valid_project_exits_with_0(small: Project) -> None:
    """Without a violation the command succeeds, and says how many gates ran."""
    result = _validate(small, "--gate", "skos", "--gate", "style")

    assert (0, "3 gates run: 0 violations, 0 warnings, 0 infos\n") == (result.exit_code, result.stdout)


def test_violation_exits_with_1(small: Project) -> None:
    """A violation fails the command; the report says file and line, what was found and what to do."""
    file = small.data / "all.ttl"
    file.write_text(
        file.read_text(encoding="utf-8") + 'job:chimiste skos:prefLabel "Chimiste 2"@fr .\n', encoding="utf-8"
    )
    result = _validate(small, "--gate", "skos")

    assert 1 == result.exit_code
    assert "check one-preferred-label-per-language (1)" in result.stdout
    assert "to do: keep one as skos:prefLabel and make the other a skos:altLabel" in result.stdout


def test_warning_exits_with_0(small: Project) -> None:
    """Warnings alone are told and do not fail the command."""
    ontology = small.ontology / "metiers.ttl"
    told = "mkg:zz a owl:ObjectProperty ; rdfs:domain mkg:Job ."
    ontology.write_text(ontology.read_text(encoding="utf-8") + told, encoding="utf-8")
    result = _validate(small, "--gate", "unused-terms")

    assert 0 == result.exit_code
    assert "mkg:zz" in result.stdout


def test_report_as_json(small: Project) -> None:
    """--format json gives each finding with its parts, and the gates that ran and did not."""
    file = small.data / "all.ttl"
    file.write_text(file.read_text(encoding="utf-8") + "job:x a mkg:Job ,, .\n", encoding="utf-8")
    told = json.loads(_validate(small, "--format", "json", "--gate", "skos").stdout)

    assert (False, 1) == (told["passes"], told["counts"]["violation"])
    assert {"gate": "skos", "reason": "a data file could not be read"} in told["notRun"]
    assert ("files", "all.ttl") == (told["findings"][0]["gate"], told["findings"][0]["file"])


def test_owl_dl_without_java_says_what_to_install(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """--owl-dl where there is no Java is a usage error that names the package, told before anything is run."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    result = _validate(small, "--owl-dl")

    assert 2 == result.exit_code
    assert "--owl-dl needs Java (on Debian: apt-get install default-jre-headless)" in " ".join(result.stderr.split())


def test_unknown_gate_exits_with_1(small: Project) -> None:
    """A gate that there is not is told with those that there are."""
    result = _validate(small, "--gate", "skoss")

    assert 1 == result.exit_code
    assert "--gate: found 'skoss', expected one of files, profile" in result.stderr


def test_validate_writes_nothing(small: Project) -> None:
    """Validation leaves no folder."""
    before = sorted(path for path in small.root.rglob("*"))
    _validate(small, "--gate", "checks")

    assert before == sorted(path for path in Path(small.root).rglob("*"))
