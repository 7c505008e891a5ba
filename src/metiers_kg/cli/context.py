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
    from metiers_kg.store.held import HeldFolder

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
    def held(self) -> HeldFolder:
        """The folder of the built graph, which stays as it is while the command runs."""
        from metiers_kg.store.held import HeldFolder

        held = HeldFolder(self.project.build)
        held.check("store/", "manifest.json", "unstated.nq", "overlap.npz")
        return held

    @cached_property
    def store(self) -> Store:
        """The built graph; a note goes to the terminal when the data have changed since."""
        from metiers_kg.store import Store

        with self.held.opening() as build:
            store = Store.open(build / "store")
        if not is_current(self.project):
            click.echo(
                "note: ontology, data or code have changed since the build; `metiers-kg build` renews it", err=True
            )
        return store

    @cached_property
    def catalogue(self) -> Catalogue:
        """The saved queries; what is wrong with the file of one goes to the terminal, and it is left out."""
        from metiers_kg.queries import Catalogue

        catalogue = Catalogue.read_sound(self.project.queries)
        for told in catalogue.faults.values():
            click.echo(f"warning: {told}\nwarning: left out until it is corrected", err=True)
        return catalogue

    @cached_property
    def names(self) -> Names:
        """The names of what is in the graph."""
        from metiers_kg.queries import Names
        from metiers_kg.store.name_index import FILE

        return Names(self.store, self.project.build / FILE)

    @property
    def data_version(self) -> str:
        """The version of the built graph with the saved queries as they are now."""
        from metiers_kg.build.inputs import read_manifest
        from metiers_kg.store.releases import data_version

        hashes = {query.name: query.version for query in self.catalogue.values()}
        return data_version(read_manifest(self.held.path) or {}, hashes)
