"""The saved queries that answer by inference give just what was inferred, and keep the telling part of it.

What follows from what is in tests/reasoner/test_named_inferences.py; here it is the graph of this repository.
"""

from __future__ import annotations

import pytest

from metiers_kg.store import Store
from tests.data.conftest import Ask

ALL = "1000"
"""More jobs than there are: no competence is left out."""


@pytest.fixture(scope="module")
def jobs(store: Store) -> list[str]:
    """All jobs."""
    return [job for (job,) in _rows(store, "SELECT ?job { ?job a mkg:Job } ORDER BY ?job")]


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    text = f"PREFIX mkg: <https://w3id.org/metiers-kg/ontology#> {query}"
    return [tuple(str(getattr(term, "value", term)) for term in row) for row in store.rows(text)]


def _pairs(rows: list[dict[str, object]], *columns: str) -> set[tuple[object, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


@pytest.mark.parametrize(
    ("evolution", "name"), [("emerging", "EmergingJob"), ("growing", "GrowingJob"), ("changing", "ChangingJob")]
)
def test_emerging_growing_and_changing_jobs(store: Store, ask: Ask, evolution: str, name: str) -> None:
    """Each class of jobs, with at least one cell for each of its members."""
    inferred = _rows(store, f"SELECT ?job {{ ?job a mkg:{name} }}")

    assert _pairs(ask("evolving-jobs", evolution=evolution), "job") == set(inferred)


def test_sub_sectors_in_which_jobs_are_active(store: Store, ask: Ask) -> None:
    """Each job with each sub-sector in which it is active."""
    inferred = _rows(store, "SELECT ?job ?subSector { ?job mkg:isActiveIn ?subSector }")

    assert _pairs(ask("sub-sectors-of-jobs"), "job", "subSector") == set(inferred)


def test_jobs_touched_through_narrower_factors(store: Store, ask: Ask) -> None:
    """Each factor that touches a job, with all jobs that it touches."""
    inferred = _rows(store, "SELECT ?factor ?job { ?job mkg:isAffectedBy ?factor }")
    found = {
        (factor, row["job"])
        for factor in sorted({factor for factor, _ in inferred})
        for row in ask("jobs-touched-by-factor", factor=factor)
    }

    assert found == set(inferred)


def test_competences_that_factors_call_for(store: Store, ask: Ask) -> None:
    """Each factor with each competence that it calls for."""
    inferred = _rows(store, "SELECT ?factor ?competence { ?factor mkg:callsForCompetence ?competence }")

    assert _pairs(ask("competences-called-for"), "factor", "competence") == set(inferred)


def test_jobs_exposed_to_regulation(store: Store, ask: Ask) -> None:
    """The jobs that a regulatory factor touches, itself or through a narrower one."""
    inferred = _rows(store, "SELECT ?job { ?job a mkg:RegulationExposedJob }")

    assert _pairs(ask("jobs-exposed-to-regulation", through=["factor", "narrower-factor"]), "job") == set(inferred)


def test_jobs_exposed_to_regulation_only_through_a_competence(ask: Ask) -> None:
    """Stricter quality rules call for rigour, which is asked of the laboratory technician; no text says that they touch the job."""
    rows = ask("jobs-exposed-to-regulation", through="competence")

    assert _pairs(rows, "jobLabel", "competenceLabel") == {("Laborantin", "Rigueur")}


def test_jobs_under_technology_and_regulation(store: Store, ask: Ask) -> None:
    """The two domains by default."""
    inferred = _rows(store, "SELECT ?job { ?job a mkg:TechnologyAndRegulationJob }")

    assert _pairs(ask("jobs-under-two-domains"), "job") == set(inferred)


def test_jobs_that_share_a_competence(store: Store, ask: Ask, jobs: list[str]) -> None:
    """Every pair, once no competence is left out."""
    inferred = _rows(store, "SELECT ?a ?b { ?a a mkg:Job ; mkg:sharesCompetenceWith ?b . ?b a mkg:Job }")
    found = {(job, row["job"]) for job in jobs for row in ask("jobs-sharing-competences", job=job, maxJobs=ALL)}

    assert found == set(inferred)


def test_jobs_that_share_a_kind_and_no_competence(store: Store, ask: Ask) -> None:
    """Every pair that shares a kind of competence and not a competence."""
    inferred = _rows(
        store,
        """SELECT ?a ?b { ?a a mkg:Job ; mkg:sharesKindOfCompetenceWith ?b . ?b a mkg:Job .
        FILTER NOT EXISTS { ?a mkg:sharesCompetenceWith ?b } FILTER(STR(?a) < STR(?b)) }""",
    )

    assert _pairs(ask("overlap-by-inference-only", maxJobs=ALL), "job", "otherJob") == set(inferred)


def test_overlap_leaves_out_what_most_jobs_ask_for(ask: Ask, jobs: list[str]) -> None:
    """One competence is left out by default, scientific knowledge, and with it half of the pairs of jobs."""
    kept, every = (
        {
            (frozenset((job, str(row["job"]))), row["competenceLabel"])
            for job in jobs
            for row in ask("jobs-sharing-competences", job=job, maxJobs=most)
        }
        for most in ("10", ALL)
    )
    left_out = {label for _, label in every} - {label for _, label in kept}

    assert (left_out, len({pair for pair, _ in kept}), len({pair for pair, _ in every})) == (
        {"Connaissances scientifiques"},
        60,
        128,
    )


def test_what_is_left_out_hides_no_kind(store: Store) -> None:
    """Jobs that share scientific knowledge alone have no other kind of competence in common, so no query misses it."""
    hidden = _rows(
        store,
        """SELECT DISTINCT ?a ?b {
        VALUES ?science { <https://w3id.org/metiers-kg/competence/connaissances-scientifiques> }
        ?a a mkg:Job ; mkg:sharesCompetenceWith ?b ; mkg:requiresKindOfCompetence ?kind .
        ?b a mkg:Job ; mkg:requiresCompetence|mkg:requiresKindOfCompetence ?kind .
        FILTER(?kind != ?science)
        FILTER NOT EXISTS { ?a mkg:requiresCompetence ?shared . ?b mkg:requiresCompetence ?shared . FILTER(?shared != ?science) } }""",
    )

    assert hidden == []


def test_no_overlap_rests_on_what_a_third_of_the_jobs_ask_for(store: Store, ask: Ask, jobs: list[str]) -> None:
    """By default; once this fails, the default of maxJobs is too high for the graph."""
    [(asking,)] = _rows(
        store, "SELECT (COUNT(DISTINCT ?job) AS ?n) { ?job a mkg:Job ; mkg:requiresCompetence ?competence }"
    )
    rows = [row for job in jobs for row in ask("jobs-sharing-competences", job=job)]
    rows += ask("overlap-by-inference-only") + ask("emerging-jobs-neighbours")

    assert max(int(str(row["jobs"])) for row in rows) * 3 < int(asking)


def test_the_rarest_comes_first(ask: Ask) -> None:
    """The data manager is nearest to the bioinformatician, by databases that two jobs ask for, then to the biostatistician."""
    rows = ask("jobs-sharing-competences", job="Datamanager")

    assert [(row["jobLabel"], row["competenceLabel"], row["jobs"]) for row in rows][:3] == [
        ("Bio-informaticien", "Développement de bases de données", 2),
        ("Bio-informaticien", "Informatique", 4),
        ("Biostatisticien", "Statistiques", 2),
    ]
