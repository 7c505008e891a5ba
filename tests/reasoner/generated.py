"""Small graphs with every construct of OWL 2 RL, for Hypothesis."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

__all__ = ["graphs"]

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

Lines = list[str]


def _own(names: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f"<http://e.org/{name}>" for name in names.split()])


CLASSES = _own("A B C D E")
PROPERTIES = _own("p q r s t")
THINGS = _own("a b c d e f")
CLASS_OR_TOP = st.one_of(CLASSES, CLASSES, CLASSES, st.sampled_from([f"<{OWL}Thing>", f"<{OWL}Nothing>"]))
LITERALS = st.sampled_from(['"x"', '"y"@fr', f'"1"^^<{XSD}integer>', f'"2"^^<{XSD}integer>', f'"true"^^<{XSD}boolean>'])
FILLERS = st.one_of(CLASS_OR_TOP, CLASS_OR_TOP, st.sampled_from([f"<{XSD}string>", f"<{XSD}integer>"]))


def _line(s: str, p: str, o: str) -> str:
    return f"{s} {p} {o} ."


def _owl(name: str) -> str:
    return f"<{OWL}{name}>"


def _type(s: str, o: str) -> str:
    return _line(s, f"<{RDF}type>", o)


def _node(*parts: str) -> str:
    """Return a blank node's label of its own for each axiom, so that two lists never share a cell."""
    return "l" + "".join(part.rpartition("/")[2].strip(">") for part in parts) + "x"


def _list(node: str, members: list[str]) -> Lines:
    lines = []
    for index, member in enumerate(members):
        cell = f"_:{node}{index}"
        rest = f"_:{node}{index + 1}" if index + 1 < len(members) else f"<{RDF}nil>"
        lines += [_line(cell, f"<{RDF}first>", member), _line(cell, f"<{RDF}rest>", rest)]
    return lines


@st.composite
def _between_classes(draw: Callable[..., str]) -> Lines:
    predicate = draw(
        st.sampled_from(
            [f"<{RDFS}subClassOf>"] * 3 + [_owl(n) for n in ("equivalentClass", "disjointWith", "complementOf")]
        )
    )
    return [_line(draw(CLASSES), predicate, draw(CLASS_OR_TOP))]


@st.composite
def _between_properties(draw: Callable[..., str]) -> Lines:
    names = ("equivalentProperty", "inverseOf", "inverseOf", "propertyDisjointWith")
    predicate = draw(st.sampled_from([f"<{RDFS}subPropertyOf>"] * 2 + [_owl(name) for name in names]))
    return [_line(draw(PROPERTIES), predicate, draw(PROPERTIES))]


@st.composite
def _domain_or_range(draw: Callable[..., str]) -> Lines:
    predicate = draw(st.sampled_from([f"<{RDFS}domain>", f"<{RDFS}range>"]))
    return [_line(draw(PROPERTIES), predicate, draw(FILLERS))]


@st.composite
def _kind_of_property(draw: Callable[..., str]) -> Lines:
    names = "Functional InverseFunctional Symmetric Transitive Asymmetric Irreflexive Object Datatype".split()
    return [_type(draw(PROPERTIES), _owl(draw(st.sampled_from(names)) + "Property"))]


@st.composite
def _class_declaration(draw: Callable[..., str]) -> Lines:
    return [_type(draw(CLASSES), _owl("Class"))]


