"""What a statement states, in a sentence."""

from __future__ import annotations

import pytest

from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import chips


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("requirement/chimiste--calcul", "Chemist asks for Reckoning"),
        ("impact/verte--creates--chimiste", "Green chemistry creates Chemist"),
        ("impact/verte--none--chimie", "Green chemistry has no major effect on Chemistry"),
        ("relation/chimiste--laborantin", "Chemist directs Laboratory technician"),
        ("evolution/chimiste--chimie--growth", "Chemist : Growth in Chemistry , 3 to 5 years"),
        ("classification/chimiste--emergence", "Chemist : Emergence"),
        ("outlook/chimiste--rising", "Chemist : On en cherche."),
        ("activity/chimiste--peser", "Chemist : Weigh"),
        ("assertion/alt", "Chemist is also called “Chimiste de labo”"),
        ("assertion/member", "Gens de labo has among its members Chemist"),
        ("observation/emploi--2013", "Employment : about 10,500 jobs , 2013 , Wallonia"),
        ("strategy/former", ""),
    ],
)
def test_a_statement_is_a_sentence(portray: Portray, name: str, sentence: str) -> None:
    """Each kind of statement reads as a sentence of words and linked things."""
    parts = portray(name, "en").sentence

    assert sentence == " ".join(part if isinstance(part, str) else part.label for part in parts)


def test_a_statement_tells_how_it_is_said(portray: Portray) -> None:
    """Level, origin and condition stand at the head of a statement's page."""
    (facets,) = portray("requirement/chimiste--calcul").chips

    assert ["un atout", "déduit à la lecture", "au conditionnel"] == chips(facets)
