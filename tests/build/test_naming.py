"""The index of the names of imported vocabularies."""

from __future__ import annotations

from pathlib import Path

from metiers_kg.build.naming import write_names
from metiers_kg.store import Store
from metiers_kg.store.name_index import FILE, NameIndex

NQUADS = """\
<http://data.europa.eu/esco/skill/1> <http://www.w3.org/2004/02/skos/core#altLabel> "Œuvrer à l’été"@fr <https://w3id.org/metiers-kg/graph/esco> .
<https://w3id.org/metiers-kg/job/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "Œuvrer"@fr <https://w3id.org/metiers-kg/graph/data> .
"""


def build(folder: Path) -> Path:
    """Write a store with one name of ESCO and one of the project's."""
    folder.mkdir()
    dump = folder / "metiers.nq"
    dump.write_text(NQUADS, encoding="utf-8")
    Store.create(folder / "store", dump)
    return folder


def test_names_of_imports_are_indexed_folded(tmp_path: Path) -> None:
    """The names of the imported concepts are found without accents and ligatures; the project's own are not there."""
    folder = build(tmp_path / "built")
    write_names(folder, {"esco": {}}, tmp_path / "none", {})

    found = NameIndex(folder / FILE).beginning(["oeuv"], 10)
    assert [(1, "Œuvrer à l’été", "fr")] == [(name.strength, name.name, name.lang) for name in found]


def test_index_is_taken_over_while_imports_stay(tmp_path: Path) -> None:
    """A build over the same imports copies the index of the one before."""
    previous, folder = tmp_path / "previous", build(tmp_path / "built")
    previous.mkdir()
    (previous / FILE).write_bytes(b"as it was")
    write_names(folder, {"esco": {"version": "1"}}, previous, {"esco": {"version": "1"}})

    assert b"as it was" == (folder / FILE).read_bytes()


def test_without_imports_there_is_no_index(tmp_path: Path) -> None:
    """The project's own names need no file."""
    folder = build(tmp_path / "built")
    write_names(folder, {}, tmp_path / "none", {})

    assert not (folder / FILE).exists()
