"""``metiers-kg explain`` as its user types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from metiers_kg.project import Project

Run = subprocess.CompletedProcess[str]
SHARED = ("Datamanager", "sharesCompetenceWith", "Biostatisticien")


@pytest.fixture(scope="module")
def environment(project: Project) -> dict[str, str]:
    """The environment of a user in a plain terminal, with the built graph of the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("METIERS_KG")}
    return {**kept, "METIERS_KG_BUILD": str(project.build), "COLUMNS": "120", "PYTHONUTF8": "1"}


def _explain(environment: dict[str, str], *arguments: str) -> Run:
    command = [sys.executable, "-m", "metiers_kg", "explain", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_text(environment: dict[str, str]) -> None:
    """The tree is printed, down to the passages; that there may be others is told apart from it."""
    run = _explain(environment, *SHARED, "--lang", "en")

    assert 0 == run.returncode
    assert "“Data manager” shares a competence with “Biostatistician”" == run.stdout.splitlines()[0]
    assert "Forem 2013, 4.3-bs, l. 1397-1398: “des compétences en matière statistique”" in run.stdout
    assert "--alternatives 5" in run.stderr


def test_alternatives(environment: dict[str, str]) -> None:
    """Others are given on demand."""
    run = _explain(environment, *SHARED, "--alternatives", "2", "--format", "json")

    assert 3 == len(json.loads(run.stdout)["explanations"])


@pytest.mark.parametrize(
    ("name", "start"), [("turtle", "@prefix"), ("nt", "<https://"), ("rdfxml", "<?xml"), ("jsonld", "[")]
)
def test_rdf(environment: dict[str, str], name: str, start: str) -> None:
    """RDF goes by the short names of the formats and by their usual ones."""
    run = _explain(environment, "Datamanager", "a", "skos:Concept", "--format", name)

    assert (0, True) == (run.returncode, run.stdout.startswith(start))


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("Datamanager", "requiresCompetence", "Biologie"), 1, "neither asserted nor inferred; what holds: "),
        (("Datamanagr", "a", "Job"), 1, "did you mean 'Datamanager'?"),
        ((*SHARED, "--format", "csv"), 1, "--format: found 'csv', expected one of text, json, ttl"),
        ((*SHARED, "--alternatives", "21"), 2, "21 is not in the range 0<=x<=20"),
        (SHARED[:2], 2, "Missing argument 'O'"),
    ],
)
def test_faults(environment: dict[str, str], arguments: tuple[str, ...], status: int, message: str) -> None:
    """What is wrong is told, with what would be right."""
    run = _explain(environment, *arguments)

    assert status == run.returncode
    assert message in run.stderr
    assert "" == run.stdout
