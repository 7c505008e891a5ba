"""The nearest jobs."""

from __future__ import annotations

from metiers_kg.web.portraits.near import Near
from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import section


def test_a_neighbour_tells_what_is_shared_and_missing(portray: Portray) -> None:
    """Each near job comes with its score, what is shared and missing, the whole comparison and why."""
    (near,) = section(portray("job/chimiste"), "near").content

    assert isinstance(near, Near)
    (neighbour,) = near.neighbours
    assert ("Laborantin", "0,25") == (neighbour.job.label, neighbour.told_score)
    assert (["Analyse"], ["Calcul"]) == (
        [t.label for t in neighbour.shared.some],
        [t.label for t in neighbour.missing.some],
    )
    assert ("/overlap?job=chimiste&other=laborantin", "/overlap?job=chimiste") == (neighbour.compare, near.all)
    assert "/explain?s=job/chimiste&p=mkg:sharesCompetenceWith&o=job/laborantin" == neighbour.why


def test_what_was_measured_is_left_out_on_demand(portray: Portray) -> None:
    """Without what was inferred and measured there are no near jobs."""
    assert "near" not in {section.id for section in portray("job/chimiste", asserted=True).sections}
