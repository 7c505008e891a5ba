"""Jobs compared by name: what answers say."""

from __future__ import annotations

from pathlib import Path

import pytest

from metiers_kg.comparing import JobComparer
from metiers_kg.errors import MissingVocabularyError, NotBuiltError, ParameterError, UnknownResourceError
from metiers_kg.store import Store


def _labels(told: list[dict[str, str]]) -> list[str]:
    return [one["label"] for one in told]


def test_neighbours_come_with_their_lists(comparer: JobComparer) -> None:
    """Beside each score stands what is shared, shared in part and through what, and missing."""
    found = comparer.neighbours("Aaa", measure="jaccard")["neighbours"]
    near = next(one for one in found if one["label"] == "Bbb")

    assert ("Bbb", ["Chimie"], [("Biostatistique", "Statistique")], ["Droit"]) == (
        near["label"],
        _labels(near["shared"]),
        [(part["label"], part["through"]["label"]) for part in near["partly"]],
        _labels(near["missing"]),
    )


def test_neighbours_that_share_nothing_are_left_out(comparer: JobComparer) -> None:
    """A job without a competence in common is no neighbour."""
    assert ["Bbb", "Ccc"] == sorted(_labels(comparer.neighbours("a", measure="jaccard")["neighbours"]))


def test_answer_says_how_it_was_measured(comparer: JobComparer) -> None:
    """Measure, kinds and the reference of the weights are told: the graph's own jobs where nothing is imported."""
    about = comparer.neighbours("Aaa", measure="coverage")["about"]

    assert ("coverage", ["essential"], "study", 3) == (
        about["measure"],
        about["kinds"],
        about["reference"]["vocabulary"],
        about["reference"]["jobs"],
    )


def test_comparison_tells_passages(comparer: JobComparer) -> None:
    """Of a shared competence it says how each job's text tells of it, and where."""
    shared = comparer.compare("Aaa", "Bbb")["shared"][0]

    assert (
        [{
            "kind": "essential",
            "statedAs": "inferred",
            "modality": "conditional",
            "passages": [
                {"iri": "https://w3id.org/metiers-kg/passage/p1", "label": "Texte, l. 1"},
                {"iri": "https://w3id.org/metiers-kg/passage/p2", "label": "Texte, l. 2"},
            ],
        }]
        == shared["of"]["requirements"]
    )  # fmt: skip


def test_comparison_tells_what_one_has_of_a_kind(comparer: JobComparer) -> None:
    """A competence shared in part names the broader one, the steps to it, and what the origin has of it."""
    partly = comparer.compare("Aaa", "Bbb")["partly"][0]

    assert ("Statistique", 1, 0.5, ["Statistique"]) == (
        partly["through"]["label"],
        partly["steps"],
        partly["credit"],
        _labels(partly["by"]),
    )


def test_comparison_has_every_measure_both_ways(comparer: JobComparer) -> None:
    """Coverage tells one way from the other: a third of Bbb is covered, half of Aaa."""
    told = comparer.compare("Aaa", "Bbb")["values"]["coverage"]

    assert (0.3333, 0.5) == (told["value"], told["back"])


def test_comparison_says_what_the_reasoner_concluded(comparer: JobComparer) -> None:
    """An inferred overlap has the address of its explanation."""
    assert ["/explain?s=job/a&p=mkg:sharesCompetenceWith&o=job/b"] == [
        why["explain"] for why in comparer.compare("Aaa", "Bbb")["why"]
    ]


def test_a_job_is_not_compared_with_itself(comparer: JobComparer) -> None:
    """Two names of one job are a fault of the second."""
    with pytest.raises(ParameterError, match="'other'"):
        comparer.compare("Aaa", "Eh")


def test_a_job_without_competences_is_told(comparer: JobComparer) -> None:
    """A job that nothing is known of is named, not answered with an empty list."""
    with pytest.raises(ParameterError, match="Ddd"):
        comparer.neighbours("Ddd")


def test_unknown_names_are_told(comparer: JobComparer) -> None:
    """What names no job is said, with the nearest names."""
    with pytest.raises(UnknownResourceError) as raised:
        comparer.neighbours("Bbbb")

    assert ("Bbb",) == raised.value.suggestions


def test_a_vocabulary_that_is_not_imported_is_told(comparer: JobComparer) -> None:
    """Asking for neighbours in ESCO where it is not imported names the command that imports it."""
    with pytest.raises(MissingVocabularyError, match="metiers-kg import esco"):
        comparer.neighbours("Aaa", within="esco")


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"measure": "jacard"}, "measure"),
        ({"kinds": ["vital"]}, "kinds"),
        ({"within": "onet"}, "in"),
        ({"most": 0}, "limit"),
    ],
)
def test_wrong_options_are_told(comparer: JobComparer, options: dict[str, object], name: str) -> None:
    """A measure, kind, place or number that there is not is named with what would be right."""
    with pytest.raises(ParameterError) as raised:
        comparer.neighbours("Aaa", **options)  # type: ignore[arg-type]

    assert [name] == [fault.parameter for fault in raised.value.faults]


def test_esco_neighbours_are_found_through_links(beside_esco: JobComparer) -> None:
    """A competence that is linked to a skill counts as that skill, and says what it stands for."""
    told = beside_esco.neighbours("Aaa", within="esco")["neighbours"]

    assert [("chimiste", "Chimie")] == [(one["label"], one["shared"][0]["standsFor"][0]["label"]) for one in told]


