"""Reasoning: the OWL 2 RL closure of the graph, and the contradictions it finds."""

from metiers_kg.reasoner.closure import Closure, Contradiction, close

__all__ = ["Closure", "Contradiction", "close"]
