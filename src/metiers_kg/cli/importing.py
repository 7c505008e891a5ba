"""``import esco``, ``import rome`` and ``import crosswalk``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from metiers_kg.cli.context import Session
from metiers_kg.errors import InputError, NotBuiltError

if TYPE_CHECKING:
    from metiers_kg.sources import Progress

__all__ = ["import_"]

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
_REPORT = click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Keep the whole report, as JSON."
)


@click.group("import", context_settings={"max_content_width": 100})
def import_() -> None:
    """Import ESCO, ROME or their correspondences from the official releases.

    The releases are not part of this project: download them from their publishers, and give the zips or folders as they
    are. An import replaces the vocabulary's own graph only; one that fails leaves everything as it was.
    """


@import_.command()
@_PATHS
@_REPORT
@click.pass_obj
def esco(session: Session, paths: tuple[Path, ...], report: Path | None) -> None:
    """Import ESCO: the zips of a release (relations and labels), and of other versions for their labels.

    Up to v1.1.1 the relations have a zip of their own, 'ESCO dataset - v… - classification -  - csv.zip'; the labels of
    each language have another.
    """
    _import(session, "esco", paths, report)


@import_.command()
@_PATHS
@_REPORT
@click.pass_obj
def rome(session: Session, paths: tuple[Path, ...], report: Path | None) -> None:
    """Import ROME 4.x: the zip RefRomeCsv, and the workbook of the competence tree (rome_competences.xlsx)."""
    _import(session, "rome", paths, report)


@import_.command()
@_PATHS
@_REPORT
@click.pass_obj
def crosswalk(session: Session, paths: tuple[Path, ...], report: Path | None) -> None:
    """Import the official tables from ROME to ESCO (CSV) and from ROME to ISCO-08 (XLSX)."""
    _import(session, "crosswalk", paths, report)


def _import(session: Session, name: str, paths: tuple[Path, ...], report: Path | None) -> None:
    vocabularies = _require_import()
    if report and not report.resolve().parent.is_dir():
        raise InputError(f"--report: expected a file in a folder that is there; {report.resolve().parent} is none")
    try:
        with _progress(f"import {name}") as progress:
            done = vocabularies.import_vocabulary(session.project, name, paths, progress)
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    if report:
        report.write_text(json.dumps(done.report.as_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    click.echo("\n".join(done.report.lines()))
    same = ", the same as before" if done.was_current else ""
    click.echo(f"{done.folder}: {done.report.counts['triples']:,} triples{same}, in {done.seconds:.0f} s")
    if done.build:
        click.echo(f"{done.build}: has it now, in the graph {name}")
    else:
        click.echo("note: there is no built graph that can take it in; `metiers-kg build` makes one", err=True)


def _require_import() -> Any:
    try:
        from metiers_kg.build import vocabularies
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    return vocabularies


def _not_installed(error: ModuleNotFoundError) -> NotBuiltError:
    return NotBuiltError(f"importing needs {error.name}, which is not installed; pip install 'metiers-kg[build]'")


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """Give what tells how far the import is: a bar on a terminal, nothing elsewhere; always on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda what, done: None
        return
    columns = (TextColumn("{task.fields[title]}"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0, title=title)
        yield lambda what, done: bar.update(task, description=what, completed=done)
