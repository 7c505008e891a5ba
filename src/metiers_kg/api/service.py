"""What the routes answer from: the built graph, the saved queries, and the pool for queries of the client's own."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from metiers_kg.api.releases import KeptReleases
from metiers_kg.api.resources import ResourceReader
from metiers_kg.comparing import JobComparer
from metiers_kg.errors import MissingVocabulary, NotBuiltError
from metiers_kg.explanation import TripleExplainer
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, SavedQuery, check_read_only, find_missing
from metiers_kg.store import Store, StoredClosure
from metiers_kg.store.held import HeldFolder
from metiers_kg.store.name_index import FILE as NAMES
from metiers_kg.store.pool import QueryPool, QueryRunner
from metiers_kg.store.releases import QUERIES, KeptRelease, data_version
from metiers_kg.store.statistics import Statistics, read_statistics

__all__ = ["Service"]

_log = logging.getLogger(__name__)

_TRIES = 5
"""How often a graph is opened that builds replace meanwhile."""

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
        build: The folder of the built graph, which jobs are compared from.
        held: What keeps its files there as long as somebody has the service.
        kept: The earlier releases that answers can be had from.
    """

    store: Store
    catalogue: Catalogue
    names: Names
    pool: QueryRunner
    manifest: Mapping[str, Any]
    unstated: Path | None = None
    build: Path | None = None
    held: HeldFolder | None = None
    kept: KeptReleases[Service] = field(default_factory=lambda: KeptReleases(None), repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)
    _counting: Lock = field(default_factory=Lock, repr=False, compare=False)

    @classmethod
    def open(
        cls,
        project: Project,
        *,
        query_timeout: float = 10.0,
        workers: int = 2,
        query_memory: int = 1024,
        query_answer: int = 64,
    ) -> Service:
        """Open what ``metiers-kg build`` has written.

        Args:
            project: The project.
            query_timeout: The seconds that a query of the client's own may take.
            workers: How many of them run at once.
            query_memory: The memory that each may take, in MiB.
            query_answer: The largest answer to one, in MiB.

        Raises:
            NotBuiltError: There is no built graph, or it is damaged.
            QueryFileError: There is no folder of saved queries.
        """
        for _ in range(_TRIES):
            held = HeldFolder(project.build)
            try:
                with held.opening() as build, ThreadPoolExecutor(max_workers=1) as aside:
                    opening = aside.submit(_open, held)  # the engine loads while Python reads the queries
                    catalogue = _read_catalogue(project.queries)
                    store = opening.result()
                    manifest = _read_manifest(build)
                break
            except NotBuiltError:
                if held.is_in_place:
                    raise  # else a build has just replaced what was being opened
        else:
            raise NotBuiltError(f"{project.build}: replaced again and again while it was opened; try again")
        return cls(
            store=store,
            catalogue=catalogue,
            names=Names(store, build / NAMES),
            pool=QueryPool(
                build / "store",
                workers=workers,
                timeout=query_timeout,
                check=check_read_only,
                memory_mib=query_memory,
                answer_mib=query_answer,
                preload=["metiers_kg.queries.loaded_grammar"],
            ),
            manifest=manifest,
            unstated=build / "unstated.nq",
            build=build,
            held=held,
            kept=KeptReleases(project.build),
        )

    @cached_property
    def fingerprint(self) -> str:
        """What changes whenever the graph does."""
        return hashlib.sha256(json.dumps(self.manifest, sort_keys=True, default=str).encode()).hexdigest()

    @cached_property
    def data_version(self) -> str:
        """The version of the release: of the graph and of the saved queries."""
        return data_version(self.manifest, {query.name: query.version for query in self.catalogue.values()})

    def at(self, version: str | None) -> Service:
        """Return what answers from the release of that version; this one where none is named.

        Raises:
            ParameterError: It is no version at all.
            RequestError: It is not kept.
        """
        if not version or version == self.data_version:
            return self
        return self.kept.open(version, self.data_version, self._open_kept)

    def _open_kept(self, release: KeptRelease) -> Service:
        held = HeldFolder(release.folder)
        with held.opening() as folder:
            store = _open(held)
            manifest = _read_manifest(folder)
        return replace(
            self,
            store=store,
            catalogue=_read_catalogue(folder / QUERIES),
            names=Names(store, folder / NAMES),
            manifest=manifest,
            unstated=folder / "unstated.nq",
            held=held,
            _lock=Lock(),
            _counting=Lock(),
        )

    @cached_property
    def finished(self) -> datetime | None:
        """When the graph was built, as the build's report says; None where there is none."""
        if self.unstated is None:
            return None
        try:
            report = json.loads((self.unstated.parent / "report.json").read_text(encoding="utf-8"))
            return datetime.fromisoformat(report["finished"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @property
    def statistics(self) -> Statistics:
        """The counts of the graph, made when first asked for, once."""
        with self._counting:
            return self._statistics

    @cached_property
    def _statistics(self) -> Statistics:
        return read_statistics(self.store)

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

    @cached_property
    def comparer(self) -> JobComparer:
        """What compares jobs, read when first asked for. Raises NotBuiltError where the build has no file of them."""
        if self.build is None:
            raise NotBuiltError("no built graph to compare the jobs of; run `metiers-kg build` first")
        return JobComparer.open(self.build, self.store, self.names)

    def missing(self, query: SavedQuery) -> tuple[MissingVocabulary, ...]:
        """Return the vocabularies that a query requires and that are not imported."""
        return find_missing(self.store, query)

    def close(self) -> None:
        """Stop the workers."""
        self.pool.close()


def _read_manifest(build: Path) -> Mapping[str, Any]:
    path = build / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotBuiltError(f"{path}: no built graph ({error}); run `metiers-kg build` first") from error
    if not isinstance(manifest, dict):
        raise NotBuiltError(f"{path}: not the manifest of a graph; run `metiers-kg build`")
    return manifest


def _read_catalogue(folder: Path) -> Catalogue:
    """Read the saved queries; one whose file is wrong is left out, and the log says what is wrong with it."""
    catalogue = Catalogue.read_sound(folder)
    for told in catalogue.faults.values():
        _log.warning("a saved query is left out: %s", told)
    return catalogue


def _open(held: HeldFolder) -> Store:
    """Open the graph in memory where it is small, which takes a quarter of a second and saves it on every query."""
    held.check()
    dump = held.path / "metiers.nq"
    if dump.is_file() and dump.stat().st_size <= _MEMORY_MIB * 1024 * 1024:
        return Store.load(dump)
    return Store.open(held.path / "store")
