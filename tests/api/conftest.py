"""A tiny graph, two handfuls of saved queries, and clients with and without pages."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph
import pytest
from fastapi import FastAPI

from metiers_kg.api import Service, create_app
from metiers_kg.api.pages import Asked, Problem, ResourceDescription, SearchHit
from metiers_kg.comparing import Document
from metiers_kg.errors import ParameterFault
from metiers_kg.explanation import Account
from metiers_kg.overlap import vocabularies
from metiers_kg.overlap.spaces import study_space
from metiers_kg.overlap.state import save_spaces
from metiers_kg.project import Project
from metiers_kg.queries import Result, SavedQuery
from metiers_kg.store import Store

with warnings.catch_warnings():
    # Starlette asks for httpx2, which is not among the project's packages; httpx does as well.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from httpx import Response

PREFIXES = """
@prefix mkg: <https://w3id.org/metiers-kg/ontology#> .
@prefix job: <https://w3id.org/metiers-kg/job/> .
@prefix competence: <https://w3id.org/metiers-kg/competence/> .
@prefix evolution: <https://w3id.org/metiers-kg/evolution/> .
@prefix passage: <https://w3id.org/metiers-kg/passage/> .
@prefix source: <https://w3id.org/metiers-kg/source/> .
@prefix category: <https://w3id.org/metiers-kg/category/> .
@prefix graph: <https://w3id.org/metiers-kg/graph/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""

GRAPH = (
    PREFIXES
    + """
graph:ontology {
    mkg:Job a owl:Class ; skos:prefLabel "Métier"@fr , "Job"@en .
    mkg:Competence a owl:Class ; skos:prefLabel "Compétence"@fr , "Competence"@en .
    mkg:requiresCompetence a owl:ObjectProperty ; skos:prefLabel "requiert"@fr , "requires"@en .
    [] a owl:Class ; owl:unionOf ( mkg:Job mkg:Competence ) .
}
graph:data {
    job:bio-informaticien a mkg:Job ; skos:prefLabel "Bio-informaticien"@fr , "Bioinformatician"@en .
    job:biostatisticien a mkg:Job ; skos:prefLabel "Biostatisticien"@fr , "Biostatistician"@en .
    job:data-manager a mkg:Job ; skos:prefLabel "Data manager"@fr , "Data manager"@en .
    competence:statistique a mkg:Competence ; skos:prefLabel "Statistique"@fr , "Statistics"@en .
    competence:programmation a mkg:Competence ; skos:prefLabel "Programmation"@fr , "Programming"@en .
    job:bio-informaticien mkg:requires competence:statistique , competence:programmation .
    job:biostatisticien mkg:requires competence:statistique .
    evolution:bio-informaticien--growth a mkg:JobEvolution ;
        skos:prefLabel "Bio-informaticien — croissance"@fr ;
        mkg:evolutionOf job:bio-informaticien ; mkg:hasCategory category:growth ; mkg:statedAs "explicit" ;
        prov:wasDerivedFrom passage:study--10-30--50-60 .
    category:growth skos:prefLabel "Croissance"@fr , "Growth"@en .
    passage:study--10-30--50-60 a mkg:Passage ; oa:hasSource source:study ; mkg:inSection source:study--4-1 ;
        oa:hasSelector <https://w3id.org/metiers-kg/passage/study--10-30--50-60#50-60> ,
            <https://w3id.org/metiers-kg/passage/study--10-30--50-60#10-30> .
    <https://w3id.org/metiers-kg/passage/study--10-30--50-60#10-30> oa:exact "le bio-informaticien" ;
        oa:start 10 ; oa:end 30 ; mkg:startLine 2 ; mkg:endLine 3 .
    <https://w3id.org/metiers-kg/passage/study--10-30--50-60#50-60> oa:exact "est demandé" ;
        oa:start 50 ; oa:end 60 ; mkg:startLine 5 ; mkg:endLine 5 .
    source:study a mkg:Source ; skos:prefLabel "L’étude"@fr , "The study"@en .
    source:study--4-1 a mkg:Section ; skos:prefLabel "Section 4.1"@fr .
}
graph:inferred {
    job:bio-informaticien a mkg:GrowingJob ; mkg:sharesCompetenceWith job:biostatisticien .
    job:biostatisticien mkg:sharesCompetenceWith job:bio-informaticien .
}
"""
)

