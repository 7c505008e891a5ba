"""Turtle reads as a person would write it, and says no more and no less."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat

from metiers_kg.release.json_ld import make_context, write_json_ld
from metiers_kg.release.turtle import write_turtle

GRAPH = "https://w3id.org/metiers-kg/graph/data"
XSD = "http://www.w3.org/2001/XMLSchema#"

_IRIS = st.sampled_from(
    [
        "https://w3id.org/metiers-kg/job/chimiste",
        "https://w3id.org/metiers-kg/job/a.",
        "https://w3id.org/metiers-kg/passage/a#0-4",
        "https://w3id.org/metiers-kg/ontology#Job",
        "http://www.w3.org/2004/02/skos/core#",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil",
        "urn:x:y",
        "https://e.org/é?a=b&c=(d)",
    ]
).map(NamedNode)
_PREDICATES = st.sampled_from(
    [
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "https://w3id.org/metiers-kg/ontology#order",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#first",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest",
        "https://e.org/p/",
    ]
).map(NamedNode)
_BLANKS = st.sampled_from("abcde").map(BlankNode)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_LITERALS = st.one_of(
    _TEXTS.map(Literal),
    st.builds(lambda text, lang: Literal(text, language=lang), _TEXTS, st.sampled_from(["fr", "en", "nl-be"])),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)),
        st.sampled_from(
            ["1", "01", "+1", "true", "1.0", "1.", ".5", "1e3", "x", "12345678901234567890", "-0", "2013-09"]
        ),
        st.sampled_from(["integer", "decimal", "double", "boolean", "gYearMonth", "string"]),
    ),
)
_QUADS = st.lists(
    st.builds(
        lambda s, p, o: Quad(s, p, o), st.one_of(_IRIS, _BLANKS), _PREDICATES, st.one_of(_IRIS, _BLANKS, _LITERALS)
    ),
    max_size=14,
)


def _canonical(quads: object) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def _lines(quads: list[Quad]) -> list[str]:
    return sorted({f"{quad.triple} ." for quad in quads})


@given(_QUADS)
def test_turtle_comes_back_the_same(quads: list[Quad]) -> None:
    """Whatever is written as Turtle is read as the same statements, lists and circles of blank nodes too."""
    text = "\n".join(write_turtle(_lines(quads)))

    assert _canonical(quads) == _canonical(pyoxigraph.parse(text.encode(), format=RdfFormat.TURTLE))


@given(_QUADS)
def test_json_ld_comes_back_the_same(quads: list[Quad]) -> None:
    """Whatever is written as JSON-LD is read as the same statements, in the graph that it names."""
    lines = _lines(quads)
    text = "\n".join(write_json_ld(lines, make_context(lines), GRAPH))
    named = [Quad(q.subject, q.predicate, q.object, NamedNode(GRAPH)) for q in quads]

    assert _canonical(named) == _canonical(pyoxigraph.parse(text.encode(), format=RdfFormat.JSON_LD))


def test_blank_nodes_stand_where_they_belong() -> None:
    """A list is written in parentheses and a restriction in brackets, below what points to it."""
    chain = "<http://www.w3.org/2002/07/owl#propertyChainAxiom>"
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    mkg = "https://w3id.org/metiers-kg/ontology#"
    lines = sorted(
        [
            f"<{mkg}p> {chain} _:a .",
            f"_:a <{rdf}first> <{mkg}q> .",
            f"_:a <{rdf}rest> _:b .",
            f"_:b <{rdf}first> <{mkg}r> .",
            f"_:b <{rdf}rest> <{rdf}nil> .",
        ]
    )

    assert "mkg:p\n    owl:propertyChainAxiom ( mkg:q mkg:r ) ." in "\n".join(write_turtle(lines))


@pytest.mark.parametrize("order", [1, -1])
def test_objects_are_sorted(order: int) -> None:
    """The order of statements within a subject does not show."""
    job, label = "<https://w3id.org/metiers-kg/job/a>", "<http://www.w3.org/2004/02/skos/core#altLabel>"
    lines = [f'{job} {label} "b"@fr .', f'{job} {label} "a"@fr .'][::order]

    assert 'skos:altLabel "a"@fr ,\n        "b"@fr .' in "\n".join(write_turtle(lines))
