"""The page of the network: its form, its nodes by kind, what ties them, and the addresses that show more or less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlencode

from metiers_kg.api import Service
from metiers_kg.api.network import CENTRES, CHOICES, DESCRIPTIONS
from metiers_kg.api.options import OPTIONS
from metiers_kg.api.pages import Asked
from metiers_kg.errors import ParameterFault
from metiers_kg.network import KINDS, LIMIT, MOST, Wish
from metiers_kg.queries import Choice, Names
from metiers_kg.web.forms import Option, call, short_value
from metiers_kg.web.tables import badge
from metiers_kg.web.texts import Texts

__all__ = ["NetworkDocument", "read_network"]

NetworkDocument: TypeAlias = dict[str, Any]
"""What ``metiers_kg.network`` tells."""

_LIMITS = (30, LIMIT, 120, MOST)
"""The numbers of nodes that the form offers."""

_MARKED = (("statedAs", "explicit"), ("statedAs", "inferred"), ("modality", "conditional"))
"""What is said of a link beside its words."""

_FEW_LINKS = 60
"""So many links are listed at once; more open on demand."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A field for what the network is about.

    Attributes:
        name: The parameter.
        label: What it is called.
        values: What is filled in, with an empty place for one more.
        offered: The names that it offers.
        faults: What is wrong with what was given.
    """

    name: str
    label: str
    values: tuple[str, ...]
    offered: tuple[str, ...]
    faults: tuple[ParameterFault, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of what is shown.

    Attributes:
        name: The parameter.
        label: What it is called.
        options: What it offers.
        several: Whether more than one can be chosen.
        faults: What is wrong with what was given.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    several: bool
    faults: tuple[ParameterFault, ...]


def read_network(
    service: Service,
    document: NetworkDocument | None,
    faults: Sequence[ParameterFault],
    asked: Asked,
    texts: Texts,
) -> dict[str, object]:
    """Return what the template needs to show a part of the network, or the form with what is wrong."""
    given: dict[str, list[str]] = {}
    for name, value in asked:
        if value.strip():
            given.setdefault(name, []).append(value)
    shown = document or {"nodes": [], "edges": [], "leftOut": {"nodes": 0, "kinds": {}}, "centres": [], "about": {}}
    nodes = {node["id"]: node for node in shown["nodes"]}
    kept = [(name, value) for name, value in asked if name not in ("lang", "format") and value.strip()]
    drawn = _drawn(shown, texts)
    return {
        "document": document,
        # Hundreds of rows say the same few words: they are looked up once.
        "words": drawn["words"],
        "marks": {value: badge(name, value, texts) for name, value in _MARKED},
        "centres": [nodes[centre] for centre in shown["centres"]],
        "centre_fields": [_centre(service, name, given, faults, texts) for name in CENTRES],
        "filters": [_filter(name, given, faults, texts) for name in (*CHOICES, "limit")],
        "threshold": _threshold(given, faults),
        "expanded": given.get("expand", []),
        "defaults": _defaults(),
        "faults": faults,
        "other_faults": [
            fault for fault in faults if fault.parameter not in DESCRIPTIONS or fault.parameter == "expand"
        ],
        "service_options": OPTIONS,
        "retry": lambda fault, value: "?" + urlencode(_exchanged(asked, fault, value)),
        "without": lambda name: "?" + urlencode([(n, v) for n, v in asked if n != name]),
        "groups": [(kind, found) for kind in KINDS if (found := _sorted(shown["nodes"], kind))],
        "nodes": nodes,
        "edges": sorted(shown["edges"], key=lambda edge: _edge_key(edge, nodes)),
        "is_open": len(shown["edges"]) <= _FEW_LINKS,
        "more": lambda node: "/network?" + urlencode([*kept, ("expand", node["id"])]),
        "less": lambda node: "/network?" + urlencode([pair for pair in kept if pair != ("expand", node["id"])]),
        "around": lambda node: "/network?" + urlencode([tuple(node["id"].split("/", 1))]),
        "can_close": {node["id"] for node in shown["nodes"] if node["expanded"]} - set(shown["centres"]),
        "json": "/network?" + urlencode([*kept, ("format", "json")]),
        "drawn": drawn,
    }


def _centre(
    service: Service, name: str, given: Mapping[str, Sequence[str]], faults: Sequence[ParameterFault], texts: Texts
) -> Centre:
    offered = _offered(service.names, name, texts.lang)
    values = tuple(call(value, offered) for value in given.get(name, ()))
    return Centre(
        name,
        texts.name("network-kinds", name) or name,
        (*values, ""),
        tuple(choice.label for choice in offered),
        tuple(fault for fault in faults if fault.parameter == name),
    )


@lru_cache(maxsize=32)
def _offered(names: Names, kind: str, lang: str) -> tuple[Choice, ...]:
    """Return what there is of a kind in this graph, by name: the same as long as the graph is."""
    found = (Choice(iri, names.label(iri, lang)) for iri in names.instances(KINDS[kind]) if short_value(iri) != iri)
    return tuple(sorted(found, key=lambda choice: (choice.label.casefold(), choice.value)))


def _filter(name: str, given: Mapping[str, Sequence[str]], faults: Sequence[ParameterFault], texts: Texts) -> Filter:
    several = name not in ("measure", "limit")
    chosen = tuple(given.get(name, ())) or tuple(_defaults().get(name, ()))
    codes = tuple(str(limit) for limit in _LIMITS) if name == "limit" else CHOICES[name]
    options = [Option(code, _word(name, code, texts), code in chosen) for code in codes]
    # What was given and is not on offer is shown as it was given.
    options += [Option(value, value, chosen=True) for value in chosen if value not in codes]
    return Filter(
        name,
        texts.name("network-filters", name) or name,
        tuple(options),
        several,
        tuple(fault for fault in faults if fault.parameter == name),
    )


def _defaults() -> dict[str, list[str]]:
    """Return what holds where nothing is said, by parameter."""
    wish = Wish()
    return {
        "kinds": list(wish.kinds),
        "measure": [wish.measure],
        "threshold": [str(wish.threshold)],
        "limit": [str(wish.most)],
    }


def _word(name: str, code: str, texts: Texts) -> str:
    """Return what a value of a filter is called."""
    if name == "limit":
        return texts.number(int(code))
    section = {"measure": "measures", "kinds": "network-kinds", "level": "values"}.get(name, "network-sorts")
    return (
        texts.name("network-sorts", code) or texts.name(section, f"kinds.{code}" if name == "level" else code) or code
    )


def _threshold(
    given: Mapping[str, Sequence[str]], faults: Sequence[ParameterFault]
) -> tuple[str, list[ParameterFault]]:
    value = next(iter(given.get("threshold", ())), str(Wish().threshold))
    return value, [fault for fault in faults if fault.parameter == "threshold"]


def _exchanged(asked: Asked, fault: ParameterFault, value: str) -> list[tuple[str, str]]:
    found = [(n, value if (n, v.strip()) == (fault.parameter, fault.value) else v) for n, v in asked]
    return (
        found
        if found != list(asked)
        else [*((n, v) for n, v in asked if n != fault.parameter), (fault.parameter, value)]
    )


def _sorted(nodes: Sequence[NetworkDocument], kind: str) -> list[NetworkDocument]:
    return sorted(
        (node for node in nodes if node["kind"] == kind), key=lambda node: (node["steps"] > 0, node["label"].casefold())
    )


def _edge_key(edge: NetworkDocument, nodes: Mapping[str, NetworkDocument]) -> tuple[str, ...]:
    return nodes[edge["source"]]["label"].casefold(), edge["kind"], nodes[edge["target"]]["label"].casefold()


def _drawn(shown: NetworkDocument, texts: Texts) -> NetworkDocument:
    """Return what the picture is drawn from: the answer, and the words of its codes."""
    return {
        **{name: shown[name] for name in ("nodes", "edges", "centres")},
        "words": {
            **{kind: texts.name("kinds", kind) or kind for kind in KINDS},
            **texts.section("network-sorts"),
            **{level: texts.name("values", f"kinds.{level}") for level in CHOICES["level"]},
            **texts.section("network-links"),
        },
    }
