"""Folders that may be read and not written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from metiers_kg.project import Project
from tests.faults.conftest import ESCO, ask, mounted, run, say, serving


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write below *folder*: root may write what permissions forbid, so that for root it is a mount."""
    if os.geteuid() == 0:
        with mounted(folder, "--bind", str(folder)):
            subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
            yield
        return
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        yield
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(path.stat().st_mode | 0o200)


def test_what_only_reads_works(own: Project) -> None:
    """In a folder that cannot be written, a query is answered, and a build with nothing to do says so."""
    with read_only(own.root):
        asked, built = run(own, "query", "jobs", "--format", "csv"), run(own, "build")

    assert (asked.returncode, asked.stdout.splitlines()[1:]) == (
        0,
        ["https://w3id.org/metiers-kg/job/chimiste,Chemist", "https://w3id.org/metiers-kg/job/chimiste,Chimiste"],
    )
    assert (built.returncode, "nothing has changed" in built.stdout) == (0, True)


def test_serving_works(own: Project) -> None:
    """A graph in a folder that cannot be written is served, a stale one too, with a note; the engine reads it as well."""
    say(own, "Chimiste de laboratoire")
    with read_only(own.root), serving(own, "--processes", "1") as (process, address):
        saved, _ = ask(address, "/queries/jobs/results.csv")
        adhoc, _ = ask(address, "/sparql?query=ASK%7B%3Fs%20a%20mkg:Job%7D")
        process.terminate()
        assert process.stderr is not None
        note = process.stderr.read()

    assert (len(saved.splitlines()), b"true" in adhoc) == (3, True)
    assert "cannot be written; serving it as it is" in note


@pytest.mark.parametrize("arguments", [("build", "--force"), ("import", "esco", str(ESCO))])
def test_what_writes_says_what_is_wrong(own: Project, arguments: tuple[str, ...]) -> None:
    """A build or an import into a folder that cannot be written ends with 1, and names the folder and a way out."""
    with read_only(own.root):
        done = run(own, *arguments)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"error: {own.root}")
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
