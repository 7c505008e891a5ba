"""The second sector, built alone and beside the first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from metiers_kg.build.run import build_graph
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, answer
from metiers_kg.store import Store
from tests.conftest import ROOT

SECTOR = Path(__file__).parent / "renovation"

Ask = Callable[..., list[dict[str, object]]]


@pytest.fixture(scope="session", autouse=True)
def no_environment() -> Iterator[None]:
    """Neither source texts nor imported vocabularies of this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("METIERS_KG_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of the second sector alone: a folder ``data/`` with the description of the whole, and nothing else."""
    root = tmp_path_factory.mktemp("alone")
    shutil.copytree(SECTOR, root / "data" / "renovation")
    shutil.copy(ROOT / "data" / "dataset.ttl", root / "data")
    project = Project.find(root)
    assert not build_graph(project).warnings
    return project


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The data of this repository with the second sector's folder put in."""
    root = tmp_path_factory.mktemp("both")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(SECTOR, root / "data" / "renovation")
    project = Project.find(root)
    assert not build_graph(project).warnings
    return project


def asking(project: Project) -> Ask:
    """Return what asks a saved query of a built project and gives its rows as records."""
    store = Store.open(project.build / "store")
    names, catalogue = Names(store), Catalogue.read(project.queries)

    def rows(name: str, *, asserted: bool = False, **values: str) -> list[dict[str, object]]:
        given = {key: [value] for key, value in values.items()}
        result = answer(store, names, catalogue.get_query(name), given, lang="en", asserted=asserted)
        assert result.table is not None
        return result.table.records()

    return rows


@pytest.fixture(scope="session")
def ask_alone(alone: Project) -> Ask:
    """Ask the second sector alone."""
    return asking(alone)


@pytest.fixture(scope="session")
def ask_both(both: Project) -> Ask:
    """Ask both sectors."""
    return asking(both)
