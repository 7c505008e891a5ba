"""Strategies and recruitment practices."""

from __future__ import annotations

from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import chips, groups, told


def test_a_factor_tells_the_strategies_that_address_it(portray: Portray) -> None:
    """What addresses a factor stands on its page; what concerns a competence, on the competence's."""
    assert ["Former"] == told(groups(portray("factor/chimie-verte"), "measures")["Stratégies"])
    (practice,) = groups(portray("competence/analyse"), "measures")["Dans le recrutement"]
    assert ("Tester", ["étape"]) == (told((practice,))[0], chips(practice))


def test_an_actor_is_called_one(portray: Portray) -> None:
    """On the page of an organisation, the strategies in which it acts say so."""
    (row,) = groups(portray("organisation/office"), "measures")["Stratégies"]

    assert ["acteur"] == chips(row)


def test_a_strategy_tells_who_acts_and_on_what(portray: Portray) -> None:
    """The page of a strategy names its actors and what it addresses, with the domain of a factor."""
    found = groups(portray("strategy/former"), "about")

    assert {"Qui agit": ["L’Office"], "Ce à quoi elle répond": ["Chimie verte"]} == {
        t: told(r) for t, r in found.items()
    }
    assert ["réglementaire"] == chips(found["Ce à quoi elle répond"][0])