QUERIES = {
    "job-competences": """\
#+ summary: Competences of a job
#+ title: {fr: "Compétences d’un métier", en: "Competences of a job"}
#+ description: {fr: "Les compétences.", en: "The competences."}
#+ tags: [jobs, competences]
#+ params:
#+   job: {label: {fr: Métier, en: Job}, type: iri, class: mkg:Job, required: true, example: bio-informaticien}
#+ why: [{s: $job, p: mkg:requires, o: competence}]
#+ expect: {min-rows: 1, columns: [competence, competenceLabel]}
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?competence ?competenceLabel WHERE {
  ?_job_iri mkg:requires ?competence .
  ?competence skos:prefLabel ?competenceLabel FILTER(LANG(?competenceLabel) = "fr")
} ORDER BY ?competenceLabel ?competence
""",
    "jobs": """\
#+ summary: All jobs
#+ title: {fr: "Les métiers", en: "The jobs"}
#+ description: {fr: "Tous.", en: "All."}
#+ tags: [jobs]
#+ params:
#+   competence: {label: {fr: Compétence, en: Competence}, type: iri, class: mkg:Competence, multiple: true}
#+   minimum: {label: {fr: Minimum, en: Minimum}, type: integer, minimum: 0, maximum: 9, default: 0}
#+   order: {label: {fr: Ordre, en: Order}, type: enum, choices: [label, number], default: label}
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?job ?jobLabel (COUNT(DISTINCT ?c) AS ?competences) WHERE {
  VALUES ?_order_literal { "label" }
  VALUES ?_minimum_integer { 0 }
  VALUES ?_competence_multi_iri { UNDEF }
  ?job a mkg:Job ; skos:prefLabel ?jobLabel FILTER(LANG(?jobLabel) = "fr")
  OPTIONAL { ?job mkg:requires ?c }
  OPTIONAL { ?job mkg:requires ?_competence_multi_iri . BIND(true AS ?found) }
  FILTER(BOUND(?found) || !BOUND(?_competence_multi_iri))
} GROUP BY ?job ?jobLabel ?_minimum_integer HAVING (COUNT(DISTINCT ?c) >= ?_minimum_integer)
ORDER BY ?jobLabel ?job
""",
    "has-neighbours": """\
#+ summary: Whether any job shares a competence with another
#+ title: {fr: "Des voisins ?", en: "Neighbours?"}
#+ description: {fr: "Oui ou non.", en: "Yes or no."}
#+ tags: [overlap]
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
ASK { ?a mkg:sharesCompetenceWith ?b }
""",
    "job-graph": """\
#+ summary: Jobs and what they require, as a graph
#+ title: {fr: "Graphe", en: "Graph"}
#+ description: {fr: "Le graphe.", en: "The graph."}
#+ tags: [jobs]
PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
CONSTRUCT { ?job mkg:requires ?c } WHERE { ?job mkg:requires ?c } ORDER BY ?job ?c
""",
}


