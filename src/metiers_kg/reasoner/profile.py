"""What in an ontology lies outside OWL 2 RL, so that the rules say nothing about it: reported, never silently ignored.

Reported beside what the profile's grammar leaves out: terms that the namespaces of OWL, RDF Schema and RDF do not have;
expressions and lists that are not well formed or stand in no axiom; what the grammar has and no rule reads; imports,
which nothing follows. The global restrictions of OWL 2 DL are not looked at: the rules do without them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from metiers_kg.reasoner.datatypes import DATATYPES, integer_value
from metiers_kg.reasoner.grammar import (
    CLASS_AXIOMS,
    CLASS_EXPRESSIONS,
    DATA_RANGES,
    EXTREME_PROPERTIES,
    FILLERS,
    KINDS,
    LISTS,
    MEMBER_AXIOMS,
    NOWHERE,
    OBJECT_ONLY,
    PROPERTY_AXIOMS,
    RESTRICTIONS,
    WITH_THING,
    is_reserved,
    is_unknown,
    owl,
    rdf,
    rdfs,
)
from metiers_kg.vocabulary import PREFIXES, compact

__all__ = ["Outside", "outside_profile"]


@dataclass(frozen=True, slots=True, order=True)
class Outside:
    """One thing outside OWL 2 RL.

    Attributes:
        resource: The IRI of what it is said of, or of the nearest class or property that has one.
        construct: What it is, by its name in the W3C's structural specification ("ObjectUnionOf").
        message: What was found.
        remedy: What would be right.
    """

    resource: str
    construct: str
    message: str
    remedy: str


def outside_profile(ontology: Iterable[str]) -> list[Outside]:
    """Return what in an ontology, given as canonical N-Triples lines, is outside OWL 2 RL, sorted.

    >>> [found] = outside_profile([f"<http://e.org/knows> {rdf('type')} {owl('ReflexiveProperty')} ."])
    >>> found.resource, found.construct
    ('http://e.org/knows', 'ReflexiveObjectProperty')
    """
    return sorted(set(_Check(ontology).findings()))


_TYPE, _THING = rdf("type"), owl("Thing")
_CHAIN, _INVERSE_OF, _IMPORTS = owl("propertyChainAxiom"), owl("inverseOf"), owl("imports")
_ON_PROPERTY, _ON_PROPERTIES, _ON_DATA_RANGE = owl("onProperty"), owl("onProperties"), owl("onDataRange")
_DATA_PROPERTY, _DATATYPE = owl("DatatypeProperty"), rdfs("Datatype")
_EXPRESSIONS = frozenset(CLASS_EXPRESSIONS) | RESTRICTIONS | frozenset(DATA_RANGES) | {_ON_PROPERTY, _ON_PROPERTIES}
_MEMBERS = {owl("members"), owl("distinctMembers")}

_TYPED = re.compile(r'"\^\^<([^>]*)>$')


class _Check:
    """The check of one ontology. Terms are strings as in N-Triples."""

    def __init__(self, ontology: Iterable[str]) -> None:
        self._triples = sorted({_split(line) for line in ontology})
        self._values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._predicates: defaultdict[str, set[str]] = defaultdict(set)
        self._users: defaultdict[str, list[str]] = defaultdict(list)
        for s, p, o in self._triples:
            self._values[s, p].append(o)
            self._predicates[s].add(p)
            self._users[o].append(s)
        self._checked: set[tuple[str, str]] = set()

    def findings(self) -> Iterator[Outside]:
        for s, p, o in self._triples:
            yield from self._names(s, p, o)
            yield from self._property_axiom(s, p, o)
            yield from self._class_axiom(s, p, o)
            if p in LISTS:
                yield from self._list_axiom(s, p, o)
        in_axioms = self._in_axioms()
        for node in sorted(self._predicates):
            yield from self._node(node)
            if node[0] == "_" and node not in in_axioms and self._predicates[node] & _EXPRESSIONS:
                message = "a class expression or data range stands in no axiom"
                yield self._outside(
                    node, "ClassExpression", message, "put it in an axiom as rdfs:subClassOf, or drop it"
                )

    # --- Names

    def _names(self, s: str, p: str, o: str) -> Iterator[Outside]:
        for term in (s, p, o):
            if term in EXTREME_PROPERTIES:
                yield self._outside(s, _short(term), f"uses {_short(term)}, which no rule knows", "leave it out")
            elif is_unknown(term):
                message = f"uses {_short(term)}, a name that its namespace does not have"
                yield self._outside(s, "unknown term", message, "write a term of OWL 2, RDF Schema or RDF")
        for term in (p, o) if p == _TYPE else (p,):
            if term in NOWHERE:
                found = NOWHERE[term]
                construct = self._kind_of_values(s) + found.construct if found.of_values else found.construct
                yield self._outside(s, construct, f"has {_short(term)}, which OWL 2 RL does not have", found.remedy)
        if p == _IMPORTS:
            message = f"imports {_short(o)}, which is not read"
            yield self._outside(s, "Import", message, "repeat the axioms that are needed, and leave the import out")
        elif p == _ON_PROPERTIES:
            message = "restricts several properties at once, which no rule reads"
            yield self._outside(s, "DataSomeValuesFrom", message, "use owl:onProperty, with one property")
        if self._has_type(p, _DATA_PROPERTY):
            yield from self._literal(o, s)

    # --- Axioms about properties

    def _property_axiom(self, s: str, p: str, o: str) -> Iterator[Outside]:
        for is_property, node in zip(PROPERTY_AXIOMS.get(p, ()), (s, o), strict=False):
            if is_property:
                yield from self._property(node, s)
        said = p if p in OBJECT_ONLY else o if p == _TYPE else ""
        if said in OBJECT_ONLY:
            members = self._members(o)[0] if p == _CHAIN else [o] if p == _INVERSE_OF else []
            for property_ in (s, *members):
                if self._has_type(property_, _DATA_PROPERTY):
                    message = f"{_short(said)} is said of {_short(property_)}, a data property"
                    remedy = "leave it out, or make the property an owl:ObjectProperty"
                    yield self._outside(s, OBJECT_ONLY[said], message, remedy)

    def _property(self, node: str, of: str) -> Iterator[Outside]:
        inverses = self._values.get((node, _INVERSE_OF), [])
        if node[0] != "<" and not (node[0] == "_" and len(inverses) == 1 and inverses[0][0] == "<"):
            message = f"has {_short(node)} in the place of a property"
            remedy = "name a property, or write [ owl:inverseOf property ]"
            yield self._outside(of, "ObjectPropertyExpression", message, remedy)

    # --- Axioms about classes

    def _class_axiom(self, s: str, p: str, o: str) -> Iterator[Outside]:
        if self._is_about_data(s, p, o):
            yield from self._data_range(o, s)
        elif p in CLASS_AXIOMS and not self._has_type(s, owl("AnnotationProperty")):
            of_subject, of_object = CLASS_AXIOMS[p]
            if of_subject and (s[0] == "_" or s == _THING):
                yield from self._class(s, of_subject, o)
            # What a blank node is typed with may only say what it is for: owl:Restriction.
            if of_object and not (p == _TYPE and is_reserved(o) and o != _THING):
                yield from self._class(o, of_object, s)
        elif p in CLASS_EXPRESSIONS and s[0] == "<":
            yield from self._class_made(s, p, o, "an equivalent class", s)

    def _is_about_data(self, s: str, p: str, o: str) -> bool:
        """Tell whether an axiom puts a data range where others put a class."""
        if p == owl("equivalentClass"):
            return self._has_type(s, _DATATYPE)
        return p == rdfs("range") and self._is_of_data(s, o)

    def _list_axiom(self, s: str, p: str, o: str) -> Iterator[Outside]:
        construct, least = LISTS[p]
        for type_, name in MEMBER_AXIOMS.items():
            if p in _MEMBERS and self._has_type(s, type_):
                construct = name
        if p in DATA_RANGES and self._is_data_range(s):
            construct = DATA_RANGES[p]
        members, fault = self._members(o)
        if fault:
            remedy = "write a list: ( … ), each cell with one rdf:first and one rdf:rest, rdf:nil at the end"
            yield self._outside(s, construct, f"{_short(p)} is not a well-formed list: {fault}", remedy)
        elif len(members) < least:
            message = f"{_short(p)} has {len(members)} {'member' if len(members) == 1 else 'members'}"
            yield self._outside(s, construct, message, f"name {least} at least, or leave it out")
        for member in members:
            if construct in {"ObjectPropertyChain", "HasKey", "DisjointObjectProperties"}:
                yield from self._property(member, s)
            elif construct == "DisjointClasses":
                yield from self._class(member, "a disjoint class", s)

    # --- Class expressions

    def _class(self, node: str, place: str, of: str) -> Iterator[Outside]:
        """Check the class expression *node* in its *place* in an axiom, which is about *of*."""
        if (node, place) in self._checked and node[0] == "_":
            return
        self._checked.add((node, place))
        if node == _THING and place not in WITH_THING:
            message = f"has owl:Thing as {place}, where OWL 2 RL does not have it"
            yield self._outside(of, "owl:Thing", message, "name another class, or leave the axiom out")
        elif node[0] == '"' or self._is_data_range(node):
            message = f"has {_short(node)} as {place}, in the place of a class"
            yield self._outside(of, "ClassExpression", message, "name a class")
        elif node[0] == "_":
            made = sorted(self._predicates[node] & CLASS_EXPRESSIONS.keys())
            if len(made) > 1:
                message = f"{' and '.join(map(_short, made))} make one class"
                remedy = "write a blank node for each, in an owl:intersectionOf"
                yield self._outside(of, "ClassExpression", message, remedy)
            elif not made and not self._predicates[node] & _EXPRESSIONS:
                message = f"has as {place} a blank node that nothing makes a class"
                yield self._outside(of, "ClassExpression", message, "name a class, or write a class expression")
            for value in self._values[node, made[0]] if len(made) == 1 else []:
                yield from self._class_made(node, made[0], value, place, of)

    def _class_made(self, node: str, by: str, value: str, place: str, of: str) -> Iterator[Outside]:
        """Check the class expression that a predicate makes with its value."""
        construct, kinds, of_values = CLASS_EXPRESSIONS[by]
        if of_values:
            construct = self._kind_of_values(node) + construct
        if KINDS[place] not in kinds:
            remedy = f"use it in a {'subclass' if 'sub' in kinds else 'superclass'} only"
            if by == owl("someValuesFrom"):
                remedy += "; a SHACL shape can ask for values"
            message = f"has {_short(by)} in {place}, where OWL 2 RL does not have it"
            yield self._outside(of, construct, message, remedy)
        if by == owl("oneOf"):
            if any(member[0] == '"' for member in self._members(value)[0]):
                yield self._outside(of, "DataOneOf", "has literals in owl:oneOf", "let a SHACL shape list them: sh:in")
        elif by in LISTS:
            for member in self._members(value)[0]:
                yield from self._class(member, place, of)
        elif by == owl("complementOf"):
            yield from self._class(value, "a class in a complement", of)
        elif by == owl("hasValue"):
            yield from self._literal(value, of)
        elif by in FILLERS:
            is_of_data = construct.startswith("Data")
            yield from self._data_range(value, of) if is_of_data else self._class(value, FILLERS[by], of)
        else:
            yield from self._maximum(node, construct, by, value, of)

    def _maximum(self, node: str, construct: str, by: str, value: str, of: str) -> Iterator[Outside]:
        if integer_value(value) not in {0, 1}:
            remedy = 'write "1"^^xsd:nonNegativeInteger or 0, or let a SHACL shape count: sh:maxCount'
            yield self._outside(of, construct, f"has {_short(by)} {_short(value)}; the rules know 0 and 1", remedy)
        if by == owl("maxCardinality"):
            return
        counted = self._values[node, owl("onClass")]
        if self._values[node, _ON_DATA_RANGE]:
            # The grammar has it, but the rules cls-maxqc1 to cls-maxqc4 read owl:onClass alone.
            message = "counts values with owl:onDataRange, which no rule reads"
            yield self._outside(of, construct, message, "use owl:maxCardinality, without owl:onDataRange")
        elif len(counted) != 1:
            message = f"has {len(counted)} owl:onClass beside owl:maxQualifiedCardinality"
            yield self._outside(of, construct, message, "name one owl:onClass")
        for expression in counted:
            yield from self._class(expression, "a counted class", of)

    # --- Data ranges and literals

    def _data_range(self, node: str, of: str) -> Iterator[Outside]:
        if node[0] == "<":
            is_defined = self._has_type(node, _DATATYPE) and self._values[node, owl("equivalentClass")]
            if not is_defined and (node[1:-1] not in DATATYPES or node == rdf("langString")):
                remedy = "name a datatype of the profile, or leave it out and let a SHACL shape ask for it"
                yield self._outside(of, "Datatype", f"names {_short(node)}, which is no datatype of OWL 2 RL", remedy)
            return
        made = sorted(self._predicates[node] & DATA_RANGES.keys())
        if len(made) != 1:
            message = f"has {_short(node)} in the place of a datatype"
            yield self._outside(of, "DataRange", message, "name a datatype")
        elif made[0] == owl("intersectionOf") and (node, "a data range") not in self._checked:
            self._checked.add((node, "a data range"))
            for value in self._values[node, made[0]]:
                for member in self._members(value)[0]:
                    yield from self._data_range(member, of)
        elif made[0] in {owl("oneOf"), owl("unionOf")}:
            remedy = "name a datatype; let a SHACL shape limit values"
            yield self._outside(of, DATA_RANGES[made[0]], f"has {_short(made[0])} in a data range", remedy)

    def _literal(self, node: str, of: str) -> Iterator[Outside]:
        typed = _TYPED.search(node) if node[0] == '"' else None
        if typed and typed[1] not in DATATYPES:
            message = f"has a value of {compact(typed[1])}, which is no datatype of OWL 2 RL"
            yield self._outside(of, "Datatype", message, "write it with a datatype of the profile, as xsd:dateTime")

    # --- Every node, wherever it stands

    def _node(self, node: str) -> Iterator[Outside]:
        predicates = self._predicates[node]
        if predicates & RESTRICTIONS or _ON_PROPERTY in predicates or self._has_type(node, owl("Restriction")):
            yield from self._restriction(node)
        if predicates & _MEMBERS and not any(self._has_type(node, type_) for type_ in MEMBER_AXIOMS):
            message = "owl:members of nothing that has members"
            remedy = "make it an owl:AllDisjointClasses, owl:AllDisjointProperties or owl:AllDifferent"
            yield self._outside(node, "Axiom", message, remedy)
        for type_, construct in MEMBER_AXIOMS.items():
            if self._has_type(node, type_) and not predicates & _MEMBERS:
                yield self._outside(node, construct, f"{_short(type_)} without members", "list them with owl:members")
        if self._has_type(node, owl("NegativePropertyAssertion")):
            yield from self._negative_assertion(node)
        if self._has_type(node, owl("Axiom")):
            yield from self._annotated_axiom(node)
        for kinds in (("ObjectProperty", "DatatypeProperty", "AnnotationProperty"), ("Class", "Datatype")):
            declared = [kind for kind in kinds if self._has_type(node, rdfs(kind) if kind == "Datatype" else owl(kind))]
            if len(declared) > 1 and node[0] == "<":
                message = f"is declared as {' and as '.join(declared)}"
                yield self._outside(node, "Declaration", message, "declare it as one of them")

    def _restriction(self, node: str) -> Iterator[Outside]:
        properties = self._values[node, _ON_PROPERTY]
        if len(properties) != 1 and not self._values[node, _ON_PROPERTIES]:
            message = f"a restriction has {len(properties)} owl:onProperty"
            yield self._outside(node, "Restriction", message, "name one property with owl:onProperty")
        if not self._predicates[node] & RESTRICTIONS:
            message = "a restriction asks nothing of the values"
            yield self._outside(
                node, "Restriction", message, "add owl:someValuesFrom, owl:allValuesFrom, owl:hasValue …"
            )

    def _negative_assertion(self, node: str) -> Iterator[Outside]:
        source, property_, thing, value = (
            self._values[node, owl(name)]
            for name in ("sourceIndividual", "assertionProperty", "targetIndividual", "targetValue")
        )
        if any(len(part) != 1 for part in (source, property_, thing + value)):
            message = "a negative assertion lacks a part, or has two"
            remedy = (
                "give it one owl:sourceIndividual, owl:assertionProperty, and owl:targetIndividual or owl:targetValue"
            )
            yield self._outside(node, "NegativePropertyAssertion", message, remedy)
        for literal in value:
            yield from self._literal(literal, node)

    def _annotated_axiom(self, node: str) -> Iterator[Outside]:
        source, property_, target = (
            self._values[node, owl(name)] for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")
        )
        parts = (source, property_, target)
        if any(len(part) != 1 for part in parts) or target[0] not in self._values[source[0], property_[0]]:
            message = "an owl:Axiom is about a triple that the ontology does not state"
            yield self._outside(node, "Axiom", message, "state the triple too: no rule reads an owl:Axiom")

    # --- What a node is

    def _has_type(self, node: str, type_: str) -> bool:
        return type_ in self._values.get((node, _TYPE), ())

    def _kind_of_values(self, restriction: str) -> str:
        """Return "Data" for a restriction of literals, "Object" for one of things."""
        fillers = [
            value
            for name in ("someValuesFrom", "allValuesFrom", "hasValue", "onDataRange")
            for value in self._values[restriction, owl(name)]
        ]
        properties = self._values[restriction, _ON_PROPERTY]
        predicates = self._predicates[restriction]
        of_data = predicates & {_ON_DATA_RANGE, _ON_PROPERTIES} or any(value[0] == '"' for value in fillers)
        return (
            "Data" if of_data or any(self._is_of_data(p, f) for p in properties for f in fillers or [p]) else "Object"
        )

    def _is_of_data(self, property_: str, filler: str) -> bool:
        """Tell whether a property's values are literals; one that is not declared is judged by a filler or range."""
        is_object = self._has_type(property_, owl("ObjectProperty"))
        return self._has_type(property_, _DATA_PROPERTY) or (not is_object and self._is_data_range(filler))

    def _is_data_range(self, node: str, within: frozenset[str] = frozenset()) -> bool:
        """Tell whether a node is a data range: by its name, its type, or since what it is made of is one."""
        if self._has_type(node, _DATATYPE) or self._has_type(node, owl("DataRange")):
            return True
        if node[0] != "_":
            is_xsd = node.startswith(f"<{PREFIXES['xsd']}")
            return is_xsd or node[1:-1] in DATATYPES or node in {owl("real"), owl("rational")}
        if node in within:
            return False
        heads = [o for p in ("oneOf", "intersectionOf", "unionOf") for o in self._values[node, owl(p)]]
        return bool(self._predicates[node] & {owl("datatypeComplementOf"), owl("withRestrictions")}) or any(
            member[0] == '"' or self._is_data_range(member, within | {node})
            for head in heads
            for member in self._members(head)[0]
        )

    def _members(self, head: str) -> tuple[list[str], str]:
        """Return the members of a list, and what is wrong with it."""
        members: list[str] = []
        seen: set[str] = set()
        while head != rdf("nil"):
            firsts, rests = self._values[head, rdf("first")], self._values[head, rdf("rest")]
            if head in seen:
                return members, "it comes back to itself"
            if len(firsts) != 1 or len(rests) != 1:
                return members, f"a cell has {len(firsts)} rdf:first and {len(rests)} rdf:rest"
            seen.add(head)
            members.append(firsts[0])
            head = rests[0]
        return members, ""

    def _in_axioms(self) -> set[str]:
        """Return the blank nodes that an axiom is made of."""
        reached: set[str] = set()
        new: list[str] = []
        for s, p, o in self._triples:
            if p in CLASS_AXIOMS or p in _MEMBERS:
                new.extend([o] if p == _TYPE else [s, o])
            elif s[0] == "<" and (p in CLASS_EXPRESSIONS or p in NOWHERE):
                new.append(o)
        while new:
            node = new.pop()
            if node[0] == "_" and node not in reached:
                reached.add(node)
                new.extend(o for p in self._predicates[node] for o in self._values[node, p])
        return reached

    # --- What is told

    def _outside(self, of: str, construct: str, message: str, remedy: str) -> Outside:
        return Outside(self._nearest(of), construct, message, remedy)

    def _nearest(self, node: str) -> str:
        """Return the IRI that *node* is, or the nearest: of what uses it, then of what it says, else its label."""
        for neighbours in (self._users.__getitem__, self._told_by):
            reached, seen = [node], {node}
            while reached:
                named = sorted(n for n in reached if n[0] == "<" and (n == node or not is_reserved(n)))
                if named:
                    return named[0][1:-1]
                reached = sorted({n for r in reached if r[0] == "_" for n in neighbours(r)} - seen)
                seen.update(reached)
        return node

    def _told_by(self, node: str) -> list[str]:
        """Return what a blank node's axioms name, or where it has none, what it is made of."""
        of_axioms = [o for p in CLASS_AXIOMS if p != _TYPE for o in self._values[node, p]]
        return of_axioms or [o for p in sorted(self._predicates[node] - {_TYPE}) for o in self._values[node, p]]


def _split(line: str) -> tuple[str, str, str]:
    s, p, o = line.split(" ", 2)
    return s, p, o[:-2]


def _short(term: str) -> str:
    """Return a term as a person writes it."""
    if term[0] == "<":
        return compact(term[1:-1])
    return "a blank node" if term[0] == "_" else _TYPED.sub('"', term)