def test_esco_weighs_this_graph(beside_esco: JobComparer) -> None:
    """Weights are counted on ESCO once it is imported, and the answer says on which."""
    assert ("esco", "1.1.1", 2) == tuple(
        beside_esco.neighbours("Aaa")["about"]["reference"][key] for key in ("vocabulary", "version", "jobs")
    )


def test_an_occupation_is_compared_with_a_job(beside_esco: JobComparer) -> None:
    """Of an occupation of ESCO the vocabulary is the source; of a job of this graph its passages are."""
    shared = beside_esco.compare("Aaa", "chimiste")["shared"][0]

    assert ("ESCO 1.1.1", "inferred") == (shared["with"]["source"], shared["of"]["requirements"][0]["statedAs"])


def test_reach_asks_for_enough_competences(comparer: JobComparer) -> None:
    """Of a job of which fewer than `least` competences are known, nothing is concluded."""
    least = {least: comparer.reachable("Bbb", threshold=0.5, measure="coverage", least=least) for least in (1, 2)}

    assert (["Ccc", "Aaa"], ["Aaa"]) == tuple(_labels(least[n]["reachable"]) for n in (1, 2))


def test_openings_name_the_jobs_they_open(comparer: JobComparer) -> None:
    """Law alone brings Aaa from a third to two thirds of Bbb."""
    told = comparer.reachable("Aaa", threshold=0.6, measure="coverage", least=2)["openings"]

    assert [("Biostatistique", ["Bbb"]), ("Droit", ["Bbb"])] == sorted(
        (one["label"], _labels(one["jobs"])) for one in told
    )


def test_feeders_are_not_themselves_emerging(comparer: JobComparer) -> None:
    """The jobs that lead to an emerging one are those that are not, and the list brings all of them there."""
    told = comparer.feeders("Bbb", threshold=1.0, measure="coverage")

    assert (["Aaa", "Ccc"], {"Biostatistique", "Droit"}, True) == (
        sorted(_labels(told["feeders"])),
        set(_labels(told["training"])),
        told["reaches"],
    )


def test_missing_counts_ways_into_a_sub_sector(comparer: JobComparer) -> None:
    """Jobs of narrower sub-sectors count; law and biostatistics are each missing on two of the four ways."""
    told = comparer.missing("Secteur")

    assert ([("Biostatistique", 0.5), ("Droit", 0.5)], ["Ddd"]) == (
        sorted((one["label"], one["prevalence"]) for one in told["missing"] if one["label"] != "Chimie"),
        _labels(told["unknown"]),
    )


def test_missing_may_be_of_one_category(comparer: JobComparer) -> None:
    """With a category, the ways lead into the jobs of that category alone."""
    assert ["Bbb"] == _labels(comparer.missing("Secteur", category="category/emergence")["jobs"])


def test_clusters_name_what_holds_them(comparer: JobComparer) -> None:
    """At a low threshold the three jobs hang together, by chemistry first."""
    (cluster,) = comparer.clusters(threshold=0.2, measure="jaccard")["clusters"]

    assert (["Aaa", "Bbb", "Ccc"], "Chimie", 3) == (
        _labels(cluster["jobs"]),
        cluster["ties"][0]["label"],
        len(cluster["ties"][0]["jobs"]),
    )


def test_jobs_near_no_other_are_told(comparer: JobComparer) -> None:
    """At a threshold that no pair reaches every job is alone."""
    told = comparer.clusters(threshold=1.0, measure="jaccard")

    assert ([], ["Aaa", "Bbb", "Ccc"]) == (told["clusters"], _labels(told["alone"]))


def test_labels_are_in_the_language_asked_for(comparer: JobComparer) -> None:
    """Labels are told in the language, or else in French."""
    near = comparer.neighbours("Bbb", lang="en", measure="jaccard")["neighbours"]

    assert ("Eh", ["Chemistry"]) == next((one["label"], _labels(one["shared"])) for one in near if one["label"] == "Eh")


def test_a_build_without_jobs_to_compare_is_told(comparer: JobComparer, tmp_path: Path) -> None:
    """Where the build has no file of spaces, the command that writes it is named."""
    with pytest.raises(NotBuiltError, match="metiers-kg build"):
        JobComparer.open(tmp_path / "nothing", comparer._store, comparer._names)


def test_comparison_tells_why(comparer: JobComparer) -> None:
    """Where the reasoner holds that a job requires a competence, its side of the comparison says where that is explained."""
    comparer._store = Store.memory(
        """@prefix mkg: <https://w3id.org/metiers-kg/ontology#> . @prefix c: <https://w3id.org/metiers-kg/competence/> .
        <https://w3id.org/metiers-kg/job/a> mkg:requiresCompetence c:chimie .
        <https://w3id.org/metiers-kg/job/b> mkg:requiresKindOfCompetence c:stats ."""
    )
    told = comparer.compare("Aaa", "Bbb")

    assert "/explain?s=job/a&p=mkg:requiresCompetence&o=competence/chimie" == told["shared"][0]["of"]["explain"]
    assert "explain" not in told["shared"][0]["with"]
    assert "/explain?s=job/b&p=mkg:requiresKindOfCompetence&o=competence/stats" == told["partly"][0]["explain"]
