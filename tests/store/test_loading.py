"""Bulk loading in pieces."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from metiers_kg.store.loading import load_lines


def test_pieces_give_what_the_whole_file_holds(tmp_path: Path) -> None:
    """A file loaded in many pieces has all its lines, in the graph asked for."""
    path = tmp_path / "a.nt"
    path.write_text("".join(f'<http://e.org/{n}> <http://e.org/p> "{n}" .\n' for n in range(500)), encoding="utf-8")
    engine = pyoxigraph.Store()
    load_lines(engine, path, RdfFormat.N_TRIPLES, NamedNode("http://e.org/g"), piece=1000)

    assert 500 == len(list(engine.quads_for_pattern(None, None, None, NamedNode("http://e.org/g"))))


def test_blank_node_is_one_over_all_pieces(tmp_path: Path) -> None:
    """The lines of a blank node stay together, though they stand far from each other in the file."""
    lines = [
        "<http://e.org/a> <http://e.org/p> _:b <http://e.org/g> .",
        *(f'<http://e.org/{n}> <http://e.org/p> "a _:b" <http://e.org/g> .' for n in range(100)),
        '_:b <http://e.org/q> "end" <http://e.org/g> .',
    ]
    path = tmp_path / "a.nq"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    engine = pyoxigraph.Store()
    load_lines(engine, path, RdfFormat.N_QUADS, piece=200)

    query = "ASK { GRAPH ?g { <http://e.org/a> <http://e.org/p>/<http://e.org/q> 'end' } }"
    assert bool(engine.query(query))
    assert 102 == len(engine)
