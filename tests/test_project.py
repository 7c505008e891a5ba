"""Where a project's folders are."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg import project
from metiers_kg.errors import InputError
from metiers_kg.project import Project


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder is named by the environment."""
    for name in ("ROOT", "BUILD", "IMPORTS"):
        monkeypatch.delenv(f"METIERS_KG_{name}", raising=False)


def test_imports_are_in_the_project(tmp_path: Path) -> None:
    """In a repository the imported vocabularies are in imports/."""
    (tmp_path / "ontology").mkdir()

    assert tmp_path / "imports" == Project.find(tmp_path).imports


def test_imports_are_beside_the_build_where_the_package_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package folder is not written to: the imports are beside the build folder."""
    monkeypatch.setattr(project, "_INSTALLED", tmp_path / "package")

    assert tmp_path / "metiers-kg-imports" == Project(tmp_path / "package", tmp_path / "metiers-kg-build").imports


def test_environment_names_the_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """METIERS_KG_IMPORTS goes before everything else."""
    monkeypatch.setenv("METIERS_KG_IMPORTS", str(tmp_path / "mine"))

    assert tmp_path / "mine" == Project(tmp_path, tmp_path / "build").imports


def test_project_may_have_data_alone(tmp_path: Path) -> None:
    """Terms and questions of a project that has data alone are those that come with the code."""
    (tmp_path / "data").mkdir()
    found = Project.find(tmp_path)

    assert (tmp_path / "data", tmp_path / "build") == (found.data, found.build)
    assert (Project.find().ontology, Project.find().queries) == (found.ontology, found.queries)


def test_folder_without_data_or_ontology_is_no_project(tmp_path: Path) -> None:
    """A folder that is named and holds nothing of a project is refused."""
    with pytest.raises(InputError, match="expected a folder with data/, ontology/ and queries/"):
        Project.find(tmp_path)
