"""Earlier releases are kept when graph or queries change."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.build.releases import KEEP, keep_limit
from metiers_kg.build.run import build_graph
from metiers_kg.errors import InputError
from metiers_kg.project import Project
from metiers_kg.store.releases import data_version, find_kept, query_hashes, releases_folder

QUERY = "SELECT ?job { ?job a <https://w3id.org/metiers-kg/ontology#Job> } ORDER BY ?job\n"


def _rename(project: Project, name: str) -> None:
    file = project.data / "all.ttl"
    text = file.read_text(encoding="utf-8")
    before = text.partition('skos:prefLabel "Chimiste')[2].partition('"')[0]
    file.write_text(text.replace(f'"Chimiste{before}"@fr', f'"Chimiste{name}"@fr'), encoding="utf-8")


def _version(project: Project) -> str:
    manifest = build_graph(project).manifest
    return data_version(manifest, query_hashes(project.queries))


def test_replaced_release_is_kept(small: Project) -> None:
    """A build with other data keeps graph, queries and report of the one before, under its version."""
    first = _version(small)
    dump = (small.build / "metiers.nq").read_bytes()
    _rename(small, " industriel")
    build_graph(small)
    kept = find_kept(small.build)[first]

    assert dump == (kept.folder / "metiers.nq").read_bytes() != (small.build / "metiers.nq").read_bytes()
    assert {"manifest.json", "metiers.nq", "queries", "release.json", "report.json", "unstated.nq"} == {
        path.name for path in kept.folder.iterdir()
    }


def test_changed_query_is_another_release(small: Project) -> None:
    """A query that changes is a release of its own, though the graph stays; the release before has the query as it was."""
    (small.queries / "jobs.rq").write_text(QUERY)
    first = _version(small)
    (small.queries / "jobs.rq").write_text(QUERY.replace("?job {", "DISTINCT ?job {"))

    assert build_graph(small).was_current
    assert [first] == list(find_kept(small.build))
    assert QUERY == (find_kept(small.build)[first].folder / "queries" / "jobs.rq").read_text()
    assert query_hashes(small.queries) == query_hashes(small.build / "queries")


def test_same_release_is_not_kept(small: Project) -> None:
    """Built again from the same, or with nothing to do, there is nothing to keep."""
    build_graph(small)
    build_graph(small, force=True)
    build_graph(small)

    assert not releases_folder(small.build).exists()


def test_only_the_last_are_kept(small: Project) -> None:
    """The oldest go once there are more than asked for; a release that is built again is not kept beside itself."""
    versions = []
    for name in ("", " un", " deux", " trois"):
        _rename(small, name)
        built = build_graph(small, keep=2)
        versions.append(data_version(built.manifest, query_hashes(small.queries)))
    assert [versions[2], versions[1]] == list(find_kept(small.build))

    _rename(small, " deux")
    build_graph(small, keep=2)
    assert [versions[3], versions[1]] == list(find_kept(small.build))


def test_none_is_kept_when_none_is_wanted(small: Project) -> None:
    """Asked to keep none, a build keeps none and drops those there are."""
    for number, name in enumerate(("", " un", " deux")):
        _rename(small, name)
        build_graph(small, keep=0 if number == 2 else 3)

    assert {} == find_kept(small.build)


def test_limit_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """METIERS_KG_KEEP says how many, and a value that is no number is told."""
    monkeypatch.delenv("METIERS_KG_KEEP", raising=False)
    assert KEEP == keep_limit()
    monkeypatch.setenv("METIERS_KG_KEEP", "7")
    assert 7 == keep_limit()
    monkeypatch.setenv("METIERS_KG_KEEP", "many")
    with pytest.raises(InputError, match="METIERS_KG_KEEP: found 'many'"):
        keep_limit()


def test_half_kept_release_is_not_found(tmp_path: Path) -> None:
    """What a killed build left of a release is not one."""
    build = tmp_path / "build"
    (releases_folder(build) / ".0123456789ab.partial-x" / "queries").mkdir(parents=True)
    (releases_folder(build) / "0123456789ab").mkdir()

    assert {} == find_kept(build)
