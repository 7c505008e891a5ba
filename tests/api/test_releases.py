"""Answers from releases that a build has kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from metiers_kg.api import Service, create_app
from metiers_kg.build.releases import add_queries, keep_replaced
from metiers_kg.project import Project
from metiers_kg.store.releases import releases_folder

PATH = "/queries/jobs/results"


@pytest.fixture(scope="module")
def renewed(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, dict[str, bytes], str]]:
    """Ask a small project, renew its graph and a query, and give what asks it then, what it said, and its version then."""
    root = tmp_path_factory.mktemp("renewed")
    shutil.copytree(project.root, root / "project")
    aside = Project(root=root / "project", build=root / "build")
    shutil.copytree(project.build, aside.build)
    shutil.copyfile(aside.build / "graph.nq", aside.build / "metiers.nq")
    _tell(aside.build, "one")
    add_queries(aside, aside.build)
    before = Service.open(aside, workers=1)
    client = TestClient(create_app(before))
    said = {
        path: client.get(path).content
        for path in (*(f"{PATH}.{form}?lang=en" for form in ("csv", "srj", "json", "xlsx")), "/queries/jobs.rq")
    }
    before.close()

    new = root / "new"
    new.mkdir()
    graph = (aside.build / "metiers.nq").read_text().replace('"Biostatistician"@en', '"Statistician"@en')
    (new / "metiers.nq").write_text(graph)
    _tell(new, "two")
    query = aside.queries / "jobs.rq"
    query.write_text(query.read_text().replace("#+ summary: All jobs", "#+ summary: Every job"))
    add_queries(aside, new)
    keep_replaced(aside.build, new, 3)
    for path in ("metiers.nq", "manifest.json"):
        (aside.build / path).unlink()
        shutil.copyfile(new / path, aside.build / path)
    after = Service.open(aside, workers=1)
    yield TestClient(create_app(after), raise_server_exceptions=False), said, before.data_version
    after.close()


def _tell(build: Path, digest: str) -> None:
    (build / "manifest.json").write_text(json.dumps({"outputs": {"metiers.nq": digest}, "triples": 9}))


def test_kept_release_gives_the_same_bytes(renewed: tuple[TestClient, dict[str, bytes], str]) -> None:
    """Named, an earlier release gives the bodies it gave, and the query's file as it was; unnamed, the new one answers."""
    client, said, version = renewed
    again = {path: client.get(f"{path}{'&' if '?' in path else '?'}version={version}") for path in said}

    assert said == {path: answer.content for path, answer in again.items()}
    assert {version} == {answer.headers["x-data-version"] for answer in again.values()}
    assert all(client.get(path).content != body for path, body in said.items())


def test_releases_are_listed(renewed: tuple[TestClient, dict[str, bytes], str]) -> None:
    """The list has the release that is served, and those that are kept."""
    client, _, version = renewed
    listed = client.get("/releases").json()

    assert [version] == [release["version"] for release in listed["kept"]]
    assert client.get(PATH).headers["x-data-version"] == listed["current"]["version"]


def test_current_version_may_be_named(renewed: tuple[TestClient, dict[str, bytes], str]) -> None:
    """The version that is served may be named, and is no other answer."""
    client, _, _ = renewed
    plain = client.get(f"{PATH}.csv")

    assert plain.content == client.get(f"{PATH}.csv?version={plain.headers['x-data-version']}").content


def test_version_that_is_not_kept(
    renewed: tuple[TestClient, dict[str, bytes], str], assert_problem: Callable[[Response, int, str], dict[str, object]]
) -> None:
    """A version that is not kept is a problem that names those that are; what is no version is refused with them too."""
    client, _, version = renewed
    problem = assert_problem(client.get(f"{PATH}?version=000000000000"), 404, "unknown-version")
    refused = assert_problem(client.get(f"{PATH}?version=latest"), 422, "parameters")

    assert version in problem["available"]  # type: ignore[operator]
    assert version in refused["errors"][0]["allowed"]  # type: ignore[index]


def test_damaged_release_is_not_offered(renewed: tuple[TestClient, dict[str, bytes], str], tmp_path: Path) -> None:
    """A kept folder whose queries were changed is not the release of its name any more."""
    from metiers_kg.store.releases import find_kept

    build = tmp_path / "build"
    kept = releases_folder(build) / "0123456789ab"
    (kept / "queries").mkdir(parents=True)
    (kept / "release.json").write_text("{}")
    _tell(kept, "one")

    assert {} == find_kept(build)
