"""How jobs evolve."""

from __future__ import annotations

from metiers_kg.web.portraits.evolving import Matrix
from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import chips, groups, section, told


def test_each_voice_is_told_apart(portray: Portray) -> None:
    """Table, chapters and outlooks stand apart; a chapter that files otherwise than the table says so."""
    found = groups(portray("job/chimiste"), "evolution")

    assert ["Selon le tableau de synthèse", "Selon les chapitres", "Perspectives"] == list(found)
    assert [["Croissance", "3 à 5 ans"]] == [chips(row) for row in found["Selon le tableau de synthèse"]]
    (chapter,) = found["Selon les chapitres"]
    assert ["Émergence", "autrement que le tableau", "déduit à la lecture", "au conditionnel"] == chips(chapter)
    assert ["Texte, 2"] == told((chapter,))
    assert ["On en cherche."] == told(found["Perspectives"])


def test_sub_sector_tells_its_jobs_by_category(portray: Portray) -> None:
    """A sub-sector's jobs stand in a matrix; those of what it is made of, in lines of their own."""
    (matrix,) = section(portray("sub-sector/pharmacie"), "jobs").content

    assert isinstance(matrix, Matrix)
    assert ["content-change", "growth", "emergence"] == [tone for _, tone in matrix.columns]
    assert [("Chimie", [[], ["Chimiste"], []])] == [(x.sector.label, [told(c) for c in x.cells]) for x in matrix.lines]


def test_a_category_tells_the_jobs_filed_under_it(portray: Portray) -> None:
    """The page of a category lists its jobs by the table, with their sub-sectors, and by the chapters."""
    (filed,) = groups(portray("category/growth"), "jobs")["Selon le tableau de synthèse"]

    assert ("Chimiste", ["Chimie"]) == (told((filed,))[0], chips(filed))
    assert ["Selon les chapitres"] == list(groups(portray("category/emergence"), "jobs"))
