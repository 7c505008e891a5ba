"""What README, tutorial and how-to show is what the commands print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from metiers_kg.project import Project
from tests.conftest import ROOT
from tools.docs.examples import ExampleError, Session, check_page, matches, read_examples, renew_page

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWN = [page for page in PAGES if "```console\n" in page.read_text(encoding="utf-8")]
LINES = [
    line
    for page in PAGES
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for line in re.findall(r"^\.venv/bin/metiers-kg (\w.*?)(?:  #.*)?$", block, flags=re.MULTILINE)
]
UNTRIED = re.compile(
    r"\b(make|sudo|podman|pip|align|import|imported|esco|rome|curl|git|podman|METIERS_KG_VOCABULARIES)\b"
)
"""What a block of ``sh`` needs to have: root, the network, or a release that is downloaded by hand."""


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.name)
def test_commands_print_what_is_shown(page: Path, project: Project, tmp_path: Path) -> None:
    """Every command of a page prints what the page shows, one after another."""
    with Session(project, tmp_path) as session:
        check_page(page, session)


@pytest.mark.parametrize("arguments", LINES)
def test_command_shown_without_its_answer_works(arguments: str, project: Project) -> None:
    """A command that is shown without its answer gives one."""
    environment = {**os.environ, "COLUMNS": "100", "METIERS_KG_BUILD": str(project.build), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "metiers_kg", *shlex.split(arguments)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)

    assert (run.returncode, bool(run.stdout.strip())) == (0, True)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.parent.name in ("tutorial", "how-to")], ids=lambda page: page.name
)
def test_what_can_be_run_is_run(page: Path) -> None:
    """A block of commands is left unrun only where it needs root, the network, or a release that is downloaded by hand."""
    blocks = re.findall(
        r"^ *```(?:sh|bash|shell)\n(.*?)^ *```", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )

    assert [] == [block for block in blocks if not UNTRIED.search(block)]


def test_readme_counts_the_queries(project: Project) -> None:
    """The number of saved queries in the README is the number of files."""
    count = len(list(project.queries.glob("*.rq")))

    assert f"the catalogue, {count} questions" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def shell(small: Project, tmp_path: Path) -> Session:
    """A shell in a copy of a small project, which needs no graph here."""
    small.build.mkdir()
    folder = tmp_path / "copy"
    folder.mkdir()
    return Session(small, folder)


def test_other_answer_is_told(shell: Session, tmp_path: Path) -> None:
    """An answer that is not what the page shows fails, with page, line, and both."""
    page = tmp_path / "page.md"
    page.write_text("# A\n\n```console\n$ echo one\ntwo\n```\n", encoding="utf-8")

    with shell, pytest.raises(ExampleError, match=r"page.md:4: \$ echo one\n--- shown\ntwo\n--- printed\none\n"):
        check_page(page, shell)


def test_failure_without_a_word_is_told(shell: Session) -> None:
    """A command that fails and says nothing is a fault of the page."""
    with shell, pytest.raises(ExampleError, match="exit status 1 without a word"):
        shell.run("false")


def test_session_goes_on(shell: Session) -> None:
    """Variables and files outlast a command, as in a terminal; a failing command shows its error."""
    with shell:
        shell.run("a=1; echo 2 > b")

        assert ("1 2\n", True) == (
            shell.run("echo $a $(cat b)"),
            "Error: No such command 'no'" in shell.run("metiers-kg no"),
        )


def test_file_of_a_page_is_written(shell: Session, tmp_path: Path) -> None:
    """A block with a title is a file that the commands after it have."""
    page = tmp_path / "page.md"
    page.write_text('```text title="x/y.txt"\nhello\n```\n\n```console\n$ cat x/y.txt\nhello\n```\n', encoding="utf-8")

    with shell:
        check_page(page, shell)


def test_page_is_renewed(shell: Session, tmp_path: Path) -> None:
    """What commands print now is written into the page, where it differs."""
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ echo one\ntwo\n$ echo three\n…\n```\n\n- a\n\n  ```console\n  $ echo b\n  ```\n",
        encoding="utf-8",
    )
    with shell:
        renew_page(page, shell)

    assert (
        "```console\n$ echo one\none\n$ echo three\n…\n```\n\n- a\n\n  ```console\n  $ echo b\n  b\n  ```\n"
        == page.read_text("utf-8")
    )


def test_command_goes_over_lines() -> None:
    """Lines that begin with > belong to the command."""
    [example] = read_examples("```console\n$ cat <<END\n> a\n>\n> END\na\n```\n")

    assert ("cat <<END\na\n\nEND", "a\n") == (example.command, example.shown)


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [("in … s\n", "in 12 s\n", True), ("a\n", "a\nb\n", False), ("…\nb\n", "b\n", True)],
)
def test_dots_stand_for_what_varies(shown: str, printed: str, expected: bool) -> None:
    """An ellipsis stands for any text, or any lines; nothing else is left open."""
    assert matches(shown, printed) is expected
