"""A service over the four jobs of ``tests.comparing``, with or without a small ESCO beside them."""

from __future__ import annotations

from pathlib import Path

from metiers_kg.api import Service
from metiers_kg.build.overlapping import make_spaces
from metiers_kg.overlap.state import STATE, save_spaces
from metiers_kg.queries import Catalogue, Names
from metiers_kg.store import Store, read_turtle
from tests.comparing.conftest import ESCO, JOBS

__all__ = ["make_service"]


def make_service(folder: Path, *, esco: bool) -> Service:
    """Return a service that answers from *folder*, where the file of the jobs is written; nobody asks its pool."""
    lines = {"data": _lines(folder, JOBS), **({"esco": _lines(folder, ESCO)} if esco else {})}
    imports = {"esco": folder / "esco.nt"} if esco else {}
    for path in imports.values():
        path.write_text("".join(f"{line}\n" for line in sorted(lines["esco"])), encoding="utf-8")
    save_spaces(make_spaces(lines["data"], imports, {"esco": "1.1.1"}), folder / STATE)
    graph = "{}<https://w3id.org/metiers-kg/graph/{}> ."
    quads = [graph.format(line.removesuffix("."), name) for name, found in lines.items() for line in found]
    store = Store.memory("\n".join(quads), nquads=True)
    return Service(store, Catalogue([]), Names(store), None, {"version": "1"}, build=folder)  # type: ignore[arg-type]


def _lines(folder: Path, turtle: str) -> list[str]:
    path = folder / "read.ttl"
    path.write_text(turtle, encoding="utf-8")
    return read_turtle(path)
