"""Evidence: what an asserted triple rests on: a passage that says it, or an axiom of the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from metiers_kg.explanation.naming import Named, Naming
from metiers_kg.reasoner.datatypes import literal_parts
from metiers_kg.reasoner.derivations import ClosedGraph, Triple
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES

__all__ = ["Evidence", "Passage", "Segment", "read_evidence"]

Kind: TypeAlias = Literal["assertion", "statement", "thing"]
"""How near a passage is to a triple.

assertion: an ``mkg:Assertion`` states this very triple; statement: the triple is part of a statement, and the passage
says it; thing: the passage is about the thing that the triple describes.
"""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a source's text.

    Attributes:
        quote: The words by which to find it.
        start_line: Its first line, from 1, where known.
        end_line: Its last line, where known.
    """

    quote: str
    start_line: int | None = None
    end_line: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a source.

    Attributes:
        passage: The passage; its label tells source, section and lines.
        source: The document it stands in.
        section: The section of the document.
        segments: Its pieces, in the order of the text.
    """

    passage: Named
    source: Named | None
    section: Named | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a triple of the data rests on.

    Attributes:
        kind: How near the passages are to the triple.
        of: The assertion, statement or thing that was taken from the passages.
        stated_as: ``explicit`` or ``inferred`` (by the reader, from the passage), or "" where it is not told.
        modality: ``stated`` or ``conditional``, or "".
        passages: The passages, in the order of their labels.
    """

    kind: Kind
    of: Named
    stated_as: str
    modality: str
    passages: tuple[Passage, ...]


def _iri(prefix: str, name: str) -> str:
    return f"<{PREFIXES[prefix]}{name}>"


_FROM = _iri("prov", "wasDerivedFrom")
_SUBJECT, _PREDICATE, _OBJECT = (_iri("rdf", name) for name in ("subject", "predicate", "object"))
_SOURCE, _SELECTOR, _EXACT, _START = (_iri("oa", name) for name in ("hasSource", "hasSelector", "exact", "start"))
_SECTION, _STATED, _MODALITY, _FIRST, _LAST = (
    f"<{ONTOLOGY}{name}>" for name in ("inSection", "statedAs", "modality", "startLine", "endLine")
)


def read_evidence(triple: Triple, graph: ClosedGraph, naming: Naming) -> Evidence | None:
    """Return what an asserted triple of the data rests on, the nearest there is, or None where no passage is known."""
    s, p, o = triple
    if p == _FROM:
        return Evidence(
            "statement", naming.name(s), _text(graph, s, _STATED), _text(graph, s, _MODALITY), _of(graph, naming, o)
        )
    for assertion in _assertions(triple, graph):
        if evidence := _evidence("assertion", assertion, graph, naming):
            return evidence
    things = [s, o] if o.startswith("<") else [s]
    statements = [thing for thing in things if _text(graph, thing, _STATED)]
    found = (
        _evidence("statement" if thing in statements else "thing", thing, graph, naming)
        for thing in (*statements, *things)
    )
    return next((evidence for evidence in found if evidence), None)


def _assertions(triple: Triple, graph: ClosedGraph) -> list[str]:
    """Return what states this triple in so many words, sorted."""
    s, p, o = triple
    about = (node for node, _, _ in graph.match(None, _SUBJECT, s))
    return sorted(n for n in about if graph.holds((n, _PREDICATE, p)) and graph.holds((n, _OBJECT, o)))


def _evidence(kind: Kind, thing: str, graph: ClosedGraph, naming: Naming) -> Evidence | None:
    passages = [found for _, _, passage in graph.match(thing, _FROM, None) for found in _of(graph, naming, passage)]
    if not passages:
        return None
    passages.sort(key=lambda found: (found.passage.label, found.passage.term))
    return Evidence(
        kind, naming.name(thing), _text(graph, thing, _STATED), _text(graph, thing, _MODALITY), tuple(passages)
    )


def _of(graph: ClosedGraph, naming: Naming, passage: str) -> tuple[Passage, ...]:
    segments = sorted(_segments(graph, passage), key=lambda found: found[0])
    source, section = _object(graph, passage, _SOURCE), _object(graph, passage, _SECTION)
    return (
        Passage(
            naming.name(passage),
            naming.name(source) if source else None,
            naming.name(section) if section else None,
            tuple(segment for _, segment in segments),
        ),
    )


def _segments(graph: ClosedGraph, passage: str) -> Iterator[tuple[int, Segment]]:
    for _, _, selector in graph.match(passage, _SELECTOR, None):
        quote = _text(graph, selector, _EXACT)
        if quote:
            first, last = _number(graph, selector, _FIRST), _number(graph, selector, _LAST)
            yield _number(graph, selector, _START) or 0, Segment(quote, first, last)


def _object(graph: ClosedGraph, s: str, p: str) -> str | None:
    return next((o for _, _, o in graph.match(s, p, None)), None)


def _text(graph: ClosedGraph, s: str, p: str) -> str:
    found = _object(graph, s, p)
    return literal_parts(found)[0] if found and found.startswith('"') else ""


def _number(graph: ClosedGraph, s: str, p: str) -> int | None:
    text = _text(graph, s, p)
    return int(text) if text.isdecimal() else None
