"""What the commands share: the project they work on, and the built graph once one asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from metiers_kg.build.inputs import is_current
from metiers_kg.project import Project

if TYPE_CHECKING:
    from metiers_kg.queries import Catalogue, Names
    from metiers_kg.store import Store

__all__ = ["Session"]


@dataclass
class Session:
    """One run of the command.

    Attributes:
        root: The project's folder as given, or None to find it.
        out: The build folder as given, or None for the usual one.
    """

    root: str | None = None
    out: str | None = None

    @cached_property
    def project(self) -> Project:
        """The project the command works on."""
        return Project.find(self.root, self.out)

    @cached_property
    def store(self) -> Store:
        """The built graph; a note goes to the terminal when the data have changed since."""
        from metiers_kg.store import Store

        store = Store.open(self.project.build / "store")
        if not is_current(self.project):
            click.echo(
                "note: ontology, data or code have changed since the build; `metiers-kg build` renews it", err=True
            )
        return store

    @cached_property
    def catalogue(self) -> Catalogue:
        """The saved queries."""
        from metiers_kg.queries import Catalogue

        return Catalogue.read(self.project.queries)

    @cached_property
    def names(self) -> Names:
        """The names of what is in the graph."""
        from metiers_kg.queries import Names

        return Names(self.store)

    @property
    def data_version(self) -> str:
        """The version of the built graph with the saved queries as they are now."""
        from metiers_kg.build.inputs import read_manifest
        from metiers_kg.store.releases import data_version

        hashes = {query.name: query.version for query in self.catalogue.values()}
        return data_version(read_manifest(self.project.build) or {}, hashes)
