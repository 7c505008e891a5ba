"""A tiny graph with two saved queries, as tools."""

from __future__ import annotations

import pytest

from metiers_kg.explanation import TripleExplainer
from metiers_kg.mcp.knowledge import Knowledge
from metiers_kg.mcp.tool import Tool
from metiers_kg.mcp.toolbox import read_toolbox
from metiers_kg.queries import Catalogue, Names, SavedQuery
from metiers_kg.store import Store

HEADER = """#+ summary: S
#+ title: {fr: Titre, en: Title}
#+ description: {fr: Description., en: What it says.}
#+ tags: [jobs]
"""
PREFIXES = """PREFIX mkg: <https://w3id.org/metiers-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
GRAPH = """
@prefix mkg: <https://w3id.org/metiers-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix job: <https://w3id.org/metiers-kg/job/> .
job:a a mkg:Job ; skos:prefLabel "Analyste"@fr , "Analyst"@en ; mkg:order 1 .
job:b a mkg:Job ; skos:prefLabel "Biologiste"@fr , "Biologist"@en ; mkg:order 2 ; skos:related job:a .
job:c a mkg:Job ; skos:prefLabel "Chimiste"@fr , "Chemist"@en ; mkg:order 3 .
"""
JOBS = (
    HEADER
    + """#+ params:
#+   from: {label: {fr: De, en: From}, type: integer, minimum: 1, maximum: 9, default: 1, example: 2}
#+   job: {label: {fr: Métier, en: Job}, type: iri, class: mkg:Job, multiple: true, max-items: 2}
"""
    + PREFIXES
    + """SELECT ?job ?jobLabel ?order {
  VALUES ?_from_integer { 1 }
  VALUES ?_job_multi_iri { UNDEF }
  ?_job_multi_iri a mkg:Job .
  ?job a mkg:Job ; skos:prefLabel ?jobLabel ; mkg:order ?order .
  FILTER(?job = ?_job_multi_iri && LANG(?jobLabel) = "fr" && ?order >= ?_from_integer)
} ORDER BY ?order ?job
"""
)
RELATED = (
    HEADER
    + "#+ params: {job: {label: {fr: M, en: J}, type: iri, class: mkg:Job, required: true, example: Analyst}}\n"
    + PREFIXES
    + "ASK { ?x skos:related ?_job_iri }"
)
GRAPH_OF_JOBS = HEADER + PREFIXES + "CONSTRUCT { ?job a mkg:Job } WHERE { ?job a mkg:Job } ORDER BY ?job"


@pytest.fixture(scope="session")
def tools() -> dict[str, Tool]:
    """The tools of three jobs; one of the queries is called as a tool is."""
    store = Store.memory(GRAPH)
    queries = {"jobs": JOBS, "is-related": RELATED, "search": GRAPH_OF_JOBS}
    return read_toolbox(
        Knowledge(
            store=store,
            names=Names(store),
            catalogue=Catalogue([SavedQuery.parse(name, text) for name, text in queries.items()]),
            explainer=_no_explainer,
            version="2026.1",
        )
    )


def _no_explainer() -> TripleExplainer:
    raise AssertionError("nothing is explained here")
