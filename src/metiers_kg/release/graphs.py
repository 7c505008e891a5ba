"""The graphs of a built project, as a release takes them: its own, and vocabularies that are asked for by name."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from metiers_kg.build.inputs import read_manifest
from metiers_kg.errors import InputError, NotBuiltError
from metiers_kg.vocabulary import VOCABULARIES, graph_iri

__all__ = ["built_manifest", "read_graphs"]


def built_manifest(build: Path) -> Mapping[str, Any]:
    """Return the manifest of a built graph. Raises NotBuiltError where there is none."""
    manifest = read_manifest(build)
    if manifest is None:
        raise NotBuiltError(f"{build}: no built graph; run `metiers-kg build` first")
    return manifest


def read_graphs(build: Path, manifest: Mapping[str, Any], include: Collection[str] = ()) -> dict[str, list[str]]:
    """Return the sorted N-Quads lines of each graph, by its name, without line ends.

    Args:
        build: The build folder.
        manifest: Its manifest.
        include: The imported vocabularies that are wanted too.

    Raises:
        InputError: A vocabulary is wanted that the graph does not hold, or the file is not the one that was built.
    """
    for name in include:
        if graph_iri(name) not in manifest["graphs"]:
            raise InputError(
                f"--include: found {name!r}, which is not imported; `metiers-kg import {name} PATH…` does that"
            )
    names = {f"<{iri}> .".encode(): iri.rpartition("/")[2] for iri in manifest["graphs"]}
    left_out = {name for name in VOCABULARIES if name not in include}
    found: dict[str, list[str]] = defaultdict(list)
    digest = hashlib.sha256()
    with (build / "metiers.nq").open("rb") as file:
        for line in file:
            digest.update(line)
            line = line.rstrip(b"\n")
            name = names.get(line[line.rfind(b"<") :], "")
            if name and name not in left_out:
                found[name].append(line.decode())
    if digest.hexdigest() != manifest.get("outputs", {}).get("metiers.nq"):
        raise InputError(
            f"{build / 'metiers.nq'}: not the file that was built; `metiers-kg build --force` renews a build"
        )
    return dict(sorted(found.items()))