class PlainPages:
    """Pages that say in one line what they were given."""

    def home(self, lang: str, *, asked: Asked = ()) -> str:
        """Say home."""
        return f"<p lang={lang}>home"

    def catalogue(self, lang: str, tag: str | None, *, asked: Asked = ()) -> str:
        """Say the tag."""
        return f"<p lang={lang}>catalogue {tag}"

    def query(
        self,
        query: SavedQuery,
        values: Mapping[str, Sequence[str]],
        faults: Sequence[ParameterFault],
        lang: str,
        *,
        asked: Asked = (),
    ) -> str:
        """Say the query, the values and the names of the faults."""
        return f"<p lang={lang}>query {query.name} {dict(values)} {[fault.parameter for fault in faults]}"

    def results(self, result: Result, values: Mapping[str, Sequence[str]], lang: str, *, asked: Asked = ()) -> str:
        """Say the query and the columns."""
        return f"<p lang={lang}>results {result.query.name} {result.columns}"

    def embedded(self, result: Result, values: Mapping[str, Sequence[str]], lang: str, *, asked: Asked = ()) -> str:
        """Say the query and the columns."""
        return f"<p lang={lang}>embedded {result.query.name} {result.columns}"

    def resource(self, description: ResourceDescription, lang: str, *, asked: Asked = ()) -> str:
        """Say the label."""
        return f"<p lang={lang}>resource {description.label}"

    def ontology(self, terms: Sequence[ResourceDescription], lang: str, *, asked: Asked = ()) -> str:
        """Say the labels."""
        return f"<p lang={lang}>ontology {[term.label for term in terms]}"

    def search(self, text: str, hits: Sequence[SearchHit], lang: str, *, asked: Asked = ()) -> str:
        """Say the text and the number of hits."""
        return f"<p lang={lang}>search {text} {len(hits)}"

    def sparql(self, text: str, lang: str, *, asked: Asked = ()) -> str:
        """Say that it is the form."""
        return f"<p lang={lang}>sparql"

    def explanation(self, account: Account | None, lang: str, *, asked: Asked = ()) -> str:
        """Say the sentence."""
        return f"<p lang={lang}>explanation {account and account.sentence}"

    def comparison(
        self,
        view: str,
        document: Document | None,
        lang: str,
        *,
        faults: Sequence[ParameterFault] = (),
        asked: Asked = (),
    ) -> str:
        """Say the view, whether it is answered, and the names of the faults."""
        return f"<p lang={lang}>comparison {view} {document is not None} {[fault.parameter for fault in faults]}"

    def network(
        self,
        document: Document | None,
        lang: str,
        *,
        faults: Sequence[ParameterFault] = (),
        asked: Asked = (),
    ) -> str:
        """Say how many nodes there are, and the names of the faults."""
        return f"<p lang={lang}>network {document and len(document['nodes'])} {[fault.parameter for fault in faults]}"

    def problem(self, problem: Problem, lang: str, *, asked: Asked = ()) -> str:
        """Say the title."""
        return f"<p lang={lang}>problem {problem.title}"

    def static(self, name: str) -> tuple[bytes, str] | None:
        """Give one style sheet."""
        return (b"p { color: black }", "text/css") if name == "style.css" else None


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build a tiny project: a store, a manifest and four saved queries."""
    root = tmp_path_factory.mktemp("project")
    build = root / "build"
    build.mkdir()
    (build / "graph.nq").write_bytes(_to_nquads(GRAPH))
    Store.create(build / "store", build / "graph.nq")
    (build / "manifest.json").write_text(json.dumps({"version": "2026.1", "files": {}}))
    nothing = vocabularies.Study(vocabularies.Asked({}, [], frozenset()), {})
    save_spaces({"study": study_space(nothing)}, build / "overlap.npz")
    (root / "queries").mkdir()
    for name, text in QUERIES.items():
        (root / "queries" / f"{name}.rq").write_text(text)
    return Project(root=root, build=build)


@pytest.fixture(scope="session")
def service(project: Project) -> Iterator[Service]:
    """Open the tiny project, with a pool of one worker and a limit of 1 s."""
    service = Service.open(project, query_timeout=1.0, workers=1)
    yield service
    service.close()


@pytest.fixture(scope="session")
def app(service: Service) -> FastAPI:
    """Make the application without pages."""
    return create_app(service)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    """Ask the application without pages; failures of the service are answers, as they are to clients."""
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="session")
def browser(service: Service) -> TestClient:
    """Ask the application with pages, as browsers do."""
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    app = create_app(service, PlainPages())
    headers = {"Accept": accept, "Accept-Language": "en-GB,en;q=0.9"}
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False, headers=headers)


def _to_nquads(trig: str) -> bytes:
    return pyoxigraph.serialize(pyoxigraph.parse(trig, pyoxigraph.RdfFormat.TRIG), format=pyoxigraph.RdfFormat.N_QUADS)


class ProblemAssertion(Protocol):
    """What asserts that an answer is a problem in the one shape, and returns it."""

    def __call__(self, response: Response, status: int, name: str) -> dict[str, Any]:
        """Assert status and type."""
        ...


@pytest.fixture(scope="session")
def assert_problem() -> ProblemAssertion:
    """Give the helper that every test of an error uses."""
    return _assert_problem


def _assert_problem(response: Response, status: int, name: str) -> dict[str, Any]:
    """Assert that *response* is a problem of that type in the one shape, and return it."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, Any] = response.json()
    assert (problem["status"], problem["type"]) == (status, f"/problems/{name}")
    assert problem["title"]
    assert problem["detail"]
    members = {"type", "title", "status", "detail", "errors", "suggestions", "available", "missing", "request_id"}
    assert set(problem) <= members
    assert problem.get("request_id") == response.headers.get("x-request-id")
    for fault in problem.get("errors", []):
        assert set(fault) == {"parameter", "value", "expected", "allowed", "suggestions"}
        assert fault["expected"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in response.headers["content-security-policy"]
    return problem
