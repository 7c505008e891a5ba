"""The saved queries beside ESCO and ROME: what the study says stays the same, and what needs them is answered."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from metiers_kg.build.vocabularies import read_release
from metiers_kg.project import Project
from metiers_kg.queries import Catalogue, Names, Result, answer, find_missing
from metiers_kg.store import Rows, Store
from metiers_kg.vocabulary import graph_iri
from tests.conftest import ROOT

CATALOGUE = Catalogue.read(ROOT / "queries")
LINKS = {"links", "esco", "rome", "isco"}
STUDY = [name for name, query in CATALOGUE.items() if not LINKS & set(query.tags)]
"""The queries of the study: what ESCO and ROME say is nothing to them."""
NEEDY = [name for name, query in CATALOGUE.items() if query.requires]
SECONDS = 0.1
RELEASES = {"esco": "esco/*1.1.1*.zip", "rome": "rome/*", "crosswalk": "crosswalks/[FC][Ro]*"}

RDF, SKOS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2004/02/skos/core#"
MKG, PROV = "https://w3id.org/metiers-kg/ontology#", "http://www.w3.org/ns/prov#"


def _decoys(store: Store) -> str:
    """Return graphs of vocabularies, and of candidates, that use every property of the study for their own concepts.

    Each concept that a link leads to gets what the study says of the things of the same sort: the labels, the hierarchy, a
    place in a collection; and each vocabulary says something of the study's own jobs and competences, as candidates do.
    """
    rows = store.rows(
        "SELECT DISTINCT ?s ?o { GRAPH ?g { ?s owl:annotatedSource ?of ; owl:annotatedTarget ?o } ?of a ?c } ORDER BY ?o"
    )
    lines = set()
    for _, concept in rows:
        graph = graph_iri("esco" if "/esco/" in str(concept) else "rome")
        other = str(concept).replace(">", "-narrower>")
        for line in (
            f"{concept} <{RDF}type> <{SKOS}Concept>",
            f'{concept} <{SKOS}prefLabel> "Intelligence artificielle et statistiques"@fr',
            f'{concept} <{SKOS}prefLabel> "Statistics"@en',
            f'{concept} <{SKOS}altLabel> "Rigueur"@fr',
            f'{concept} <{SKOS}definition> "Ce qu’en dit le référentiel."@fr',
            f"{other} <{SKOS}broader> {concept}",
            f"{other} <{SKOS}broaderTransitive> {concept}",
            f"{concept} <{SKOS}narrower> {other}",
            f"<{graph}#collection> <{SKOS}member> {concept}",
            f"{concept} <{MKG}concernsDigitalTransition> true".replace(
                "true", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
            ),
        ):
            lines.add(f"{line} <{graph}> .")
    return "\n".join(sorted(lines))


def _proposals(store: Store) -> str:
    """Return candidates: the record of every link again, as a proposal of another relation."""
    rows = store.query("SELECT ?s ?p ?o { GRAPH ?g { ?s a <https://w3id.org/sssom/Mapping> ; ?p ?o } }")
    assert isinstance(rows, Rows)
    graph = graph_iri("candidates")
    lines = []
    for subject, predicate, value in rows:
        proposal = str(subject).replace(">", "--again>")
        proposed = (
            '"proposed"' if str(predicate) == f"<{MKG}linkStatus>" else str(value).replace("closeMatch", "exactMatch")
        )
        lines.append(f"{proposal} {predicate} {proposed} <{graph}> .")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def own(project: Project) -> Store:
    """The graph of this repository without imported vocabularies."""
    ends = tuple(f"<{graph_iri(name)}> .\n" for name in RELEASES)
    with (project.build / "metiers.nq").open(encoding="utf-8") as lines:
        return Store.memory("".join(line for line in lines if not line.endswith(ends)), nquads=True)


@pytest.fixture(scope="module")
def crowded(own: Store, project: Project) -> Store:
    """The same with ESCO, ROME and candidates that say the most confusing things."""
    text = (project.build / "metiers.nq").read_text(encoding="utf-8")
    return Store.memory(text, _decoys(own), _proposals(own), nquads=True)


@pytest.fixture(scope="module")
def complete(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same with the official releases, of which METIERS_KG_VOCABULARIES names the folder."""
    named = os.environ.get("METIERS_KG_VOCABULARIES")
    if not named:
        pytest.skip("needs the official releases: set METIERS_KG_VOCABULARIES to the folder that holds them")
    aside = Project(root=project.root, build=tmp_path_factory.mktemp("releases") / "build")
    path = aside.build.with_suffix(".nq")
    ends = tuple(f"<{graph_iri(name)}> .\n" for name in RELEASES)
    with path.open("w", encoding="utf-8") as file, (project.build / "metiers.nq").open(encoding="utf-8") as lines:
        file.writelines(line for line in lines if not line.endswith(ends))
        for name, pattern in RELEASES.items():
            for line in read_release(aside, name, sorted(Path(named).glob(pattern))).lines:
                file.write(f"{line.rstrip().removesuffix('.')}<{graph_iri(name)}> .\n")
    return Store.load(path)


