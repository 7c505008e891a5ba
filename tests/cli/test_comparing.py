"""``metiers-kg overlap`` and ``metiers-kg transitions`` as their users type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from metiers_kg.project import Project

Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def environment(project: Project) -> dict[str, str]:
    """The environment of a user in a plain terminal, with the built graph of the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("METIERS_KG")}
    return {**kept, "METIERS_KG_BUILD": str(project.build), "COLUMNS": "120", "PYTHONUTF8": "1"}


def _run(environment: dict[str, str], *arguments: str) -> Run:
    command = [sys.executable, "-m", "metiers_kg", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_nearest_jobs(environment: dict[str, str]) -> None:
    """The nearest job to the bio-informatician is the data manager; what both ask for stands below."""
    run = _run(environment, "overlap", "Bio-informaticien", "--limit", "1")

    assert (0, True, True) == (
        run.returncode,
        " 1. Datamanager" in run.stdout,
        "partagées (3): " in run.stdout and "Développement de bases de données" in run.stdout,
    )


def test_two_jobs(environment: dict[str, str]) -> None:
    """Two jobs compared show where a text says so."""
    run = _run(environment, "overlap", "datamanager", "Biostatisticien", "--lang", "en")

    assert "Data manager: essential, explicit (Forem 2013, 4.1-dat, l. 1197-1199; " in run.stdout


def test_clusters(environment: dict[str, str]) -> None:
    """The two jobs of clinical studies hang together by the organisation of clinical studies."""
    run = _run(environment, "overlap", "--clusters", "--measure", "jaccard", "--threshold", "0.25", "--format", "json")

    groups = {
        tuple(job["label"] for job in group["jobs"]): group["ties"] for group in json.loads(run.stdout)["clusters"]
    }
    ties = groups["Clinical Research Associate (CRA)", "Clinical Trial Assistant (CTA)"]
    assert ["Organisation d’études cliniques"] == [tie["label"] for tie in ties]


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["--to", "bio-informaticien"], "training"),
        (["--from", "datamanager", "--threshold", "0.2"], "reachable"),
        (["--into", "Industrie pharmaceutique - biopharmacie"], "missing"),
    ],
)
def test_transitions(environment: dict[str, str], arguments: list[str], key: str) -> None:
    """Each question is answered with rows."""
    run = _run(environment, "transitions", *arguments, "--format", "json")

    assert json.loads(run.stdout)[key]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["overlap"], 2, "expected a JOB, two jobs, or --clusters alone"),
        (["overlap", "Datamanager", "--clusters"], 2, "expected a JOB"),
        (["overlap", "Datamanageur"], 1, "did you mean"),
        (["overlap", "Datamanager", "--measure", "jacard"], 1, "parameter 'measure': found 'jacard', expected one of"),
        (["overlap", "Datamanager", "--limit", "0"], 1, "parameter 'limit': found '0'"),
        (["transitions"], 2, "expected one of --from JOB, --to JOB or --into SUB-SECTOR"),
        (["transitions", "--from", "Datamanager", "--threshold", "7"], 1, "parameter 'threshold': found '7'"),
        (["transitions", "--into", "Plasturgie"], 1, "expected the name, code or IRI of an instance of mkg:SubSector"),
    ],
)
def test_faults(environment: dict[str, str], arguments: list[str], code: int, told: str) -> None:
    """What is wrong is said with what would be right, and no traceback."""
    run = _run(environment, *arguments)

    assert (code, True, False) == (run.returncode, told in " ".join(run.stderr.split()), "Traceback" in run.stderr)


def test_esco_that_is_not_imported_is_told(environment: dict[str, str], project: Project) -> None:
    """Neighbours in ESCO where it is not imported: the command that imports it is named."""
    if (project.imports / "esco").is_dir():
        pytest.skip("ESCO is imported here")
    run = _run(environment, "overlap", "Datamanager", "--in", "esco")

    assert (1, True) == (run.returncode, "metiers-kg import esco" in run.stderr)
