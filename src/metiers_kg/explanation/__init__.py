"""Explanations for people: why a triple of the graph holds, in words, down to the passages it rests on.

The reasoner finds the derivations; here they get labels, the words of their rules and axioms, and passages, and become
a text, a JSON document or RDF. Pages are left to ``web``. Nothing here knows HTTP or the terminal's options.
"""

from metiers_kg.explanation.account import MOST_ALTERNATIVES, Account, Explanation, Node, TripleExplainer
from metiers_kg.explanation.address import explain_address
from metiers_kg.explanation.document import to_document
from metiers_kg.explanation.evidence import Evidence, Passage, Segment
from metiers_kg.explanation.naming import Named, Naming
from metiers_kg.explanation.rdf import to_graph
from metiers_kg.explanation.text_tree import to_text
from metiers_kg.explanation.wording import RuleWords

__all__ = [
    "MOST_ALTERNATIVES",
    "Account",
    "Evidence",
    "Explanation",
    "Named",
    "Naming",
    "Node",
    "Passage",
    "RuleWords",
    "Segment",
    "TripleExplainer",
    "explain_address",
    "to_document",
    "to_graph",
    "to_text",
]
