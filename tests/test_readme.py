"""What the README shows is what the command prints."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import pytest

from metiers_kg.project import Project
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ \.venv/bin/metiers-kg (.*?)\n(.*?)```", README, flags=re.DOTALL)
LINES = re.findall(r"^\.venv/bin/metiers-kg (\w.*?)(?:  #.*)?$", README, flags=re.MULTILINE)


def _run(arguments: str, project: Project) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "METIERS_KG_BUILD": str(project.build), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "metiers_kg", *shlex.split(arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.mark.parametrize(("arguments", "shown"), EXAMPLES)
def test_answer_shown_is_the_real_one(arguments: str, shown: str, project: Project) -> None:
    """An answer in the README is the command's, to the letter."""
    assert shown == _run(arguments, project).stdout


@pytest.mark.parametrize("arguments", LINES)
def test_command_shown_works(arguments: str, project: Project) -> None:
    """A command in the README gives an answer."""
    run = _run(arguments, project)

    assert (run.returncode, bool(run.stdout.strip())) == (0, True)


def test_readme_counts_the_queries(project: Project) -> None:
    """The number of saved queries is the number of files."""
    assert f"the catalogue, {len(list(project.queries.glob('*.rq')))} questions" in README
