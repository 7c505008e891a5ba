"""``export`` and ``diff``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from metiers_kg.cli.context import Session
from metiers_kg.cli.options import lang_option, text_or_json_option
from metiers_kg.vocabulary import VOCABULARIES

if TYPE_CHECKING:
    from metiers_kg.release.opening import Release
    from metiers_kg.release.telling import Account

__all__ = ["diff", "export"]

_FORMATS = ("turtle", "nquads", "jsonld", "csv")


@click.command()
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    type=click.Choice([*_FORMATS, "all"]),
    default=["all"],
    show_default=True,
    help="What to write; repeat for several.",
)
@click.option("--out", metavar="DIR", help="Folder to write.  [default: export/ beside the build folder]")
@click.option(
    "--include",
    multiple=True,
    type=click.Choice(VOCABULARIES),
    help="An imported vocabulary to write too, in files of its own, under its own terms; repeat for several.",
)
@click.option(
    "--url",
    default="",
    metavar="URL",
    help="Where the folder will be published, for dcat.ttl and void.ttl.  [default: addresses relative to these]",
)
@click.pass_obj
def export(session: Session, formats: tuple[str, ...], out: str | None, include: tuple[str, ...], url: str) -> None:
    """Write the built graph as a release: Turtle, N-Quads, JSON-LD, CSV tables.

    Beside these, what describes them: DCAT and VoID (dcat.ttl, void.ttl), CSV on the Web, licences, NOTICE, the saved
    queries, and SHA256SUMS for `sha256sum -c`. The same graph gives the same bytes. What was imported stays here, since
    ESCO and ROME have terms of their own: --include names what is to go along. An export that fails leaves DIR as it
    was.
    """
    from metiers_kg.release.exporting import export_release

    if url and not url.startswith(("http://", "https://")):
        raise click.BadParameter(
            f"found {url!r}, expected an address that begins with https:// or http://", param_hint="--url"
        )
    chosen = _FORMATS if "all" in formats else tuple(dict.fromkeys(formats))
    target = Path(out).expanduser().resolve() if out else session.project.build.with_name("export")
    _note_stale(session)
    done = export_release(
        session.project, target, chosen, include=include, url=url, waiting=lambda message: click.echo(message, err=True)
    )
    for name in include:
        click.echo(f"note: {name} goes on under its own terms, not under CC BY 4.0; see {target / 'NOTICE'}", err=True)
    counts = ", ".join(f"{name} {count:,}" for name, count in done.triples.items())
    size = sum(done.files.values()) / 1_000_000
    click.echo(f"{done.folder}: release {done.version}, {sum(done.triples.values()):,} statements ({counts})")
    click.echo(f"{len(done.files)} files, {size:,.1f} MB: {', '.join(chosen)}; `sha256sum -c SHA256SUMS` checks them")


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--queries/--no-queries", "with_queries", default=True, help="Compare the answers too.  [default: queries]"
)
@click.option("--all-jobs", is_flag=True, help="Ask queries about one job for every job, not for their example alone.")
@lang_option
@text_or_json_option
@click.option(
    "--most",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="N",
    help="Tell at most N of each list, as text.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where the two differ.")
@click.pass_obj
def diff(
    session: Session,
    old: str,
    new: str | None,
    with_queries: bool,
    all_jobs: bool,
    lang: str,
    format_name: str,
    most: int,
    exit_code: bool,
) -> None:
    """Tell what changed between two releases: metiers-kg diff build-releases/1f0c… build.

    OLD and NEW are each a build folder, a folder that `export` wrote, the version of a release that the build kept, or
    an RDF file; NEW is the built graph where it is left out. A summary comes first, with the version that the change
    asks for; then the terms, jobs, competences, factors, requirements, effects, links … that came, went or changed,
    from what to what; then, for each saved query, the rows that differ.

    Exit status: 0 whether or not they differ; with --exit-code, 1 where they do.
    """
    from metiers_kg.release.opening import open_release

    with _progress() as progress:
        progress("reading")
        releases = [open_release(text, session.project) for text in (old, new or str(session.project.build))]
        account = _account(session, releases[0], releases[1], with_queries, all_jobs, lang, progress)
    if format_name == "json":
        from metiers_kg.release.telling import to_document

        click.echo(json.dumps(to_document(account), ensure_ascii=False, indent=2))
    else:
        from metiers_kg.release.telling import to_text

        click.echo(to_text(account, most=most), nl=False)
    if exit_code and _differs(account):
        raise SystemExit(1)


def _account(
    session: Session,
    old: Release,
    new: Release,
    with_queries: bool,
    all_jobs: bool,
    lang: str,
    progress: Callable[[str], None],
) -> Account:
    from metiers_kg.release.answers import compare_answers
    from metiers_kg.release.comparing import compare
    from metiers_kg.release.levels import judge, reasons_of, reasons_of_queries
    from metiers_kg.release.telling import Account

    difference = compare(old, new, lang)
    reasons = [*reasons_of(difference), *reasons_of_queries(old.catalogue, new.catalogue)]
    answers = None
    if with_queries:
        fallback = old.catalogue or new.catalogue or session.catalogue
        answers = list(
            compare_answers(
                old, new, fallback, lang=lang, all_jobs=all_jobs, progress=lambda name: progress(f"asking {name}")
            )
        )
    sides = [{"name": one.name, "ontology": one.ontology_version, "version": one.version} for one in (old, new)]
    verdict = judge(reasons, old.ontology_version, new.ontology_version)
    return Account(sides[0], sides[1], difference, verdict, answers)


def _differs(account: Account) -> bool:
    return not account.difference.is_empty or any(answer.status != "same" for answer in account.answers or ())


def _note_stale(session: Session) -> None:
    from metiers_kg.build.inputs import is_current, read_manifest

    if read_manifest(session.project.build) is not None and not is_current(session.project):
        click.echo("note: ontology, data or code have changed since the build; `metiers-kg build` renews it", err=True)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Give what tells each step on a terminal, and nothing elsewhere: a diff is often read by a program."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: None
        return
    with console.status("starting") as status:
        yield status.update
