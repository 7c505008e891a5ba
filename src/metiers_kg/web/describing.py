"""All that the graph says of a resource, property by property, in the reader's language where it can be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from metiers_kg.api.pages import Property, Reference, ResourceDescription, Segment, Value
from metiers_kg.explanation import Segment as TextSegment
from metiers_kg.vocabulary import ONTOLOGY, PREFIXES
from metiers_kg.web.portraits.passages import told_lines
from metiers_kg.web.texts import Spoken, Texts, choose

__all__ = ["Statements", "read_definitions", "read_description", "read_properties", "told_places"]

_SKOS = PREFIXES["skos"]
_DERIVED = PREFIXES["prov"] + "wasDerivedFrom"
_MATCHES = {_SKOS + name for name in ("exactMatch", "closeMatch", "narrowMatch", "broadMatch", "relatedMatch")}
_TOLD_ELSEWHERE = {
    PREFIXES["rdfs"] + "isDefinedBy",
    PREFIXES["rdf"] + "type",
    _SKOS + "prefLabel",
    _SKOS + "definition",
    _DERIVED,
}


@dataclass(frozen=True, slots=True)
class Statements:
    """The values of one property, those in the reader's language first."""

    predicate: Reference
    values: tuple[Value, ...]
    foreign: tuple[Value, ...]


def read_description(description: ResourceDescription, texts: Texts, told: Collection[str] = ()) -> dict[str, object]:
    """Return what the templates need to tell all of a resource; the passages in *told* are told elsewhere."""
    lang = texts.lang
    properties = [p for p in description.outgoing if p.predicate.iri not in _TOLD_ELSEWHERE]
    if not description.passages:
        properties += [p for p in description.outgoing if p.predicate.iri == _DERIVED]
    matches = [p for p in properties if p.predicate.iri in _MATCHES]
    others = [p for p in properties if p.predicate.iri not in _MATCHES]
    reasoned = [p for p in others if all(value.inferred for value in p.values)]
    return {
        "definitions": read_definitions(description, lang),
        "types": [(type_, _why_type(description, type_)) for type_ in _told_types(description.types)],
        "described": _statements([p for p in others if p not in reasoned], lang),
        "reasoned": _statements(reasoned, lang),
        "matches": _statements(matches, lang),
        "incoming": [p for p in description.incoming if p.links],
        "passages": [(e, told_places(e.segments, texts)) for e in description.passages if e.passage.iri not in told],
    }


def read_properties(description: ResourceDescription, lang: str) -> list[Statements]:
    """Return what a resource says of itself by other properties than its name, its class and its definition."""
    return _statements([p for p in description.outgoing if p.predicate.iri not in _TOLD_ELSEWHERE], lang)


def read_definitions(description: ResourceDescription, lang: str) -> tuple[Spoken, ...]:
    """Return the definitions of a resource, in the reader's language or in the one that stands in for it."""
    found = [p for p in description.outgoing if p.predicate.iri == _SKOS + "definition"]
    return tuple(Spoken(value.text, value.language) for stated in _statements(found, lang) for value in stated.values)


def told_places(segments: Iterable[Segment | TextSegment], texts: Texts) -> list[tuple[str, str]]:
    """Return each segment's quote with its lines in words.

    >>> told_places([Segment("les mots", 12, 14)], Texts("en"))
    [('les mots', 'lines 12 to 14')]
    """
    return [(segment.quote, told_lines(segment.start_line, segment.end_line, texts)) for segment in segments]


def _statements(properties: Iterable[Property], lang: str) -> list[Statements]:
    """Return the values of each property, parted into those that the reader reads and those in other languages."""
    parted = []
    for found in properties:
        values = [value for value in found.values if not _is_nameless(value)]
        spoken = [value for value in values if value.language in ("", lang)]
        if not spoken:
            stand_in = choose({value.language: value.text for value in values}, lang).lang
            spoken = [value for value in values if value.language == stand_in]
        if values:
            spoken.sort(key=lambda value: (value.inferred, value.text.casefold()))
            shown = frozenset(spoken)
            parted.append(Statements(found.predicate, tuple(spoken), tuple(v for v in values if v not in shown)))
    return parted


def _is_nameless(value: Value) -> bool:
    """Tell whether a value is a blank node, which says nothing on a page; the RDF formats have what it holds."""
    return value.reference is None and not value.language and not value.datatype and value.text.startswith("_:")


def _told_types(types: Sequence[Reference]) -> list[Reference]:
    """Return the classes worth telling: those of the project where there are any."""
    own = [type_ for type_ in types if type_.iri.startswith(ONTOLOGY)]
    return own or list(types)


def _why_type(description: ResourceDescription, type_: Reference) -> str:
    """Return the address of why a resource is of a class, or "" where that is not inferred."""
    values = (value for p in description.outgoing if p.predicate.iri == PREFIXES["rdf"] + "type" for value in p.values)
    return next((value.why for value in values if value.reference == type_), "")
