from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("sklearn")

from metiers_kg.cli import main
from metiers_kg.project import Project
from tests.links.conftest import CLOSE, COLUMNS, HEADER
from tests.links.test_proposing import GRAPHS


@pytest.fixture
def imported(small: Project) -> Project:
    """A small project with small imports."""
    for name, lines in GRAPHS.items():
        folder = small.imports / name
        folder.mkdir(parents=True)
        (folder / "graph.nt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return small


def test_proposals_are_sssom(imported: Project) -> None:
    """`align esco` prints proposals as SSSOM/TSV, and tells their number apart."""
    result = CliRunner().invoke(main, ["--root", str(imported.root), "align", "esco"])

    assert result.exit_code == 0
    assert "job:chimiste\tChimiste\tskos:exactMatch\tesco_occupation:a1" in result.stdout
    assert "candidates for 1 jobs" in result.stderr


def test_own_list_goes_to_a_file(imported: Project, tmp_path: Path) -> None:
    """`align esco --terms … --out …` proposes for a list, and writes the file."""
    terms, out = tmp_path / "terms.csv", tmp_path / "out.sssom.tsv"
    terms.write_text("label\nMitron\n", encoding="utf-8")
    result = CliRunner().invoke(
        main, ["--root", str(imported.root), "align", "esco", "--terms", str(terms), "--out", str(out)]
    )

    assert result.exit_code == 0
    assert "esco_occupation:c3" in out.read_text(encoding="utf-8")


def test_nothing_to_propose_is_said(imported: Project) -> None:
    """Where every job is decided, that is said, and nothing is written."""
    (imported.data / "jobs-esco.sssom.tsv").write_text(HEADER + COLUMNS + CLOSE, encoding="utf-8")
    review = "skos:exactMatch\tsssom:NoTermFound\t"
    competences = (
        HEADER.replace(
            "#  job: https://w3id.org/metiers-kg/job/", "#  competence: https://w3id.org/metiers-kg/competence/"
        )
        + COLUMNS
        + f"competence:chimie\tChimie\t{review}\tsemapv:ManualMappingCuration\tAna\t2026-11-22\t0.90\tNone.\n"
    )
    (imported.data / "competences-esco.sssom.tsv").write_text(competences, encoding="utf-8")
    result = CliRunner().invoke(main, ["--root", str(imported.root), "align", "esco"])

    assert (0, "") == (result.exit_code, result.stdout)
    assert "every job and competence is decided for ESCO" in result.stderr


def test_missing_import_is_named(small: Project) -> None:
    """Without the vocabulary, the error names the import that is missing."""
    result = CliRunner().invoke(main, ["--root", str(small.root), "align", "rome"])

    assert result.exit_code == 1
    assert "run `metiers-kg import rome PATH…`" in result.stderr
