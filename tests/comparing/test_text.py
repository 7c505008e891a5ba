"""What a terminal shows of comparisons."""

from __future__ import annotations

from metiers_kg.comparing import JobComparer, text


def test_neighbours(comparer: JobComparer) -> None:
    """Each neighbour has its rank, score and lists, and the end says how that was measured."""
    told = text.neighbours_text(comparer.neighbours("Aaa", measure="jaccard", most=1), "en", 100)

    assert (
        """Nearest to Aaa

 1. Ccc  0.333
    shared (1): Chimie
    missing (1): Droit

jaccard = |A∩B| / |A∪B|; competences: essential, optional, emerging; weighed on the 3 jobs of this
  graph (importing ESCO or ROME gives surer weights); among the jobs of this graph
A measure of competences named in texts, not a forecast of mobility.
"""
        == told
    )


def test_no_neighbours_are_said(beside_esco: JobComparer) -> None:
    """A job that is near none is told so."""
    told = text.neighbours_text(beside_esco.neighbours("Ccc", within="esco", kinds=["essential"]))

    assert "Aucun métier n’a de compétence en commun avec Ccc." == told.splitlines()[0]


def test_comparison_says_how_texts_tell(comparer: JobComparer) -> None:
    """Behind a competence stand its kind, how it is stated, and the passages."""
    told = text.comparison_text(comparer.compare("Aaa", "Bbb"), "en", 100)

    assert "Aaa: essential, read between the lines, conditional (Texte, l. 1; Texte, l. 2)" in told


def test_reachable(comparer: JobComparer) -> None:
    """What opens jobs is listed below those within reach."""
    told = text.reachable_text(comparer.reachable("Aaa", threshold=0.6, measure="coverage", least=2), "en")

    assert "- Droit: opens 1 (Bbb 0.67)" in told


def test_feeders_say_what_they_reach(comparer: JobComparer) -> None:
    """A feeder's coverage now and after the training stand side by side."""
    told = text.feeders_text(comparer.feeders("Bbb", threshold=1.0, measure="coverage"), "en")

    assert "Aaa  0.333, then 1.000" in told


def test_nothing_to_learn_is_said(comparer: JobComparer) -> None:
    """Where every feeder covers enough already, the list is not left blank."""
    assert "nothing to learn" in text.feeders_text(comparer.feeders("Bbb", threshold=0.1, measure="coverage"), "en")


def test_missing(comparer: JobComparer) -> None:
    """A competence stands with its prevalence and who asks for it."""
    assert "  50 %  Biostatistique (Bbb)" in text.missing_text(comparer.missing("Secteur"), "en")


def test_clusters(comparer: JobComparer) -> None:
    """A cluster names its jobs and how many of them ask for what holds it together."""
    assert "Chimie (3 of 3)" in text.clusters_text(comparer.clusters(threshold=0.2, measure="jaccard"), "en")
