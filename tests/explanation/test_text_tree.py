"""The tree for a terminal."""

from __future__ import annotations

from metiers_kg.explanation import TripleExplainer, to_text


def _text(explainer: TripleExplainer, *parts: str, lang: str = "en", alternatives: int = 0, width: int = 100) -> str:
    s, p, o = parts
    return to_text(explainer.explain(explainer.read(s, p, o), lang=lang, alternatives=alternatives), width)


def test_tree(explainer: TripleExplainer) -> None:
    """A tree has the triple, the rule with its axiom in words, and the passages at the end of each branch."""
    assert """\
“Chemist” shares a competence with “Pharmacist”
│  [prp-spo2] shares a competence with: requires competence, then is required by
├─ “Chemist” requires competence “Chemistry”
│  │  [prp-spo2] requires competence: has requirement, then concerns competence
│  ├─ “Chemist” has requirement “Chemist — Chemistry”
│  │  │  [prp-spo1] “has essential requirement” implies “has requirement”
│  │  └─ “Chemist” has essential requirement “Chemist — Chemistry”
│  │        [said by the text, conditional]
│  │        Text, l. 1: “la chimie” … “du chimiste”
│  └─ “Chemist — Chemistry” concerns competence “Chemistry”
│        [said by the text, conditional, as above]
└─ “Chemistry” is required by “Pharmacist”
   │  [prp-inv1] “requires competence” is the inverse of “is required by”
   └─ “Pharmacist” requires competence “Chemistry”
      │  [prp-spo2] requires competence: has requirement, then concerns competence
      ├─ “Pharmacist” has requirement “Pharmacien — Chimie”
      │  │  [prp-inv1] “requirement of” is the inverse of “has requirement”
      │  └─ “Pharmacien — Chimie” requirement of “Pharmacist”
      │        [said by the text]
      │        Texte, l. 7
      └─ “Pharmacien — Chimie” concerns competence “Chemistry”
            [said by the text, as above]

There may be other explanations.
""" == _text(explainer, "Chimiste", "sharesCompetenceWith", "Pharmacien")


def test_asserted_triple(explainer: TripleExplainer) -> None:
    """An asserted triple is told by its passage, in the reader's language."""
    assert (
        "«\u00a0Chimie\u00a0» relève de «\u00a0Sciences\u00a0»\n"
        "   [déduit à la lecture]\n"
        "   Texte, l. 1\u00a0: «\u00a0la chimie\u00a0» … «\u00a0du chimiste\u00a0»\n"
        "\n"
        "Il n’y a pas d’autre explication.\n"
    ) == _text(explainer, "Chimie", "skos:broader", "Sciences", lang="fr", alternatives=3)


def test_axiom(explainer: TripleExplainer) -> None:
    """An axiom is told to be one."""
    assert "   [axiom of the ontology]\n" in _text(explainer, "mkg:Job", "rdfs:subClassOf", "skos:Concept")


def test_premise_that_the_graph_leaves_out(explainer: TripleExplainer) -> None:
    """What the graph leaves out is told so, whether it has no name or leads to itself."""
    assert "(a class without a name: follows, though the graph leaves it out)" in _text(
        explainer, "Chimiste", "a", "EmergingJob"
    )
    assert "(a thing related to itself: follows, though the graph leaves it out)" in _text(
        explainer, "Chimiste", "sharesCompetenceWith", "Chimiste"
    )


def test_several_explanations(explainer: TripleExplainer) -> None:
    """Several explanations are numbered, and headed by what is different in them."""
    text = _text(explainer, "Chimiste", "a", "skos:Concept", alternatives=3)

    assert text.startswith("── Explanation 1\n")
    assert "── Explanation 2: " in text


def test_lines_are_wrapped(explainer: TripleExplainer) -> None:
    """No line is wider than asked for, where words allow."""
    text = _text(explainer, "Chimiste", "sharesCompetenceWith", "Pharmacien", width=60)

    assert max(map(len, text.splitlines())) <= 60
