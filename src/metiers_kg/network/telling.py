"""Telling: a part of the network as a document, with labels and addresses, that JSON and pages are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import urlencode

from metiers_kg.comparing import JobComparer
from metiers_kg.network.asking import NONE, Part, Wish, select
from metiers_kg.network.links import Link, Network, Node
from metiers_kg.overlap.measures import MEASURES
from metiers_kg.queries import Names
from metiers_kg.queries.names import short_name
from metiers_kg.store import Store
from metiers_kg.vocabulary import BASE, kind_and_slug

__all__ = ["Document", "NetworkTeller"]

Document: TypeAlias = dict[str, Any]


class NetworkTeller:
    """What tells of the network around something.

    *comparer* gives what measures how near jobs are; it is asked only where nearness is wished for.
    """

    def __init__(self, store: Store, names: Names, comparer: Callable[[], JobComparer]) -> None:
        self._store = store
        self._names = names
        self._comparer = comparer

    @cached_property
    def network(self) -> Network:
        """The whole network, read when first asked for."""
        return Network.read(self._store)

    def tell(self, wish: Wish, lang: str) -> Document:
        """Return the part of the network that is wished for.

        ``nodes`` have ``id``, ``iri``, ``label``, ``kind``, ``href``, ``sorts`` (of a competence what it is, of a
        factor its domains), ``degree`` (how many it is tied to in all), ``shown`` (how many of them are here),
        ``steps`` from the nearest centre and ``expanded``; ``edges`` have ``id``, ``source``, ``target``, ``kind``,
        ``relation``, and what is known of ``level``, ``statedAs``, ``modality``, ``category``, ``score``, ``href`` and
        ``why``. ``leftOut`` tells how many nodes the limit leaves out, by kind.

        >>> teller = NetworkTeller(Store.memory(""), Names(Store.memory("")), lambda: None)
        >>> teller.tell(Wish(measure="none"), "fr")["nodes"]
        []
        """
        part = select(self.network, wish, self._near(wish), lambda iri: self._names.label(iri, lang))
        shown: dict[str, set[str]] = {iri: set() for iri in part.nodes}
        for link in part.links:
            shown[link.source].add(link.target)
            shown[link.target].add(link.source)
        return {
            "about": self._about(wish),
            "centres": [short_name(iri) for iri in wish.centres],
            "nodes": [self._node(self.network.nodes[iri], part, wish, len(shown[iri]), lang) for iri in part.nodes],
            "edges": [self._edge(number, link, lang) for number, link in enumerate(part.links)],
            "leftOut": {"nodes": sum(part.left_out.values()), "kinds": dict(part.left_out)},
        }

    def _about(self, wish: Wish) -> Document:
        told: Document = {"kinds": list(wish.kinds), "limit": wish.most, "measure": wish.measure}
        if wish.measure != NONE:
            told |= {"formula": MEASURES[wish.measure].formula, "threshold": wish.threshold}
        for name, values in (("level", wish.levels), ("stated", wish.stated), ("domain", wish.domains)):
            told |= {name: list(values)} if values else {}
        return told | ({"competence-kind": list(wish.sorts)} if wish.sorts else {})

    def _near(self, wish: Wish) -> Iterator[Link]:
        if wish.measure != NONE and "job" in wish.kinds:
            for one, two, score in self._comparer().near_pairs(wish.measure, wish.threshold):
                yield Link(one, two, "near", score=score)

    def _node(self, node: Node, part: Part, wish: Wish, shown: int, lang: str) -> Document:
        found = self._names.find_label(node.iri, lang) or (short_name(node.iri), "")
        told: Document = {
            "id": short_name(node.iri),
            "iri": node.iri,
            "label": found[0],
            "kind": node.kind,
            "href": "/" + node.iri.removeprefix(BASE),
            "sorts": list(node.sorts),
            "degree": part.degrees[node.iri],
            "shown": shown,
            "steps": part.nodes[node.iri],
            "expanded": node.iri in wish.centres or node.iri in wish.expanded,
        }
        return told | ({"lang": found[1]} if found[1] not in ("", lang) else {})

    def _edge(self, number: int, link: Link, lang: str) -> Document:
        told: Document = {
            "id": f"e{number}",
            "source": short_name(link.source),
            "target": short_name(link.target),
            "kind": link.kind,
            "relation": (self._names.find_label(link.relation, lang) or ("", ""))[0] if link.relation else "",
        }
        told |= {"level": link.level} if link.level else {}
        told |= {"statedAs": link.stated} if link.stated else {}
        told |= {"modality": link.modality} if link.modality else {}
        told |= {"category": short_name(link.category)} if link.category else {}
        if link.score is not None:
            jobs = [(kind_and_slug(iri) or ("", iri))[1] for iri in (link.source, link.target)]
            told |= {
                "score": round(link.score, 4),
                "href": "/overlap?" + urlencode(list(zip(("job", "other"), jobs, strict=True))),
            }
        told |= {"href": "/" + link.statement.removeprefix(BASE)} if link.statement else {}
        return told | ({"why": link.why} if link.why else {})
