"""The view of a saved query: the chart that tells its rows, and what each of its parts is drawn from.

The header names columns; a page draws them. ``xLabel`` stands for the column ``x`` that it labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from metiers_kg.queries.header_values import HeaderValues, shown

__all__ = ["CHARTS", "ChartGrammar", "read_view"]


@dataclass(frozen=True, slots=True)
class ChartGrammar:
    """What a chart is drawn from: the keys of ``view`` beside ``chart``, each a column.

    Attributes:
        needs: Those that it cannot do without.
        takes: Those that it can.
        measures: Of these one at most: the number it shows. Without any it shows how many rows there are.
    """

    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All that it knows."""
        return (*self.needs, *self.takes, *self.measures)


CHARTS: Mapping[str, ChartGrammar] = {
    "bar": ChartGrammar(("x",), ("colour", "panels"), ("y", "count")),
    "heatmap": ChartGrammar(("x", "y"), (), ("colour", "count")),
    "line": ChartGrammar(("x", "y"), ("colour", "panels")),
    "scatter": ChartGrammar(("x", "y"), ("colour", "label")),
    "flow": ChartGrammar(("from", "to"), ("via", "then")),
}
"""The charts by name. ``count`` is a column whose different values are counted, ``panels`` one with a chart a value."""


def read_view(values: HeaderValues, content: Mapping[object, object]) -> dict[str, str]:
    """Return the view that a header names, or none; what is wrong with it is noted. Columns are checked elsewhere.

    >>> values = HeaderValues({})
    >>> read_view(values, {"view": {"chart": "bar", "x": "job", "count": "competence"}})
    {'chart': 'bar', 'x': 'job', 'count': 'competence'}
    >>> read_view(values, {"view": {"chart": "bars", "x": "job"}}), values.faults[0].message
    ({}, "found the chart 'bars' in 'view'; expected one of bar, heatmap, line, scatter, flow, perhaps 'bar'")
    """
    declared = values.mapping(content, "view")
    if not declared:
        return {}
    before = len(values.faults)
    chart = declared.get("chart")
    grammar = CHARTS.get(chart) if isinstance(chart, str) else None
    if grammar is None:
        expected = f"expected one of {', '.join(CHARTS)}{_perhaps(chart, tuple(CHARTS))}"
        values.note(f"found the chart {shown(chart)} in 'view'; {expected}", ("view", "chart"))
        return {}
    for key, column in declared.items():
        if key != "chart" and key not in grammar.keys:
            expected = f"a {chart} has {', '.join(grammar.keys)}{_perhaps(key, grammar.keys)}"
            values.note(f"found {key!r} in 'view'; {expected}", ("view", key))
        elif not isinstance(column, str):
            values.note(f"found {key!r} {shown(column)} in 'view'; expected the name of a column", ("view", key))
    for key in grammar.needs:
        if key not in declared:
            values.note(f"found no {key!r} in 'view'; a {chart} needs it", ("view",))
    measures = [key for key in grammar.measures if key in declared]
    if len(measures) > 1:
        values.note(f"found {' and '.join(map(repr, measures))} in 'view'; expected one of them", ("view", measures[1]))
    return {} if len(values.faults) > before else {key: str(column) for key, column in declared.items()}


def _perhaps(found: object, known: Sequence[str]) -> str:
    near = get_close_matches(str(found), known, n=1)
    return f", perhaps {near[0]!r}" if near else ""
