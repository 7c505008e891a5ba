"""A small graph with a hostile name, a saved query of each sort, and their pages."""

from __future__ import annotations

import warnings

import pytest

from metiers_kg.api import Service, create_app
from metiers_kg.overlap.spaces import study_space
from metiers_kg.overlap.state import STATE, save_spaces
from metiers_kg.overlap.vocabularies import Asked, Study
from metiers_kg.queries import Catalogue, Names, Result, SavedQuery, answer
from metiers_kg.store import Store
from metiers_kg.vocabulary import BASE
from metiers_kg.web import HtmlPages

with warnings.catch_warnings():
    # Starlette asks for httpx2, which is not among the project's packages; httpx does as well.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

GRAPH = """
@prefix mkg: <https://w3id.org/metiers-kg/ontology#> .
@prefix job: <https://w3id.org/metiers-kg/job/> .
@prefix category: <https://w3id.org/metiers-kg/category/> .
@prefix competence: <https://w3id.org/metiers-kg/competence/> .
@prefix passage: <https://w3id.org/metiers-kg/passage/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
mkg:Job skos:prefLabel "Métier"@fr , "Job"@en .
mkg:Competence skos:prefLabel "Compétence"@fr .
job:bio-informaticien a mkg:Job ; skos:prefLabel "Bio-informaticien"@fr , "Bioinformatician"@en , "Bio-informaticus"@nl ;
    mkg:requires competence:statistique , competence:rigueur .
job:hostile a mkg:Job ; skos:prefLabel "\\"'><script>alert(1)</script>&{{ 7 * 7 }}"@fr ;
    mkg:requires competence:rigueur .
competence:statistique a mkg:Competence ; skos:prefLabel "Statistique"@fr , "Statistics"@en .
competence:rigueur a mkg:Competence ; skos:prefLabel "Rigueur"@fr .
passage:p1 skos:prefLabel "Forem 2013, l. 12"@fr .
category:growth a mkg:EvolutionCategory ; skos:prefLabel "Croissance"@fr , "Growth"@en .
category:emergence a mkg:EvolutionCategory ; skos:prefLabel "Émergence"@fr , "Emergence"@en .
"""

QUERIES = {
    "job-competences": """\
#+ summary: Competences that a job requires
#+ title: {fr: "Compétences d’un métier", en: "Competences of a job"}
#+ description: {fr: "Les compétences d’un métier. statedAs : dit ou déduit.", en: "The competences of a job. statedAs: how it is said."}
#+ tags: [jobs, competences]
#+ params:
#+   job: {label: {fr: Métier, en: Job}, description: {fr: "Celui qui exige.", en: "The one that requires."},
#+     type: iri, class: mkg:Job, required: true, example: job/bio-informaticien}
#+ why: [{s: $job, p: mkg:requires, o: competence}, {s: $job, p: skos:related, o: competence}]
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?competence ?competenceLabel ?statedAs ?modality ?share WHERE {
  ?_job_iri mkg:requires ?competence .
  ?competence skos:prefLabel ?competenceLabel FILTER(LANG(?competenceLabel) = "fr")
  BIND("inferred" AS ?statedAs) BIND("conditional" AS ?modality) BIND(0.25 AS ?share)
} ORDER BY ?competenceLabel ?competence
""",
    "filters": """\
#+ summary: Every sort of parameter
#+ title: {fr: "Toutes les sortes", en: "All sorts"}
#+ description: {fr: "Toutes.", en: "All."}
#+ tags: [jobs, quality]
#+ params:
#+   category: {label: {fr: Catégorie, en: Category}, type: iri, class: mkg:EvolutionCategory, multiple: true, example: category/growth}
#+   minimum: {label: {fr: Minimum, en: Minimum}, type: integer, minimum: 0, maximum: 9, default: 1}
#+   share: {label: {fr: Part, en: Share}, type: decimal, example: "0.5"}
#+   since: {label: {fr: Depuis, en: Since}, type: date}
#+   word: {label: {fr: Mots, en: Words}, type: string, multiple: true}
#+   trend: {label: {fr: Tendance, en: Trend}, type: enum, choices: [rising, falling], default: rising}
#+   strict: {label: {fr: Strict, en: Strict}, type: boolean}
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?job ?jobLabel (COUNT(DISTINCT ?competence) AS ?shared) WHERE {
  VALUES ?_category_multi_iri { UNDEF }
  VALUES ?_minimum_integer { 1 }
  VALUES ?_share_xsd_decimal { UNDEF }
  VALUES ?_since_xsd_date { UNDEF }
  VALUES ?_word_multi_literal { UNDEF }
  VALUES ?_trend_literal { "rising" }
  VALUES ?_strict_xsd_boolean { UNDEF }
  ?job mkg:requires ?competence ; skos:prefLabel ?jobLabel FILTER(LANG(?jobLabel) = "fr")
} GROUP BY ?job ?jobLabel ORDER BY DESC(?shared) ?jobLabel ?job
""",
    "any-job": """\
#+ summary: Whether there is a job
#+ title: {fr: "Y a-t-il un métier ?", en: "Is there a job?"}
#+ description: {fr: "Oui ou non.", en: "Yes or no."}
#+ tags: [quality]
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
ASK { ?job a mkg:Job }
""",
    "job-graph": """\
#+ summary: Jobs and what they require, as a graph
#+ title: {fr: "Graphe des métiers", en: "Graph of jobs"}
#+ description: {fr: "Le graphe.", en: "The graph."}
#+ tags: [jobs]
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
CONSTRUCT { ?job mkg:requires ?competence } WHERE { ?job mkg:requires ?competence } ORDER BY ?job ?competence
""",
}


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Give a service over the small graph and its two jobs; nobody asks its pool."""
    store = Store.memory(GRAPH)
    asked = {"essential": [(BASE + "job/bio-informaticien", "c"), (BASE + "job/hostile", "c")]}
    build = tmp_path_factory.mktemp("build")
    save_spaces({"study": study_space(Study(Asked(asked, (), frozenset()), {}))}, build / STATE)
    catalogue = Catalogue([SavedQuery.parse(name, text) for name, text in QUERIES.items()])
    manifest = {"outputs": {"metiers.nt": "0123456789abcdef"}, "software": {"metiers-kg": "9.8.7"}}
    return Service(store, catalogue, Names(store), None, manifest, build=build)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def pages(service: Service) -> HtmlPages:
    """Give the pages of the small service."""
    return HtmlPages(service)


@pytest.fixture(scope="session")
def job_result(service: Service) -> Result:
    """Give the answer to a query with rows."""
    return answer(service.store, service.names, service.catalogue["job-competences"], {"job": ["bio-informaticien"]})


@pytest.fixture(scope="session")
def browser(service: Service) -> TestClient:
    """Ask the small service as a Dutch browser does."""
    headers = {"Accept": "text/html", "Accept-Language": "nl"}
    return TestClient(create_app(service, HtmlPages(service)), headers=headers)
