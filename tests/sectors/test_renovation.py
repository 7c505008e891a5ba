from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from metiers_kg.build.gates import GATES, run_gates
from metiers_kg.build.run import build_graph
from metiers_kg.cli.main import main
from metiers_kg.errors import DataError
from metiers_kg.project import Project
from metiers_kg.vocabulary import BASE, ONTOLOGY, graph_iri
from tests.conftest import ROOT
from tests.sectors.conftest import SECTOR, Ask

INSTALLER = "installateur-de-pompes-a-chaleur"
ADVISER = "conseiller-en-renovation-energetique"
SLOW = {"shapes", "shapes-are-shacl", "every-class-has-a-shape", "owl-dl"}
"""What a build asks, or what is asked of the second sector alone."""
SHARED = {"Communication", "Electromechanics", "Knowledge of the regulations", "Maintenance"}


def triples(project: Project, *names: str) -> set[str]:
    """Return the lines of the named graphs of a built project."""
    ends = tuple(f" <{graph_iri(name)}> ." for name in names)
    lines = (project.build / "metiers.nq").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line.endswith(ends)}


def run(project: Project, *arguments: str) -> str:
    """Run the command on a project; give what it prints."""
    result = CliRunner().invoke(main, ["--root", str(project.root), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_sector_alone_needs_no_ontology_and_no_queries(alone: Project) -> None:
    """A project with a folder of data alone is built by the terms and asked the questions that come with the code."""
    inputs = json.loads((alone.build / "manifest.json").read_text(encoding="utf-8"))["inputs"]

    assert not (alone.root / "ontology").exists()
    assert not (alone.root / "queries").exists()
    assert {f"data/renovation/{path.name}" for path in SECTOR.glob("*.*")} <= set(inputs)


def test_validation_is_quiet(alone: Project) -> None:
    """Every gate passes without a warning on the second sector alone, the passages against its own text too."""
    report = run_gates(alone)

    assert [] == [str(finding) for finding in report.findings]
    assert "passages" in {ran.gate for ran in report.ran}


def test_validation_of_both_is_quiet(both: Project) -> None:
    """The gates that a build does not ask pass without a warning on both sectors."""
    report = run_gates(both, only=[gate.name for gate in GATES if gate.name not in SLOW])

    assert [] == [str(finding) for finding in report.findings]


@pytest.mark.parametrize(
    ("query", "values", "column", "expected"),
    [
        (
            "job-competences",
            {"job": INSTALLER},
            "competenceLabel",
            {
                "Building thermal physics",
                "Electromechanics",
                "Heat pump installation",
                "Maintenance",
                "Remote adjustment",
            },
        ),
        (
            "competence-gap",
            {"from": INSTALLER, "to": ADVISER},
            "competenceLabel",
            {"Building thermal physics", "Communication", "Energy audit", "Knowledge of the regulations"},
        ),
        ("figures", {"indicator": "Installers at work"}, "value", {1200}),
        (
            "factors-by-domain",
            {},
            "factorLabel",
            {
                "Ban on oil-fired boilers",
                "Digital building passport",
                "Energy performance rules",
                "Remotely controlled heat pumps",
            },
        ),
        ("jobs-under-two-domains", {}, "jobLabel", {"Energy renovation adviser", "Heat pump installer"}),
        (
            "jobs-touched-by-factor",
            {"factor": "Energy performance rules"},
            "jobLabel",
            {"Energy renovation adviser", "Heat pump installer"},
        ),
        (
            "jobs-by-evolution",
            {"subSector": "sub-sector/renovation-energetique"},
            "jobLabel",
            {"Energy renovation adviser", "Heat pump installer"},
        ),
        ("job-evolution", {"job": INSTALLER}, "horizonLabel", {"By 2030"}),
        ("nearest-jobs", {"job": INSTALLER}, "otherLabel", {"Energy renovation adviser"}),
        ("sources", {}, "statements", {26}),
        ("sub-sectors", {}, "subSectorLabel", {"Energy renovation", "Heating", "Insulation"}),
        ("job-links", {"job": "Poseur en isolation thermique"}, "scheme", {"esco", "isco", "rome"}),
    ],
)
def test_saved_queries_answer_with_its_rows(
    ask_alone: Ask, query: str, values: dict[str, str], column: str, expected: set[object]
) -> None:
    """The saved queries, as they are, answer of the second sector what its text says."""
    assert expected == {row[column] for row in ask_alone(query, **values)}


def test_explanation_goes_down_to_its_passage(both: Project) -> None:
    """What links jobs of two sectors is explained by passages of the texts of both."""
    told = run(both, "explain", f"job/{INSTALLER}", "mkg:sharesCompetenceWith", "Technicien de maintenance")

    assert "Rénovation 2026, 2, l. 21 : « Il doit connaître l’électromécanique »" in " ".join(told.split())
    assert "Forem 2013, 4.1-ei" in told


def test_jobs_of_two_sectors_are_compared(both: Project) -> None:
    """A job of one sector is compared with a job of the other, each competence with the passage of its sector."""
    told = " ".join(run(both, "overlap", INSTALLER, "Technicien de maintenance", "--lang", "en").split())

    assert "Shared (1) - Electromechanics Heat pump installer: essential, explicit (Renovation 2026, 2, l. 21)" in told
    assert "Maintenance technician: essential, explicit (Forem 2013, 4.1-ei, l. 898-900)" in told


def test_query_by_sub_sector_keeps_to_its_sector(ask_both: Ask) -> None:
    """A question on a sub-sector of one sector gets no job of the other."""
    heating = ask_both("jobs-by-evolution", subSector="sub-sector/renovation-energetique")
    chemistry = ask_both("jobs-by-evolution", subSector="sub-sector/industrie-chimique-et-pharmaceutique")
    renovated = {"Energy renovation adviser", "Heat pump installer"}

    assert renovated == {row["jobLabel"] for row in heating}
    assert chemistry
    assert not renovated & {row["jobLabel"] for row in chemistry}


def test_what_is_said_of_a_sector_is_not_touched_by_another(built_here: Project, alone: Project, both: Project) -> None:
    """Data and links of both sectors are those of each, no more and no less."""
    for name in ("data", "links"):
        assert triples(built_here, name) | triples(alone, name) == triples(both, name)


def test_two_sectors_meet_in_shared_competences_only(built_here: Project, alone: Project, both: Project) -> None:
    """Beside what is concluded of each, only what goes through a shared competence is, between one sector and the other."""
    apart = triples(built_here, "inferred") | triples(alone, "inferred")
    together = triples(both, "inferred")
    met = [line.split(" ")[:3] for line in together - apart]
    through = {"sharesCompetenceWith", "sharesKindOfCompetenceWith", "indirectlyExposedTo"}
    renovation = {line.split(" ", 1)[0] for line in triples(alone, "data")}
    chemistry = {line.split(" ", 1)[0] for line in triples(built_here, "data")}

    assert not apart - together
    assert met
    assert {f"<{ONTOLOGY}{name}>" for name in through} >= {predicate for _, predicate, _ in met}
    assert all(len({subject, other} & renovation - chemistry) == 1 for subject, _, other in met)


def test_shared_competences_rest_on_texts_of_both_sectors(ask_both: Ask) -> None:
    """A competence that two sectors ask for is one resource, with passages of the texts of both."""
    rows = ask_both("competences-in-several-sources")

    assert SHARED == {row["competenceLabel"] for row in rows if row["source"] == f"{BASE}source/renovation-2026"}


def test_wrong_quote_is_told_with_file_and_line(tmp_path: Path) -> None:
    """A text that lies beside its data is compared with them without being named, and the fault tells folder and line."""
    shutil.copytree(SECTOR, tmp_path / "data" / "renovation")
    shutil.copy(ROOT / "data" / "dataset.ttl", tmp_path / "data")
    text = tmp_path / "data" / "renovation" / "texts" / "renovation-2026.txt"
    text.write_text(
        text.read_text(encoding="utf-8").replace("Il doit connaître", "Il devrait connaître"), encoding="utf-8"
    )

    with pytest.raises(DataError) as raised:
        build_graph(Project.find(tmp_path))

    assert "renovation/passages.ttl:" in str(raised.value.findings[0])


def test_texts_that_are_not_at_hand_are_named(both: Project) -> None:
    """Where the texts of one sector are at hand and those of the other are not, the report says whose quotes it left out."""
    report = run_gates(both, only=["passages"])

    assert ["files", "passages"] == [ran.gate for ran in report.ran]
    assert [True] == [one.reason.startswith("of ") and "renovation" not in one.reason for one in report.not_run]


def test_text_that_is_not_at_hand_is_not_asked_for(tmp_path: Path) -> None:
    """A sector whose text may not be passed on is valid without it."""
    shutil.copytree(SECTOR, tmp_path / "data" / "renovation", ignore=shutil.ignore_patterns("texts"))
    shutil.copy(ROOT / "data" / "dataset.ttl", tmp_path / "data")
    report = run_gates(Project.find(tmp_path), only=["passages"])

    assert ["passages"] == [gate.gate for gate in report.not_run]
