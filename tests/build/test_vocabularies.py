"""Imported vocabularies beside the graph that is built."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from metiers_kg.build import vocabularies
from metiers_kg.build.inputs import is_current, read_manifest
from metiers_kg.build.run import build_graph
from metiers_kg.build.vocabularies import import_vocabulary
from metiers_kg.errors import DataError, InputError
from metiers_kg.project import Project
from metiers_kg.store import Store
from metiers_kg.vocabulary import graph_iri

EXAMPLES = Path(__file__).parents[1] / "sources"
ESCO = EXAMPLES / "esco" / "two-versions"
ROME = EXAMPLES / "rome" / "one-fiche"
CROSSWALK = EXAMPLES / "crosswalk" / "rome-to-esco"


@pytest.fixture
def built(small: Project) -> Project:
    """A small project with its graph built."""
    build_graph(small)
    return small


def _everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "store"
    }


def _graphs(project: Project) -> dict[str, int]:
    return {iri.rpartition("/")[2]: count for iri, count in Store.open(project.build / "store").graphs().items()}


def test_import_before_the_build_waits_for_it(small: Project) -> None:
    """An import without a built graph is kept, and the next build has it in a graph of its own."""
    done = import_vocabulary(small, "esco", [ESCO])
    build_graph(small)

    assert done.build is None
    assert done.report.counts["triples"] == _graphs(small)["esco"]
    assert is_current(small)


def test_import_brings_the_built_graph_up_to_date(built: Project) -> None:
    """After an import the built graph has the vocabulary in store, metiers.nq, metiers.nt and manifest, and is current."""
    before = _graphs(built)
    for name, path in (("esco", ESCO), ("rome", ROME), ("crosswalk", CROSSWALK)):
        assert import_vocabulary(built, name, [path]).build == built.build
    after, manifest = _graphs(built), read_manifest(built.build)

    others = {*vocabularies.VOCABULARIES, "overlap"}  # overlap is measured anew
    assert {k: v for k, v in before.items() if k not in others} == {k: v for k, v in after.items() if k not in others}
    assert manifest is not None
    assert {graph_iri(name): count for name, count in after.items()} == manifest["graphs"]
    assert "1.1.1" == manifest["imports"]["esco"]["version"]
    lines = (built.build / "metiers.nt").read_text(encoding="utf-8").splitlines()
    assert sorted(set(lines)) == lines
    assert sum(after.values()) >= len(lines) == manifest["triples"]
    assert is_current(built)


def test_import_gives_what_a_build_from_scratch_gives(built: Project) -> None:
    """Importing into a built graph and building after the import write the same bytes."""
    import_vocabulary(built, "esco", [ESCO])
    import_vocabulary(built, "rome", [ROME])
    grown = _everything(built.build)
    build_graph(built, force=True)
    fresh = _everything(built.build)

    assert grown.keys() == fresh.keys()
    differing = {name for name in grown if grown[name] != fresh[name]}
    assert differing <= {"report.json", "files.sha256"}  # how long it took, and the hash of that


def test_import_twice_changes_nothing(built: Project) -> None:
    """The same release again leaves imports and built graph untouched."""
    import_vocabulary(built, "esco", [ESCO])
    before, inode = _everything(built.root), os.stat(built.build).st_ino
    done = import_vocabulary(built, "esco", [ESCO])

    assert done.was_current
    assert before == _everything(built.root)
    assert inode == os.stat(built.build).st_ino


def test_import_replaces_its_own_graph_only(built: Project) -> None:
    """Another release takes the place of the first; the graphs of other vocabularies stay."""
    import_vocabulary(built, "esco", [ESCO])
    import_vocabulary(built, "rome", [ROME])
    before = _graphs(built)
    done = import_vocabulary(built, "esco", [path for path in ESCO.iterdir() if "v1.1.1" in path.name])
    after = _graphs(built)

    assert not done.was_current
    assert done.report.counts["triples"] == after.pop("esco") < before.pop("esco")
    assert before == after


def test_import_that_fails_leaves_everything(built: Project, tmp_path: Path) -> None:
    """A release that is refused leaves imports and built graph as they were, and nothing beside them."""
    import_vocabulary(built, "esco", [ESCO])
    before, beside = _everything(built.root), sorted(built.root.iterdir())
    (tmp_path / "release.zip").write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(InputError, match="not a whole zip"):
        import_vocabulary(built, "esco", [tmp_path / "release.zip"])

    assert before == _everything(built.root)
    assert beside == sorted(built.root.iterdir())


def test_import_that_cannot_be_stored_leaves_everything(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the store cannot be written, neither imports nor built graph change."""
    before = _everything(built.root)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "extend", full)
    with pytest.raises(InputError, match="the disk is full"):
        import_vocabulary(built, "esco", [ESCO])

    assert before == _everything(built.root)
    assert not (built.imports / "esco").exists()


def test_stale_graph_stays_stale(built: Project) -> None:
    """An import into a graph whose data have changed since does not pass it off as current."""
    data = built.data / "all.ttl"
    data.write_text(data.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    import_vocabulary(built, "rome", [ROME])

    assert "rome" in _graphs(built)
    assert not is_current(built)


def test_triple_of_a_vocabulary_stands_in_no_other_graph(built: Project) -> None:
    """A triple that the project states as well is refused, since engines would count it twice."""
    data = built.data / "all.ttl"
    concept = "<http://data.europa.eu/esco/skill/winds> a <http://www.w3.org/2004/02/skos/core#Concept> ."
    data.write_text(data.read_text(encoding="utf-8") + concept, encoding="utf-8")
    import_vocabulary(built, "esco", [ESCO])
    with pytest.raises(DataError, match=r"skill/winds.*in two graphs|stands in two graphs"):
        build_graph(built)


def test_crosswalk_is_compared_with_what_is_imported(small: Project) -> None:
    """Rows that name what the imported releases do not have are told; what is not imported is not judged."""
    assert [] == import_vocabulary(small, "crosswalk", [CROSSWALK]).report.unresolved
    import_vocabulary(small, "esco", [ESCO])
    import_vocabulary(small, "rome", [ROME])
    manifest = json.loads((small.imports / "crosswalk" / "manifest.json").read_text(encoding="utf-8"))

    assert 2 == manifest["counts"]["rows ROME to ESCO"]
    assert [] == import_vocabulary(small, "crosswalk", [CROSSWALK]).report.unresolved


def test_folder_of_something_else_is_left_alone(small: Project) -> None:
    """A folder imports/esco that no import wrote is not replaced."""
    (small.imports / "esco").mkdir(parents=True)
    (small.imports / "esco" / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match="found something else"):
        import_vocabulary(small, "esco", [ESCO])

    assert ["thesis.txt"] == [path.name for path in (small.imports / "esco").iterdir()]


def test_unknown_vocabulary_is_told(small: Project) -> None:
    """Only what the project knows can be imported."""
    with pytest.raises(InputError, match="found 'onet', expected one of esco, rome, crosswalk"):
        import_vocabulary(small, "onet", [ESCO])
