"""What an asserted triple rests on."""

from __future__ import annotations

import pytest

from metiers_kg.explanation import Evidence, Naming, Segment, TripleExplainer
from metiers_kg.explanation.evidence import read_evidence
from metiers_kg.queries import Names
from metiers_kg.store import StoredClosure


@pytest.mark.parametrize(
    ("parts", "kind", "of", "stated_as", "modality", "passages"),
    [
        (("Chimie", "skos:broader", "Sciences"), "assertion", "A1", "inferred", "stated", ["Text, l. 1"]),
        (
            ("requirement:chimiste--chimie", "concernsCompetence", "Chimie"),
            *("statement", "Chemist — Chemistry", "explicit", "conditional", ["Text, l. 1"]),
        ),
        (
            ("Chimiste", "hasEssentialRequirement", "requirement:chimiste--chimie"),
            *("statement", "Chemist — Chemistry", "explicit", "conditional", ["Text, l. 1"]),
        ),
        (("Chimie", "skos:notation", "K1"), "thing", "Chemistry", "", "", ["Texte, l. 7"]),
        (("Chimie", "prov:wasDerivedFrom", "passage:p2"), "statement", "Chemistry", "", "", ["Texte, l. 7"]),
    ],
    ids=["assertion", "subject is a statement", "object is a statement", "thing", "the derivation itself"],
)
def test_nearest_evidence(
    explainer: TripleExplainer,
    closure: StoredClosure,
    names: Names,
    parts: tuple[str, str, str],
    kind: str,
    of: str,
    stated_as: str,
    modality: str,
    passages: list[str],
) -> None:
    """An assertion of the triple comes first, then the statement it is part of, then the thing it is about."""
    evidence = read_evidence(explainer.read(*parts), closure, Naming(closure, names, "en"))

    assert isinstance(evidence, Evidence)
    assert (kind, of, stated_as, modality) == (evidence.kind, evidence.of.label, evidence.stated_as, evidence.modality)
    assert passages == [found.passage.label for found in evidence.passages]


def test_passage_tells_its_place(explainer: TripleExplainer, closure: StoredClosure, names: Names) -> None:
    """A passage has its source, section, lines and quotes, in the order of the text."""
    triple = explainer.read("Chimie", "skos:broader", "Sciences")
    evidence = read_evidence(triple, closure, Naming(closure, names, "en"))
    assert evidence is not None
    [passage] = evidence.passages

    assert ("Text", "Chapter 1") == (passage.source and passage.source.label, passage.section and passage.section.label)
    assert (Segment("la chimie", 1, 2), Segment("du chimiste")) == passage.segments


def test_no_evidence(explainer: TripleExplainer, closure: StoredClosure, names: Names) -> None:
    """Where nothing is known of a passage, there is no evidence."""
    triple = explainer.read("Pharmacien", "skos:prefLabel", "Pharmacien")

    assert read_evidence(triple, closure, Naming(closure, names, "en")) is None
