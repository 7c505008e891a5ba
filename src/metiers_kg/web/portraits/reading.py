"""Portraits of things: for each kind, the sections that its page has and their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from metiers_kg.api import Service
from metiers_kg.api.pages import ResourceDescription
from metiers_kg.vocabulary import ONTOLOGY, expand
from metiers_kg.web.portraits.competences import competences_of, required_by
from metiers_kg.web.portraits.effects import effects_of, factors_on, touched_by
from metiers_kg.web.portraits.evidence import documents_of, passages_of
from metiers_kg.web.portraits.evolving import cells_of, evolution_of, jobs_filed_under, outlooks_on
from metiers_kg.web.portraits.figures import figures_about
from metiers_kg.web.portraits.hierarchy import hierarchy_of
from metiers_kg.web.portraits.known import Known
from metiers_kg.web.portraits.links import links_of
from metiers_kg.web.portraits.measures import dealt_with, measures_on
from metiers_kg.web.portraits.model import Chip, Portrait, Row, Section
from metiers_kg.web.portraits.naming import lead_of, names_of, remarks_of
from metiers_kg.web.portraits.near import nearest_of
from metiers_kg.web.portraits.sentence import facets_of, sentence_of
from metiers_kg.web.portraits.subject import Subject
from metiers_kg.web.portraits.taken import around_of, rests_on, taken_from
from metiers_kg.web.portraits.working import members_of, work_of
from metiers_kg.web.texts import Texts

__all__ = ["PORTRAYED", "Portraits"]

_Reader = Callable[[Subject], Section | None]

_STATEMENT: Sequence[_Reader] = (passages_of, remarks_of)

PORTRAYED: Mapping[str, Sequence[_Reader]] = {
    "job": (
        *(evolution_of, factors_on, competences_of, work_of, remarks_of, nearest_of, links_of, names_of),
        *(measures_on, hierarchy_of, passages_of),
    ),
    "job-group": (
        *(members_of, competences_of, factors_on, outlooks_on, work_of, remarks_of, measures_on, hierarchy_of),
        *(names_of, passages_of),
    ),
    "competence": (required_by, factors_on, hierarchy_of, remarks_of, measures_on, links_of, names_of, passages_of),
    "factor": (effects_of, touched_by, hierarchy_of, measures_on, remarks_of, names_of, passages_of),
    "sub-sector": (
        *(cells_of, factors_on, outlooks_on, figures_about, hierarchy_of, remarks_of, measures_on, names_of),
        passages_of,
    ),
    "category": (jobs_filed_under, remarks_of, names_of, passages_of),
    "indicator": (figures_about, names_of, passages_of),
    "strategy": (dealt_with, hierarchy_of, remarks_of, measures_on, names_of, passages_of),
    "recruitment": (dealt_with, hierarchy_of, remarks_of, measures_on, names_of, passages_of),
    "organisation": (remarks_of, measures_on, work_of, factors_on, figures_about, hierarchy_of, names_of, passages_of),
    "place": (figures_about, remarks_of, measures_on, hierarchy_of, names_of, passages_of),
    "source": (around_of, taken_from, remarks_of, names_of, passages_of),
    "passage": (around_of, rests_on),
    "requirement": _STATEMENT,
    "evolution": _STATEMENT,
    "classification": _STATEMENT,
    "outlook": _STATEMENT,
    "impact": _STATEMENT,
    "relation": _STATEMENT,
    "activity": _STATEMENT,
    "assertion": _STATEMENT,
    "observation": _STATEMENT,
}
"""The kinds that have a portrait, with what makes its sections."""

_COUNTED = {
    "mkg:EmergingJob": "emergence",
    "mkg:GrowingJob": "growth",
    "mkg:ChangingJob": "content-change",
    "mkg:RegulationExposedJob": "regulatory",
    "mkg:TechnologyAndRegulationJob": "technological",
    "mkg:TechnologicalFactor": "technological",
    "mkg:EconomicFactor": "economic",
    "mkg:RegulatoryFactor": "regulatory",
    "mkg:SocietalFactor": "societal",
    "mkg:Knowledge": "",
    "mkg:Skill": "",
    "mkg:Attitude": "",
    "mkg:LanguageSkill": "",
    "mkg:Qualification": "",
}
"""The classes that a page tells at its head, with their colours."""


class Portraits:
    """Makes portraits of the things of a service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    @cached_property
    def _known(self) -> Known:
        return Known.read(self._service.store)

    def read(self, description: ResourceDescription, texts: Texts, *, asserted: bool = False) -> Portrait | None:
        """Return the portrait of what is described, or None where its kind has none, or nothing is to be told.

        *asserted* leaves out what was inferred.
        """
        readers = PORTRAYED.get(description.kind)
        if readers is None:
            return None
        subject = Subject(self._service, self._known, description, texts, asserted)
        lead = lead_of(subject)
        sections = tuple(section for read in readers if (section := read(subject)) is not None)
        if not sections and not lead:
            return None
        return Portrait(
            sections=sections,
            lead=lead,
            chips=(*_counted(subject), *facets_of(subject)),
            sentence=sentence_of(subject),
            told=frozenset(subject.told),
            sources=documents_of(subject),
        )


def _counted(subject: Subject) -> tuple[Row, ...]:
    """Return what the thing counts as, with why where the reasoner concludes it."""
    whys = subject.out("rdf:type")
    classes = {name: expand(name) or "" for name in _COUNTED}
    return tuple(
        Row(
            thing=subject.thing(iri),
            chips=(Chip(subject.thing(iri).label, _COUNTED[name]),),
            why=whys[iri],
        )
        for name, iri in classes.items()
        if iri.startswith(ONTOLOGY) and iri in whys
    )
