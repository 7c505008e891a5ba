"""Every saved query gives the expected answer on a small graph of its own."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from metiers_kg.build.assembly import nquads
from metiers_kg.queries import Catalogue, Names, answer
from metiers_kg.store import GRAPH_FORMATS, Store, read_turtle
from tests.conftest import ROOT

CATALOGUE = Catalogue.read(ROOT / "queries")
EXAMPLES = Path(__file__).parent


def _values(example: Path) -> dict[str, list[str]]:
    given = yaml.safe_load((example / "params.yaml").read_text(encoding="utf-8")) or {}
    listed = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return {
        name: [str(v).lower() if isinstance(v, bool) else str(v) for v in values] for name, values in listed.items()
    }


def read_example(example: Path) -> Store:
    """Return the graph of an example: each Turtle file is the named graph of its name (data.ttl, links.ttl, esco.ttl …)."""
    files = [path for path in sorted(example.glob("*.ttl")) if path.stem != "expected"]
    graphs = {path.stem: read_turtle(path) for path in files}
    return Store.memory("\n".join(nquads(graphs)), nquads=True)


@pytest.mark.parametrize("name", CATALOGUE)
def test_query_gives_its_expected_answer(name: str) -> None:
    """The query, bound to the example's values, gives the example's rows in order, or its triples."""
    example = EXAMPLES / name
    assert example.is_dir(), (
        f"{name}.rq has no example: expected tests/examples/{name}/ with data.ttl, params.yaml, expected.csv (or .ttl)"
    )
    store = read_example(example)
    result = answer(store, Names(store), CATALOGUE[name], _values(example))
    if result.graph is not None:
        lines = result.graph.write(GRAPH_FORMATS["nt"]).decode().splitlines()
        assert read_turtle(example / "expected.ttl") == sorted(lines)
        return
    assert result.table is not None
    found = list(csv.reader(io.StringIO(result.table.write("csv").decode())))

    expected = list(csv.reader(io.StringIO((example / "expected.csv").read_text(encoding="utf-8"))))
    assert expected == found


def test_every_example_has_its_query() -> None:
    """No example is left behind by a query that has gone."""
    assert {path.name for path in EXAMPLES.iterdir() if (path / "data.ttl").is_file()} == set(CATALOGUE)
