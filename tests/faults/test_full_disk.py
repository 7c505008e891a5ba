"""A disk that is full."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from metiers_kg.build.run import build_graph
from metiers_kg.project import Project
from metiers_kg.store.checksums import find_damage
from tests.faults.conftest import mounted, run, say

FREE_KIB = (0, 64, 400)
_DISK_MIB = 24


def build_with(project: Project, free: int) -> str:
    """Build with so many KiB free on a small disk that has a build; return "built", "refused", or what is wrong."""
    before = {path.name: path.read_bytes() for path in project.build.iterdir() if path.is_file()}
    filler = project.build.parent / "filler"
    fill(filler, free)
    done = run(project, "build", "--out", str(project.build), "--force", "--keep", "0")
    filler.unlink()
    if find_damage(project.build):
        return f"damaged: {find_damage(project.build)}"
    if done.returncode == 0:
        return "built"
    if done.returncode != 1 or "the disk is full" not in done.stderr or "Traceback" in done.stderr:
        return f"told: {done.stderr[-500:]}"
    after = {path.name: path.read_bytes() for path in project.build.iterdir() if path.is_file()}
    left = [path.name for path in project.build.parent.glob(".build.*")]
    return "refused" if before == after and not left else f"left behind: {left}"


def fill(filler: Path, free: int) -> None:
    """Fill a disk but for so many KiB."""
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(2**16)) == 2**16:
                pass
        except OSError:
            pass
    with filler.open("r+b") as file:
        file.truncate(max(0, filler.stat().st_size - free * 1024))


@pytest.fixture
def on_small_disk(own: Project, tmp_path: Path) -> Project:
    """The small project, to be built on a small disk that is mounted at disk/."""
    (tmp_path / "disk").mkdir()
    return Project.find(own.root, tmp_path / "disk" / "build")


def check(project: Project, monkeypatch: pytest.MonkeyPatch, free: tuple[int, ...]) -> Counter[str]:
    """Return what came of builds with so many KiB free."""
    monkeypatch.setenv("METIERS_KG_BUILD", str(project.build))
    with mounted(project.build.parent, "-t", "tmpfs", "-o", f"size={_DISK_MIB}m", "tmpfs"):
        build_graph(project)
        say(project, "Chimiste de laboratoire")
        return Counter(build_with(project, kib) for kib in free)


def test_a_full_disk_is_told(on_small_disk: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build on a disk that is full says so and ends with 1; the previous build stays, and nothing is left beside it."""
    assert check(on_small_disk, monkeypatch, FREE_KIB) == {"refused": len(FREE_KIB)}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_disk_that_fills_up_at_any_moment(
    on_small_disk: Project, monkeypatch: pytest.MonkeyPatch, record: Callable[..., None]
) -> None:
    """Wherever a build is when the disk is full, the previous one stays."""
    dice = random.Random(8)  # noqa: S311  where to stop, no secret
    free = tuple(dice.randrange(1500) for _ in range(40))
    told = check(on_small_disk, monkeypatch, free)

    assert set(told) <= {"refused", "built"}
    assert told["refused"] > len(free) // 2
    record(**told)
