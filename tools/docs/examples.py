"""The examples of the documentation: what a page shows in its ``console`` blocks is what a shell answers.

All blocks of a page are one session, in a copy of the project with its built graph. A line ``$ command`` is run, lines
``> …`` below it belong to it; what follows is what it prints: standard output and, where the command fails, standard
error. ``…`` alone on a line stands for any lines, within a line for any text. Another block with ``title="NAME"`` is
the file of that name, written before what comes after it. ``python -m tools.docs.examples PAGE`` writes into a page
what its commands print now.
"""

from __future__ import annotations

import os
import re
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from metiers_kg.project import Project

__all__ = ["Example", "ExampleError", "Session", "check_page", "matches", "read_examples", "renew_page"]

_BLOCK = re.compile(
    r'^(?P<indent> *)```(?:console|[a-z]+ title="(?P<file>[^"]+)")\n(?P<body>.*?)^ *```$', re.MULTILINE | re.DOTALL
)
_ADDRESS = "127.0.0.1:8000"
_LONGEST_SECONDS = 240.0
_STALE = "have changed since the build"
"""Told to who works on the code while the examples run; no reader of the page sees it."""
_COPIED = ("ontology", "data", "queries", "tests/examples", "deploy")


class ExampleError(AssertionError):
    """A command does not do what the page shows."""


@dataclass(frozen=True, slots=True)
class Example:
    """A command of a page, or a file that it shows.

    Attributes:
        command: The command, of one or several lines; empty for a file.
        shown: What the page shows below it; what is in the file.
        line: The line of the page, from 1.
        file: The path of the file.
    """

    command: str
    shown: str
    line: int
    file: str = ""


def read_examples(markdown: str) -> Iterator[Example]:
    r"""Yield the commands of the ``console`` blocks, and the files, in order.

    >>> [one] = read_examples("```console\n$ cat <<END\n> a\n> END\na\n```\n")
    >>> one.command, one.shown, one.line
    ('cat <<END\na\nEND', 'a\n', 2)
    """
    for block in _BLOCK.finditer(markdown):
        first = markdown.count("\n", 0, block.start()) + 2
        lines = [line.removeprefix(block["indent"]) for line in block["body"].splitlines()]
        if block["file"]:
            yield Example("", "".join(line + "\n" for line in lines), first, block["file"])
            continue
        command: list[str] = []
        shown: list[str] = []
        started = first
        for number, line in enumerate(lines, first):
            if line.startswith("$ "):
                if command:
                    yield Example("\n".join(command), "".join(shown), started)
                command, shown, started = [line[2:]], [], number
            elif command and not shown and (line == ">" or line.startswith("> ")):
                command.append(line[2:])
            elif command:
                shown.append(line + "\n")
            else:
                raise ExampleError(f"line {number}: expected '$ ' and a command; found {line!r}")
        if command:
            yield Example("\n".join(command), "".join(shown), started)


