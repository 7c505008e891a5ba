"""Asking: what of the network is wished for, and which nodes and links that is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from metiers_kg.network.links import KINDS, Link, Network, Node

__all__ = ["LIMIT", "MOST", "NONE", "Part", "Wish", "select"]

LIMIT = 60
"""The most nodes unless told: what a page shows well."""

MOST = 300
"""The most nodes of one answer."""

NONE = "none"
"""The measure by which no jobs are near."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the network is wished for.

    Attributes:
        centres: The IRIs of the nodes it is about; without any, all jobs and sub-sectors.
        expanded: The IRIs of further nodes whose neighbours are wished for.
        kinds: The kinds of nodes.
        levels: The levels of requirements; all where empty, as the following.
        stated: How texts say it.
        domains: The domains of factors.
        sorts: What competences are.
        measure: The measure by which jobs are near, or ``NONE``.
        threshold: How near they must be.
        most: The most nodes.
    """

    centres: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()
    kinds: tuple[str, ...] = tuple(KINDS)[:4]
    levels: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    measure: str = "combined"
    threshold: float = 0.2
    most: int = LIMIT

    def has_node(self, node: Node) -> bool:
        """Tell whether a node may be shown; centres and what was expanded always are."""
        if node.iri in self.centres or node.iri in self.expanded:
            return True
        wanted = {"factor": self.domains, "competence": self.sorts}.get(node.kind, ())
        return node.kind in self.kinds and (not wanted or any(sort in wanted for sort in node.sorts))

    def has_link(self, link: Link) -> bool:
        """Tell whether a link may be shown."""
        return (not self.levels or not link.level or link.level in self.levels) and (
            not self.stated or not link.stated or link.stated in self.stated
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network.

    Attributes:
        nodes: Its nodes with their steps from the nearest centre, centres first.
        links: What ties them.
        degrees: Of each node, how many others it is tied to in the whole network as filtered.
        left_out: How many more nodes there would be without the limit, by kind.
    """

    nodes: Mapping[str, int]
    links: tuple[Link, ...]
    degrees: Mapping[str, int]
    left_out: Mapping[str, int] = field(default_factory=dict)


def select(network: Network, wish: Wish, near: Iterable[Link], label: Callable[[str], str]) -> Part:
    """Return the part of a network that is wished for.

    It has the centres with what they are tied to. Of a sub-sector that is its jobs, those of narrower ones too, and
    what these require and are touched by. All links between the nodes come with them.

    Args:
        network: The whole.
        wish: What of it.
        near: The links of nearness between jobs.
        label: Gives the label of a node, by which equals are sorted.
    """
    nodes = {iri: node for iri, node in network.nodes.items() if wish.has_node(node)}
    ties: dict[str, list[Link]] = {iri: [] for iri in nodes}
    for link in (*network.links, *near):
        if link.source in nodes and link.target in nodes and wish.has_link(link):
            ties[link.source].append(link)
            ties[link.target].append(link)
    neighbours = {iri: {link.other(iri) for link in found} for iri, found in ties.items()}
    steps = _reach(nodes, ties, wish)
    chosen, left_out = _cut(nodes, steps, neighbours, wish, label)
    links = {id(link): link for iri in chosen for link in ties[iri] if link.source in chosen and link.target in chosen}
    left: dict[str, int] = {}
    for iri in left_out:
        left[nodes[iri].kind] = left.get(nodes[iri].kind, 0) + 1
    return Part(
        {iri: steps[iri] for iri in chosen},
        tuple(links.values()),
        {iri: len(neighbours[iri]) for iri in chosen},
        {kind: left[kind] for kind in KINDS if kind in left},
    )


def _reach(nodes: Mapping[str, Node], ties: Mapping[str, list[Link]], wish: Wish) -> dict[str, int]:
    """Return the nodes that are wished for, with their steps from the nearest centre."""
    if not wish.centres:
        steps = {iri: 0 for iri, node in nodes.items() if node.kind in ("job", "sub-sector") and ties[iri]}
    else:
        steps = dict.fromkeys(wish.centres, 0)
    for centre in wish.centres:
        if nodes[centre].kind == "sub-sector":
            _add_sector(centre, nodes, ties, steps)
    for iri in (*wish.centres, *wish.expanded):
        steps.setdefault(iri, 1)
        for link in ties[iri]:
            steps.setdefault(link.other(iri), steps[iri] + 1)
    return steps


def _add_sector(centre: str, nodes: Mapping[str, Node], ties: Mapping[str, list[Link]], steps: dict[str, int]) -> None:
    sectors, queue = {centre}, deque([centre])
    while queue:
        sector = queue.popleft()
        for link in ties[sector]:
            if link.kind == "broader" and link.target == sector and link.source not in sectors:
                sectors.add(link.source)
                queue.append(link.source)
    for sector in sorted(sectors):
        steps.setdefault(sector, 1)
        for link in ties[sector]:
            if link.kind == "active-in":
                steps.setdefault(link.source, 1)
                for further in ties[link.source]:
                    if nodes[further.other(link.source)].kind in ("competence", "factor", "job-group"):
                        steps.setdefault(further.other(link.source), 2)


def _cut(
    nodes: Mapping[str, Node],
    steps: Mapping[str, int],
    neighbours: Mapping[str, set[str]],
    wish: Wish,
    label: Callable[[str], str],
) -> tuple[dict[str, None], list[str]]:
    """Return the nodes that are kept, what is near and tied to many of the others first, and those that are not."""
    always = dict.fromkeys((*wish.centres, *wish.expanded))
    tied = {iri: len(neighbours[iri] & steps.keys()) for iri in steps}
    rest = sorted(
        (iri for iri in steps if iri not in always),
        key=lambda iri: (steps[iri], -tied[iri], label(iri).casefold(), iri),
    )
    room = max(0, wish.most - len(always))
    return dict.fromkeys((*always, *rest[:room])), rest[room:]
