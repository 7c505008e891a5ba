"""Factors and what they do."""

from __future__ import annotations

from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import chips, groups, section, told


def test_factors_stand_by_domain_with_what_they_do(portray: Portray) -> None:
    """A factor that the text names comes under its domain with its effect, a broader one below it, by way of it."""
    found = groups(portray("job/chimiste"), "factors")

    assert ["Réglementaire", "Et donc aussi, plus largement", "Indirectement, par une compétence demandée"] == list(
        found
    )
    assert [["crée"]] == [chips(row) for row in found["Réglementaire"]]
    (broader,) = found["Et donc aussi, plus largement"]
    assert ("Règlements", ["Chimie verte"]) == (told((broader,))[0], [thing.label for thing in broader.through])
    assert "/explain?s=job/chimiste&p=mkg:isAffectedBy&o=factor/reglements" == broader.why


def test_indirect_exposure_is_told_apart_with_its_passage(portray: Portray) -> None:
    """A factor that calls for a competence of the job is told as such, through the competence."""
    (row,) = groups(portray("job/chimiste"), "factors")["Indirectement, par une compétence demandée"]

    assert ["Analyse"] == [thing.label for thing in row.through]
    assert ["Texte, l. 9"] == [excerpt.passage.label for excerpt in row.excerpts]
    assert "indirectlyExposedTo" in row.why


def test_what_is_inferred_is_left_out_on_demand(portray: Portray) -> None:
    """Without what was inferred, only the factors that a text names are left."""
    assert ["Réglementaire"] == list(groups(portray("job/chimiste", asserted=True), "factors"))


def test_an_effect_ruled_out_is_no_effect(portray: Portray) -> None:
    """Where the text rules a major effect out, that stands apart and counts for nothing."""
    portrait = portray("sub-sector/chimie")

    assert ["Effet majeur écarté par le texte"] == list(groups(portrait, "factors"))
    assert 0 == section(portrait, "factors").count


def test_a_factor_tells_its_effects_and_what_they_are_on(portray: Portray) -> None:
    """The page of a factor tells what it does by effect, and the kind of what it does it to."""
    found = groups(portray("factor/chimie-verte", "en"), "effects")

    assert ["Raises the need for", "Creates", "Has no major effect on"] == list(found)
    assert [["competence", "read between the lines", "conditional"]] == [chips(r) for r in found["Raises the need for"]]


def test_a_broader_factor_touches_through_the_narrower(portray: Portray) -> None:
    """The jobs that a factor touches through a narrower one are told with it and with why."""
    (row,) = groups(portray("factor/reglements"), "touched")["Par un facteur plus étroit"]

    assert ("Chimiste", ["Chimie verte"]) == (told((row,))[0], [thing.label for thing in row.through])
    assert "/explain?s=factor/reglements&p=mkg:affects&o=job/chimiste" == row.why