def matches(shown: str, printed: str) -> bool:
    r"""Tell whether a page shows what was printed; blanks at the ends of lines do not count.

    >>> matches("a\n…\nd … f\n", "a\nb\nc\nd e f\n"), matches("a\n", "a\nb\n")
    (True, False)
    """
    lines = [line.rstrip() for line in shown.rstrip().splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*?") + r"\n" for line in lines)
    found = "".join(line.rstrip() + "\n" for line in printed.rstrip().splitlines())
    return re.fullmatch(pattern, found) is not None


class Session:
    """A shell in a copy of a project, with the command as ``metiers-kg`` and ``.venv/bin/metiers-kg``.

    Args:
        project: The project, built.
        folder: An empty folder for the copy.
    """

    def __init__(self, project: Project, folder: Path) -> None:
        for name in _COPIED:
            if (project.root / name).is_dir():
                shutil.copytree(project.root / name, folder / name)
        shutil.copytree(project.build, folder / "build")
        command = folder / ".venv" / "bin" / "metiers-kg"
        command.parent.mkdir(parents=True)
        command.write_text(
            f'#!{sys.executable}\nfrom metiers_kg.cli import main\nmain(prog_name="metiers-kg")\n', "utf-8"
        )
        command.chmod(0o755)
        self._address = f"127.0.0.1:{_free_port()}"
        self._errors = folder / ".stderr"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("METIERS_KG_")}
        self._shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],  # noqa: S607  the shell of the page
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            start_new_session=True,
            env={
                **kept,
                "COLUMNS": "100",
                "HOME": str(folder),
                "LC_ALL": "C.UTF-8",
                "METIERS_KG_PORT": self._address.partition(":")[2],
                "METIERS_KG_ROOT": str(folder),
                "NO_PROXY": "*",
                "PATH": f"{command.parent}:{kept['PATH']}",
                "PYTHONUTF8": "1",
            },
        )
        self._folder = folder

    def __enter__(self) -> Session:
        """Return the session."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End the shell and all that it started."""
        for pipe in (self._shell.stdin, self._shell.stdout):
            if pipe is not None:
                pipe.close()
        with suppress(ProcessLookupError):  # the shell has ended, and nothing that it started goes on
            os.killpg(self._shell.pid, signal.SIGTERM)
        self._shell.wait()

    def do(self, example: Example) -> str:
        """Write a file, or return what a command prints; see ``run``."""
        if not example.file:
            return self.run(example.command)
        path = self._folder / example.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.shown, encoding="utf-8")
        return example.shown

    def run(self, command: str) -> str:
        """Return what a command prints.

        Raises:
            ExampleError: It fails without a word, or does not end.
        """
        if self._shell.stdin is None or self._shell.stdout is None:
            raise ExampleError("the shell has no pipes")
        mark = f"--- {time.monotonic_ns()} "
        text = command.replace(_ADDRESS, self._address)
        script = f"{{ {text}\n}} 2>{self._errors}\nprintf '\\n%s%d\\n' '{mark}' $?\n"
        self._shell.stdin.write(script.encode())
        self._shell.stdin.flush()
        printed, status = _read_until(self._shell.stdout, mark, command)
        if status:
            printed += "".join(
                line
                for line in self._errors.read_text(encoding="utf-8").splitlines(keepends=True)
                if _STALE not in line
            )
            if not printed.strip():
                raise ExampleError(f"exit status {status} without a word: {command}")
        return printed.replace(self._address, _ADDRESS).replace(str(self._folder), ".")


def check_page(page: Path, session: Session) -> None:
    """Run the commands of a page. Raises ExampleError with all that differs from what it shows."""
    faults = []
    for example in read_examples(page.read_text(encoding="utf-8")):
        printed = session.do(example)
        if not matches(example.shown, printed):
            faults.append(
                f"{page.name}:{example.line}: $ {example.command}\n--- shown\n{example.shown}--- printed\n{printed}"
            )
    if faults:
        raise ExampleError("\n".join(faults))


def renew_page(page: Path, session: Session) -> None:
    """Write into a page what its commands print now, where that differs from what it shows."""
    text = page.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for one, printed in reversed([(one, session.do(one)) for one in read_examples(text)]):
        if not matches(one.shown, printed):
            start = one.line - 1 + len(one.command.splitlines())
            indent = lines[start - 1][: len(lines[start - 1]) - len(lines[start - 1].lstrip())]
            new = [f"{indent}{line}".rstrip() + "\n" for line in printed.rstrip().splitlines()]
            lines[start : start + len(one.shown.splitlines())] = new
    page.write_text("".join(lines), encoding="utf-8")


def _read_until(stream: IO[bytes], mark: str, command: str) -> tuple[str, int]:
    """Return what comes before the mark, and the number behind it."""
    found, end = b"", time.monotonic() + _LONGEST_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, end - time.monotonic())):
                raise ExampleError(f"not over after {_LONGEST_SECONDS:.0f} s: {command}")
            piece = os.read(stream.fileno(), 65536)
            if not piece:
                raise ExampleError(f"the shell has ended: {command}")
            found += piece
            match = re.search(rb"\n" + re.escape(mark.encode()) + rb"(\d+)\n", found)
            if match:
                return found[: match.start()].decode(), int(match[1])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    for name in sys.argv[1:]:
        with TemporaryDirectory() as scratch, Session(Project.find(), Path(scratch)) as opened:
            renew_page(Path(name), opened)
