"""Small graphs with every construct of OWL 2 RL, for Hypothesis.

A graph is drawn from axioms of each kind, facts, names of one thing, and examples made from the rules themselves. Few names
make for many meetings.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import strategies as st

from metiers_kg.reasoner.rules import RULES, Before, Every, Member, Path, Pattern, Rule

__all__ = ["Lines", "changes", "graphs", "graphs_about_the_language"]

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
EXPRESSIONS = st.sampled_from(["_:r1", "_:r2", "_:r3", "<http://e.org/R>"])
RELATIONS = st.one_of(PROPERTIES, PROPERTIES, PROPERTIES, st.just("_:inverse"))
CLASS_OR_TOP = st.one_of(CLASSES, CLASSES, CLASSES, EXPRESSIONS, st.sampled_from([f"<{OWL}Thing>", f"<{OWL}Nothing>"]))
LITERALS = st.sampled_from(
    [
        *('"x"', '"y"@fr', f'"true"^^<{XSD}boolean>', f'"1.0"^^<{XSD}decimal>', f'"no"^^<{XSD}integer>'),
        *(f'"{n}"^^<{XSD}{name}>' for n, name in (("1", "integer"), ("2", "integer"), ("01", "int"))),
    ]
)
DATATYPES = st.sampled_from([f"<{XSD}{name}>" for name in ("string", "integer", "decimal", "int")])
FILLERS = st.one_of(CLASS_OR_TOP, CLASS_OR_TOP, DATATYPES)


def _line(s: str, p: str, o: str) -> str:
    return f"{s} {p} {o} ."


def _owl(name: str) -> str:
    return f"<{OWL}{name}>"


def _type(s: str, o: str) -> str:
    return _line(s, f"<{RDF}type>", o)


def _node(*parts: str) -> str:
    """Return a blank node's label of its own for each axiom, so that two lists never share a cell."""
    return "l" + "".join(re.sub(r".*/|\W", "", part) for part in parts) + "x"


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
    return [_line(draw(st.one_of(CLASSES, CLASSES, EXPRESSIONS)), predicate, draw(CLASS_OR_TOP))]


@st.composite
def _between_properties(draw: Callable[..., str]) -> Lines:
    names = ("equivalentProperty", "inverseOf", "inverseOf", "propertyDisjointWith")
    predicate = draw(st.sampled_from([f"<{RDFS}subPropertyOf>"] * 2 + [_owl(name) for name in names]))
    return [_line(draw(RELATIONS), predicate, draw(RELATIONS))]


@st.composite
def _inverse_expression(draw: Callable[..., str]) -> Lines:
    return [_line("_:inverse", _owl("inverseOf"), draw(PROPERTIES)), *draw(_between_properties())]


@st.composite
def _domain_or_range(draw: Callable[..., str]) -> Lines:
    predicate = draw(st.sampled_from([f"<{RDFS}domain>", f"<{RDFS}range>"]))
    return [_line(draw(PROPERTIES), predicate, draw(FILLERS))]


@st.composite
def _kind_of_property(draw: Callable[..., str]) -> Lines:
    names = [
        "Functional",
        "InverseFunctional",
        "Symmetric",
        "Transitive",
        "Asymmetric",
        "Irreflexive",
        "Object",
        "Datatype",
    ]
    return [_type(draw(PROPERTIES), _owl(draw(st.sampled_from(names)) + "Property"))]


@st.composite
def _class_declaration(draw: Callable[..., str]) -> Lines:
    return [_type(draw(CLASSES), _owl("Class"))]


@st.composite
def _restriction(draw: Callable[..., str]) -> Lines:
    node = draw(EXPRESSIONS)
    lines = [_line(node, _owl("onProperty"), draw(RELATIONS))]
    kind = draw(st.sampled_from(["some", "all", "value", "max", "qualified", "qualified"]))
    number = f'"{draw(st.sampled_from("01"))}"^^<{XSD}nonNegativeInteger>'
    if kind == "some":
        lines.append(_line(node, _owl("someValuesFrom"), draw(FILLERS)))
    elif kind == "all":
        lines.append(_line(node, _owl("allValuesFrom"), draw(FILLERS)))
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
    one, other = draw(st.permutations([node, draw(CLASSES)]))
    return [*lines, _line(one, predicate, other)]