@pytest.fixture(scope="module")
def own_names(own: Store) -> Names:
    """The names of the study."""
    return Names(own)


@pytest.fixture(scope="module")
def all_names(complete: Store) -> Names:
    """The names of the study and of the releases."""
    return Names(complete)


def _told(result: Result) -> object:
    """The rows of an answer, or its triples in some order of their own."""
    if result.table is not None:
        return result.table.rows
    assert result.graph is not None
    return sorted(str(triple) for triple in result.graph)


@pytest.mark.parametrize("name", STUDY)
def test_candidates_and_vocabularies_change_no_answer_of_the_study(
    name: str, own: Store, crowded: Store, own_names: Names
) -> None:
    """What ESCO, ROME and proposals say, even of the concepts that jobs are linked to, is not taken for what the study says."""
    query = CATALOGUE[name]
    expected, found = (answer(store, own_names, query, query.example_values) for store in (own, crowded))

    assert _told(expected) == _told(found)


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in STUDY and name not in NEEDY])
def test_candidates_are_no_links(name: str, own: Store, own_names: Names) -> None:
    """A proposal of the graph of candidates is shown by no query as a link."""
    query = CATALOGUE[name]
    own_lines = "\n".join(
        f"{s} {p} {o} <{graph_iri('data')}> ." for s, p, o in own.rows("SELECT ?s ?p ?o { ?s ?p ?o }")
    )
    proposed = Store.memory(own_lines, _proposals(own), nquads=True)
    expected, found = (answer(store, own_names, query, query.example_values).table for store in (own, proposed))

    assert expected is not None
    assert found is not None
    assert expected.rows == found.rows


@pytest.mark.long
@pytest.mark.timeout(600)  # the releases have to be read first
@pytest.mark.parametrize("name", STUDY)
def test_the_releases_change_no_answer_of_the_study(
    name: str, own: Store, complete: Store, own_names: Names, all_names: Names
) -> None:
    """With all of ESCO, ROME and their correspondences a query of the study gives the same rows."""
    query = CATALOGUE[name]
    expected = answer(own, own_names, query, query.example_values).table
    found = answer(complete, all_names, query, query.example_values).table

    assert expected is not None
    assert found is not None
    assert expected.rows == found.rows


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in STUDY])
def test_queries_of_links_answer_on_the_releases(name: str, complete: Store, all_names: Names) -> None:
    """A query that asks ESCO or ROME gives what its header promises, each row once, in a tenth of a second."""
    query = CATALOGUE[name]
    seconds, tables = [], []
    for _ in range(3):
        began = time.perf_counter()
        tables.append(answer(complete, all_names, query, query.example_values).table)
        seconds.append(time.perf_counter() - began)

    assert find_missing(complete, query) == ()
    assert tables[0] is not None
    assert tables[-1] is not None
    assert tables[0].rows == tables[-1].rows
    assert len(set(tables[0].rows)) == len(tables[0].rows)
    assert len(tables[0].rows) >= int(query.expect.get("min-rows", 0))
    assert min(seconds) < SECONDS


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "text",
    [
        "H1215",
        "488362",
        "bioinformatics scientist",
        "junior bioinformatics scientist",
        "http://data.europa.eu/esco/occupation/68d973df-bf10-4bf7-9a1b-fbd9f604b9db",
    ],
)
def test_a_name_of_a_release_stands_for_the_linked_job(text: str, complete: Store, all_names: Names) -> None:
    """A ROME code, an ESCO label and an ESCO IRI give the answer that the job's own name gives."""
    query = CATALOGUE["job-competences"]
    by_name, by_text = (answer(complete, all_names, query, {"job": [job]}).table for job in ("Bio-informaticien", text))

    assert by_name is not None
    assert by_text is not None
    assert by_name.rows == by_text.rows
