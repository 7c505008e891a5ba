"""The ``metiers-kg`` command: its options, and the one place where errors become text and exit codes."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from metiers_kg import __version__
from metiers_kg.cli.aligning import align
from metiers_kg.cli.asking import queries, query, sparql
from metiers_kg.cli.assisting import mcp
from metiers_kg.cli.building import build, validate
from metiers_kg.cli.comparing import overlap, transitions
from metiers_kg.cli.context import Session
from metiers_kg.cli.explaining import explain
from metiers_kg.cli.importing import import_
from metiers_kg.cli.releasing import diff, export
from metiers_kg.cli.serving import serve
from metiers_kg.errors import MetiersError

__all__ = ["main"]

EXIT_FAULT = 1
"""The user's input or data is at fault; usage errors exit with 2, as click has it."""


class _Command(click.Group):
    """Tells errors to the person; a traceback only with METIERS_KG_DEBUG=1."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except MetiersError as error:
            _fail(str(error), error)
        except BrokenPipeError:  # the reader, such as `head`, has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            _fail(f"{error.filename or 'system'}: {error.strerror or error}", error)
        except Exception as error:  # noqa: BLE001  the last door: whatever it is, the person is told, not shown a stack
            _fail(f"this should not happen ({type(error).__name__}: {error}); please report it", error)


def _fail(message: str, error: BaseException) -> None:
    if os.environ.get("METIERS_KG_DEBUG"):
        raise error
    click.echo(f"{click.style('error', fg='red', bold=True)}: {message}", err=True)
    sys.exit(EXIT_FAULT)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="metiers-kg")
@click.option(
    "--root",
    metavar="DIR",
    help="Folder with data/ and, if its own, ontology/ and queries/ (also METIERS_KG_ROOT).  "
    "[default: this repository or package]",
)
@click.pass_context
def main(context: click.Context, root: str | None) -> None:
    """The graph of jobs of the future: build it, ask it, serve it.

    Jobs, competences, evolution factors and sub-sectors as studies and articles tell of them, each statement
    with its passage. Names, labels, codes and IRIs are all accepted where a job or competence is asked for.

    Exit status: 0, 1 (input or data at fault: what, where, what would be right), 2 (usage).
    """
    context.obj = Session(root)


for command in (build, validate, align, import_, query, queries, sparql, explain, overlap, transitions, serve, mcp):
    main.add_command(command)
for command in (export, diff):
    main.add_command(command)
