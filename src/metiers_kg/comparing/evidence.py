"""Evidence: how a job of this graph is said to ask for a competence, and in which passages."""

from __future__ import annotations

from typing import Any

from metiers_kg.explanation import explain_address
from metiers_kg.queries import Names
from metiers_kg.store import Iri, Literal, Store
from metiers_kg.vocabulary import ONTOLOGY, kind_and_slug

__all__ = ["add_explanations", "read_conclusions", "read_requirements"]

_QUERY = """
SELECT ?competence ?level ?statedAs ?modality ?passage WHERE {{
  VALUES (?property ?level) {{ (mkg:hasEssentialRequirement "essential") (mkg:hasOptionalRequirement "optional")
    (mkg:hasEmergingRequirement "emerging") }}
  {job} ?property ?requirement .
  ?requirement mkg:concernsCompetence ?competence ; mkg:statedAs ?statedAs ; mkg:modality ?modality ;
    prov:wasDerivedFrom ?passage .
}} ORDER BY ?competence ?level ?statedAs ?passage
"""

_QUOTES = """
SELECT DISTINCT ?passage ?quote ?language WHERE {{
  {job} mkg:hasRequirement ?requirement . ?requirement prov:wasDerivedFrom ?passage .
  ?passage oa:hasSelector ?selector ; oa:hasSource ?source .
  ?selector oa:exact ?quote . ?source dcterms:language ?language .
}} ORDER BY ?passage ?selector
"""


def read_requirements(store: Store, names: Names, job: str, lang: str) -> dict[str, list[dict[str, Any]]]:
    """Return what the texts say of each competence that a job of this graph asks for, by the competence's IRI.

    Each is a dictionary with ``kind``, ``statedAs`` (``explicit``, or ``inferred`` by the reader), ``modality`` and
    ``passages``, these with the ``quotes`` to find them by and their ``lang``; a job of another vocabulary has none.
    """
    found: dict[str, dict[tuple[str, str, str], list[dict[str, Any]]]] = {}
    if (kind_and_slug(job) or ("",))[0] != "job":
        return {}
    quotes: dict[str, dict[str, Any]] = {}
    for passage, quote, language in store.rows(_QUOTES.format(job=Iri(job))):
        if isinstance(passage, Iri) and isinstance(quote, Literal):
            quotes.setdefault(passage.value, {"quotes": [], "lang": _text(language)})["quotes"].append(quote.value)
    for competence, level, stated, modality, passage in store.rows(_QUERY.format(job=Iri(job))):
        if isinstance(competence, Iri) and isinstance(passage, Iri):
            key = (_text(level), _text(stated), _text(modality))
            passages = found.setdefault(competence.value, {}).setdefault(key, [])
            told: dict[str, Any] = {"iri": passage.value, "label": names.label(passage.value, lang)}
            told |= quotes.get(passage.value, {})
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


def read_conclusions(store: Store, job: str, name: str) -> frozenset[str]:
    """Return the competences that the reasoner ties to a job of this graph by the property *name* of the ontology."""
    if (kind_and_slug(job) or ("",))[0] != "job":
        return frozenset()
    rows = store.rows(f"SELECT DISTINCT ?competence {{ {Iri(job)} mkg:{name} ?competence }}")
    return frozenset(competence.value for (competence,) in rows if isinstance(competence, Iri))


def add_explanations(document: dict[str, Any], store: Store, jobs: tuple[str, str]) -> None:
    """Add to each side of two jobs compared, as ``explain``, why the reasoner holds that the job requires it.

    What is shared in part has it too: why the destination requires something of the kind that both have.
    """
    required = dict(
        zip(("of", "with"), (read_conclusions(store, job, "requiresCompetence") for job in jobs), strict=True)
    )
    sides = dict(zip(("of", "with"), jobs, strict=True))
    kinds = read_conclusions(store, jobs[1], "requiresKindOfCompetence") if document["partly"] else frozenset()

    def address(side: str, told: dict[str, Any]) -> None:
        own = (told["iri"], *(found["iri"] for found in told.get("standsFor", ())))
        held = next((iri for iri in own if iri in required[side]), None)
        if told.get(side) and held:
            told[side]["explain"] = _address(sides[side], "requiresCompetence", held)

    for name in ("shared", "partly", "missing", "beyond"):
        for told in document[name]:
            for side in sides:
                address(side, told)
            for own in told.get("by", ()):
                address("of", own)
            if name == "partly" and told["through"]["iri"] in kinds:
                told["explain"] = _address(jobs[1], "requiresKindOfCompetence", told["through"]["iri"])


def _address(job: str, name: str, competence: str) -> str:
    return explain_address((f"<{job}>", f"<{ONTOLOGY}{name}>", f"<{competence}>"))