@st.composite
def _example_of_a_rule(draw: Callable[..., str], rules: list[Rule]) -> Lines:
    """Return triples that meet the premises of one of the rules."""
    rule = draw(st.sampled_from(rules))
    patterns = [premise for premise in rule.premises if isinstance(premise, Pattern)]
    names: dict[str, str] = {}

    def named(part: str | int) -> str:
        if isinstance(part, int):
            return f'"{part}"^^<{XSD}nonNegativeInteger>'
        if part.startswith("?") and part not in names:
            names[part] = draw(_role(part, patterns))
        return names.get(part, part)

    lines, lists = [], dict[str, list[str]]()
    for premise in rule.premises:
        if isinstance(premise, Member | Before):
            lists[premise.list] = [named(part) for part in premise[:-1]]
        elif isinstance(premise, Every | Path) and premise.list not in lists:
            item = premise.item if isinstance(premise, Every) else "?p"
            lists[premise.list] = draw(st.lists(_role(item, patterns), min_size=1, max_size=3))
        if isinstance(premise, Every):
            for index, member in enumerate(lists[premise.list]):
                names[premise.item] = member
                lines.append(_line(*(named(f"{part}{index}" if part == "?z*" else part) for part in premise.pattern)))
        elif isinstance(premise, Path):
            ends = [premise.start, *(f"?{index}" for index in range(1, len(lists[premise.list]))), premise.end]
            lines += [
                _line(named(s), p, named(o)) for s, p, o in zip(ends, lists[premise.list], ends[1:], strict=False)
            ]
    for variable, members in lists.items():
        node = _node(rule.name, *members)
        names[variable] = f"_:{node}0"
        lines += _list(node, members)
    return [*lines, *(_line(*(named(part) for part in pattern)) for pattern in patterns)]


@st.composite
def _values(draw: Callable[..., str]) -> Lines:
    """Return a property of which a thing has one value and is given two, or values of one datatype and is given another."""
    p, thing = draw(PROPERTIES), draw(THINGS)
    axiom = draw(st.sampled_from([_type(p, _owl("FunctionalProperty")), _line(p, f"<{RDFS}range>", draw(DATATYPES))]))
    return [axiom, _line(thing, p, draw(LITERALS)), _line(thing, p, draw(LITERALS))]


def _role(variable: str, patterns: list[Pattern]) -> st.SearchStrategy[str]:
    """Return what a variable of a rule stands for, by the company it keeps or by the W3C's letter for it."""
    for s, p, o in patterns:
        if variable == s and p == _owl("onProperty"):
            return EXPRESSIONS
        if variable == o and p in {_owl("someValuesFrom"), _owl("allValuesFrom")}:
            return CLASSES
        if variable == s and (p == _owl("sourceIndividual") or str(o).startswith(f"<{OWL}AllDi")):
            return st.sampled_from(["_:n1", "_:n2"])
        if variable == o and p == _owl("targetValue"):
            return LITERALS
    return {"p": PROPERTIES, "c": CLASSES}.get(variable[1], THINGS)


@st.composite
def _of_a_reserved_name(draw: Callable[..., str]) -> Lines:
    """Return an axiom about rdf:type or another word of the language itself: the rules hold for these too."""
    p, names = draw(PROPERTIES), [f"<{RDF}type>", f"<{RDFS}subClassOf>", _owl("sameAs")]
    name = draw(st.sampled_from(names))
    axioms = [
        (p, f"<{RDFS}subPropertyOf>", name),
        (name, f"<{RDFS}subPropertyOf>", p),
        (p, _owl("inverseOf"), name),
        (name, f"<{RDFS}domain>", draw(CLASSES)),
        (p, _owl("sameAs"), name),
        (name, f"<{RDF}type>", draw(st.sampled_from([_owl("TransitiveProperty"), _owl("IrreflexiveProperty")]))),
    ]
    return [_line(*draw(st.sampled_from(axioms)))]


