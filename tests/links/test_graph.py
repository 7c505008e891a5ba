from __future__ import annotations

from metiers_kg.build.run import build_graph
from metiers_kg.links.graph import mint_link
from metiers_kg.project import Project
from metiers_kg.reasoner import close
from metiers_kg.store import Store, read_turtle
from tests.conftest import ROOT
from tests.links.conftest import BROAD, CLOSE, COLUMNS, GOOD, HEADER, NONE, ReadFiles

JOB = "https://w3id.org/metiers-kg/job/chimiste"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def test_link_is_a_match_and_a_record(read: ReadFiles) -> None:
    """A row gives the match itself, and a record named after what it links, with confidence and version."""
    review = read(jobs_esco=GOOD)
    lines = review.link_lines()
    record = mint_link(review.links("esco")[0])

    assert record == "https://w3id.org/metiers-kg/mapping/chimiste--close-match--esco-a1"
    assert f"<{JOB}> <{SKOS}closeMatch> <http://data.europa.eu/esco/occupation/a1> ." in lines
    assert f'<{record}> <https://w3id.org/sssom/confidence> "0.8"^^<http://www.w3.org/2001/XMLSchema#double> .' in lines
    assert f'<{record}> <https://w3id.org/sssom/object_source_version> "1.1.1" .' in lines
    assert f"<{record}> <http://www.w3.org/2002/07/owl#annotatedSource> <{JOB}> ." in lines


def test_no_term_is_no_triple(read: ReadFiles) -> None:
    """That a scheme has no such term is said in the file only."""
    assert not any("NoTermFound" in line or "laborantin" in line for line in read(jobs_esco=GOOD).link_lines())


def test_links_stand_in_their_own_graph(small: Project) -> None:
    """A build puts the links in graph/links, and they keep the shapes and checks."""
    (small.data / "jobs-esco.sssom.tsv").write_text(HEADER + COLUMNS + CLOSE + BROAD, encoding="utf-8")
    build_graph(small)
    store = Store.open(small.build / "store")

    graphs = [
        str(graph)
        for (graph,) in store.rows(
            "SELECT DISTINCT ?g { GRAPH ?g { ?link a sssom:Mapping ; mkg:linkStatus 'accepted' } }"
        )
    ]

    assert graphs == ["<https://w3id.org/metiers-kg/graph/links>"]


def test_changed_links_are_built_again(small: Project) -> None:
    """A build after a change of the links is not the one before."""
    build_graph(small)
    (small.data / "jobs-esco.sssom.tsv").write_text(HEADER + COLUMNS + CLOSE, encoding="utf-8")

    assert not build_graph(small).was_current


def test_two_jobs_of_one_occupation_are_not_matched() -> None:
    """Nothing follows between two terms that are linked to one concept, by whatever relation."""
    kinds = ("exact", "close", "broad", "narrow", "related")
    links = [
        f"<https://w3id.org/metiers-kg/competence/{name}> <{SKOS}{kind}Match> <http://data.europa.eu/esco/skill/{kind}> ."
        for name in ("a", "b")
        for kind in kinds
    ]
    kinds_of = [
        f"<https://w3id.org/metiers-kg/competence/{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/metiers-kg/ontology#Skill> ."
        for name in ("a", "b")
    ]
    requires = f"<{JOB}> <https://w3id.org/metiers-kg/ontology#requiresCompetence> <https://w3id.org/metiers-kg/competence/a> ."
    ontology = read_turtle(ROOT / "ontology" / "metiers.ttl")

    without = set(close([*ontology, *kinds_of, requires]).inferred)
    new = {
        line
        for line in close([*ontology, *kinds_of, requires, *links]).inferred
        if line not in without and "owl#Thing" not in line
    }

    mirrored = {
        f"<http://data.europa.eu/esco/skill/close> <{SKOS}closeMatch> <https://w3id.org/metiers-kg/competence/{name}> ."
        for name in ("a", "b")
    }
    assert mirrored == new


def test_row_that_says_no_term_alone_makes_no_graph(small: Project) -> None:
    """Where no row links to anything, there is still the description of the set, and no match."""
    (small.data / "jobs-esco.sssom.tsv").write_text(
        HEADER + COLUMNS + NONE.replace("job:laborantin\tLaborantin", "job:chimiste\tChimiste"), encoding="utf-8"
    )
    build_graph(small)

    rows = list(
        Store.open(small.build / "store").rows(
            "SELECT ?s { GRAPH <https://w3id.org/metiers-kg/graph/links> { ?s a sssom:Mapping } }"
        )
    )

    assert rows == []
