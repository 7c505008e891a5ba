"""``mcp``, and the same tools at /mcp of ``serve``."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

import click

from metiers_kg.cli.context import Session
from metiers_kg.errors import InputError, NotBuiltError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from metiers_kg.api import Service
    from metiers_kg.api.settings import Settings
    from metiers_kg.explanation import TripleExplainer
    from metiers_kg.mcp.tool import Tool
    from metiers_kg.queries import Catalogue

__all__ = ["mcp", "mount_tools"]

_ADDRESS = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^:\[\]]*)):(?P<port>[0-9]{1,5})")


@click.command()
@click.option("--http", metavar="HOST:PORT", help="Answer over HTTP, at /mcp of this address, not over standard input.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only the queries of a theme; may be repeated.")
@click.pass_obj
def mcp(session: Session, http: str | None, tags: tuple[str, ...]) -> None:
    """Give the saved queries to assistants as tools, by the Model Context Protocol.

    An assistant starts the command itself and speaks to it over standard input and output; docs/how-to has the lines
    for its configuration. The tools only read.
    """
    address = None if http is None else _read_address(http)
    try:
        from metiers_kg.mcp.knowledge import Knowledge
        from metiers_kg.mcp.listening import listen, speak
        from metiers_kg.mcp.toolbox import read_toolbox
    except ModuleNotFoundError as error:
        raise NotBuiltError(
            f"`metiers-kg mcp` needs {error.name}, which is not installed; pip install 'metiers-kg[mcp]'"
        ) from error
    knowledge = Knowledge(
        store=session.store,
        names=session.names,
        catalogue=_chosen(session, tags),
        explainer=_explaining(session),
        version=_version(session),
    )
    tools = read_toolbox(knowledge)
    if address is None:
        speak(tools)
    else:
        listen(tools, *address)


def _read_address(text: str) -> tuple[str, int]:
    match = _ADDRESS.fullmatch(text)
    if match is None or int(match["port"]) > 65535:
        raise click.UsageError(f"--http: found {text!r}, expected HOST:PORT such as 127.0.0.1:8001")
    return match["six"] or match["host"] or "127.0.0.1", int(match["port"])


def _chosen(session: Session, tags: tuple[str, ...]) -> Catalogue:
    """Return the saved queries with one of *tags*, or all."""
    if not tags:
        return session.catalogue
    from metiers_kg.queries import Catalogue

    known = sorted({tag for query in session.catalogue.values() for tag in query.tags})
    for tag in tags:
        if tag not in known:
            raise InputError(f"--tag: found {tag!r}, expected one of {', '.join(known)}")
    # With what their choices come from, whatever its theme.
    chosen = [query for query in session.catalogue.values() if set(tags) & set(query.tags)]
    return Catalogue([*chosen, *(source for query in chosen for source in query.choice_queries.values())])


def _explaining(session: Session) -> Callable[[], TripleExplainer]:
    """Return what gives the one explainer, made when first asked for; calls come from several threads."""
    lock = Lock()

    @functools.cache
    def make() -> TripleExplainer:
        from metiers_kg.explanation import TripleExplainer
        from metiers_kg.store import StoredClosure

        return TripleExplainer(StoredClosure(session.store, session.held.path / "unstated.nq"), session.names)

    def give() -> TripleExplainer:
        with lock:
            return make()

    return give


def _version(session: Session) -> str:
    """Return the version of the data, as the service tells it."""
    from metiers_kg.store.releases import data_version

    path = session.held.path / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotBuiltError(f"{path}: no built graph ({error}); run `metiers-kg build` first") from error
    return data_version(manifest, {query.name: query.version for query in session.catalogue.values()})


def mount_tools(app: FastAPI, service: Service, settings: Settings) -> None:
    """Answer the protocol at /mcp of the service too, where its SDK is installed; the first request imports it."""
    if find_spec("mcp") is None:
        return
    from metiers_kg.mcp.endpoint import Endpoint

    def tools() -> Mapping[str, Tool]:
        from metiers_kg.mcp.knowledge import Knowledge
        from metiers_kg.mcp.toolbox import read_toolbox

        return read_toolbox(
            Knowledge(
                store=service.store,
                names=service.names,
                catalogue=service.catalogue,
                explainer=lambda: service.explainer,
                version=service.data_version,
            )
        )

    # Behind a proxy, the names that lead here are the proxy's to know.
    endpoint = Endpoint(tools, "" if settings.proxies else settings.host)
    app.router.add_route("/mcp", endpoint, methods=["POST"], include_in_schema=False)  # type: ignore[arg-type]