@st.composite
def _restriction(draw: Callable[..., str]) -> Lines:
    node = draw(st.sampled_from(["_:r1", "_:r2", "_:r3", "<http://e.org/R>"]))
    lines = [_line(node, _owl("onProperty"), draw(PROPERTIES))]
    kind = draw(st.sampled_from(["some", "all", "value", "max", "qualified"]))
    number = f'"{draw(st.sampled_from("01"))}"^^<{XSD}nonNegativeInteger>'
    if kind == "some":
        lines.append(_line(node, _owl("someValuesFrom"), draw(FILLERS)))
    elif kind == "all":
        lines.append(_line(node, _owl("allValuesFrom"), draw(CLASS_OR_TOP)))
    elif kind == "value":
        lines.append(_line(node, _owl("hasValue"), draw(st.one_of(THINGS, LITERALS))))
    elif kind == "max":
        lines.append(_line(node, _owl("maxCardinality"), number))
    else:
        lines += [
            _line(node, _owl("maxQualifiedCardinality"), number),
            _line(node, _owl("onClass"), draw(CLASS_OR_TOP)),
        ]
    predicate = draw(st.sampled_from([f"<{RDFS}subClassOf>", _owl("equivalentClass")]))
    ends = [node, draw(CLASSES)]
    return [
        *lines,
        _line(*(ends[:1] + [predicate] + ends[1:] if draw(st.booleans()) else ends[1:] + [predicate] + ends[:1])),
    ]


@st.composite
def _with_list(draw: Callable[..., str]) -> Lines:
    kind = draw(st.sampled_from("intersectionOf unionOf oneOf propertyChainAxiom hasKey".split()))
    of = {"oneOf": THINGS, "propertyChainAxiom": PROPERTIES, "hasKey": PROPERTIES}.get(kind, CLASSES)
    members = draw(st.lists(of, min_size=1, max_size=3))
    subject = draw(PROPERTIES if kind == "propertyChainAxiom" else CLASSES)
    node = _node(subject, kind, *members)
    return [_line(subject, _owl(kind), f"_:{node}0"), *_list(node, members)]


@st.composite
def _disjoint_or_different(draw: Callable[..., str]) -> Lines:
    kind, of, predicate = draw(
        st.sampled_from(
            [
                ("AllDisjointClasses", CLASSES, "members"),
                ("AllDisjointProperties", PROPERTIES, "members"),
                ("AllDifferent", THINGS, "members"),
                ("AllDifferent", THINGS, "distinctMembers"),
            ]
        )
    )
    members = draw(st.lists(of, min_size=2, max_size=3, unique=True))
    node = _node(kind, predicate, *members)
    head = f"_:{node}h"
    return [_type(head, _owl(kind)), _line(head, _owl(predicate), f"_:{node}0"), *_list(node, members)]


@st.composite
def _denial(draw: Callable[..., str]) -> Lines:
    node = draw(st.sampled_from(["_:n1", "_:n2"]))
    lines = [
        _line(node, _owl("sourceIndividual"), draw(THINGS)),
        _line(node, _owl("assertionProperty"), draw(PROPERTIES)),
    ]
    if draw(st.booleans()):
        return [*lines, _line(node, _owl("targetIndividual"), draw(THINGS))]
    return [*lines, _line(node, _owl("targetValue"), draw(LITERALS))]


@st.composite
def _fact(draw: Callable[..., str]) -> Lines:
    if draw(st.booleans()):
        return [_type(draw(THINGS), draw(CLASSES))]
    return [_line(draw(THINGS), draw(PROPERTIES), draw(st.one_of(THINGS, THINGS, THINGS, LITERALS)))]


@st.composite
def _equality(draw: Callable[..., str]) -> Lines:
    predicate = draw(st.sampled_from(["sameAs", "sameAs", "differentFrom"]))
    pair = draw(st.one_of(st.tuples(THINGS, THINGS), st.tuples(CLASSES, CLASSES), st.tuples(PROPERTIES, PROPERTIES)))
    return [_line(pair[0], _owl(predicate), pair[1])]


SCHEMA = st.one_of(
    _between_classes(),
    _between_properties(),
    _domain_or_range(),
    _kind_of_property(),
    _class_declaration(),
    _restriction(),
    _with_list(),
    _disjoint_or_different(),
    _denial(),
)


@st.composite
def graphs(draw: Callable[..., list[Lines]]) -> Lines:
    """Draw the sorted N-Triples lines of a graph: some axioms, some facts, now and then two names of one thing."""
    axioms = draw(st.lists(SCHEMA, min_size=1, max_size=7))
    facts = draw(st.lists(_fact(), min_size=2, max_size=10))
    equalities = draw(st.lists(_equality(), max_size=1))
    return sorted({line for lines in (*axioms, *facts, *equalities) for line in lines})
