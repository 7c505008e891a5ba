"""The step of the build that measures overlap: the graph of nearest neighbours, and the file that others measure by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from metiers_kg import __version__
from metiers_kg.overlap.nodes import overlap_lines
from metiers_kg.overlap.relations import relations_of_lines, scan_relations
from metiers_kg.overlap.space import Space
from metiers_kg.overlap.spaces import study_space, vocabulary_space
from metiers_kg.overlap.vocabularies import PROPERTIES, READERS, STUDY_PROPERTIES, read_study

__all__ = ["make_spaces", "measure_overlap"]


def make_spaces(asserted: Iterable[str], imports: Mapping[str, Path], versions: Mapping[str, str]) -> dict[str, Space]:
    """Return the spaces of a graph and of what is imported beside it.

    Weights are counted on ESCO where it is imported, else on ROME, else on the graph's own jobs.

    Args:
        asserted: The N-Triples lines of the project's data and links.
        imports: The N-Triples file of each imported vocabulary, by name.
        versions: The release of each.
    """
    study = read_study(relations_of_lines(asserted, STUDY_PROPERTIES))
    spaces = {
        name: vocabulary_space(
            name, versions.get(name, ""), READERS[name](scan_relations(imports[name], PROPERTIES[name])), study
        )
        for name in PROPERTIES
        if name in imports
    }
    reference = next((spaces[name] for name in PROPERTIES if name in spaces), None)
    return {"study": study_space(study, reference), **spaces}


def measure_overlap(spaces: Mapping[str, Space]) -> list[str]:
    """Return the triples of the graph ``overlap``, sorted; none where no job asks for anything."""
    return overlap_lines(spaces.values(), f"metiers-kg {__version__}")
