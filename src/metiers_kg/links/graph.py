"""Links as triples: ``job skos:closeMatch concept`` and a record that says who, when, why and how sure.

A record is SSSOM's own RDF (https://mapping-commons.github.io/sssom/spec-formats-rdf/), with an IRI made of what it
links. A row that says "no such term", or "not this one", gives no match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from metiers_kg.links.link import BUILT_IN, EXTENSIONS, NO_TERM, SCHEMES, Link, LinkSet, expand_id
from metiers_kg.vocabulary import PREFIXES, kind_and_slug, mint
from metiers_kg.vocabulary.ntriples import text

__all__ = ["link_triples", "mint_link", "record_triples", "set_triples"]

_PHRASES = {
    "skos:exactMatch": ("équivaut à", "is the same as"),
    "skos:closeMatch": ("est proche de", "is close to"),
    "skos:broadMatch": ("relève de", "is narrower than"),
    "skos:narrowMatch": ("englobe", "is broader than"),
    "skos:relatedMatch": ("est en rapport avec", "is related to"),
}
_DATES = ("mapping_date", "publication_date", "ext_superseded_on")
_PROPERTIES = {
    "mapping_set_version": "owl:versionInfo",
    "mapping_set_title": "dcterms:title",
    "mapping_set_description": "dcterms:description",
    "license": "dcterms:license",
    "see_also": "rdfs:seeAlso",
    "comment": "rdfs:comment",
    "mapping_date": "dcterms:created",
    "publication_date": "dcterms:issued",
    **{slot: name for slot, (name, _) in EXTENSIONS.items()},
}
_SET_SLOTS = (
    "mapping_set_version",
    "mapping_set_title",
    "mapping_set_description",
    "license",
    "creator_label",
    "comment",
)


def mint_link(link: Link) -> str:
    """Return the IRI of a link's record, made of its subject, relation and object.

    >>> subject, target = "https://w3id.org/metiers-kg/job/chimiste", "http://data.europa.eu/esco/isco/C2113"
    >>> mint_link(Link(subject, "skos:broadMatch", target, "semapv:ManualMappingCuration"))
    'https://w3id.org/metiers-kg/mapping/chimiste--broad-match--isco-c2113'
    """
    named = kind_and_slug(link.subject)
    subject = named[1] if named else _slug(link.subject)
    predicate = link.predicate.partition(":")[2].replace("Match", "-match")
    scheme = next((scheme for scheme in SCHEMES.values() if scheme.holds(link.object)), None)
    target = re.split(r"[/#]", link.object)[-1]
    return mint("mapping", f"{subject}--{predicate}--{_slug(f'{scheme.name}-{target}' if scheme else target)}")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def link_triples(links: LinkSet) -> set[str]:
    """Return the triples of a set of reviewed links, as N-Triples lines: matches and their records."""
    lines = set(set_triples(links))
    for link in links.links:
        if link.is_match:
            lines.add(f"<{link.subject}> {_term(link.predicate)} <{link.object}> .")
            lines.update(record_triples(link, links.iri))
    return lines


def record_triples(link: Link, set_iri: str, status: str = "accepted") -> Iterable[str]:
    """Yield the record of one link; *status* is "accepted", "proposed", "rejected" or "superseded"."""
    if link.object == NO_TERM:
        return
    record = f"<{mint_link(link)}>"
    target = link.object_label.strip()
    for language, phrase in zip(("fr", "en"), _PHRASES[link.predicate], strict=True):
        if link.negated:
            phrase = f"{ {'fr': 'pas', 'en': 'not'}[language] } : {phrase}"
        label = f"{link.subject_label} — {phrase} — {target}"
        yield f"{record} {_term('skos:prefLabel')} {text(label)}@{language} ."
    values = {
        "rdf:type": [_term("owl:Axiom"), _term("sssom:Mapping")],
        "owl:annotatedSource": [f"<{link.subject}>"],
        "owl:annotatedProperty": [_term(link.predicate)],
        "owl:annotatedTarget": [f"<{link.object}>"],
        "sssom:mapping_justification": [_term(link.justification)],
        "sssom:subject_label": [text(link.subject_label)],
        "sssom:object_label": [text(link.object_label)],
        "sssom:author_label": [text(link.author)] if link.author else [],
        "sssom:confidence": [] if link.confidence is None else [_typed(f"{link.confidence:g}", "double")],
        "dcterms:created": [_typed(link.date, "date")] if link.date else [],
        "rdfs:comment": [text(link.comment)] if link.comment else [],
        "dcterms:isPartOf": [f"<{set_iri}>"] if set_iri else [],
        "mkg:linkStatus": [text(status)],
        "sssom:predicate_modifier": [_term("sssom:NegatedPredicate")] if link.negated else [],
    }
    for name, terms in values.items():
        for term in terms:
            yield f"{record} {_term(name)} {term} ."
    for slot, value in link.slots.items():
        yield f"{record} {_term(_PROPERTIES.get(slot, f'sssom:{slot}'))} {_slot_value(slot, value)} ."


def set_triples(links: LinkSet) -> Iterable[str]:
    """Yield what the header says of the set."""
    if not links.iri:
        return
    subject = f"<{links.iri}>"
    yield f"{subject} {_term('rdf:type')} {_term('sssom:MappingSet')} ."
    for slot in _SET_SLOTS:
        value = links.metadata.get(slot)
        for item in value if isinstance(value, list) else [value] if value else []:
            yield f"{subject} {_term(_PROPERTIES.get(slot, f'sssom:{slot}'))} {_slot_value(slot, str(item))} ."


def _slot_value(slot: str, value: str) -> str:
    if slot in _DATES:
        return _typed(value, "date")
    if slot == "similarity_score":
        return _typed(value, "double")
    is_iri = slot in ("license", "subject_source", "object_source", "ext_replaced_by")
    return f"<{value}>" if is_iri else text(value)


def _term(name: str) -> str:
    iri = expand_id(name, {**BUILT_IN, **PREFIXES})
    if iri is None:
        raise ValueError(f"{name}: expected a prefixed name")
    return f"<{iri}>"


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^<{PREFIXES["xsd"]}{datatype}>'
