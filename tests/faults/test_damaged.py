"""Files of the build that are not what was written: told before anything is read from them, and mended by a build."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from metiers_kg.api import Service
from metiers_kg.build.run import build_graph
from metiers_kg.build.vocabularies import import_vocabulary
from metiers_kg.errors import InputError, NotBuiltError
from metiers_kg.project import Project
from tests.faults.conftest import ESCO, ask, run, serving

FILES = ("metiers.nq", "metiers.nt", "manifest.json", "overlap.npz", "closure.npz", "unstated.nq", "files.sha256")
STORE = ("CURRENT", "MANIFEST-*", "*.sst")


def truncate(path: Path) -> None:
    """Cut a file in the middle of what it holds, at the end of a line where it has lines."""
    data = path.read_bytes()
    path.write_bytes(data[: data.rfind(b"\n", 0, len(data) // 2) + 1 or len(data) // 2])


def garble(path: Path) -> None:
    """Change one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x41
    path.write_bytes(data)


def empty(path: Path) -> None:
    """Leave nothing of what a file holds."""
    path.write_bytes(b"")


DAMAGE = [truncate, garble, empty, Path.unlink]


def largest(project: Project, name: str) -> Path:
    """Return the largest file of the build of that name or pattern."""
    folder = project.build / ("store" if name in STORE else ".")
    return max(folder.glob(name), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", [*FILES, *STORE])
def test_damage_is_told(own: Project, name: str, damage: Callable[[Path], None]) -> None:
    """A damaged file is named by the error, whichever it is, and no answer comes from it."""
    path = largest(own, name)
    damage(path)
    if not path.exists() and name == "files.sha256":
        return  # what is not there says nothing of the others: builds of before have none
    with pytest.raises(NotBuiltError) as caught:
        Service.open(own).close()

    assert path.name in str(caught.value) or name == "files.sha256"  # it may tell of another what is not so
    assert str(own.build) in str(caught.value)
    assert "metiers-kg build" in str(caught.value)


def test_all_damage_is_mended_by_a_build(own: Project) -> None:
    """A build whose inputs have not changed makes anew what is damaged, with the same bytes."""
    before = {name: (own.build / name).read_bytes() for name in ("metiers.nq", "metiers.nt", "manifest.json")}
    for name in (*FILES[:-1], *STORE):
        garble(largest(own, name))
    built = build_graph(own)

    assert not built.was_current
    assert before == {name: (own.build / name).read_bytes() for name in before}
    assert build_graph(own).was_current


def test_a_build_that_has_lost_its_manifest_is_mended(own: Project) -> None:
    """A build folder that has lost its manifest, or its store, is known for what it is, and built anew."""
    (own.build / "manifest.json").unlink()
    assert not build_graph(own).was_current
    shutil.rmtree(own.build / "store")
    assert not build_graph(own).was_current


def test_the_command_tells_and_a_server_mends(own: Project) -> None:
    """A query of a damaged graph ends with 1 and names the file; a server builds it anew and serves."""
    truncate(largest(own, "*.sst"))
    asked = run(own, "query", "jobs")
    with serving(own, "--processes", "1") as (_, address):
        answer, _ = ask(address, "/queries/jobs/results.csv")

    assert (asked.returncode, asked.stdout) == (1, "")
    assert ".sst: not the bytes that were written" in asked.stderr
    assert len(answer.splitlines()) == 3


@pytest.mark.parametrize("name", ["graph.nt", "manifest.json"])
def test_a_damaged_import_stops_a_build(own: Project, name: str) -> None:
    """What was imported and is damaged is not built into the graph; the error names the file and the way to mend it."""
    import_vocabulary(own, "esco", [ESCO])
    truncate(own.imports / "esco" / name)

    with pytest.raises(InputError, match=rf"esco/{name}.*metiers-kg import"):
        build_graph(own, force=True)
    import_vocabulary(own, "esco", [ESCO])
    build_graph(own, force=True)


def test_an_import_does_not_hide_damage(own: Project) -> None:
    """An import takes nothing from a damaged graph: the next build makes it anew, with what was imported."""
    truncate(own.build / "metiers.nq")
    done = import_vocabulary(own, "esco", [ESCO])

    assert done.build is None
    assert not build_graph(own).was_current
