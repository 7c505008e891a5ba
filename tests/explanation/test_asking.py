"""The triple that three texts of a person name."""

from __future__ import annotations

import pytest

from metiers_kg.errors import UnknownResourceError
from metiers_kg.explanation import TripleExplainer
from metiers_kg.vocabulary import PREFIXES

HERE = "https://w3id.org/metiers-kg/"
CHEMIST, CHEMISTRY = f"<{HERE}job/chimiste>", f"<{HERE}competence/chimie>"
REQUIRES = f"<{HERE}ontology#requiresCompetence>"
TYPE, LABEL = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['skos']}prefLabel>"


@pytest.mark.parametrize(
    "text",
    ["Chimiste", "chemist", "chimiste", "job/chimiste", "job:chimiste", f"{HERE}job/chimiste", CHEMIST, " Chimiste "],
)
def test_subject(explainer: TripleExplainer, text: str) -> None:
    """A subject goes by label in any language, slug, kind/slug, IRI or N-Triples term."""
    assert (CHEMIST, REQUIRES, CHEMISTRY) == explainer.read(text, "mkg:requiresCompetence", "Chimie")


@pytest.mark.parametrize(
    "text",
    ["requiresCompetence", "requires competence", "exige la compétence", "mkg:requiresCompetence", REQUIRES],
)
def test_property(explainer: TripleExplainer, text: str) -> None:
    """A property goes by local name, by label in any language, by prefixed name or IRI."""
    assert REQUIRES == explainer.read("Chimiste", text, "Chimie")[1]


@pytest.mark.parametrize(
    ("text", "name"), [("broader", "broader"), ("relève de", "broader"), ("belongs under", "broader")]
)
def test_property_of_a_published_vocabulary(explainer: TripleExplainer, text: str, name: str) -> None:
    """A property that the graph does not label goes by the words that explanations have for it."""
    assert f"<{PREFIXES['skos']}{name}>" == explainer.read("Chimie", text, "Sciences")[1]


@pytest.mark.parametrize("text", ["EmergingJob", "Emerging job", "métier émergent", "mkg:EmergingJob"])
def test_class(explainer: TripleExplainer, text: str) -> None:
    """``a`` is rdf:type, and a class goes by local name too."""
    assert (CHEMIST, TYPE, f"<{HERE}ontology#EmergingJob>") == explainer.read("Chimiste", "a", text)


def test_class_of_another_vocabulary(explainer: TripleExplainer) -> None:
    """A class that the ontology takes from elsewhere goes by its local name."""
    assert f"<{PREFIXES['skos']}Concept>" == explainer.read("Chimiste", "a", "Concept")[2]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ('"Chimiste"@fr', '"Chimiste"@fr'),
        ('"a \\"b\\""', '"a \\"b\\""'),
        ('"3"^^xsd:integer', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("Chimiste", '"Chimiste"@fr'),
        ("Chemist", '"Chemist"@en'),
    ],
)
def test_literal(explainer: TripleExplainer, text: str, term: str) -> None:
    """A literal goes as in N-Triples, or by its text where the subject has it."""
    assert (CHEMIST, LABEL, term) == explainer.read("Chimiste", "skos:prefLabel", text)


@pytest.mark.parametrize(
    ("parts", "expected", "suggestion"),
    [
        (("Chimist", "a", "Job"), "the name, code or IRI of a resource", "Chimiste"),
        (("Chimiste", "exige une competance", "Chimie"), "a property, by its label", "exige la compétence"),
        (("Chimiste", "requiresCompetence", "Chymie"), "the name, code or IRI of a resource", "Chimie"),
        (("Chimiste", "a", "Emergent job"), "the name, code or IRI of a resource", "Emerging job"),
        (("Homme de l’art", "a", "Job"), "a single resource: 2 have that name", "job/pharmacien"),
        (("", "a", "Job"), "the name, code or IRI of a resource", None),
        (("Chimiste", "skos:prefLabel", '"3"^^number'), "a datatype", None),
    ],
)
def test_what_names_nothing(
    explainer: TripleExplainer, parts: tuple[str, str, str], expected: str, suggestion: str | None
) -> None:
    """A text that names nothing, or several things, is told with the nearest names."""
    with pytest.raises(UnknownResourceError) as caught:
        explainer.read(*parts)

    assert caught.value.expected.startswith(expected)
    assert suggestion is None or suggestion in caught.value.suggestions
