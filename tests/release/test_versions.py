"""The version is one, wherever it is told, and the changelog knows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.errors import InputError
from metiers_kg.project import Project
from metiers_kg.release.levels import Reason, judge
from metiers_kg.release.versions import Version, check_versions
from tests.conftest import ROOT

CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-12-01\n"


def test_version_and_changelog_agree() -> None:
    """Ontology, data, code and changelog of this repository tell one version."""
    assert [] == check_versions(Project.find(ROOT))


@pytest.fixture
def released(small: Project) -> Project:
    """A project whose version 0.1.0 is released, with a dataset that says so."""
    (small.root / "CHANGELOG.md").write_text(CHANGELOG)
    (small.data / "dataset.ttl").write_text(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n"
        '<https://w3id.org/metiers-kg/source/dataset> dcat:version "0.1.0" ; dcterms:modified "2026-12-01" .\n'
    )
    return small


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_released_version_is_well(released: Project) -> None:
    """A version with its section, and its date in the data, is well."""
    assert [] == check_versions(released)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("ontology/metiers.ttl", "ontology/0.1.0>", "ontology/0.1>", "owl:versionIRI"),
        (
            "ontology/metiers.ttl",
            'owl:versionInfo "0.1.0"',
            'owl:versionInfo "0.1"',
            "expected a version of three numbers",
        ),
        ("data/dataset.ttl", 'dcat:version "0.1.0"', 'dcat:version "0.2.0"', "dcat:version"),
        ("data/dataset.ttl", "2026-12-01", "2026-12-02", "dcterms:modified"),
        ("CHANGELOG.md", "## 0.1.0 ", "## 0.2.0 ", "0.2.0 is released"),
        ("CHANGELOG.md", "## Unreleased\n\n## 0.1.0 - 2026-12-01\n", "", "has no section"),
        ("CHANGELOG.md", "2026-12-01\n", "2026-12-01\n\n## 0.0.9 - 2026-11-01\n", "owl:priorVersion"),
    ],
)
def test_disagreement_is_told(released: Project, file: str, old: str, new: str, told: str) -> None:
    """Each place that tells another version is named, with what would be right."""
    _change(released.root / file, old, new)

    assert any(told in str(finding) for finding in check_versions(released))


def test_prior_version_is_that_of_the_changelog(released: Project) -> None:
    """An ontology that follows a released one names it."""
    _change(released.root / "CHANGELOG.md", "2026-12-01\n", "2026-12-01\n\n## 0.0.9 - 2026-11-01\n")
    _change(
        released.root / "ontology" / "metiers.ttl",
        'owl:versionInfo "0.1.0" ;',
        'owl:versionInfo "0.1.0" ; owl:priorVersion <https://w3id.org/metiers-kg/ontology/0.0.9> ;',
    )

    assert [] == check_versions(released)


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.2.3-rc1"])
def test_what_is_no_version_is_told(text: str) -> None:
    """Only three numbers without leading noughts are a version."""
    with pytest.raises(InputError, match="three numbers"):
        Version.parse(text)


def test_version_that_is_raised_enough_is_enough() -> None:
    """The verdict compares numbers, not texts."""
    assert judge([Reason("patch", "")], "0.9.9", "0.9.10").is_enough
