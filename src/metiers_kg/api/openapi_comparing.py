"""The parameters of comparisons and of the network in the OpenAPI document, and what the network's JSON is."""

from __future__ import annotations

from collections.abc import Sequence

from metiers_kg.api.comparing import DESCRIPTIONS, EXAMPLES, VIEWS, View
from metiers_kg.api.network import CHOICES
from metiers_kg.api.network import DESCRIPTIONS as NETWORK_DESCRIPTIONS
from metiers_kg.api.openapi_parts import Schema, query_parameter
from metiers_kg.comparing import MOST
from metiers_kg.network import LIMIT, Wish
from metiers_kg.network import MOST as MOST_NODES

__all__ = ["NETWORK", "compared_parameters", "network_parameters"]

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


_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
NETWORK: Schema = {
    "type": "object",
    "required": ["about", "centres", "nodes", "edges", "leftOut"],
    "properties": {
        "about": {"type": "object"},
        "centres": {"type": "array", "items": _TEXT},
        "nodes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "iri", "label", "kind", "href", "sorts", "degree", "shown", "steps", "expanded"],
                "properties": {
                    **dict.fromkeys(("id", "iri", "label", "kind", "href", "lang"), _TEXT),
                    **dict.fromkeys(("degree", "shown", "steps"), _COUNT),
                    "sorts": {"type": "array", "items": _TEXT},
                    "expanded": {"type": "boolean"},
                },
            },
        },
        "edges": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "source", "target", "kind", "relation"],
                "properties": {
                    **dict.fromkeys(("id", "source", "target", "kind", "relation", "level", "statedAs"), _TEXT),
                    **dict.fromkeys(("modality", "category", "href", "why"), _TEXT),
                    "score": {"type": "number", "minimum": 0, "maximum": 1},
                },
            },
        },
        "leftOut": {
            "type": "object",
            "required": ["nodes", "kinds"],
            "properties": {"nodes": _COUNT, "kinds": {"type": "object", "additionalProperties": _COUNT}},
        },
    },
}
"""What the JSON of ``/network`` is."""


def network_parameters() -> tuple[Schema, ...]:
    """Return the parameters of ``/network``; none is required."""
    wish = Wish()
    schemas: dict[str, Schema] = {
        "threshold": {"type": "number", "minimum": 0, "maximum": 1, "default": wish.threshold},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST_NODES, "default": LIMIT},
        "measure": {"type": "string", "enum": list(CHOICES["measure"]), "default": wish.measure},
    }
    return tuple(
        query_parameter(
            name,
            description,
            multiple=name not in schemas,
            schema=schemas.get(name)
            or {"type": "string", **({"enum": list(CHOICES[name])} if name in CHOICES else {})},
            example={"job": "job/datamanager"}.get(name),
        )
        for name, description in NETWORK_DESCRIPTIONS.items()
    )
