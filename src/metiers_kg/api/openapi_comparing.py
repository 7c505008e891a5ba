"""The parameters of comparisons in the OpenAPI document, from the views that take them."""

from __future__ import annotations

from collections.abc import Sequence

from metiers_kg.api.comparing import DESCRIPTIONS, EXAMPLES, VIEWS, View
from metiers_kg.api.openapi_parts import Schema, query_parameter
from metiers_kg.comparing import MOST

__all__ = ["compared_parameters"]

_NUMBERS: dict[str, Schema] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST},
    "least": {"type": "integer", "minimum": 1, "maximum": 1000},
    "threshold": {"type": "number", "minimum": 0, "maximum": 1},
}


def compared_parameters(path: str) -> tuple[Schema, ...]:
    """Return the parameters of the views at an address; none is required, since one of several is."""
    views = [view for view in VIEWS if view.path == path]
    names = dict.fromkeys(name for view in views for name in (view.subject, *view.takes) if name)
    return tuple(_parameter(name, [view for view in views if name in (view.subject, *view.takes)]) for name in names)


def _parameter(name: str, views: Sequence[View]) -> Schema:
    defaults = {view.name: view.defaults[name] for view in views if name in view.defaults}
    schema: Schema = dict(_NUMBERS.get(name, {"type": "string"}))
    choices = dict.fromkeys(choice for view in views for choice in view.choices.get(name, ()))
    schema |= {"enum": list(choices)} if choices else {}
    description = DESCRIPTIONS[name]
    if len(set(defaults.values())) == 1:
        schema["default"] = next(iter(defaults.values()))
    elif defaults:
        description += "; by default " + ", ".join(f"{value} for {view}" for view, value in defaults.items())
    return query_parameter(name, description, multiple=name == "kinds", schema=schema, example=EXAMPLES.get(name))
