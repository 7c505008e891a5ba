"""The network as a document."""

from __future__ import annotations

import pytest

from metiers_kg.network import NetworkTeller, Wish
from metiers_kg.queries import Names
from metiers_kg.store import Store
from metiers_kg.vocabulary import BASE

A = BASE + "job/a"


class _Comparer:
    """A stand-in that finds one pair near."""

    def near_pairs(self, measure: str, threshold: float) -> list[tuple[str, str, float]]:
        """Return the pair, whatever is asked."""
        return [(A, BASE + "job/c", threshold + 0.1)]


@pytest.fixture
def teller(ties: Store) -> NetworkTeller:
    """What tells of the small graph."""
    return NetworkTeller(ties, Names(ties), _Comparer)  # type: ignore[arg-type]


def test_nodes_have_label_address_and_degree(teller: NetworkTeller) -> None:
    """A node says where to read about it, and how many more it is tied to than are shown."""
    nodes = {node["id"]: node for node in teller.tell(Wish((A,), measure="none"), "fr")["nodes"]}
    chimie = nodes["competence/chimie"]

    assert ("Chimie", "/competence/chimie", ["knowledge"], 2, 1) == (
        *(chimie[name] for name in ("label", "href", "sorts", "degree", "shown")),
    )
    assert nodes["job/a"]["expanded"]


def test_edges_lead_to_what_says_so(teller: NetworkTeller) -> None:
    """A link has the page of its statement and the address of its explanation."""
    edges = teller.tell(Wish((A,), measure="none"), "fr")["edges"]
    edge = next(edge for edge in edges if edge["target"] == "competence/chimie")

    assert ("/requirement/a1", "/explain?s=job/a&p=mkg:requiresCompetence&o=competence/chimie", "essential") == (
        edge["href"],
        edge["why"],
        edge["level"],
    )


def test_nearness_leads_to_the_comparison(teller: NetworkTeller) -> None:
    """A measured link has its score and the two jobs compared."""
    edges = teller.tell(Wish((A,), threshold=0.4), "fr")["edges"]
    (near,) = [edge for edge in edges if edge["kind"] == "near"]

    assert (0.5, "/overlap?job=a&other=c") == (near["score"], near["href"])


def test_every_end_is_a_node(teller: NetworkTeller) -> None:
    """No edge of an answer leads to what is not in it."""
    told = teller.tell(Wish((A,), most=3), "fr")

    assert {end for edge in told["edges"] for end in (edge["source"], edge["target"])} <= {
        node["id"] for node in told["nodes"]
    }
