"""The prefixes of the project and of the vocabularies it uses; all of them, and only here."""

from __future__ import annotations

import re

__all__ = ["BASE", "ONTOLOGY", "PREFIXES", "compact", "expand"]

BASE = "https://w3id.org/metiers-kg/"
ONTOLOGY = BASE + "ontology#"

PREFIXES: dict[str, str] = {
    "mkg": ONTOLOGY,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "sssom": "https://w3id.org/sssom/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "esco": "http://data.europa.eu/esco/model#",
    "iso-thes": "http://purl.org/iso25964/skos-thes#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
}

# The local part of a prefixed name as Turtle allows it unescaped; enough for what the project prints.
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<!\.)")


def compact(iri: str) -> str:
    """Return *iri* as a prefixed name, or as it stands where no prefix fits.

    >>> compact("https://w3id.org/metiers-kg/ontology#Job")
    'mkg:Job'
    >>> compact("https://w3id.org/metiers-kg/job/bio-informaticien")
    'https://w3id.org/metiers-kg/job/bio-informaticien'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str | None:
    """Return the IRI of a prefixed name, or None where its prefix is not one of ours.

    >>> expand("skos:broader")
    'http://www.w3.org/2004/02/skos/core#broader'
    >>> expand("nobody:knows") is None
    True
    """
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in PREFIXES or local.startswith("//"):
        return None
    return PREFIXES[prefix] + local
