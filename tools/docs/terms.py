"""The reference of the ontology: a list of its terms, and the pages that pyLODE makes of them."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from metiers_kg.vocabulary import PREFIXES
from tools.docs.page import Page, paragraph, table

__all__ = ["pylode_page", "read_ontology", "terms", "terms_page"]

_OURS = PREFIXES["mkg"]
_LANGUAGES = ("fr", "en")
_KINDS = {
    "Classes": OWL.Class,
    "Relations": OWL.ObjectProperty,
    "Values": OWL.DatatypeProperty,
    "Notes": OWL.AnnotationProperty,
}
_TOLD = {
    "is a": (RDFS.subClassOf, RDFS.subPropertyOf),
    "also a": (RDF.type,),
    "same as": (OWL.equivalentClass, OWL.equivalentProperty),
    "from": (RDFS.domain,),
    "to": (RDFS.range,),
    "inverse of": (OWL.inverseOf,),
    "disjoint with": (OWL.disjointWith, OWL.propertyDisjointWith),
    "replaced by": (URIRef("http://purl.org/dc/terms/isReplacedBy"),),
}
_HEAD = """\
# Ontology

{definition} Version {version}, in OWL 2 RL; prefix `mkg:` for `{namespace}`. The file is `ontology/metiers.ttl`; a
running service gives it at `/ontology`. The same terms as pyLODE shows them: [English](ontology-en.html),
[French](ontology-fr.html). How they fit together is told in [how the graph is made](../explanation/model.md), what
follows from them in [what the reasoner concludes](../explanation/inferences.md).

"""


def read_ontology(file: Path) -> Graph:
    """Return the ontology of a Turtle file."""
    return Graph().parse(file, format="turtle")


def terms(graph: Graph) -> Iterator[tuple[str, URIRef]]:
    """Yield the terms of the project with the heading they stand under, by name; one of two kinds under its first."""
    seen: set[Node] = set()
    for heading, kind in _KINDS.items():
        for term in sorted(graph.subjects(RDF.type, kind), key=str):
            if isinstance(term, URIRef) and term.startswith(_OURS) and term not in seen:
                seen.add(term)
                yield heading, term


def terms_page(graph: Graph) -> Page:
    """Return the list of terms; one without label or definition in French or English is a gap."""
    ontology = next(graph.subjects(RDF.type, OWL.Ontology))
    described = graph.value(ontology, URIRef("http://purl.org/dc/terms/description"), any=True)
    definition = _in(graph, ontology, URIRef("http://purl.org/dc/terms/description"), "en") or str(described or "")
    version = str(graph.value(ontology, OWL.versionInfo) or "")
    parts = [_HEAD.format(definition=definition, version=version, namespace=_OURS)]
    gaps, heading = [], ""
    for kind, term in terms(graph):
        if kind != heading:
            heading = kind
            parts.append(f"## {kind}\n\n")
        name = term.removeprefix(_OURS)
        parts.append(f"### mkg:{name} {{#{name}}}\n\n")
        for lang in _LANGUAGES:
            label, text = _in(graph, term, SKOS.prefLabel, lang), _in(graph, term, SKOS.definition, lang)
            example = _in(graph, term, SKOS.example, lang)
            gaps += [f"mkg:{name} has no skos:prefLabel@{lang}"] if not label else []
            gaps += [f"mkg:{name} has no skos:definition@{lang}"] if not text else []
            quoted = f" *{paragraph(example)}*" if example else ""
            parts.append(f'**{paragraph(label)}** ({lang}): {paragraph(text)}{quoted}\n{{: lang="{lang}" }}\n\n')
        if graph.value(term, OWL.deprecated) is not None:
            parts.append("**Deprecated.**\n\n")
        parts.append(table(["", ""], _relations(graph, term)))
    return Page("reference/ontology.md", "".join(parts), tuple(gaps))


def pylode_page(graph: Graph, lang: str) -> str:
    """Return the HTML page that pyLODE makes of the ontology in one language; with several it glues labels together."""
    with _quietly():
        from pylode import OntPub

        one = Graph()
        for prefix, namespace in graph.namespaces():
            one.bind(prefix, namespace)
        for triple in graph:
            if not isinstance(triple[2], Literal) or triple[2].language in (None, lang):
                one.add(triple)
        return str(OntPub(one).make_html())


def _relations(graph: Graph, term: URIRef) -> list[list[str]]:
    rows = []
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    for name, predicates in _TOLD.items():
        others = {other for predicate in predicates for other in graph.objects(term, predicate)} - kinds
        told = sorted(_told(graph, other) for other in others)
        if told:
            rows.append([name, ", ".join(told)])
    chains = [
        " / ".join(_told(graph, step) for step in Collection(graph, chain))
        for chain in graph.objects(term, OWL.propertyChainAxiom)
    ]
    if chains:
        rows.append(["follows from", "; ".join(sorted(chains))])
    return rows


def _told(graph: Graph, node: Node) -> str:
    if not isinstance(node, URIRef):
        return _expression(graph, node)
    if node.startswith(_OURS):
        name = node.removeprefix(_OURS)
        return f"[`mkg:{name}`](#{name})"
    return f"`{graph.namespace_manager.normalizeUri(node)}`"


def _expression(graph: Graph, node: Node) -> str:
    """Return a class expression in the words of OWL's Manchester syntax."""
    for predicate, word in ((OWL.unionOf, " or "), (OWL.intersectionOf, " and ")):
        members = graph.value(node, predicate)
        if members is not None:
            return word.join(_told(graph, member) for member in Collection(graph, members))
    on = graph.value(node, OWL.onProperty)
    for predicate, word in ((OWL.someValuesFrom, "some"), (OWL.allValuesFrom, "only"), (OWL.hasValue, "value")):
        value = graph.value(node, predicate)
        if on is not None and value is not None:
            return f"{_told(graph, on)} {word} {_told(graph, value)}"
    inverse = graph.value(node, OWL.inverseOf)
    return f"inverse {_told(graph, inverse)}" if inverse is not None else "an expression"


def _in(graph: Graph, term: Node, predicate: URIRef, lang: str) -> str:
    texts = [str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == lang]
    return " ".join(sorted(texts))


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep to itself what pyLODE logs and warns of (files that it leaves open), and the log level it sets for all."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
        logging.disable(logging.NOTSET)
