"""``serve``."""

from __future__ import annotations

import gc

import click

from metiers_kg.cli.building import ensure_built
from metiers_kg.cli.context import Session
from metiers_kg.errors import NotBuiltError

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option(
    "--query-timeout",
    default=10.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long a query sent to /sparql may run.",
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="How many of them at once.")
@click.pass_obj
def serve(session: Session, host: str, port: int, query_timeout: float, workers: int) -> None:
    """Build the graph when it is stale, then serve it over HTTP until interrupted."""
    ensure_built(session)
    gc.disable()  # nothing that a start makes is garbage; looking for it takes a tenth of the start
    try:
        from metiers_kg.api import Service, create_app
        from metiers_kg.api import serve as listen
        from metiers_kg.web import HtmlPages
    except ModuleNotFoundError as error:
        raise NotBuiltError(
            f"serving needs {error.name}, which is not installed; pip install 'metiers-kg[serve]'"
        ) from error
    service = Service.open(session.project, query_timeout=query_timeout, workers=workers)
    app = create_app(service, HtmlPages(service))
    gc.freeze()
    gc.enable()
    listen(app, host, port)
