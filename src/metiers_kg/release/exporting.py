"""`export_release` writes the built graph for others: Turtle, N-Quads, JSON-LD, CSV, and what describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metiers_kg.build.output import replacing, write_json, write_lines
from metiers_kg.build.turns import take_turn
from metiers_kg.errors import InputError
from metiers_kg.project import Project
from metiers_kg.release.catalogue import describe_release, describe_statistics
from metiers_kg.release.csv_metadata import describe_tables
from metiers_kg.release.described import Described
from metiers_kg.release.graphs import built_manifest, read_graphs
from metiers_kg.release.json_ld import make_context, write_json_ld
from metiers_kg.release.licences import VOCABULARY_LICENCES, licence_texts
from metiers_kg.release.tables import make_tables
from metiers_kg.release.terms import split_quad
from metiers_kg.release.turtle import write_turtle
from metiers_kg.store import Store
from metiers_kg.store.description import LICENCE, Dump
from metiers_kg.store.releases import QUERIES, data_version, query_hashes
from metiers_kg.store.statistics import read_statistics
from metiers_kg.vocabulary import VOCABULARIES, graph_iri

__all__ = ["ASSERTED", "CHECKSUMS", "FORMATS", "Exported", "export_release"]

FORMATS = ("turtle", "nquads", "jsonld", "csv")
"""What a release can be written in."""

ASSERTED = ("ontology", "data", "links")
"""The graphs that people wrote; tables are of these, all others follow from them."""

CHECKSUMS = "SHA256SUMS"
"""The file of the hashes, in the form that ``sha256sum -c`` takes."""

_MEDIA_TYPES = {
    ".nq": "application/n-quads",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".json": "application/csvm+json",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        folder: Where.
        version: The version of the data.
        triples: The triples of each graph, by name.
        files: The size of each file in bytes, by its path in the folder.
    """

    folder: Path
    version: str
    triples: Mapping[str, int]
    files: Mapping[str, int]


def export_release(
    project: Project,
    out: Path,
    formats: Collection[str] = FORMATS,
    *,
    include: Collection[str] = (),
    url: str = "",
    waiting: Callable[[str], object] = lambda message: None,
) -> Exported:
    """Write a release of the built graph of *project*; the same graph gives the same bytes.

    It is written aside and put in place in one go: where it fails, *out* is as it was.

    Args:
        project: The project, built.
        out: The folder to write: a new one, or that of another export, which is replaced.
        formats: Some of ``FORMATS``.
        include: Imported vocabularies that go along, under their own terms, each in files of its own.
        url: The address that the folder will have; "" for addresses relative to ``dcat.ttl``.
        waiting: Told where another export writes the same folder and is waited for.

    Raises:
        NotBuiltError: There is no built graph.
        InputError: *out* holds something else, or a vocabulary is not imported.
    """
    manifest = built_manifest(project.build)
    graphs = read_graphs(project.build, manifest, include)
    version = data_version(manifest, query_hashes(project.build / QUERIES))
    _check_target(out)
    with take_turn(out, waiting), replacing(out, kind="release", holds=CHECKSUMS, checksums=False) as folder:
        _write_graphs(folder, graphs, formats)
        store = Store.memory("\n".join(_own_lines(graphs)), nquads=True)
        if "csv" in formats:
            _write_tables(folder, graphs, version)
        if (project.build / QUERIES).is_dir():
            shutil.copytree(project.build / QUERIES, folder / QUERIES, copy_function=shutil.copyfile)
        for name, text in licence_texts(project.root).items():
            (folder / name).write_text(text, encoding="utf-8")
        hashes = _hashes(folder)
        address = url and url.rstrip("/") + "/"
        dumps = list(_dumps(folder, hashes))
        (folder / "dcat.ttl").write_text(describe_release(store, dumps, version, address), encoding="utf-8")
        (folder / "void.ttl").write_text(describe_statistics(read_statistics(store), address), encoding="utf-8")
        triples = {name: len(lines) for name, lines in graphs.items()}
        write_json(folder / "manifest.json", _manifest(manifest, version, triples, formats))
        hashes = _hashes(folder)
        write_lines(folder / CHECKSUMS, [f"{sha256}  {path}" for path, sha256 in hashes.items()])
        sizes = {path: (folder / path).stat().st_size for path in [*hashes, CHECKSUMS]}
    return Exported(out, version, triples, sizes)


