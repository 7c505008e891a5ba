"""The JSON of an account; its shape is documented in ``docs/reference/explain.md``."""

from __future__ import annotations

from dataclasses import asdict

from metiers_kg.explanation.account import Account, Explanation, Node
from metiers_kg.explanation.evidence import Evidence, Passage
from metiers_kg.explanation.naming import Named, TripleNames

__all__ = ["to_document"]

Document = dict[str, object]


def to_document(account: Account) -> Document:
    """Return an account as JSON has it."""
    return {
        "triple": _triple(account.names),
        "sentence": account.sentence,
        "status": account.status,
        "told": account.is_told,
        "lang": account.lang,
        "explanations": [_explanation(explanation) for explanation in account.explanations],
        "complete": account.is_complete,
    }


def _explanation(explanation: Explanation) -> Document:
    return {
        "steps": explanation.steps,
        "tree": _node(explanation.tree),
        "justification": [
            {"triple": _triple(leaf.names), "sentence": leaf.sentence, "graph": leaf.graph}
            for leaf in explanation.justification
        ],
    }


def _node(node: Node) -> Document:
    return {
        "triple": _triple(node.names),
        "sentence": node.sentence,
        "status": node.status,
        "told": node.is_told,
        "graph": node.graph or None,
        "rule": asdict(node.rule) if node.rule else None,
        "axioms": [_node(axiom) for axiom in node.axioms],
        "premises": [_node(premise) for premise in node.premises],
        "evidence": _evidence(node.evidence) if node.evidence else None,
    }


def _evidence(evidence: Evidence) -> Document:
    return {
        "kind": evidence.kind,
        "of": _named(evidence.of),
        "statedAs": evidence.stated_as or None,
        "modality": evidence.modality or None,
        "passages": [_passage(passage) for passage in evidence.passages],
    }


def _passage(passage: Passage) -> Document:
    return {
        "passage": _named(passage.passage),
        "source": _named(passage.source) if passage.source else None,
        "section": _named(passage.section) if passage.section else None,
        "segments": [
            {"quote": segment.quote, "startLine": segment.start_line, "endLine": segment.end_line}
            for segment in passage.segments
        ],
    }


def _triple(names: TripleNames) -> Document:
    return {key: _named(named) for key, named in zip(("subject", "predicate", "object"), names, strict=True)}


def _named(named: Named) -> Document:
    return {"term": named.term, "iri": named.iri or None, "label": named.label}
