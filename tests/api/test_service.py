"""Opening what the build has written."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.api import Service
from metiers_kg.errors import NotBuiltError
from metiers_kg.project import Project


def test_not_built(tmp_path: Path) -> None:
    """Without a manifest there is no built graph."""
    with pytest.raises(NotBuiltError, match="metiers-kg build"):
        Service.open(Project(root=tmp_path, build=tmp_path / "build"))


def test_broken_manifest(tmp_path: Path) -> None:
    """A manifest that cannot be read is no built graph."""
    (tmp_path / "manifest.json").write_text("{")

    with pytest.raises(NotBuiltError, match="metiers-kg build"):
        Service.open(Project(root=tmp_path, build=tmp_path))


def test_graphs(service: Service) -> None:
    """The service knows its graphs and their sizes."""
    assert service.graphs["https://w3id.org/metiers-kg/graph/inferred"] == 3
    assert len(service.fingerprint) == 64
