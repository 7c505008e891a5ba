"""``serve``."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import fields
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from metiers_kg.api.settings import LOG_FORMATS, Settings, environment_name, option_name
from metiers_kg.cli.assisting import mount_tools
from metiers_kg.cli.building import ensure_built
from metiers_kg.cli.context import Session
from metiers_kg.errors import NotBuiltError

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["serve"]

_TYPES: dict[str, click.ParamType[Any]] = {
    "port": click.IntRange(0, 65_535),
    "log_format": click.Choice(LOG_FORMATS),
}


_NUMBERS = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder where processes put their numbers together; it is read when the client of Prometheus is imported."""

_GROUPS: dict[str, str] = {one.name: one.metadata["group"] for one in fields(Settings)}
_OTHER = "Other"


class _ServeCommand(click.Command):
    """Tells its options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        groups: dict[str, list[tuple[str, str]]] = {group: [] for group in (*_GROUPS.values(), _OTHER)}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                groups[_GROUPS.get(parameter.name or "", _OTHER)].append(record)
        for group, records in groups.items():
            with formatter.section(group):
                formatter.write_dl(records)
        formatter.write_paragraph()
        formatter.write_text(
            "Each is an environment variable too: --query-timeout is METIERS_KG_QUERY_TIMEOUT. An option wins over it."
        )


def _with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each setting."""
    for one in reversed(fields(Settings)):
        name, default = option_name(one.name), one.default
        more: dict[str, Any] = {}
        if isinstance(default, bool) or default is None:
            name = f"{name}/--no-{name.removeprefix('--')}"
        else:
            more["metavar"] = None if one.name in _TYPES else one.metadata["metavar"]
            more["type"] = _TYPES.get(one.name, type(default))
        option = click.option(
            name,
            one.name,
            default=default,
            show_default=default is not None and default != "",
            envvar=environment_name(one.name),
            help=one.metadata["told"],
            **more,
        )
        command = option(command)
    return command


@click.command(cls=_ServeCommand)
@_with_settings
@click.pass_obj
def serve(session: Session, /, **given: Any) -> None:
    """Build the graph when it is stale, then serve it over HTTP until interrupted."""
    settings = Settings(**given)
    ensure_built(session)
    gc.disable()  # nothing that a start makes is garbage; looking for it takes a tenth of the start
    if settings.process_count == 1 or not settings.metrics or _NUMBERS in os.environ:
        _serve(session, settings)
        return
    with TemporaryDirectory(prefix="metiers-kg-") as numbers:
        os.environ[_NUMBERS] = numbers
        try:
            _serve(session, settings)
        finally:
            del os.environ[_NUMBERS]


def _serve(session: Session, settings: Settings) -> None:
    try:
        from metiers_kg.api import Service, create_app, serve_together
        from metiers_kg.api import serve as listen
        from metiers_kg.api.connection import Limits
        from metiers_kg.api.moving import Moving, Served
        from metiers_kg.api.request_log import configure_logging
        from metiers_kg.web import HtmlPages
    except ModuleNotFoundError as error:
        raise NotBuiltError(
            f"serving needs {error.name}, which is not installed; pip install 'metiers-kg[serve]'"
        ) from error
    configure_logging(settings.log_format)
    share = settings.share

    limits = Limits(share.client_timeout, share.max_connections)

    def make(before: FastAPI | None) -> Served:
        service = Service.open(
            session.project,
            query_timeout=share.query_timeout,
            workers=share.query_workers,
            query_memory=share.query_memory,
            query_answer=share.query_answer,
        )
        pages = HtmlPages(service, root_path=share.root_path, has_sparql=share.sparql)
        app = create_app(service, pages, share, before=before)
        mount_tools(app, service, share)
        return Served(app, service)

    def make_app() -> Moving:
        app = Moving(make)
        gc.freeze()
        gc.enable()
        return app

    if settings.process_count == 1:
        listen(make_app(), settings.host, settings.port, shutdown_timeout=settings.shutdown_timeout, limits=limits)
    else:
        serve_together(
            settings.process_count,
            make_app,
            settings.host,
            settings.port,
            shutdown_timeout=settings.shutdown_timeout,
            limits=limits,
        )
