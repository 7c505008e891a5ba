"""``metiers-kg export`` and ``metiers-kg diff`` as their users type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from metiers_kg.project import Project

Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def environment(project: Project) -> dict[str, str]:
    """The environment of a user in a plain terminal, with the built graph of the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("METIERS_KG")}
    return {**kept, "METIERS_KG_BUILD": str(project.build), "COLUMNS": "120", "PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def exported(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """An export of N-Quads, and what the command said."""
    folder = tmp_path_factory.mktemp("export") / "release"
    return _run(environment, "export", "--format", "nquads", "--out", str(folder)), folder


def _run(environment: dict[str, str], *arguments: str) -> Run:
    command = [sys.executable, "-m", "metiers_kg", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_export_says_what_it_wrote(exported: tuple[Run, Path]) -> None:
    """The command names the folder, the version, the statements of each graph, the files and their size."""
    run, folder = exported

    assert (0, True, True) == (run.returncode, run.stdout.startswith(f"{folder}: release "), "overlap " in run.stdout)
    assert (folder / "metiers.nq").is_file()


def test_export_into_a_folder_of_others_is_refused(environment: dict[str, str], tmp_path: Path) -> None:
    """A folder that no export wrote is named, and left alone."""
    (tmp_path / "mine.txt").write_text("mine")
    run = _run(environment, "export", "--out", str(tmp_path))

    assert (1, True) == (run.returncode, "found something else, and left it alone" in run.stderr)
    assert ["mine.txt"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "--format", "xml"], "'xml' is not one of"),
        (["export", "--url", "e.org"], "expected an address that begins with https:// or http://"),
        (["diff"], "Missing argument 'OLD'"),
    ],
)
def test_wrong_usage_is_told(environment: dict[str, str], arguments: list[str], told: str) -> None:
    """What the command cannot take is usage, exit 2."""
    run = _run(environment, *arguments)

    assert (2, True) == (run.returncode, told in run.stderr)


def test_same_graph_has_no_difference(environment: dict[str, str], exported: tuple[Run, Path]) -> None:
    """An export and the build it was made of are the same, and so are all answers; that is success for a script."""
    run = _run(environment, "diff", str(exported[1]), "--exit-code", "--format", "json", "--no-queries")
    document = json.loads(run.stdout)

    assert (0, True, "none", None) == (
        run.returncode,
        document["isEmpty"],
        document["version"]["change"],
        document["queries"],
    )


def test_difference_is_told(environment: dict[str, str], exported: tuple[Run, Path], tmp_path: Path) -> None:
    """A label that is another in a copy is told as text, from and to, with the queries whose rows differ."""
    text = (exported[1] / "metiers.nq").read_text(encoding="utf-8")
    (tmp_path / "other.nq").write_text(text.replace('"Bioinformatician"@en', '"Bioinformatics scientist"@en'), "utf-8")
    run = _run(environment, "diff", str(exported[1]), str(tmp_path / "other.nq"), "--lang", "en", "--exit-code")

    assert 1 == run.returncode
    assert "label (en): “Bioinformatician” → “Bioinformatics scientist”" in run.stdout
    assert "QUERY job-search-names (job=job/bio-informaticien)" in run.stdout
    assert "  + Bioinformatics scientist | en | study | main-name" in run.stdout


def test_differences_are_success_unless_asked(
    environment: dict[str, str], exported: tuple[Run, Path], tmp_path: Path
) -> None:
    """Without --exit-code, two that differ are told with exit 0."""
    (tmp_path / "one.ttl").write_text(
        '<https://w3id.org/metiers-kg/job/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "A"@fr .'
    )
    run = _run(environment, "diff", str(tmp_path / "one.ttl"), str(exported[1]), "--no-queries", "--most", "1")

    assert (0, True, True) == (run.returncode, "… and 48 more" in run.stdout, "- A  <job/a>" in run.stdout)


def test_unknown_release_is_told(environment: dict[str, str]) -> None:
    """What names no release is told with what would."""
    run = _run(environment, "diff", "yesterday")

    assert (1, True) == (run.returncode, "error: found 'yesterday', expected a build folder" in run.stderr)
