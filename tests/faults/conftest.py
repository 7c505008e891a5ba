"""A small project to break, its build made once, the command as a person runs it, and a record of the long runs."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from metiers_kg.build.run import build_graph
from metiers_kg.project import Project
from tests.conftest import ROOT, TINY

ESCO = ROOT / "tests" / "sources" / "esco" / "two-versions"
RECORD = ROOT / "benchmarks" / "faults.json"

JOBS = """\
#+ summary: All jobs
#+ title: {fr: "Les métiers", en: "The jobs"}
#+ description: {fr: "Tous.", en: "All."}
#+ tags: [jobs]
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?job ?name WHERE { ?job a mkg:Job ; skos:prefLabel|skos:altLabel ?name } ORDER BY ?job ?name
"""

COMPETENCES = """\
#+ summary: Competences of a job
#+ title: {fr: "Compétences d’un métier", en: "Competences of a job"}
#+ description: {fr: "Les compétences.", en: "The competences."}
#+ tags: [jobs]
#+ params:
#+   job: {label: {fr: Métier, en: Job}, type: iri, class: mkg:Job, required: true, example: chimiste}
#+   least: {label: {fr: Minimum, en: Minimum}, type: integer, minimum: 0, maximum: 9, default: 0}
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
SELECT ?competence (COUNT(DISTINCT ?other) AS ?others) WHERE {
  VALUES ?_least_integer { 0 }
  ?_job_iri mkg:requiresCompetence ?competence . ?other mkg:requiresCompetence ?competence
} GROUP BY ?competence ?_least_integer HAVING (COUNT(DISTINCT ?other) >= ?_least_integer) ORDER BY ?competence
"""


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a command: this one, without what names other folders than a test's own."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("METIERS_KG_")}
    return ours | {"PYTHONPATH": str(ROOT / "src")} | more


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a project, as a person would."""
    command = [sys.executable, "-m", "metiers_kg", "--root", str(project.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment(), check=False)


@contextmanager
def serving(
    project: Project, *options: str, descriptors: tuple[int, int] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a project at a free port, with so many descriptors (soft and hard limit); give the process and address."""
    limited = "" if descriptors is None else f"import resource as r; r.setrlimit(r.RLIMIT_NOFILE, {descriptors});"
    program = f"{limited}from metiers_kg.cli import main; main()"
    command = [sys.executable, "-c", program, "--root", str(project.root), "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            address = process.stdout.readline().strip()
            assert address, process.stderr.read()
            yield process, address
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def ask(address: str, path: str, timeout: float = 30) -> tuple[bytes, str]:
    """Return the body and the data version of an answer."""
    with urllib.request.urlopen(f"{address}{path}", timeout=timeout) as response:  # noqa: S310  the address is our own
        return response.read(), response.headers.get("X-Data-Version", "")


def say(project: Project, text: str) -> None:
    """Give the one job of a small project another name, so that the next build is another release."""
    lines = f'job:chimiste skos:altLabel "{text}"@fr .\n'
    (project.data / "all.ttl").write_text(TINY + lines, encoding="utf-8")


@pytest.fixture(scope="package", autouse=True)
def _without_texts() -> Iterator[None]:
    """The texts of the real sources are not those of small projects."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("METIERS_KG_TEXTS", raising=False)
        yield


@pytest.fixture(scope="package")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project that is built, to be copied."""
    root = tmp_path_factory.mktemp("prepared") / "project"
    shutil.copytree(ROOT / "ontology", root / "ontology")
    shutil.copytree(ROOT / "queries" / "checks", root / "queries" / "checks")
    (root / "queries" / "jobs.rq").write_text(JOBS, encoding="utf-8")
    (root / "queries" / "competences.rq").write_text(COMPETENCES, encoding="utf-8")
    (root / "data").mkdir()
    (root / "data" / "all.ttl").write_text(TINY, encoding="utf-8")
    project = Project.find(root, root / "build")
    build_graph(project)
    return project


@pytest.fixture
def own(prepared: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the small project, with its build."""
    for name in [name for name in os.environ if name.startswith("METIERS_KG_")]:
        monkeypatch.delenv(name)
    root = tmp_path / "own"
    shutil.copytree(prepared.root, root)
    return Project.find(root, root / "build")


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount something at *folder*; skip the test where this machine does not let us."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs to mount a file system, which takes root")
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep the numbers of a long run in benchmarks/faults.json, under the name of the test."""

    def keep(**numbers: Any) -> None:
        told = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.is_file() else {}
        told[request.node.originalname] = numbers | {
            "day": time.strftime("%Y-%m-%d", time.gmtime()),
            "python": platform.python_version(),
        }
        RECORD.write_text(json.dumps(told, indent=2, sort_keys=True) + "\n", encoding="utf-8")

    return keep
