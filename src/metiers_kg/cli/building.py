"""``build`` and ``validate``."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from metiers_kg.cli.context import Session
from metiers_kg.errors import NotBuiltError

__all__ = ["build", "ensure_built", "require_build", "validate"]

_STEPS = {
    "read": "reading ontology and data",
    "shapes": "validating: OWL 2 RL profile, SHACL shapes",
    "reason": "computing the OWL 2 RL closure",
    "checks": "running the checks",
    "passages": "comparing the passages with the source texts",
    "write": "writing the graph",
}


@click.command()
@click.option("--out", metavar="DIR", help="Folder to write (also METIERS_KG_BUILD).  [default: build/]")
@click.option(
    "--reasoner",
    default="columns",
    show_default=True,
    metavar="NAME",
    help="What computes the closure: columns, or owlrl, the reference (about half a minute).",
)
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
@click.option(
    "--keep",
    type=click.IntRange(0),
    metavar="N",
    help="How many earlier releases to keep (also METIERS_KG_KEEP).  [default: 3]",
)
@click.pass_obj
def build(session: Session, out: str | None, reasoner: str, keep: int | None, *, force: bool) -> None:
    """Validate ontology and data, reason, and write the graph.

    Writes store/, metiers.nq (sorted), metiers.nt, manifest.json and report.json. The same inputs give the same bytes
    of metiers.nq and manifest.json. A build that fails leaves the previous one as it was; one that changes graph or
    queries keeps it beside, in DIR-releases/, so that its answers can be had again.
    """
    run = require_build()
    session.out = out
    with _progress() as progress:
        built = run.build_graph(session.project, reasoner=reasoner, force=force, keep=keep, progress=progress)
    if built.was_current:
        click.echo(f"{built.folder}: nothing has changed since the last build; nothing to do (--force builds anyway)")
        return
    for warning in built.warnings:
        click.echo(f"warning: {warning}", err=True)
    counts = ", ".join(f"{iri.rpartition('/')[2]} {count:,}" for iri, count in built.manifest["graphs"].items())
    click.echo(f"{built.folder}: {built.manifest['triples']:,} triples ({counts}) in {built.seconds:.0f} s")


@click.command()
@click.option(
    "--owl-dl", is_flag=True, help="Also ask the OWL API and HermiT about OWL 2 DL and consistency; needs Java."
)
@click.option("--gate", "gates", multiple=True, metavar="NAME", help="Run this gate alone; can be given several times.")
@click.option("--all", "every", is_flag=True, help="Tell every finding, not only the first ten of each rule.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text to read, json for programs.",
)
@click.pass_obj
def validate(session: Session, gates: tuple[str, ...], form: str, *, owl_dl: bool, every: bool) -> None:
    """Run all gates over ontology and data, and tell what they find together.

    Writes nothing. Every finding says where it is, what was found and what to do. Quotes are compared with the texts
    where METIERS_KG_TEXTS names them, links with ESCO and ROME where these are imported.

    Exit status: 1 where there is a violation; warnings alone do not fail.
    """
    require_build()
    from metiers_kg.build.gates import missing_tools, run_gates

    if (owl_dl or "owl-dl" in gates) and (lacking := missing_tools()):
        raise click.UsageError(f"--owl-dl {lacking}")
    with _progress() as progress:
        report = run_gates(session.project, only=gates, owl_dl=owl_dl, progress=progress)
    if form == "json":
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        from metiers_kg.cli.findings import report_lines

        width = max(60, shutil.get_terminal_size((80, 24)).columns)
        for line in report_lines(report, every=every, width=width):
            click.echo(line)
    if not report.passes:
        sys.exit(1)


def ensure_built(session: Session) -> None:
    """Build the graph when it is missing or stale, where the build is installed; otherwise say so."""
    from metiers_kg.build.inputs import is_current, read_manifest
    from metiers_kg.build.output import recover
    from metiers_kg.build.releases import keep_limit, refresh_queries
    from metiers_kg.build.turns import take_turn
    from metiers_kg.store.checksums import find_damage

    project = session.project
    can_write = os.access(project.build.parent, os.W_OK)
    if can_write:
        with take_turn(project.build) as is_ours:  # where another builds, it is as it should be
            if is_ours:
                recover(project.build)
                if is_current(project):
                    refresh_queries(project, keep_limit())
    there = read_manifest(project.build) is not None
    damage = find_damage(project.build) if there else []
    if is_current(project) and not damage:
        return
    if there and not can_write:
        click.echo(
            f"note: {project.build} is older than its inputs and cannot be written; serving it as it is", err=True
        )
        return
    click.echo(
        f"the graph is damaged ({'; '.join(damage)}): building it"
        if damage
        else "the graph is older than its inputs: building it"
        if there
        else "there is no graph yet: building it",
        err=True,
    )
    try:
        run = require_build()
    except NotBuiltError:
        if not there:
            raise
        click.echo(
            "note: the graph is older than its inputs; serving it as it is, since the build is not installed", err=True
        )
        return
    with _progress() as progress:
        run.build_graph(session.project, progress=progress)


def require_build() -> Any:
    """Return the module that builds. Raises NotBuiltError where the ``[build]`` extra is not installed."""
    try:
        from metiers_kg.build import run
    except ModuleNotFoundError as error:
        raise NotBuiltError(
            f"building needs {error.name}, which is not installed; pip install 'metiers-kg[build]'"
        ) from error
    return run


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Give what tells each step: a spinner on a terminal, a line per step elsewhere; always on standard error."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: click.echo(f"{_STEPS.get(step, step)} …", err=True)
        return
    with console.status("starting") as status:
        yield lambda step: status.update(_STEPS.get(step, step))
