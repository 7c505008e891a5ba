"""The index of the names of imported vocabularies beside the graph, made anew only when an import is another."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from metiers_kg.store import Iri, Literal, Rows, Store
from metiers_kg.store.name_index import FILE, IndexedName, write_name_index
from metiers_kg.vocabulary import LABELS, VOCABULARY_GRAPHS, fold_lines

__all__ = ["write_names"]


def write_names(folder: Path, imports: Mapping[str, Any], previous: Path, previous_imports: Mapping[str, Any]) -> None:
    """Write the index of the names in the store of *folder*, or take it over from the *previous* build.

    Nothing is written where nothing is imported: the project's own names are few and are read at once.
    """
    if not imports:
        return
    kept = previous / FILE
    if imports == previous_imports and kept.is_file():
        shutil.copyfile(kept, folder / FILE)
    else:
        write_name_index(folder / FILE, _read_names(Store.open(folder / "store")))


def _read_names(store: Store) -> Iterator[IndexedName]:
    for label, strength in LABELS.items():
        found = store.query(f"SELECT ?s ?o {{ ?s <{label}> ?o }}", default_graphs=VOCABULARY_GRAPHS)
        if not isinstance(found, Rows):
            raise TypeError("expected a SELECT query")
        pairs = ((s, o) for s, o in found if isinstance(s, Iri) and isinstance(o, Literal))
        names = [(concept.value, name.value, name.language or "") for concept, name in pairs]
        folded = fold_lines("\n".join(name.replace("\n", " ") for _, name, _ in names)).split("\n")
        for (iri, name, lang), key in zip(names, folded, strict=bool(names)):
            yield IndexedName(key.strip(), strength, iri, name, lang)
