"""The nearest neighbours as resources of the graph."""

from __future__ import annotations

from metiers_kg.overlap.nodes import overlap_lines
from metiers_kg.overlap.spaces import study_space, vocabulary_space
from metiers_kg.overlap.vocabularies import Asked, Study
from metiers_kg.store import Store

JOB, COMPETENCE = "https://w3id.org/metiers-kg/job/", "https://w3id.org/metiers-kg/competence/"
ESCO = "http://data.europa.eu/esco/"
ASKED = {
    "essential": [
        (f"{JOB}{job}", f"{COMPETENCE}{competence}")
        for job, competences in {"a": "stats chimie", "b": "stats biostats droit", "c": "droit"}.items()
        for competence in competences.split()
    ]
}
STUDY = Study(
    Asked(ASKED, [(f"{COMPETENCE}biostats", f"{COMPETENCE}stats")], frozenset(job for job, _ in ASKED["essential"])), {}
)


def _rows(pattern: str) -> list[list[str]]:
    lines = overlap_lines([study_space(STUDY)], "metiers-kg 9.9")
    rows = Store.memory("\n".join(lines)).rows(pattern)
    return [[str(getattr(term, "value", term)) for term in row] for row in rows]


def test_neighbours_have_rank_and_values() -> None:
    """A neighbour is a node with its rank and the value of each measure."""
    assert [["1", "0.25", "0.3333"]] == _rows(
        "SELECT ?rank ?jaccard ?coverage { ?o a mkg:Overlap ; mkg:overlapOf <https://w3id.org/metiers-kg/job/a> ; "
        "mkg:rank ?rank ; mkg:jaccard ?jaccard ; mkg:coverage ?coverage }"
    )


def test_neighbours_have_lists() -> None:
    """What is shared, shared in part and missing hangs from the node, whose IRI is made of the names of its ends."""
    rows = _rows(
        "SELECT ?p ?c { <https://w3id.org/metiers-kg/overlap/a--b> ?p ?c . "
        'FILTER(STRENDS(STR(?p), "Competence")) } ORDER BY ?c'
    )

    assert [["partlySharedCompetence", "biostats"], ["missingCompetence", "droit"], ["sharedCompetence", "stats"]] == [
        [property_.rpartition("#")[2], competence.rpartition("/")[2]] for property_, competence in rows
    ]


def test_runs_say_how_it_was_measured() -> None:
    """What measured, its version and what weights were counted on are told of the run that made the nodes."""
    assert [["metiers-kg 9.9", "study"]] == _rows(
        "SELECT DISTINCT ?software ?reference { ?o a mkg:Overlap ; prov:wasGeneratedBy ?run . "
        "?run mkg:measuredBy ?software ; mkg:weighedOn ?reference }"
    )


def test_only_jobs_of_this_graph_have_nodes() -> None:
    """In the space of a vocabulary its own jobs are where overlaps lead, never where they start."""
    occupations = [(f"{ESCO}occupation/{name}", f"{ESCO}skill/{name}") for name in ("x", "y")]
    esco = Asked({"essential": occupations}, [], frozenset(job for job, _ in occupations))
    study = Study(STUDY.asked, {f"{COMPETENCE}chimie": (("exactMatch", f"{ESCO}skill/x"),)})
    lines = overlap_lines([vocabulary_space("esco", "1.1.1", esco, study)], "metiers-kg 9.9")

    assert [f"<{JOB}a>"] == [line.split()[2] for line in lines if "#overlapOf>" in line]


def test_a_graph_without_jobs_has_no_nodes() -> None:
    """Where no job asks for anything there is nothing to write."""
    assert [] == overlap_lines([study_space(Study(Asked({}, [], frozenset()), {}))], "metiers-kg 9.9")
