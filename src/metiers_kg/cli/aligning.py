"""``align``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from metiers_kg.cli.context import Session
from metiers_kg.errors import InputError, NotBuiltError
from metiers_kg.vocabulary import BASE

if TYPE_CHECKING:
    from metiers_kg.links.proposing import Imports, Proposals

__all__ = ["align"]


@click.command()
@click.argument("scheme", type=click.Choice(["esco", "rome", "isco"]))
@click.option(
    "--terms",
    metavar="FILE.csv",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A list of your own: a column label, and where they help language, kind, synonyms, group, id.",
)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write here.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100), help="Proposals for a term.")
@click.option("--all", "again", is_flag=True, help="Also for what is decided already; what is linked is left out.")
@click.pass_obj
def align(session: Session, scheme: str, terms: Path | None, out: Path | None, limit: int, *, again: bool) -> None:
    """Propose links to ESCO, ROME or ISCO-08, with a confidence and the reasons, as SSSOM for review.

    Proposes for the jobs and competences that no link decides, or for the terms of --terms. What the review refused or
    replaced is not proposed again. Needs the vocabulary imported (metiers-kg import); an imported crosswalk helps.
    """
    try:
        from metiers_kg.links import proposing
        from metiers_kg.links.matching import Matcher  # noqa: F401  tells at once whether it can be loaded
    except ModuleNotFoundError as error:
        raise NotBuiltError(
            f"proposing needs {error.name}, which is not installed; pip install 'metiers-kg[align]'"
        ) from error
    from metiers_kg.build.assembly import read_data
    from metiers_kg.links import SCHEMES, french_labels, read_review, read_subjects
    from metiers_kg.links.terms import read_terms
    from metiers_kg.links.tsv import write_links

    own = read_terms(terms, f"{BASE}rome/") if terms else None
    imports = _imports(session)
    needed = SCHEMES[scheme].imports
    if needed not in imports.graphs:
        raise InputError(
            f"{SCHEMES[scheme].title} is not imported; "
            f"run `metiers-kg import {needed} PATH…` with a release as downloaded"
        )
    subjects = read_subjects(read_data(session.project))
    review = read_review(session.project.data, french_labels(subjects))
    found = proposing.propose(scheme, imports, review, subjects, own, limit=limit, again=again)
    if not found:
        click.echo(_nothing(SCHEMES[scheme].title, own is not None), err=True)
        return
    header = proposing.describe(found, datetime.date.today().isoformat())
    text = write_links(header, (link for proposals in found for link in proposals.links))
    if out:
        out.write_text(text, encoding="utf-8", newline="\n")
    else:
        click.echo(text, nl=False)
    for proposals in found:
        click.echo(_told(proposals, SCHEMES[scheme].title), err=True)


def _imports(session: Session) -> Imports:
    from metiers_kg.links.proposing import Imports
    from metiers_kg.vocabulary import VOCABULARIES

    files = {name: session.project.imports / name / "graph.nt" for name in VOCABULARIES}
    return Imports({name: partial(_lines, path) for name, path in files.items() if path.is_file()})


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file


def _nothing(title: str, listed: bool) -> str:
    if listed:
        return f"no term of the list is of a kind that {title} has; nothing to propose"
    return f"every job and competence is decided for {title}; --all proposes again, --terms for a list of your own"


def _told(proposals: Proposals, title: str) -> str:
    kind = proposals.kind + "s"
    return f"{title} {proposals.version}: {len(proposals.links):,} candidates for {proposals.terms:,} {kind}"
