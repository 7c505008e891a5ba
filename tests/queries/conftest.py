"""A saved query from its body, and a small graph of jobs and competences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metiers_kg.queries import Names, SavedQuery
from metiers_kg.store import Store

HEADER = """#+ summary: A query
#+ title: {fr: Titre, en: Title}
#+ description: {fr: Ce qu’elle dit., en: What it says.}
"""

PREFIXES = """PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

GRAPH = """
@prefix mkg: <https://w3id.org/metiers-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix job: <https://w3id.org/metiers-kg/job/> .
@prefix competence: <https://w3id.org/metiers-kg/competence/> .
@prefix evolution: <https://w3id.org/metiers-kg/evolution/> .
@prefix rome: <https://w3id.org/metiers-kg/rome/> .

mkg:Skill rdfs:subClassOf mkg:Competence .
mkg:Competence rdfs:label "Compétence"@fr, "Competence"@en .
job:bio-informaticien a mkg:Job ; skos:prefLabel "Bio-informaticien"@fr, "Bioinformatician"@en ;
    skos:altLabel "Bio-informaticienne"@fr ; skos:closeMatch rome:H1501 .
job:pilote-d-installation a mkg:Job ; skos:prefLabel "Pilote d’installation"@fr, "Plant operator"@en .
job:data-manager a mkg:Job ; skos:prefLabel "Data manager"@fr .
competence:statistique a mkg:Skill ; skos:prefLabel "Statistique"@fr, "Statistics"@en, "Statistik"@de ;
    skos:notation "S1" .
competence:qualite a mkg:Competence ; skos:prefLabel "Qualité"@fr .
job:qualite a mkg:Job ; skos:prefLabel "Qualité"@fr .
evolution:bio-informaticien--croissance a mkg:JobEvolution ;
    skos:prefLabel "Bio-informaticien : croissance"@fr ; mkg:evolutionOf job:bio-informaticien .
job:bio-informaticien mkg:requiresCompetence competence:statistique .
job:data-manager mkg:requiresCompetence competence:statistique, competence:qualite .
"""


@pytest.fixture(scope="session")
def store() -> Store:
    """Three jobs that require two competences, one with a subclass of its own."""
    return Store.memory(GRAPH)


@pytest.fixture(scope="session")
def names(store: Store) -> Names:
    """The names of the small graph."""
    return Names(store)


@pytest.fixture(scope="session")
def saved() -> Callable[..., SavedQuery]:
    """Make a saved query from a body, and the YAML of its parameters and other keys."""

    def make(body: str, params: str = "", extra: str = "", name: str = "query") -> SavedQuery:
        header = HEADER + (f"#+ params: {{{params}}}\n" if params else "") + (f"#+ {extra}\n" if extra else "")
        return SavedQuery.parse(name, header + PREFIXES + body)

    return make
