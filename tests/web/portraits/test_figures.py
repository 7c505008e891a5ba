"""Figures as a table."""

from __future__ import annotations

from metiers_kg.web.portraits.figures import Figure
from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import section


def test_an_indicator_tells_its_observations(portray: Portray) -> None:
    """Each observation has its value with qualifier, unit, period and place; bounds stand for a value."""
    jobs, part = section(portray("indicator/emploi"), "figures").content

    assert isinstance(part, Figure)
    assert isinstance(jobs, Figure)
    assert ("environ 10\u202f500", "emplois", "2013", ["Wallonie"]) == (
        jobs.value,
        jobs.unit,
        jobs.period,
        [area.label for area in jobs.areas],
    )
    assert ("1,5 – 2", ["Emploi, 2013"]) == (part.value, [figure.label for figure in part.computed_from])


def test_a_place_tells_the_figures_about_it(portray: Portray) -> None:
    """On the page of a place a figure names its indicator, and not the place again."""
    (figure,) = section(portray("place/wallonie", "en"), "figures").content

    assert isinstance(figure, Figure)
    assert figure.indicator is not None
    assert ("Employment", "about 10,500", ()) == (figure.indicator.label, figure.value, figure.areas)
