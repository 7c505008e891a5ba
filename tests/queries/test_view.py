"""The view of a header: which charts there are, and what is told of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.queries import Catalogue
from metiers_kg.queries.header_values import HeaderValues
from metiers_kg.queries.view import CHARTS, read_view

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ({"x": "job"}, "found the chart nothing in 'view'; expected one of bar, heatmap, line, scatter"),
        ({"chart": "heat-map", "x": "a", "y": "b"}, ", perhaps 'heatmap'"),
        ({"chart": "bar"}, "found no 'x' in 'view'; a bar needs it"),
        ({"chart": "line", "x": "year"}, "found no 'y' in 'view'; a line needs it"),
        ({"chart": "bar", "x": "a", "color": "b"}, "found 'color' in 'view'; a bar has x, colour, panels, y, count"),
        ({"chart": "scatter", "x": "a", "y": "b", "count": "c"}, "found 'count' in 'view'; a scatter has x, y"),
        ({"chart": "bar", "x": "a", "y": "b", "count": "c"}, "found 'y' and 'count' in 'view'; expected one of them"),
        ({"chart": "bar", "x": ["a"]}, "found 'x' ['a'] in 'view'; expected the name of a column"),
    ],
)
def test_a_wrong_view_is_told(view: dict[str, object], message: str) -> None:
    """A view that cannot be drawn is told with what would be right, and is not kept."""
    values = HeaderValues({})

    assert {} == read_view(values, {"view": view})
    assert message in values.faults[0].message


def test_each_chart_is_used() -> None:
    """Each chart that a header may name is that of a saved query, so that each is seen to be of use."""
    views = [query.view["chart"] for query in Catalogue.read(ROOT / "queries").values() if query.view]

    assert set(CHARTS) == set(views)
