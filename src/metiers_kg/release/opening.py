"""A release as it is found: a build folder, an export, a release that the build kept, or an RDF file."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from metiers_kg.errors import InputError
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue
from metiers_kg.reasoner.terms import Triple
from metiers_kg.release.described import Described
from metiers_kg.release.exporting import ASSERTED, CHECKSUMS
from metiers_kg.release.graphs import read_graphs
from metiers_kg.release.terms import split_quad
from metiers_kg.release.versions import ontology_version
from metiers_kg.store import Store
from metiers_kg.store.quads import RDF_FILES, read_quads
from metiers_kg.store.releases import QUERIES, data_version, find_kept, query_hashes
from metiers_kg.vocabulary import VOCABULARIES, graph_iri

__all__ = ["Release", "open_release"]

_MOST_IN_MEMORY = 128 * 1024 * 1024


@dataclass(frozen=True)
class Release:
    """A release, opened.

    Attributes:
        name: What it is called in messages: what it was asked for by.
        graphs: The triples of each of the project's own graphs, by name; under "" where the file names none.
        version: The version of its data; "" where nothing tells it.
        queries: The folder of its saved queries; None where it has none.
        nquads: A file of all its statements, vocabularies too; None where there is none.
        store_folder: A store of the same.
    """

    name: str
    graphs: Mapping[str, Sequence[Triple]] = field(repr=False)
    version: str = ""
    queries: Path | None = None
    nquads: Path | None = None
    store_folder: Path | None = None

    @property
    def has_graphs(self) -> bool:
        """Whether its graphs are told apart."""
        return "" not in self.graphs

    @cached_property
    def described(self) -> Described:
        """What people wrote of each resource; all that is there, where its graphs are not told apart."""
        names = ASSERTED if self.has_graphs else tuple(self.graphs)
        return Described(triple for name in names for triple in self.graphs.get(name, ()))

    @cached_property
    def ontology_version(self) -> str:
        """The version that its ontology tells; "" where there is none."""
        return ontology_version(self.described)

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """Its saved queries, those whose files are as they should be; None where it has none."""
        return None if self.queries is None else Catalogue.read_sound(self.queries)

    @cached_property
    def store(self) -> Store:
        """Its graphs, to be asked."""
        if self.nquads is not None and self.nquads.stat().st_size <= _MOST_IN_MEMORY:
            return Store.load(self.nquads)
        if self.store_folder is not None:
            return Store.open(self.store_folder)
        return Store.memory("\n".join(self._lines()), nquads=True)

    def _lines(self) -> Iterable[str]:
        for name, triples in self.graphs.items():
            graph = f"<{graph_iri(name or 'data')}>"
            yield from (f"{s} {p} {o} {graph} ." for s, p, o in triples)


def open_release(text: str, project: Project) -> Release:
    """Open what *text* names: a path, or the version of a release kept beside the build folder of *project*.

    Raises:
        InputError: It names nothing, or something that is no release; the message says what would be one.
        DataError: A file is not of its form.
    """
    path = Path(text).expanduser()
    if path.is_dir():
        return _open_folder(text, path)
    if path.is_file():
        return _open_file(text, path)
    kept = find_kept(project.build)
    found = [release for version, release in kept.items() if len(text) >= 4 and version.startswith(text)]
    if len(found) == 1:
        return _open_folder(text, found[0].folder)
    versions = (
        f"the version of a kept release ({', '.join(kept)})" if kept else "the version of a kept release (none is)"
    )
    raise InputError(
        f"found {text!r}, expected a build folder, a folder that `metiers-kg export` wrote, an RDF file "
        f"({' '.join(RDF_FILES)}) or {versions}"
    )


def _open_folder(text: str, path: Path) -> Release:
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        manifest = None
    if isinstance(manifest, dict) and (path / CHECKSUMS).is_file():
        return _open_export(text, path, manifest)
    if not isinstance(manifest, dict) or "graphs" not in manifest or not (path / "metiers.nq").is_file():
        raise InputError(
            f"{text}: expected a build folder or one that `metiers-kg export` wrote; found a folder that is neither"
        )
    queries = path / QUERIES if (path / QUERIES).is_dir() else None
    return Release(
        name=text,
        graphs=_own(read_graphs(path, manifest)),
        version=data_version(manifest, query_hashes(queries)) if queries else data_version(manifest, {}),
        queries=queries,
        nquads=path / "metiers.nq",
        store_folder=path / "store" if (path / "store").is_dir() else None,
    )


def _own(graphs: Mapping[str, Sequence[str]]) -> dict[str, list[Triple]]:
    return {name: [split_quad(line)[:3] for line in lines] for name, lines in graphs.items()}


def _open_export(text: str, path: Path, manifest: Mapping[str, Any]) -> Release:
    hashes = _read_checksums(path)
    names = [iri.rpartition("/")[2] for iri in manifest.get("graphs", {})]
    own = [name for name in names if name not in VOCABULARIES]
    graphs: dict[str, list[Triple]] = defaultdict(list)
    if "metiers.nq" in hashes:
        _check(path, "metiers.nq", hashes)
        for s, p, o, graph in read_quads(path / "metiers.nq"):
            graphs[graph.rpartition("/")[2].removesuffix(">")].append((s, p, o))
    else:
        kind = next((kind for kind in ("turtle/{}.ttl", "jsonld/{}.jsonld") if kind.format("data") in hashes), "")
        if not kind:
            raise InputError(f"{text}: found an export of tables alone; expected one with N-Quads, Turtle or JSON-LD")
        for name in own:
            _check(path, kind.format(name), hashes)
            graphs[name] = [(s, p, o) for s, p, o, _ in read_quads(path / kind.format(name))]
    queries = path / QUERIES if (path / QUERIES).is_dir() else None
    return Release(name=text, graphs=dict(graphs), version=str(manifest.get("version", "")), queries=queries)


def _read_checksums(path: Path) -> dict[str, str]:
    """Return the sha256 of each file of an export, by its path."""
    lines = (path / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}


def _check(path: Path, name: str, hashes: Mapping[str, str]) -> None:
    """Raise InputError where a file of an export is not the one that was written."""
    try:
        found = hashlib.sha256((path / name).read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path / name}: {CHECKSUMS} names it, and it cannot be read ({error.strerror})") from error
    if found != hashes[name]:
        raise InputError(
            f"{path / name}: not the file that was written; `sha256sum -c {CHECKSUMS}` tells which changed"
        )


def _open_file(text: str, path: Path) -> Release:
    if path.suffix.lower() not in RDF_FILES:
        raise InputError(
            f"{text}: expected an RDF file ({' '.join(RDF_FILES)}) or a folder; found another kind of file"
        )
    graphs: dict[str, list[Triple]] = defaultdict(list)
    for s, p, o, graph in read_quads(path):
        name = graph.rpartition("/")[2].removesuffix(">")
        if name not in VOCABULARIES:
            graphs[name].append((s, p, o))
    if not graphs:
        raise InputError(f"{text}: expected statements; found none")
    if "" in graphs and len(graphs) > 1:  # told apart in part only
        graphs = defaultdict(list, {"": [triple for triples in graphs.values() for triple in triples]})
    return Release(name=text, graphs=dict(graphs))
