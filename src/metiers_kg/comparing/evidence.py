"""Evidence: how a job of this graph is said to ask for a competence, and in which passages."""

from __future__ import annotations

from typing import Any

from metiers_kg.queries import Names
from metiers_kg.store import Iri, Literal, Store
from metiers_kg.vocabulary import kind_and_slug

__all__ = ["read_requirements"]

_QUERY = """
SELECT ?competence ?level ?statedAs ?modality ?passage WHERE {{
  VALUES (?property ?level) {{ (mkg:hasEssentialRequirement "essential") (mkg:hasOptionalRequirement "optional")
    (mkg:hasEmergingRequirement "emerging") }}
  {job} ?property ?requirement .
  ?requirement mkg:concernsCompetence ?competence ; mkg:statedAs ?statedAs ; mkg:modality ?modality ;
    prov:wasDerivedFrom ?passage .
}} ORDER BY ?competence ?level ?statedAs ?passage
"""


def read_requirements(store: Store, names: Names, job: str, lang: str) -> dict[str, list[dict[str, Any]]]:
    """Return what the texts say of each competence that a job of this graph asks for, by the competence's IRI.

    Each is a dictionary with ``kind``, ``statedAs`` (``explicit``, or ``inferred`` by the reader), ``modality`` and
    ``passages``; a job of another vocabulary has none.
    """
    found: dict[str, dict[tuple[str, str, str], list[dict[str, str]]]] = {}
    if (kind_and_slug(job) or ("",))[0] != "job":
        return {}
    for competence, level, stated, modality, passage in store.rows(_QUERY.format(job=Iri(job))):
        if isinstance(competence, Iri) and isinstance(passage, Iri):
            key = (_text(level), _text(stated), _text(modality))
            passages = found.setdefault(competence.value, {}).setdefault(key, [])
            told = {"iri": passage.value, "label": names.label(passage.value, lang)}
            if told not in passages:
                passages.append(told)
    return {
        competence: [
            {"kind": level, "statedAs": stated, "modality": modality, "passages": passages}
            for (level, stated, modality), passages in said.items()
        ]
        for competence, said in found.items()
    }


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""
