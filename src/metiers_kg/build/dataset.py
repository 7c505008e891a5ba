"""The files of a built graph, of own and imported graphs: ``metiers.nq``, ``metiers.nt`` and the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from metiers_kg.build.merging import cut_blocks, merge_blocks, read_blocks
from metiers_kg.build.output import write_blocks
from metiers_kg.store import Store
from metiers_kg.vocabulary import graph_iri

__all__ = ["Own", "Written", "write_dataset"]


_MEASURED = f" <{graph_iri('overlap')}> .\n".encode()


@dataclass(frozen=True, slots=True)
class Own:
    """The project's own graphs, small enough to be held in memory.

    Attributes:
        nquads: Their sorted N-Quads lines, each with its line end.
        ntriples: The sorted N-Triples lines of their union.
    """

    nquads: Sequence[bytes]
    ntriples: Sequence[bytes]

    @classmethod
    def of_lines(cls, nquads: Iterable[str], ntriples: Iterable[str]) -> Own:
        """Return the graphs of sorted lines without line ends."""
        return cls([f"{line}\n".encode() for line in nquads], [f"{line}\n".encode() for line in ntriples])

    @classmethod
    def of_file(cls, nquads: Path, without: Iterable[str]) -> Own:
        """Return the graphs of a built ``metiers.nq``, less those of the given names."""
        ends = tuple(f" <{graph_iri(name)}> .\n".encode() for name in without)
        lines = [
            line for block in read_blocks(nquads) for line in block.splitlines(keepends=True) if not line.endswith(ends)
        ]
        return cls(lines, sorted({line[: line.rindex(b" <")] + b" .\n" for line in lines}))

    def lines_of(self, *names: str) -> list[str]:
        """Return the N-Triples lines of the graphs of the given names, without line ends."""
        ends = tuple(f" <{graph_iri(name)}> .\n".encode() for name in names)
        return [line[: line.rindex(b" <")].decode() + " ." for line in self.nquads if line.endswith(ends)]

    def with_graph(self, name: str, ntriples: Sequence[str]) -> Own:
        """Return these and one graph more, of sorted N-Triples lines without line ends."""
        nquads = [f"{line.removesuffix('.')}<{graph_iri(name)}> .\n".encode() for line in ntriples]
        plain = [f"{line}\n".encode() for line in ntriples]
        return Own(sorted([*self.nquads, *nquads]), sorted({*self.ntriples, *plain}))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        outputs: The sha256 of each file by name.
        triples: The number of triples of the union.
    """

    outputs: Mapping[str, str]
    triples: int


def write_dataset(
    folder: Path,
    own: Own,
    vocabularies: Mapping[str, Path],
    *,
    base: Path | None = None,
    added: str = "",
    progress: Callable[[str, float], None] = lambda what, done: None,
) -> Written:
    """Write the files of the graph.

    Args:
        folder: Where to.
        own: The project's own graphs.
        vocabularies: The sorted N-Triples file of each imported vocabulary, by name.
        base: A store that has everything but the vocabulary *added*, and the overlap as it was measured without it;
            without it the store is made anew.
        added: The name of that vocabulary.
        progress: Told what is being done, and how much is done, from 0 to 1.

    Raises:
        DataError: A triple stands in two of the graphs.
    """
    with ThreadPoolExecutor(1) as aside:  # the engine loads without holding Python up
        if base:
            overlap = [line for line in own.nquads if line.endswith(_MEASURED)]
            storing = aside.submit(
                Store.extend,
                folder / "store",
                base,
                graph_iri(added),
                vocabularies[added],
                renewed={graph_iri("overlap"): b"".join(overlap)},
            )
        progress("writing metiers.nq", 0.0)
        nq = write_blocks(
            folder / "metiers.nq",
            merge_blocks(
                [
                    cut_blocks(own.nquads),
                    *(read_blocks(path, graph=graph_iri(name)) for name, path in sorted(vocabularies.items())),
                ]
            ),
        )
        if not base:
            storing = aside.submit(Store.create, folder / "store", folder / "metiers.nq")
        progress("writing metiers.nt", 0.2)
        nt = write_blocks(
            folder / "metiers.nt",
            merge_blocks([cut_blocks(own.ntriples), *(read_blocks(path) for _, path in sorted(vocabularies.items()))]),
        )
        progress("loading the store", 0.4)
        storing.result()
    return Written({"metiers.nq": nq[0], "metiers.nt": nt[0]}, nt[1])
