"""The saved queries as RDF, in the form of the SIB's ``sparql-examples`` (SHACL), with their parameters.

The form is that of https://github.com/sib-swiss/sparql-examples : editors and assistants that know it find the queries
at ``/.well-known/sparql-examples``. The typed parameters are ours; SHACL has the terms for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from metiers_kg.errors import MissingVocabulary
from metiers_kg.queries import Parameter, SavedQuery
from metiers_kg.queries.requirements import VOCABULARIES
from metiers_kg.store import BlankNode, Graph, Iri, Literal, Term, Triple
from metiers_kg.vocabulary import PREFIXES, graph_iri, mint

__all__ = ["catalogue_graph", "query_graph"]

_RDF, _RDFS, _SH, _XSD = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "sh", "xsd"))
_SCHEMA = "https://schema.org/"
_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"

# What the examples' prefixes hang on; the SIB's own files have this very name.
_DECLARING = BlankNode("sparql_examples_prefixes")

# SHACL names the classes and properties of the first three; a DESCRIBE has a property of the examples' own ontology.
_EXECUTABLES: Mapping[str, tuple[str, str]] = {
    "select": ("SPARQLSelectExecutable", "select"),
    "ask": ("SPARQLAskExecutable", "ask"),
    "construct": ("SPARQLConstructExecutable", "construct"),
    "describe": ("SPARQLExecutable", "describe"),
}

_DATATYPES: Mapping[str, str] = {
    "string": _XSD + "string",
    "lang-string": _RDF + "langString",
    "integer": _XSD + "integer",
    "decimal": _XSD + "decimal",
    "date": _XSD + "date",
    "year": _XSD + "gYear",
    "boolean": _XSD + "boolean",
    "enum": _XSD + "string",
}


def query_graph(query: SavedQuery, endpoint: str, missing: Sequence[MissingVocabulary] = ()) -> Graph:
    """Return the description of one query as RDF.

    It ``dcterms:requires`` the graphs of the vocabularies it needs; one that is imported is a ``void:Dataset``.

    Args:
        query: The query.
        endpoint: Where it can be asked as it stands: the address of the SPARQL Protocol.
        missing: What it requires and is not imported.
    """
    return catalogue_graph([query], endpoint, lambda _: missing)


def catalogue_graph(
    queries: Iterable[SavedQuery],
    endpoint: str,
    missing: Callable[[SavedQuery], Sequence[MissingVocabulary]] = lambda query: (),
) -> Graph:
    """Return the descriptions of several queries as RDF; *missing* tells what each lacks."""
    triples: dict[Triple, None] = {}
    declared: dict[str, str] = {}
    for query in queries:
        triples |= dict.fromkeys(_triples(query, endpoint, missing(query)))
        declared |= {prefix: iri for prefix, iri in query.syntax.prefixes().items() if prefix not in declared}
    return Graph([*triples, *_declarations(declared)])


def _declarations(prefixes: Mapping[str, str]) -> Iterator[Triple]:
    """Give the prefixes that the queries declare, as ``sh:prefixes`` refers to them."""
    for prefix, namespace in prefixes.items():
        node = BlankNode(f"prefix_{prefix}".replace("-", "_"))
        yield Triple(_DECLARING, Iri(_SH + "declare"), node)
        yield Triple(node, Iri(_SH + "prefix"), Literal(prefix))
        yield Triple(node, Iri(_SH + "namespace"), Literal(namespace, datatype=Iri(_XSD + "anyURI")))


def _triples(query: SavedQuery, endpoint: str, missing: Sequence[MissingVocabulary]) -> Iterator[Triple]:
    subject = Iri(mint("query", query.name))
    class_, text_property = _EXECUTABLES[query.form]

    def state(predicate: str, value: Term, of: Iri = subject) -> Triple:
        return Triple(of, Iri(predicate), value)

    yield state(_RDF + "type", Iri(_SH + "SPARQLExecutable"))
    yield state(_RDF + "type", Iri(_SH + class_))
    yield state((_SPEX if query.form == "describe" else _SH) + text_property, Literal(query.text))
    yield state(_SH + "prefixes", _DECLARING)
    yield state(_SCHEMA + "target", Iri(endpoint))
    yield from (state(_SCHEMA + "keywords", Literal(tag)) for tag in query.tags)
    yield state(PREFIXES["dcterms"] + "identifier", Literal(query.name))
    yield from (state(_RDFS + "label", Literal(text, language=lang)) for lang, text in query.title.items())
    yield from (state(_RDFS + "comment", Literal(text, language=lang)) for lang, text in query.description.items())
    yield from (state(PREFIXES["dcat"] + "keyword", Literal(tag)) for tag in query.tags)
    lacking = {vocabulary.vocabulary for vocabulary in missing}
    for name in query.requires:
        required = Iri(graph_iri(name))
        yield state(PREFIXES["dcterms"] + "requires", required)
        yield state(_RDFS + "label", Literal(VOCABULARIES[name], language="en"), of=required)
        if name not in lacking:
            yield state(_RDF + "type", Iri(PREFIXES["void"] + "Dataset"), of=required)
    for order, parameter in enumerate(query.parameters):
        described = Iri(f"{subject.value}#{parameter.name}")
        yield state(_SH + "parameter", described)
        yield state(_SH + "path", described, of=described)
        for predicate, value in _parameter_values(parameter, order):
            yield state(predicate, value, of=described)
        yield from _choices(parameter, described)


def _parameter_values(parameter: Parameter, order: int) -> Iterator[tuple[str, Term]]:
    """Give what SHACL can say of a parameter, a property and value at a time."""
    yield _RDF + "type", Iri(_SH + "Parameter")
    yield _SH + "order", Literal(order)
    yield _SH + "codeIdentifier", Literal(parameter.variable.removeprefix("?"))
    yield _SH + "optional", Literal(not parameter.required)
    yield from ((_SH + "name", Literal(text, language=lang)) for lang, text in parameter.label.items())
    yield from ((_SH + "description", Literal(text, language=lang)) for lang, text in parameter.description.items())
    if parameter.type == "iri":
        yield _SH + "nodeKind", Iri(_SH + "IRI")
    else:
        yield _SH + "datatype", Iri(_DATATYPES[parameter.type])
    if parameter.class_iri:
        yield _SH + "class", Iri(parameter.class_iri)
    if not parameter.multiple:
        yield _SH + "maxCount", Literal(1)
    elif parameter.max_items is not None:
        yield _SH + "maxCount", Literal(parameter.max_items)
    for predicate, length in (("minLength", parameter.min_length), ("maxLength", parameter.max_length)):
        if length is not None:
            yield _SH + predicate, Literal(length)
    if parameter.pattern is not None:
        yield _SH + "pattern", Literal(f"^(?:{parameter.pattern})$")
    for predicate, bound in (("minInclusive", parameter.minimum), ("maxInclusive", parameter.maximum)):
        if bound is not None:
            yield _SH + predicate, Literal(str(bound), datatype=Iri(_DATATYPES[parameter.type]))


def _choices(parameter: Parameter, described: Iri) -> Iterator[Triple]:
    """Give the fixed choices of a parameter, as the RDF list that sh:in takes."""
    if not parameter.choices:
        return
    first, rest, nil = (Iri(_RDF + name) for name in ("first", "rest", "nil"))
    # Named, so that the same query is written in the same bytes each time.
    stem = described.value.rpartition("/")[2].replace("#", "-")
    nodes = [BlankNode(f"{stem}-{place}") for place in range(len(parameter.choices))]
    yield Triple(described, Iri(_SH + "in"), nodes[0])
    tails: list[Term] = [*nodes[1:], nil]
    for node, following, choice in zip(nodes, tails, parameter.choices, strict=True):
        value = Iri(choice) if parameter.type == "iri" and "://" in choice else Literal(choice)
        yield Triple(node, first, value)
        yield Triple(node, rest, following)
