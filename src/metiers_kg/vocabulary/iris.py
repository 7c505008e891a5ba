"""Kinds of resources and their IRIs: ``https://w3id.org/metiers-kg/{kind}/{slug}``."""

from __future__ import annotations

import re

from slugify import slugify as _slugify

from metiers_kg.vocabulary.namespaces import BASE

__all__ = ["KINDS", "graph_iri", "kind_and_slug", "mint", "slugify"]

KINDS: tuple[str, ...] = (
    "job",
    "job-group",
    "competence",
    "factor",
    "sub-sector",
    "category",
    "horizon",
    "evolution",
    "classification",
    "outlook",
    "impact",
    "requirement",
    "relation",
    "activity",
    "assertion",
    "mapping",
    "passage",
    "source",
    "indicator",
    "observation",
    "strategy",
    "recruitment",
    "organisation",
    "place",
    "query",
    "overlap",
    "graph",
    "rome",
)

_RESOURCE = re.compile(re.escape(BASE) + r"([a-z-]+)/([^/?#]+)")


def slugify(label: str) -> str:
    """Return the slug of a French label: lower-case ASCII, words joined by hyphens.

    >>> slugify("Pilote d’installation / Opérateur machine")
    'pilote-d-installation-operateur-machine'
    """
    return str(_slugify(label.replace("’", "-").replace("'", "-")))


def mint(kind: str, slug: str) -> str:
    """Return the IRI of a resource. Raises ValueError for a kind that the project does not have.

    >>> mint("job", "bio-informaticien")
    'https://w3id.org/metiers-kg/job/bio-informaticien'
    """
    if kind not in KINDS:
        raise ValueError(f"no kind {kind!r}; expected one of {', '.join(KINDS)}")
    return f"{BASE}{kind}/{slug}"


def graph_iri(name: str) -> str:
    """Return the IRI of a named graph.

    >>> graph_iri("inferred")
    'https://w3id.org/metiers-kg/graph/inferred'
    """
    return mint("graph", name)


def kind_and_slug(iri: str) -> tuple[str, str] | None:
    """Return the kind and slug of one of the project's resources, or None for any other IRI.

    >>> kind_and_slug("https://w3id.org/metiers-kg/job/bio-informaticien")
    ('job', 'bio-informaticien')
    >>> kind_and_slug("http://data.europa.eu/esco/isco/C2120") is None
    True
    """
    match = _RESOURCE.fullmatch(iri.partition("#")[0])
    return (match[1], match[2]) if match and match[1] in KINDS else None
