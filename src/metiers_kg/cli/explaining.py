"""``explain``."""

from __future__ import annotations

import json
import shutil

import click

from metiers_kg.cli.context import Session
from metiers_kg.cli.options import lang_option
from metiers_kg.errors import InputError

__all__ = ["explain"]

_FORMATS = ("text", "json", "ttl", "jsonld", "nt", "rdf")
_ALSO = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf"}


@click.command()
@click.argument("s")
@click.argument("p")
@click.argument("o")
@click.option(
    "--alternatives",
    "-n",
    type=click.IntRange(0, 20),
    default=0,
    show_default=True,
    metavar="N",
    help="Up to N other explanations, each from other statements.",
)
@lang_option
@click.option(
    "--format",
    "-f",
    "format_name",
    default="text",
    show_default=True,
    metavar="NAME",
    help="text (a tree), json; as RDF with PROV-O: ttl (turtle), jsonld, nt (ntriples), rdf (rdfxml).",
)
@click.pass_obj
def explain(session: Session, s: str, p: str, o: str, alternatives: int, lang: str, format_name: str) -> None:
    """Say why a triple holds: metiers-kg explain Datamanager sharesCompetenceWith Biostatisticien.

    The subject and the object go by IRI, prefixed name, N-Triples term, kind/slug, label or code; the property also by
    its local name, and `a` is rdf:type. The first explanation is the shortest.
    """
    from metiers_kg.explanation import TripleExplainer, to_document, to_graph, to_text
    from metiers_kg.store import GRAPH_FORMATS, StoredClosure

    chosen = _ALSO.get(format_name, format_name)
    if chosen not in _FORMATS:
        names = ", ".join((*_FORMATS, *_ALSO))
        raise InputError(f"--format: found {format_name!r}, expected one of {names}")
    closure = StoredClosure(session.store, session.held.path / "unstated.nq")
    explainer = TripleExplainer(closure, session.names)
    account = explainer.explain(explainer.read(s, p, o), lang=lang, alternatives=alternatives)
    if chosen == "text":
        click.echo(to_text(account, shutil.get_terminal_size().columns), nl=False)
        if not account.is_complete and alternatives < 20:
            click.echo(f"note: --alternatives {min(alternatives + 5, 20)} looks for other explanations", err=True)
    elif chosen == "json":
        click.echo(json.dumps(to_document(account), ensure_ascii=False, indent=2))
    else:
        click.echo(to_graph(account, closure).write(GRAPH_FORMATS[chosen]), nl=False)