def _check_target(out: Path) -> None:
    """Refuse to replace what no export wrote; a build folder has names in common with one."""
    is_empty = not out.exists() or (out.is_dir() and not any(out.iterdir()))
    if not is_empty and not (out / CHECKSUMS).is_file():
        raise InputError(
            f"{out}: expected a new folder, or one that an export wrote; found something else, and left it alone"
        )


def _own_lines(graphs: Mapping[str, Sequence[str]]) -> list[str]:
    return sorted(line for name, lines in graphs.items() if name not in VOCABULARIES for line in lines)


def _write_graphs(folder: Path, graphs: Mapping[str, Sequence[str]], formats: Collection[str]) -> None:
    if "nquads" in formats:
        write_lines(folder / "metiers.nq", _own_lines(graphs))
        for name in VOCABULARIES:
            if name in graphs:
                write_lines(folder / f"{name}.nq", graphs[name])
    triples = {name: [_without_graph(line) for line in lines] for name, lines in graphs.items()}
    if "turtle" in formats:
        (folder / "turtle").mkdir()
        for name, lines in triples.items():
            write_lines(folder / "turtle" / f"{name}.ttl", write_turtle(lines, f"The graph {graph_iri(name)}"))
    if "jsonld" in formats:
        (folder / "jsonld").mkdir()
        context = make_context(line for lines in triples.values() for line in lines)
        document = json.dumps({"@context": dict(context.document)}, ensure_ascii=False, indent=1)
        (folder / "jsonld" / "context.jsonld").write_text(document + "\n", encoding="utf-8")
        for name, lines in triples.items():
            write_lines(folder / "jsonld" / f"{name}.jsonld", write_json_ld(lines, context, graph_iri(name)))


def _without_graph(line: str) -> str:
    return line[: line.rindex(" <")] + " ."


def _write_tables(folder: Path, graphs: Mapping[str, Sequence[str]], version: str) -> None:
    tables = make_tables(Described(split_quad(line)[:3] for name in ASSERTED for line in graphs.get(name, ())))
    (folder / "csv").mkdir()
    for table in tables:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)
        writer.writerows(table.rows)
        (folder / "csv" / f"{table.name}.csv").write_bytes(text.getvalue().encode())
    document = json.dumps(describe_tables(tables, version), ensure_ascii=False, indent=1)
    (folder / "csv" / "csv-metadata.json").write_text(document + "\n", encoding="utf-8")


def _hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of each file by its path in the folder, sorted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _dumps(folder: Path, hashes: Mapping[str, str]) -> Iterator[Dump]:
    """Yield what can be downloaded, for the catalogue: graphs and tables, not what says how to read them."""
    for path, sha256 in hashes.items():
        file = folder / path
        if file.suffix not in _MEDIA_TYPES or file.name == "context.jsonld":
            continue
        licence = VOCABULARY_LICENCES.get(file.stem, LICENCE) if file.suffix != ".csv" else LICENCE
        yield Dump(path, _MEDIA_TYPES[file.suffix], file.stat().st_size, sha256, licence)


def _manifest(
    built: Mapping[str, Any], version: str, triples: Mapping[str, int], formats: Collection[str]
) -> dict[str, Any]:
    return {
        "export": 1,
        "formats": [name for name in FORMATS if name in formats],
        "graphs": {graph_iri(name): count for name, count in triples.items()},
        "imports": {name: told for name, told in built.get("imports", {}).items() if name in triples},
        "software": built.get("software", {}),
        "triples": sum(triples.values()),
        "version": version,
    }
