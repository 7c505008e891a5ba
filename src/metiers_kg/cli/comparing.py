"""``overlap`` and ``transitions``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from metiers_kg.cli.context import Session
from metiers_kg.cli.options import lang_option, text_or_json_option

if TYPE_CHECKING:
    from metiers_kg.comparing import Document, JobComparer

__all__ = ["overlap", "transitions"]

_IN = click.option(
    "--in",
    "within",
    type=click.Choice(["study", "esco", "rome"]),
    help="Where jobs are looked for: this graph, ESCO or ROME.  [default: where the job is of]",
)
_KINDS = click.option(
    "--kinds",
    multiple=True,
    type=click.Choice(["essential", "optional", "emerging"]),
    help="Kinds of competences that count; repeat for several.  [default: all; of a destination, essential]",
)


def _measure(default: str, names: str) -> Callable[[Any], Any]:
    return click.option("--measure", default=default, show_default=True, metavar="NAME", help=f"{names}.")


def _threshold(default: float, text: str) -> Callable[[Any], Any]:
    return click.option("--threshold", type=float, default=default, show_default=True, metavar="SHARE", help=text)


@click.command()
@click.argument("job", required=False)
@click.argument("other", required=False)
@click.option("--clusters", is_flag=True, help="Instead: the groups of jobs of this graph that hang together.")
@_IN
@_measure(
    "combined",
    "The measure that ranks: combined, jaccard, idf-jaccard, cosine, simgic (the same both ways); coverage, "
    "idf-coverage, graded-coverage (from the job to the other)",
)
@_KINDS
@_threshold(0.3, "With --clusters: how near two jobs must be, from 0 to 1.")
@click.option("--limit", type=int, default=10, show_default=True, metavar="N", help="At most N jobs.")
@lang_option
@text_or_json_option
@click.pass_obj
def overlap(
    session: Session,
    job: str | None,
    other: str | None,
    clusters: bool,
    within: str | None,
    measure: str,
    kinds: tuple[str, ...],
    threshold: float,
    limit: int,
    lang: str,
    format_name: str,
) -> None:
    """Nearest jobs, or two jobs compared: metiers-kg overlap Datamanager Biostatisticien.

    What is shared, shared in part (through which broader competence) and missing stands beside every score. A job goes
    by its name, code or IRI; occupations of ESCO and fiches of ROME too, where these are imported.
    """
    from metiers_kg.comparing import text

    if clusters == (job is not None):
        raise click.UsageError("expected a JOB, two jobs, or --clusters alone")
    comparer = _open(session)
    if clusters:
        document = comparer.clusters(threshold=threshold, measure=measure, kinds=kinds, most=limit, lang=lang)
        _print(document, text.clusters_text, lang, format_name)
    elif other is not None:
        document = comparer.compare(str(job), other, within=within, kinds=kinds, lang=lang)
        _print(document, text.comparison_text, lang, format_name)
    else:
        document = comparer.neighbours(str(job), within=within, measure=measure, kinds=kinds, most=limit, lang=lang)
        _print(document, text.neighbours_text, lang, format_name)


@click.command()
@click.option("--from", "origin", metavar="JOB", help="Jobs within its reach, and the competences that open others.")
@click.option(
    "--to", "destination", metavar="JOB", help="Jobs that lead to it, and the shortest training list for all."
)
@click.option(
    "--into", "sub_sector", metavar="SUB-SECTOR", help="What is missing most often on the ways into its jobs."
)
@click.option("--category", metavar="NAME", help="With --into: only jobs of this category, such as category/emergence.")
@_threshold(0.5, "The share of a destination that must be covered, from 0 to 1.")
@click.option(
    "--least", type=int, default=3, show_default=True, metavar="N", help="With --from: jobs that ask for N competences."
)
@_IN
@_measure("idf-coverage", "coverage or idf-coverage")
@_KINDS
@click.option("--limit", type=int, metavar="N", help="At most N answers.  [default: 20; with --to: 5 feeders]")
@lang_option
@text_or_json_option
@click.pass_obj
def transitions(
    session: Session,
    origin: str | None,
    destination: str | None,
    sub_sector: str | None,
    category: str | None,
    threshold: float,
    least: int,
    within: str | None,
    measure: str,
    kinds: tuple[str, ...],
    limit: int | None,
    lang: str,
    format_name: str,
) -> None:
    """What it takes to change jobs: metiers-kg transitions --to Bio-informaticien.

    Tells what is covered and what is missing, not whether people go that way: coverage does not predict the direction
    of a mobility.
    """
    from metiers_kg.comparing import text

    if sum(given is not None for given in (origin, destination, sub_sector)) != 1:
        raise click.UsageError("expected one of --from JOB, --to JOB or --into SUB-SECTOR")
    comparer = _open(session)
    if sub_sector is not None:
        document = comparer.missing(sub_sector, category=category, kinds=kinds, most=limit or 20, lang=lang)
        _print(document, text.missing_text, lang, format_name)
        return
    options: dict[str, Any] = {"threshold": threshold, "within": within, "measure": measure, "kinds": kinds}
    if destination is not None:
        document = comparer.feeders(destination, **options, most=limit or 5, lang=lang)
        _print(document, text.feeders_text, lang, format_name)
    else:
        document = comparer.reachable(str(origin), **options, least=least, most=limit or 20, lang=lang)
        _print(document, text.reachable_text, lang, format_name)


def _open(session: Session) -> JobComparer:
    from metiers_kg.comparing import JobComparer

    with session.held.opening() as build:
        return JobComparer.open(build, session.store, session.names)


def _print(document: Document, to_text: Callable[[Document, str, int], str], lang: str, format_name: str) -> None:
    if format_name == "json":
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo(to_text(document, lang, shutil.get_terminal_size().columns), nl=False)
