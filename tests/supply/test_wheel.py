"""Wheel and sdist: the same bytes from the same files, with all that is needed and nothing else, ready to run."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

TAKEN = ("src", "ontology", "data", "queries", "tests", "tools", "docs", ".ci", "changes", "assets")
"""The folders that matter here; others of the sdist are read in the same way."""


def build(folder: Path, mtime: int) -> list[Path]:
    """Copy the project into *folder*, all files of one date, and build it; return what was built."""
    folder.mkdir(parents=True)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
        elif path.name in TAKEN:
            shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    fetched = folder / "assets" / "node_modules" / "d3.js"
    fetched.parent.mkdir()
    fetched.write_text("")
    stale = folder / "src" / "metiers_kg" / "__pycache__" / "project.cpython-311.pyc"
    stale.parent.mkdir()
    stale.write_bytes(bytes([mtime % 256]))
    for path in folder.rglob("*"):
        os.utime(path, (mtime, mtime))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder / "dist")]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return sorted((folder / "dist").iterdir())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[list[Path]]:
    """Wheel and sdist, built twice: in two folders, from files of two dates."""
    return [
        build(tmp_path_factory.mktemp("one") / "here", 1_600_000_000),
        build(tmp_path_factory.mktemp("two") / "a longer way" / "there", 1_750_000_001),
    ]


def test_same_files_give_the_same_bytes(built: list[list[Path]]) -> None:
    """Neither the place nor the dates of the files change wheel or sdist."""
    one, two = ([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths] for paths in built)

    assert 2 == len(one)
    assert one == two


def test_wheel_has_what_is_needed_and_nothing_else(built: list[list[Path]]) -> None:
    """The wheel has code, ontology, data, queries, templates, texts and bundles; no tests, no caches, no tools."""
    names = zipfile.ZipFile(next(path for path in built[0] if path.suffix == ".whl")).namelist()
    own = [name for name in names if not name.startswith("metiers_kg-")]
    project = "metiers_kg/_project/"
    needed = [
        *(
            f"{project}{path.relative_to(ROOT).as_posix()}"
            for name in ("ontology", "data", "queries")
            for path in files(name)
        ),
        *(path.relative_to(ROOT / "src").as_posix() for path in files("src") if path.suffix != ".pyc"),
    ]

    assert sorted(needed) == sorted(own)
    assert {
        "metiers_kg/web/templates/base.html",
        "metiers_kg/web/texts/pages.toml",
        "metiers_kg/web/static/built/page.js",
        "metiers_kg/web/static/built/LICENCES.txt",
        f"{project}ontology/metiers.ttl",
    } <= set(own)


def files(name: str) -> list[Path]:
    """Return the files below a folder of the project."""
    return [path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_sdist_has_what_a_developer_needs(built: list[list[Path]]) -> None:
    """From the sdist the project can be set up, tested and built, without Node.js too: the bundles are in it."""
    with tarfile.open(next(path for path in built[0] if path.suffix == ".gz")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {
        "Makefile",
        "uv.lock",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CITATION.cff",
        ".ci/run",
        "tests/conftest.py",
        "hatch_build.py",
        "assets/package-lock.json",
        "src/metiers_kg/web/static/built/page.js",
    } <= names
    left_out = (".venv", "build/", "assets/node_modules")
    assert not {name for name in names if name.endswith(".pyc") or name.startswith(left_out)}


def test_wheel_without_scripts_is_refused(tmp_path: Path) -> None:
    """Where the scripts of the pages were not bundled, nothing is built, and what to do is told."""
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "src" / "metiers_kg").mkdir(parents=True)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 1 == done.returncode
    assert "page.js: not found; `make assets` bundles the scripts of the pages" in done.stdout + done.stderr
    assert not list(tmp_path.glob("dist/*"))


def test_installed_wheel_lists_builds_and_asks(built: list[list[Path]], tmp_path: Path) -> None:
    """Installed away from the sources, the command lists the questions, builds data of somebody's own, and answers."""
    python = install(next(path for path in built[0] if path.suffix == ".whl"), tmp_path / "venv")
    root = tmp_path / "mine"
    shutil.copytree(ROOT / "tests" / "sectors" / "renovation", root / "data" / "renovation")
    shutil.copy(ROOT / "data" / "dataset.ttl", root / "data")

    def run(*arguments: str) -> str:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("METIERS_KG_", "PYTHON"))
        }
        command = [str(python), "-m", "metiers_kg", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    where = subprocess.run(
        [str(python), "-c", "import metiers_kg; print(metiers_kg.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert str(tmp_path) in where.stdout
    assert "job-competences" in run("queries", "--format", "json")
    assert "triples" in run("--root", str(root), "build")
    assert "Audit énergétique" in run(
        "--root", str(root), "query", "job-competences", "-p", "job=Coach énergie", "--format", "csv"
    )


def install(wheel: Path, venv: Path) -> Path:
    """Install a wheel into a new environment that has this one's libraries and not its project; return its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    site = next((venv / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)  # noqa: S202 our own wheel; this is what an installer does with it
    # A path that a .pth file adds has its own .pth files left alone, the one of the editable project among them.
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return venv / "bin" / "python"
