"""All pages of the reference that are made from the code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.docs.page import Page

__all__ = ["reference_pages", "static_pages"]


@cache
def reference_pages(root: Path) -> tuple[Page, ...]:
    """Return the pages on commands, routes, saved queries and terms of the project at *root*."""
    return tuple(_pages(root))


def _pages(root: Path) -> Iterator[Page]:
    from metiers_kg.cli.main import main
    from metiers_kg.queries import Catalogue
    from tools.docs.commands import command_page
    from tools.docs.routes import make_app, routes_page
    from tools.docs.saved_queries import query_pages
    from tools.docs.terms import read_ontology, terms_page

    catalogue = Catalogue.read(root / "queries")
    yield command_page(main)
    yield routes_page(make_app(catalogue), catalogue)
    yield from query_pages(catalogue)
    yield terms_page(read_ontology(root / "ontology" / "metiers.ttl"))


@cache
def static_pages(root: Path) -> dict[str, str]:
    """Return the pages that pyLODE makes of the ontology, by path."""
    from tools.docs.terms import pylode_page, read_ontology

    graph = read_ontology(root / "ontology" / "metiers.ttl")
    return {f"reference/ontology-{lang}.html": pylode_page(graph, lang) for lang in ("en", "fr")}
