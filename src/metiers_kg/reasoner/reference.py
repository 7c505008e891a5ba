"""The OWL 2 RL closure as owlrl computes it: the reference that any faster way must equal.

owlrl applies the rules of OWL 2 RL/RDF (https://www.w3.org/TR/owl2-profiles/, section 4.3) to every triple again and
again until nothing new comes. It spends most of its time on literals, though most literals can take part in no rule;
those are kept out, see `_without_inert_literals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import owlrl
import rdflib
from owlrl.Namespaces import ERRNS
from rdflib import OWL, RDF, RDFS, Literal, URIRef
from rdflib.term import Node

__all__ = ["Closure", "close"]

_Triple = tuple[Node, Node, Node]

# A predicate that stands in none of these places, as subject or object, is named by no rule that reads its triples.
_AXIOM_PREDICATES = (
    RDFS.domain,
    RDFS.subPropertyOf,
    OWL.inverseOf,
    OWL.equivalentProperty,
    OWL.propertyDisjointWith,
    OWL.onProperty,
    OWL.assertionProperty,
    OWL.hasKey,
    OWL.members,
    OWL.sameAs,
    OWL.propertyChainAxiom,
    RDF.first,
)
_IRI = re.compile(r"https?://[^\s,()'\"<>]+")


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows from a graph.

    Attributes:
        inferred: The new triples as sorted N-Triples lines: those with an IRI as subject that are not reflexive
            (``x p x``) and have no blank node. Literal subjects, which owlrl makes and RDF does not have, are left out.
        contradictions: What owlrl says of each contradiction, sorted; empty for a consistent graph.
    """

    inferred: Sequence[str]
    contradictions: Sequence[str]

    @staticmethod
    def resources(contradiction: str) -> list[str]:
        """Return the IRIs that a contradiction names, in its order.

        >>> Closure.resources("Disjoint classes http://e.org/A and http://e.org/B have a common individual http://e.org/x")
        ['http://e.org/A', 'http://e.org/B', 'http://e.org/x']
        """
        return _IRI.findall(contradiction)


def close(ntriples: Iterable[str]) -> Closure:
    """Compute the OWL 2 RL closure of a graph given as N-Triples lines.

    >>> ns, rdfs = "http://e.org/", "http://www.w3.org/2000/01/rdf-schema#"
    >>> a = f"<{ns}a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{ns}Dog> ."
    >>> b = f"<{ns}Dog> <{rdfs}subClassOf> <{ns}Animal> ."
    >>> [line for line in close([a, b]).inferred if line.startswith(f"<{ns}a>")]
    ['<http://e.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e.org/Animal> .']
    """
    asserted = rdflib.Graph()
    asserted.parse(data="\n".join(ntriples), format="nt")
    graph = _without_inert_literals(asserted)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    contradictions = sorted(str(message) for message in graph.objects(None, ERRNS.error))
    inferred = sorted(_line(triple) for triple in graph if _is_told(triple) and triple not in asserted)
    return Closure(inferred, contradictions)


def _without_inert_literals(graph: rdflib.Graph) -> rdflib.Graph:
    """Return *graph* less the literals that no rule can use, one of each predicate and datatype kept.

    Whatever follows from a literal whose predicate no axiom names (other than a label, a declaration, a range) is a
    triple about the literal itself, which the closure leaves out, or about its datatype, for which one literal does.
    """
    used = set(_predicates_with_axioms(graph))
    kept = rdflib.Graph()
    seen: set[tuple[Node, Node | None]] = set()
    for s, p, o in graph:
        if isinstance(o, Literal) and p not in used:
            if (p, o.datatype) in seen:
                continue
            seen.add((p, o.datatype))
        kept.add((s, p, o))
    return kept


def _predicates_with_axioms(graph: rdflib.Graph) -> Iterable[Node]:
    for predicate in _AXIOM_PREDICATES:
        for s, o in graph.subject_objects(predicate):
            yield s
            yield o
    for s, o in graph.subject_objects(RDF.type):
        if o in {
            OWL.FunctionalProperty,
            OWL.InverseFunctionalProperty,
            OWL.SymmetricProperty,
            OWL.AsymmetricProperty,
            OWL.IrreflexiveProperty,
            OWL.TransitiveProperty,
        }:
            yield s
    yield from (RDF.type, OWL.hasValue, OWL.maxCardinality, OWL.maxQualifiedCardinality, OWL.targetValue, RDF.first)


def _is_told(triple: _Triple) -> bool:
    s, _, o = triple
    return isinstance(s, URIRef) and isinstance(o, URIRef | Literal) and s != o


def _line(triple: _Triple) -> str:
    return " ".join(term.n3() for term in triple) + " ."
