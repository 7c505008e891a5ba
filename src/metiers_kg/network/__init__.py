"""The network of jobs, competences, factors and sub-sectors: what is tied to what, how, and where that is said."""

from metiers_kg.network.asking import LIMIT, MOST, NONE, Wish
from metiers_kg.network.links import DOMAINS, KINDS, LEVELS, SORTS, STATED, Link, Network, Node
from metiers_kg.network.telling import NetworkTeller

__all__ = [
    "DOMAINS",
    "KINDS",
    "LEVELS",
    "LIMIT",
    "MOST",
    "NONE",
    "SORTS",
    "STATED",
    "Link",
    "Network",
    "NetworkTeller",
    "Node",
    "Wish",
]
