"""The address of an explanation, as a path of the service."""

from __future__ import annotations

from urllib.parse import quote

from metiers_kg.queries.names import short_name
from metiers_kg.reasoner.derivations import Triple

__all__ = ["explain_address"]


def explain_address(triple: Triple) -> str:
    """Return the path of the explanation of a triple, its terms as short as they are read.

    >>> terms = ("job/datamanager", "ontology#sharesCompetenceWith", "job/biostatisticien")
    >>> explain_address(tuple(f"<https://w3id.org/metiers-kg/{term}>" for term in terms))
    '/explain?s=job/datamanager&p=mkg:sharesCompetenceWith&o=job/biostatisticien'
    """
    s, p, o = (quote(_short(term), safe="/:") for term in triple)
    return f"/explain?s={s}&p={p}&o={o}"


def _short(term: str) -> str:
    return short_name(term[1:-1]) if term.startswith("<") else term