@st.composite
def _with_list(draw: Callable[..., str]) -> Lines:
    kind = draw(st.sampled_from(["intersectionOf", "unionOf", "oneOf", "propertyChainAxiom", "hasKey"]))
    of = {"oneOf": THINGS, "propertyChainAxiom": RELATIONS, "hasKey": PROPERTIES}.get(kind, CLASS_OR_TOP)
    members = draw(st.lists(of, min_size=1, max_size=3))
    subject = draw(PROPERTIES if kind == "propertyChainAxiom" else st.one_of(CLASSES, CLASSES, EXPRESSIONS))
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
    if not draw(st.integers(0, 9)):
        return [_type(draw(CLASSES), draw(CLASSES))]
    return [_line(draw(THINGS), draw(PROPERTIES), draw(st.one_of(THINGS, THINGS, THINGS, LITERALS)))]


@st.composite
def _equality(draw: Callable[..., str]) -> Lines:
    predicate = draw(st.sampled_from(["sameAs", "sameAs", "differentFrom"]))
    pair = draw(st.one_of(st.tuples(THINGS, THINGS), st.tuples(CLASSES, CLASSES), st.tuples(PROPERTIES, PROPERTIES)))
    return [_line(pair[0], _owl(predicate), pair[1])]


COMMON = st.one_of(
    _between_classes(),
    _between_properties(),
    _domain_or_range(),
    _kind_of_property(),
    _class_declaration(),
    _restriction(),
    _restriction(),
    _with_list(),
    _disjoint_or_different(),
    _denial(),
    _values(),
)
SCHEMA = st.one_of(*[COMMON] * 9, _inverse_expression())


WITH_PREMISES = [rule for rule in RULES if rule.premises]
EXAMPLES = st.tuples(*(_example_of_a_rule(WITH_PREMISES[start::5]) for start in range(5)))  # so that none is rare


@st.composite
def _statements(draw: Callable[..., list[Lines]]) -> list[Lines]:
    axioms = draw(st.lists(SCHEMA, min_size=1, max_size=4))
    facts = draw(st.lists(_fact(), min_size=1, max_size=6))
    equalities = draw(st.one_of(st.just([]), st.lists(_equality(), min_size=1, max_size=2)))
    return [*axioms, *facts, *equalities, *draw(EXAMPLES)]


def graphs() -> st.SearchStrategy[Lines]:
    """Draw the sorted N-Triples lines of a graph: some axioms, some facts, now and then two names of one thing."""
    return _statements().map(_lines)


@st.composite
def graphs_about_the_language(draw: Callable[..., list[Lines]]) -> Lines:
    """Draw a graph with an axiom about rdf:type, rdfs:subClassOf or owl:sameAs.

    It has little else, and nothing that makes things equal: where a type is a case of equality, all becomes one thing.
    """
    axioms = draw(st.lists(st.one_of(_between_classes(), _between_properties(), _domain_or_range()), max_size=4))
    facts = draw(st.lists(_fact(), min_size=2, max_size=6))
    return _lines([draw(_of_a_reserved_name()), *axioms, *facts])


@st.composite
def changes(draw: Callable[..., list[Lines]], times: int = 1) -> list[Lines]:
    """Draw a graph and what it becomes: statements, axioms among them, taken away and others added."""
    statements = draw(_statements())
    versions = [_lines(statements)]
    for _ in range(times):
        kept = [statement for statement in statements if draw(st.integers(0, 3))]
        kinds = draw(st.sampled_from([_fact(), _fact(), st.one_of(_fact(), SCHEMA, _equality())]))
        statements = [*kept, *draw(st.lists(kinds, max_size=3))]
        versions.append(_lines(statements))
    return versions


def _lines(statements: list[Lines]) -> Lines:
    return sorted({line for lines in statements for line in lines})
