"""The network as it is read from the graph."""

from __future__ import annotations

import pytest

from metiers_kg.network import Link, Network
from metiers_kg.vocabulary import BASE, ONTOLOGY


def _find(network: Network, source: str, target: str) -> list[Link]:
    return [link for link in network.links if (link.source, link.target) == (BASE + source, BASE + target)]


@pytest.mark.parametrize(
    ("iri", "kind", "sorts"),
    [
        ("job/a", "job", ()),
        ("competence/chimie", "competence", ("knowledge",)),
        ("factor/f", "factor", ("technological",)),
        ("job-group/g", "job-group", ()),
    ],
)
def test_nodes_say_what_they_are(network: Network, iri: str, kind: str, sorts: tuple[str, ...]) -> None:
    """A node has its kind; a competence what it is, a factor its domains."""
    node = network.nodes[BASE + iri]

    assert (kind, sorts) == (node.kind, node.sorts)


def test_a_requirement_says_how_and_where(network: Network) -> None:
    """What is required has its level, its statement, and why where the reasoner holds it."""
    (link,) = _find(network, "job/a", "competence/chimie")

    assert ("requires", "essential", "explicit", BASE + "requirement/a1") == (
        link.kind,
        link.level,
        link.stated,
        link.statement,
    )
    assert "/explain?s=job/a&p=mkg:requiresCompetence&o=competence/chimie" == link.why
    assert "" == _find(network, "job/b", "competence/chimie")[0].why


def test_an_impact_has_its_effect(network: Network) -> None:
    """A factor is tied to what it touches by what it does to it."""
    assert [ONTOLOGY + "raisesNeedFor"] == [link.relation for link in _find(network, "factor/f", "job/a")]


def test_no_major_effect_is_no_link(network: Network) -> None:
    """What has no major effect on a job does not tie it."""
    assert [] == _find(network, "factor/f", "job/b")


def test_evolutions_and_hierarchies_tie_too(network: Network) -> None:
    """A job is tied to the sub-sector it evolves in, the narrower to the broader, a group to its members."""
    assert ["active-in", "broader", "member"] == [
        _find(network, one, two)[0].kind
        for one, two in (("job/a", "sub-sector/t"), ("sub-sector/t", "sub-sector/s"), ("job-group/g", "job/a"))
    ]


def test_every_link_has_both_ends(network: Network) -> None:
    """No link leads out of the network."""
    assert all({link.source, link.target} <= network.nodes.keys() for link in network.links)
