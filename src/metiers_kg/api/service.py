"""What the routes answer from: the built graph, the saved queries, and the pool for queries of the client's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from metiers_kg.api.resources import ResourceReader
from metiers_kg.errors import MissingVocabulary, NotBuiltError
from metiers_kg.explanation import TripleExplainer
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, SavedQuery, check_read_only, find_missing
from metiers_kg.store import Store, StoredClosure
from metiers_kg.store.pool import QueryPool, QueryRunner

__all__ = ["Service"]

_MEMORY_MIB = 128
"""The largest dump that is served from memory; a larger graph is served from disk."""


@dataclass(frozen=True)
class Service:
    """The data that the service is a function of.

    Attributes:
        store: The built graph.
        catalogue: The saved queries.
        names: The names of what is in the graph.
        pool: What runs queries of the client's own.
        manifest: What the build says of its release.
        unstated: The file of what follows and the graph leaves out, which explanations pass through.
    """

    store: Store
    catalogue: Catalogue
    names: Names
    pool: QueryRunner
    manifest: Mapping[str, Any]
    unstated: Path | None = None
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @classmethod
    def open(cls, project: Project, *, query_timeout: float = 10.0, workers: int = 2) -> Service:
        """Open what ``metiers-kg build`` has written.

        Args:
            project: The project.
            query_timeout: The seconds that a query of the client's own may take.
            workers: How many of them run at once.

        Raises:
            NotBuiltError: There is no built graph.
            QueryFileError: A saved query is wrong.
        """
        manifest_path = project.build / "manifest.json"
        try:
            manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NotBuiltError(f"{manifest_path}: no built graph ({error}); run `metiers-kg build` first") from error
        with ThreadPoolExecutor(max_workers=1) as aside:  # the engine loads while Python reads the queries
            opening = aside.submit(_open, project.build)
            catalogue = Catalogue.read(project.queries)
            store = opening.result()
        return cls(
            store=store,
            catalogue=catalogue,
            names=Names(store),
            pool=QueryPool(project.build / "store", workers=workers, timeout=query_timeout, check=check_read_only),
            manifest=manifest,
            unstated=project.build / "unstated.nq",
        )

    @cached_property
    def fingerprint(self) -> str:
        """What changes whenever the graph does."""
        return hashlib.sha256(json.dumps(self.manifest, sort_keys=True, default=str).encode()).hexdigest()

    @cached_property
    def graphs(self) -> dict[str, int]:
        """The named graphs with their number of triples."""
        return self.store.graphs()

    @cached_property
    def resources(self) -> ResourceReader:
        """What reads the description of a resource."""
        return ResourceReader(self.store, self.names)

    @cached_property
    def closure(self) -> StoredClosure:
        """The graph as the reasoner sees it."""
        return StoredClosure(self.store, self.unstated)

    @property
    def explainer(self) -> TripleExplainer:
        """What explains triples, made when first asked for."""
        with self._lock:
            return self._explainer

    @cached_property
    def _explainer(self) -> TripleExplainer:
        return TripleExplainer(self.closure, self.names)

    def missing(self, query: SavedQuery) -> tuple[MissingVocabulary, ...]:
        """Return the vocabularies that a query requires and that are not imported."""
        return find_missing(self.store, query)

    def close(self) -> None:
        """Stop the workers."""
        self.pool.close()


def _open(build: Path) -> Store:
    """Open the graph in memory where it is small, which takes a quarter of a second and saves it on every query."""
    dump = build / "metiers.nq"
    if dump.is_file() and dump.stat().st_size <= _MEMORY_MIB * 1024 * 1024:
        return Store.load(dump)
    return Store.open(build / "store")
