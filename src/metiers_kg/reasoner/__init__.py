"""Reasoning: the OWL 2 RL closure of the graph, and the contradictions it finds."""
