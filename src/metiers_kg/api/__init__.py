"""HTTP: the SPARQL protocol, saved queries, resources and problems. How pages look is left to ``metiers_kg.web``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metiers_kg.api.app import create_app
    from metiers_kg.api.pages import Pages
    from metiers_kg.api.processes import serve_together
    from metiers_kg.api.server import serve
    from metiers_kg.api.service import Service
    from metiers_kg.api.settings import Settings

__all__ = ["Pages", "Service", "Settings", "create_app", "serve", "serve_together"]

_HOMES = {
    "Pages": "pages",
    "Service": "service",
    "Settings": "settings",
    "create_app": "app",
    "serve": "server",
    "serve_together": "processes",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for: the command reads the settings without loading the server."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
