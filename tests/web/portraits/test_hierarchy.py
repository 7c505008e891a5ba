"""What a thing belongs to and what it is made of."""

from __future__ import annotations

from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import groups, told


def test_broader_and_narrower_have_the_passage_that_says_so(portray: Portray) -> None:
    """Both ends of a broader link tell it, with the passage."""
    (broader,) = groups(portray("competence/calcul"), "hierarchy")["Fait partie de, plus large"]
    (narrower,) = groups(portray("competence/analyse"), "hierarchy")["Comprend, plus étroit"]

    assert (["Analyse"], ["Calcul"]) == (told((broader,)), told((narrower,)))
    assert broader.excerpts == narrower.excerpts != ()


def test_parts_of_a_strategy_stand_on_their_own_passages(portray: Portray) -> None:
    """A strategy says by its own passage what it is part of; seen from there, it brings its passage."""
    (whole,) = groups(portray("strategy/former-tot"), "hierarchy")["Fait partie de, plus large"]
    (part,) = groups(portray("strategy/former"), "hierarchy")["Comprend, plus étroit"]

    assert ["Former", "Former tôt"] == told((whole, part))
    assert whole.excerpts == part.excerpts != ()


def test_an_inferred_link_says_why(portray: Portray) -> None:
    """A broader factor that is inferred has no passage, but why."""
    (broader,) = groups(portray("factor/chimie-verte"), "hierarchy")["Fait partie de, plus large"]

    assert "/explain?s=factor/chimie-verte&p=skos:broader&o=factor/reglements" == broader.why
