"""The JSON of an account."""

from __future__ import annotations

import json
from typing import Any

import pytest

from metiers_kg.explanation import TripleExplainer, to_document


@pytest.fixture(scope="module")
def document(explainer: TripleExplainer) -> dict[str, Any]:
    """Why two jobs share a competence."""
    triple = explainer.read("Chimiste", "sharesCompetenceWith", "Pharmacien")
    found: dict[str, Any] = json.loads(json.dumps(to_document(explainer.explain(triple, lang="en", alternatives=1))))
    return found


def test_members(document: dict[str, Any]) -> None:
    """The document tells the triple, its status, its explanations, and whether there are others."""
    assert ["triple", "sentence", "status", "told", "lang", "explanations", "complete"] == list(document)
    assert {
        "term": "<https://w3id.org/metiers-kg/job/chimiste>",
        "iri": "https://w3id.org/metiers-kg/job/chimiste",
        "label": "Chemist",
    } == document["triple"]["subject"]
    assert ("inferred", True, "en", False) == tuple(document[key] for key in ("status", "told", "lang", "complete"))


def test_tree(document: dict[str, Any]) -> None:
    """Each node has the same members, whatever it is."""
    members = ["triple", "sentence", "status", "told", "graph", "rule", "axioms", "premises", "evidence"]
    waiting = [explanation["tree"] for explanation in document["explanations"]]
    while waiting:
        node = waiting.pop()
        assert members == list(node)
        waiting += [*node["axioms"], *node["premises"]]


def test_rule_and_evidence(document: dict[str, Any]) -> None:
    """A rule has its name, table, words and address; evidence its passages with lines and quotes."""
    first = document["explanations"][0]
    assert "prp-spo2" == first["tree"]["rule"]["name"]
    assert ["name", "table", "words", "url"] == list(first["tree"]["rule"])
    leaf = first["tree"]["premises"][0]["premises"][0]["premises"][0]
    assert ("statement", "explicit", "conditional") == tuple(
        leaf["evidence"][key] for key in ("kind", "statedAs", "modality")
    )
    assert [
        {"quote": "la chimie", "startLine": 1, "endLine": 2},
        {"quote": "du chimiste", "startLine": None, "endLine": None},
    ] == leaf["evidence"]["passages"][0]["segments"]


def test_justification(document: dict[str, Any]) -> None:
    """The justification lists the asserted triples, those of the data first."""
    for explanation in document["explanations"]:
        graphs = [leaf["graph"] for leaf in explanation["justification"]]
        assert sorted(graphs) == graphs
        assert {"data", "ontology"} == set(graphs)
