"""Questions on overlap and transitions, and exactly what the graph of this repository says."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.data.conftest import Ask

JOBS = ["Biostatisticien", "Datamanager", "Bio-informaticien", "Cadre technique contrôle qualité", "Laborantin"]
"""Jobs whose neighbours share much, little, or in part."""

STATUSES = {"held": "shared", "partly-held": "partly", "missing": "missing"}


def _near(ask: Ask, job: str) -> list[dict[str, object]]:
    """The neighbours of a job in this graph."""
    return ask("nearest-jobs", job=job, source="study")


def test_jobs_that_cover_each_other(ask: Ask) -> None:
    """The bio-informaticien has three of the four essential competences of the datamanager, and half of no other job's."""
    rows = ask("reachable-jobs", job="Bio-informaticien")

    assert [(row["jobLabel"], row["held"], row["asked"], row["missing"]) for row in rows] == [("Datamanager", 3, 4, 1)]


@pytest.mark.parametrize("job", JOBS)
def test_coverage_is_the_one_that_was_measured(ask: Ask, job: str) -> None:
    """What SPARQL counts of the neighbours is what was measured when the graph was built."""
    counted = {row["job"]: row["coverage"] for row in ask("reachable-jobs", job=job, threshold="0", least="1")}
    measured = {row["other"]: row["coverage"] for row in _near(ask, job) if row["coverage"]}

    assert measured
    assert measured.items() <= counted.items()


@pytest.mark.parametrize("job", JOBS)
def test_lists_are_counted_alike(ask: Ask, job: str) -> None:
    """The overlap of two jobs, their gap and its evidence tell as many competences shared, shared in part and missing."""
    for row in _near(ask, job):
        pair = {"from": job, "to": str(row["other"])}
        gap = {(line["competence"], STATUSES[str(line["status"])]) for line in ask("competence-gap", **pair)}
        evidence = {
            (line["competence"], str(line["status"]).removesuffix("-shared"))
            for line in ask("overlap-evidence", **pair)
        }

        assert evidence == gap
        assert {key: row[key] for key in STATUSES.values()} == {
            key: Counter(status for _, status in gap)[key] for key in STATUSES.values()
        }


def test_evidence_of_a_kinship_by_reasoning(ask: Ask) -> None:
    """Biostatistics is held in part by the datamanager, through statistics, which two passages ask of that job."""
    rows = ask("overlap-evidence", **{"from": "Datamanager", "to": "Biostatisticien"})
    partly = [row for row in rows if row["status"] == "partly-shared"]

    assert {(row["competenceLabel"], row["throughLabel"]) for row in partly} == {("Biostatistique", "Statistiques")}
    assert [(row["jobLabel"], row["requiredLabel"], row["statedAs"]) for row in partly] == [
        ("Biostatisticien", "Biostatistique", "inferred"),
        ("Datamanager", "Statistiques", "explicit"),
        ("Datamanager", "Statistiques", "explicit"),
    ]


def test_competence_that_opens_two_jobs(ask: Ask) -> None:
    """Scientific knowledge alone brings two jobs within reach of the technicien contrôle qualité; nothing else brings two."""
    rows = ask("opening-competences", job="Technicien contrôle qualité")

    assert {(row["competenceLabel"], row["jobLabel"]) for row in rows if int(str(row["opens"])) > 1} == {
        ("Connaissances scientifiques", "Pilote d’installation / Opérateur machine"),
        ("Connaissances scientifiques", "Cadre technique contrôle qualité"),
    }


def test_what_is_missing_into_the_emerging_jobs_of_pharma(ask: Ask) -> None:
    """On the ways into the four emerging jobs of pharma, biology is missing most often."""
    first, second, *_ = ask(
        "missing-into-sub-sector", subSector="Industrie pharmaceutique - biopharmacie", category="category/emergence"
    )

    assert (first["competenceLabel"], first["askedBy"], first["jobs"]) == ("Biologie", 2, 4)
    assert first["missing"] == 2 * (int(str(first["ways"])) // 4 + 1 - int(str(first["heldBy"])))
    assert float(str(first["prevalence"])) > float(str(second["prevalence"]))


def test_two_jobs_of_which_the_text_asks_the_same(ask: Ask) -> None:
    """Of two jobs the texts ask for the same four competences, and the pair stands once."""
    rows = ask("near-pairs", measure="jaccard", threshold="1")

    assert [(row["jobLabel"], row["otherJobLabel"], row["shared"]) for row in rows] == [
        ("Agent de finition et de contrôle", "Mécanicien de maintenance", 4)
    ]


def test_pairs_run_the_way_that_is_covered(ask: Ask) -> None:
    """The datamanager is covered by the bio-informaticien, not the other way round."""
    rows = ask("near-pairs", measure="coverage", threshold="0.05")
    pairs = [(row["jobLabel"], row["otherJobLabel"]) for row in rows]

    assert ("Bio-informaticien", "Datamanager") in pairs
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)


def test_every_neighbour_comes_from_a_run_that_is_told(ask: Ask) -> None:
    """What a neighbour was weighed on is what its run tells."""
    runs = {row["source"]: row["weighedOn"] for row in ask("overlap-runs")}

    assert {(row["source"], row["weighedOn"]) for row in ask("nearest-jobs", job="Biostatisticien")} <= set(
        runs.items()
    )
